"""Authors without a word before them: names beside a dateline, names with a date.

In flow the surviving lines of a judge and their places. Out flow findings. A name alone may be the
headline of a portrait or the speaker of a quote, so only a line above the story and below its
headline is taken, and only where a date stands with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normalizer.chrome.findings import Finding, Place
from normalizer.chrome.lines import fold
from normalizer.chrome.shapes import has_full_date, is_namelike

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge
    from normalizer.chrome.lines import Line

# Three authors with two names each; a headline has more words than an author.
NAMES, HEADLINE = 7, 4


def authors(judge: Judge, alive: list[Line], places: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """Lines that name the authors beside or with the date of the page."""
    gone: dict[int, Finding] = {}
    titled = False
    for line, place in zip(alive, places, strict=True):
        if not place.head:
            break
        if titled and line.index not in found and judge.alone[line.index] is None:
            why = _named(judge, line, place)
            if why:
                gone[line.index] = Finding("byline", ("names above the story", why))
        titled = titled or (line.index not in found and line.words >= HEADLINE)
    return gone


def _named(judge: Judge, line: Line, place: Place) -> str:
    times = judge.cues.words.get("timestamp", {})
    tokens = line.text.replace(",", " ").split()
    words = [word for word in tokens if fold(word.strip(".|–—-")) not in times]
    names = [word for word in words if not word[0].isdigit()]
    if not 2 <= len(names) <= NAMES or not all(name[0].isupper() for name in names):
        return ""
    if not is_namelike(" ".join(names), NAMES):
        return ""
    # A figure alone is no date: "1. Jane Doe 271,4" is a line of results.
    if has_full_date(line.text) or (len(words) < len(tokens) and len(names) < len(words)):
        return "a date with them"
    return "beside a line that dates the page" if place.dateline else ""
