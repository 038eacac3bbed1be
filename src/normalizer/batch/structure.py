"""Edits of markup that leave its structure as it is: none touches what is protected, none makes markup of text.

In flows a text of a kind of markup with its edits, out flow those that may be made. Between ``<`` and
``script>`` an invisible character is what keeps a page from running a script.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from normalizer.batch.formats import merged, protected_spans
from normalizer.edits import Edit, apply_edits

Span = tuple[int, int]

# What begins a block of Markdown or reStructuredText at the head of a line.
_OPENER = re.compile(r"[#>\-+*=~|:.`_]|\d{1,9}[.)]")
_HEAD = re.compile(r"[ \t>]*")
_DEEP = 200  # the most blanks before the head of a block
_ROUNDS = 8


def allowed(kind: str, text: str, edits: Sequence[Edit]) -> list[Edit]:
    """Those of the sorted, disjoint ``edits`` that neither touch a protected span nor make a new one."""
    spans = protected_spans(kind, text)
    kept = outside(edits, spans)
    if kind != "html":
        kept = [change for change in kept if not _opens_block(text, change)]
    for _ in range(_ROUNDS):
        if not kept:
            break
        news = set(protected_spans(kind, apply_edits(text, kept))).difference(_moved(spans, kept))
        if not news:
            return kept
        kept = _away_from(merged(list(news)), kept)
    return []


def outside(edits: Iterable[Edit], spans: Sequence[Span]) -> list[Edit]:
    """The edits that touch none of the sorted, disjoint, half-open ``spans``."""
    kept: list[Edit] = []
    for change in edits:
        last = bisect_left(spans, (max(change.end, change.start + 1), -1)) - 1
        if last < 0 or spans[last][1] <= change.start:
            kept.append(change)
    return kept


def _opens_block(text: str, change: Edit) -> bool:
    """Whether characters go from the head of a line, so that what follows begins a block."""
    if change.after or "\n" in change.before or "\r" in change.before or not _OPENER.match(text, change.end):
        return False
    floor = max(0, change.start - _DEEP)
    line = max(text.rfind("\n", floor, change.start), text.rfind("\r", floor, change.start)) + 1
    return (line > 0 or floor == 0) and _HEAD.fullmatch(text, line, change.start) is not None


def _moved(spans: Sequence[Span], edits: Sequence[Edit]) -> list[Span]:
    """The spans, which no edit touches, where they stand after the edits."""
    moved: list[Span] = []
    shift = number = 0
    for start, end in spans:
        while number < len(edits) and edits[number].start < start:
            shift += len(edits[number].after) - len(edits[number].before)
            number += 1
        moved.append((start + shift, end + shift))
    return merged(moved)


def _away_from(spans: Sequence[Span], edits: Sequence[Edit]) -> list[Edit]:
    """The edits whose results neither lie in the spans of the text to come nor touch them."""
    kept: list[Edit] = []
    shift = 0
    for change in edits:
        start = change.start + shift
        shift += len(change.after) - len(change.before)
        end = change.end + shift
        number = bisect_left(spans, (end + 1, -1)) - 1
        if number < 0 or spans[number][1] < start:
            kept.append(change)
    return kept
