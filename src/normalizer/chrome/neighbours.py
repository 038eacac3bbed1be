"""Lines that their neighbours tell: a caption broken off before its credit, a cookie table, the date of the page.

In flow the surviving lines of a judge, their places and what was found so far. Out flow findings by
line number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normalizer.chrome.findings import Finding, Place
from normalizer.chrome.shapes import has_clock, has_year, is_namelike

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge
    from normalizer.chrome.lines import Line

# The most words of a credit on a line of its own, and of the caption before it.
CREDIT, CAPTION = 5, 45
# A line of a cookie table or notice has lines of its kind this near on both sides, and this many around.
NEAR, AROUND, ENOUGH = 5, 8, 3
# A page says in its first lines when it was published.
HEADER = 12


def split_captions(_: Judge, alive: list[Line], __: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """Captions that end in an open bracket, with the line that closes it and holds nothing but the credit."""
    gone: dict[int, Finding] = {}
    for line, later, after in zip(alive, alive[1:], [*alive[2:], None], strict=False):
        text, credit = line.text.rstrip(), later.text.strip()
        if not text.endswith((" (", " [")) or not credit.endswith((")", "]")) or later.words > CREDIT:
            continue
        goes_on = after is not None and after.text[:1].islower()
        if line.words <= CAPTION and not goes_on and is_namelike(credit.strip(")]"), CREDIT):
            signals = ("ends in an open bracket", f"the next line closes it with a credit, {credit!r}")
            for member in (line, later):
                gone[member.index] = Finding("caption", signals, credit=credit.strip(")] "))
    return {index: finding for index, finding in gone.items() if index not in found}


def cookie_tables(judge: Judge, alive: list[Line], _: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """What stands between lines of consent: names of cookies, how long they last, the rest of a notice."""
    spots = [position for position, line in enumerate(alive) if found.get(line.index, _NONE).family == "consent"]
    if len(spots) < ENOUGH:
        return {}
    gone: dict[int, Finding] = {}
    for position in range(spots[0] + 1, spots[-1]):
        line = alive[position]
        before = min(position - spot for spot in spots if spot <= position)
        after = min(spot - position for spot in spots if spot >= position)
        around = sum(abs(spot - position) <= AROUND for spot in spots)
        if line.index in found or max(before, after) > NEAR or around < ENOUGH:
            continue
        if not judge.prose[line.index] or "cookie" in line.folded:
            signals = ("between lines of consent", f"{around} of them around it")
            gone[line.index] = Finding("consent", signals)
    return gone


def lone_dates(judge: Judge, alive: list[Line], places: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """The one line near the top that gives a date with year and time of day, and nothing else; a chronicle has more."""
    dates = [
        (position, line)
        for position, line in enumerate(alive)
        if (alone := judge.alone[line.index]) is not None
        and alone.family == "timestamp"
        and has_year(line.text)
        and line.index not in found
    ]
    if len(dates) != 1:
        return {}
    position, line = dates[0]
    if (
        position >= HEADER
        or places[position].introduced
        or (places[position].told and not _is_in_text(judge, alive, position))
        or line.text.rstrip().endswith(".")
        or not has_clock(line.text)
    ):
        return {}
    return {line.index: Finding("timestamp", ("a date with its time of day", "the only one, near the top"))}


def _is_in_text(judge: Judge, alive: list[Line], position: int) -> bool:
    """Whether paragraphs stand above and below: pages print their date there, stories after what they announce."""
    beside = (*alive[max(0, position - 1) : position], *alive[position + 1 : position + 2])
    return len(beside) > 1 and all(judge.prose[line.index] for line in beside)


_NONE = Finding("", ())
