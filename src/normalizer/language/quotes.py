"""Quoted spans: which parts of a text stand between quotation marks.

In flows text. Out flow the outermost spans, marks included, sorted and disjoint, in code points, half-open.
A quotation begins and ends in one line. The marks of many languages are used crosswise („…“ in German, “…” in
English, »…« and «…»), so what a mark does depends on the one that is open.
"""

from __future__ import annotations

import re

# For each mark the openers that it closes; a mark that closes nothing opens, unless it only ever closes.
_CLOSES = {
    "«": "»", "»": "«", "“": "„", "”": "“„”", '"': '"', "‹": "›", "›": "‹", "」": "「", "』": "『", "》": "《",
    "‘": "‚", "’": "‘‚", "‚": "", "„": "", "「": "", "『": "", "《": "",
}  # fmt: skip
_ONLY_CLOSE = frozenset("’」』》")
_MARKS = re.compile(r"[«»„“”\"‘’‚‹›「」『』《》\r\n]")
_INWARD = frozenset("»›‘")  # these open only before a word (»a«, ‘a’): after a letter they are strays or apostrophes
_DEEPEST = 8  # quotations inside quotations; further openers are unbalanced text
_LONGEST = 1500  # code points; a longer span is two marks that do not belong together


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The outermost quotations of ``text``; its cost is linear."""
    spans: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        mark, place = match.group(), match.start()
        if mark in "\r\n":
            opened.clear()
            continue
        if mark == "’" and text[place + 1 : place + 2].isalnum():
            continue  # an apostrophe
        depth = _opener(opened, _CLOSES[mark])
        if depth < 0 and mark in _INWARD and text[place - 1 : place].isalnum():
            continue
        if depth >= 0:
            start = opened[depth][1]
            del opened[depth:]
            if place - start < _LONGEST:
                while spans and spans[-1][0] > start:
                    spans.pop()
                spans.append((start, place + 1))
        elif mark not in _ONLY_CLOSE and len(opened) < _DEEPEST:
            opened.append((mark, place))
    return spans


def _opener(opened: list[tuple[str, int]], closes: str) -> int:
    """The place in ``opened`` of the innermost mark that this one closes, or -1."""
    for depth in range(len(opened) - 1, -1, -1):
        if opened[depth][0] in closes:
            return depth
    return -1
