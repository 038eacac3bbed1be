"""Columns of languages: a switcher with one code or name a line, above the story.

In flow the surviving lines of a judge and their places. Out flow findings by line number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normalizer.chrome.findings import Finding, Place
from normalizer.chrome.switcher import COLUMN, are_languages, is_language

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge
    from normalizer.chrome.lines import Line


def columns(_: Judge, alive: list[Line], places: list[Place], __: dict[int, Finding]) -> dict[int, Finding]:
    """At least two languages, one a line, of which one is no word."""
    gone: dict[int, Finding] = {}
    start, end = 0, min(len(alive), COLUMN)
    while start < end:
        stop = start
        while stop < end and is_language(alive[stop].folded):
            stop += 1
        above = all(place.head or place.top for place in places[start:stop])
        if above and are_languages([line.text for line in alive[start:stop]]):
            signals = ("the code or name of a language", f"in a column of {stop - start} at the top")
            gone.update({line.index: Finding("language-switcher", signals) for line in alive[start:stop]})
        start = max(stop, start + 1)
    return gone
