"""Quoted spans: which parts of a text stand between quotation marks.

In flows text. Out flow the outermost spans, marks included, sorted and disjoint, in code points, half-open; of a
quotation over several lines each line is a span. The marks of many languages are used crosswise („…“ in German, “…” in
English, »…« and «…»), so what a mark does depends on the one that is open. Typed marks count too: '…', <<…>>, ``…''
and ,,…''. Where each paragraph of a quotation opens with a mark, only the last closes it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# For each mark the openers that it closes; a mark that closes nothing opens, unless it only ever closes.
_CLOSES = {
    "«": "» >>", "»": "« <<", "“": "„ ,,", "”": "“ ” „ ,,", '"': '" „ ,,', "‹": "›", "›": "‹", "」": "「", "』": "『",
    "》": "《", "‘": "‚", "’": "‘ ’ ‚", "'": "' ‘ ‚", "<<": ">> »", ">>": "<< «", "''": "`` ,, '' „", "``": ",,",
    "‚": "", "„": "", "「": "", "『": "", "《": "", ",,": "",
}  # fmt: skip
_CLOSERS = {mark: frozenset(openers.split()) for mark, openers in _CLOSES.items()}
_ONLY_CLOSE = frozenset(["」", "』", "》"])
_MARKS = re.compile(r"<<|>>|,,|''|``|[«»„“”\"‘’‚‹›「」『』《》'\r\n]")
# These open only before a word (»a«, ‘a’): after a letter they are strays or apostrophes, but where words run on.
_INWARD = frozenset(["»", "›", "‘", "’", "'", ">>", "''"])
_IDEOGRAPHIC = "\u2e80"
# Marks that need no other to tell where they open: a quotation between them may go on in the next lines.
_DIRECTED = frozenset(["«", "„", "<<", ",,", "``", "“", "「", "『"])
_APOSTROPHES = re.compile(r"['’](?:[mnst]|cause|em|til|tis|twas)(?![^\W_])", re.IGNORECASE)
_DEEPEST = 8  # quotations inside quotations; further openers are unbalanced text
_LONGEST = 1500  # code points; a longer span is two marks that do not belong together
_SPACE = re.compile(r"\s{0,100}")
_BREAKS = re.compile(r"[\r\n]+")


class _Opened(NamedTuple):
    mark: str
    place: int


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The outermost quotations of ``text``; its cost is linear."""
    spans: list[tuple[int, int]] = []
    opened: list[_Opened] = []
    for match in _MARKS.finditer(text):
        mark, place = match.group(), match.start()
        if mark in "\r\n":
            opened = _after_line(text, spans, opened, place)
            continue
        if mark in "'’" and _is_apostrophe(text, place):
            continue
        depth = _opener(opened, _CLOSERS[mark])
        if depth >= 0 and (mark not in "'’" or not text[place - 1].isspace()):
            start = opened[depth].place
            del opened[depth:]
            if place - start < _LONGEST:
                _add(text, spans, start, match.end())
        elif mark not in _ONLY_CLOSE and len(opened) < _DEEPEST and _may_open(text, mark, match):
            opened.append(_Opened(mark, place))
    return spans


def _is_apostrophe(text: str, place: int) -> bool:
    """Whether a mark stands in a word or for what was left out at the beginning of one."""
    after = text[place + 1 : place + 2]
    if after.isalnum() and after < _IDEOGRAPHIC:
        return text[place - 1 : place].isalnum() or _APOSTROPHES.match(text, place) is not None
    return False


def _may_open(text: str, mark: str, match: re.Match[str]) -> bool:
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if mark in "'’" and (not after or after.isspace()):
        return False
    return mark not in _INWARD or not before.isalnum() or before >= _IDEOGRAPHIC


def _after_line(text: str, spans: list[tuple[int, int]], opened: list[_Opened], end: int) -> list[_Opened]:
    """What is still open after the line that ends at ``end``.

    Where the next line opens with the mark that is open, the quotation goes on there and so far is a span.
    """
    if not opened:
        return opened
    first = opened[0]
    if end - first.place >= _LONGEST:
        return []
    space = _SPACE.match(text, end)
    goes_on = space is not None and text.startswith(first.mark, space.end())
    if goes_on:
        _add(text, spans, first.place, end)
    return [first] if first.mark in _DIRECTED and not goes_on else []


def _add(text: str, spans: list[tuple[int, int]], start: int, end: int) -> None:
    """Add the quotation, line by line, in place of those inside it."""
    while spans and spans[-1][0] >= start:
        spans.pop()
    place = start
    for line in _BREAKS.finditer(text, start, end):
        if line.start() > place:
            spans.append((place, line.start()))
        place = line.end()
    if place < end:
        spans.append((place, end))


def _opener(opened: list[_Opened], closes: frozenset[str]) -> int:
    """The place in ``opened`` of the innermost mark that this one closes, or -1."""
    for depth in range(len(opened) - 1, -1, -1):
        if opened[depth].mark in closes:
            return depth
    return -1
