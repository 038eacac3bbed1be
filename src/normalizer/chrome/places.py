"""Places: where each surviving line stands among the others, which may speak against it or for it.

In flow a judge and its surviving lines. Out flow :class:`Place` values, one a line.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from normalizer.chrome.findings import TOP, Finding, Place, speaks
from normalizer.chrome.shapes import ends_as_sentence, same_item

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge
    from normalizer.chrome.lines import Line

# Known lines with so few words, the bullet among them, are items of a list if the line beside them is.
ITEM = 3
# Words that join others are no longer than this, in most languages.
SMALL_WORD = 3
# What a line ends in that announces the next one.
_OPENERS = (":", "：", "?", "？", "؟")


def places_of(judge: Judge, alive: list[Line]) -> list[Place]:
    """Where each of the lines ``alive`` stands among them."""
    prose = [position for position, line in enumerate(alive) if judge.prose[line.index]]
    first, last = (prose[0], prose[-1]) if prose else (-1, len(alive))
    # Where no line could be the headline, what stands before the first paragraph may head it.
    if all(judge.alone[line.index] is not None for line in alive[: max(first, 0)]):
        first = -1
    introduced, weak, told = _introduced(judge, alive, last), _weak(judge, alive), _told(judge, alive, first)
    dated, by_prose = (_near([said[line.index] for line in alive]) for said in (judge.datelines, judge.prose))
    # Shifted by one, so that the line at ``position`` stands between ``cued[position]`` and the one after next.
    cued = [False, *(judge.alone[line.index] is not None and not judge.prose[line.index] for line in alive), False]
    opened = False
    places: list[Place] = []
    for position, line in enumerate(alive):
        # Of a line without cues nobody asks what its neighbours are.
        around = alive[max(0, position - 1) : position + 2] if judge.alone[line.index] is not None else []
        place = Place(
            top=position < TOP,
            head=position < first,
            tail=position > last,
            run=cued[position] or cued[position + 2],
            between=cued[position] and cued[position + 2],
            dateline=dated[position],
            by_prose=by_prose[position],
            introduced=introduced[position],
            told=told[position],
            weak=weak[position],
            opened=opened,
            listed=_listed(judge, around, line),
            kin=_kin(judge, around, line),
        )
        places.append(place)
        opened = opened or (position < TOP and judge.alone[line.index] is None and ends_as_sentence(line.text))
    return places


def _near(told: list[bool]) -> list[bool]:
    """For each line whether something is told of it or of a line beside it."""
    padded = [False, *told, False]
    return [before or here or after for before, here, after in zip(padded[:-2], told, padded[2:], strict=True)]


def _introduced(judge: Judge, alive: list[Line], last: int) -> list[bool]:
    """For each line whether it answers or lists what the story's line above it announces. Up to the story's end, at
    position ``last``, lines of the page may stand between the two.
    """
    told: list[bool] = []
    said = ""
    for position, line in enumerate(alive):
        # What the line announces may be a list: its items go on until one ends in a full stop.
        listed = bool(said) and told[-1] and not said.endswith((".", "。")) and judge.alone[line.index] is not None
        told.append(said.endswith(_OPENERS) or listed)
        if not speaks(judge.alone[line.index]):
            said = line.text.rstrip()
        elif position >= last:
            said = ""
    return told


def _told(judge: Judge, alive: list[Line], first: int) -> list[bool]:
    """For each line whether it is a date or an hour of the story: under a sentence, among such dates, or in the middle
    of a sentence that goes on below it. Above position ``first`` a sentence is a standfirst, and dates follow it.
    """
    told: list[bool] = []
    following = _following(judge, alive)
    for position, line in enumerate(alive):
        if not _is_bare_date(judge.alone[line.index]):
            told.append(False)
            continue
        before = alive[position - 1] if position else None
        after = following[position]
        goes_on = after is not None and judge.alone[after.index] is None and after.text.lstrip()[:1].islower()
        among = before is not None and _is_bare_date(judge.alone[before.index]) and told[-1]
        under = before is not None and judge.alone[before.index] is None and ends_as_sentence(before.text)
        told.append(goes_on or (position >= first and (among or under or _leads_on(before))))
    return told


def _following(judge: Judge, alive: list[Line]) -> list[Line | None]:
    """For each line the next one that is no chrome by its own words."""
    found: list[Line | None] = []
    after: Line | None = None
    for line in reversed(alive):
        found.append(after)
        if not speaks(judge.alone[line.index]):
            after = line
    return found[::-1]


def _leads_on(line: Line | None) -> bool:
    """Whether the line breaks off after a small word, as ``The court sits next on`` does."""
    last = line.text.split()[-1] if line is not None else ""
    return last.isalpha() and last.islower() and len(last) <= SMALL_WORD


def _is_bare_date(finding: Finding | None) -> bool:
    """Whether the line is a date or an hour that no word calls the page's."""
    return finding is not None and finding.family == "timestamp" and len(finding.signals) == 1


def _weak(judge: Judge, alive: list[Line]) -> list[bool]:
    """For each line whether no line in the run of cued lines around it is chrome by its own words."""
    told: list[bool] = []
    for cued, run in groupby(alive, key=lambda line: judge.alone[line.index] is not None):
        members = list(run)
        told += [not (cued and any(speaks(judge.alone[line.index]) for line in members))] * len(members)
    return told


def _listed(judge: Judge, around: list[Line], line: Line) -> bool:
    """Whether ``line`` is an item of the story's list, as a line beside it is that no cue knows."""
    if not around or line.words > ITEM:
        return False
    others = [other for other in around if other is not line and judge.alone[other.index] is None]
    return any(same_item(line, other) for other in others)


def _kin(judge: Judge, around: list[Line], line: Line) -> frozenset[str]:
    findings = [judge.alone[other.index] for other in around if other is not line]
    return frozenset(finding.family for finding in findings if finding)
