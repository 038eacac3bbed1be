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


def columns(_: Judge, alive: list[Line], __: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """At least two languages, one a line, of which one is no word; nothing but chrome above them.

    A list of languages that follows a sentence is the story's.
    """
    start = 0
    while start < min(len(alive), COLUMN) and alive[start].index in found and not is_language(alive[start].folded):
        start += 1
    stop = start
    while stop < len(alive) and is_language(alive[stop].folded):
        stop += 1
    if not are_languages([line.text for line in alive[start:stop]]):
        return {}
    signals = ("the code or name of a language", f"in a column of {stop - start} at the top")
    return {line.index: Finding("language-switcher", signals) for line in alive[start:stop]}
