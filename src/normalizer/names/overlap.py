"""Overlapping matches: which stand together, and which of them are the mentions.

In flow the matches of a text, sorted by start. Out flow groups of them, and the best of a group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from normalizer.names.matcher import Match


def groups_of(matches: list[Match]) -> list[list[Match]]:
    """The ``matches`` (sorted by start) that overlap each other, together; each is told the number of its group."""
    groups: list[list[Match]] = []
    end = -1
    for match in matches:
        if match.start >= end:
            groups.append([])
        groups[-1].append(match)
        match.group = len(groups) - 1
        end = max(end, match.end)
    return groups


def best_of(group: list[Match], rank: Callable[[Match], tuple[int, ...]]) -> list[Match]:
    """The best of overlapping matches by ``rank``, sorted; several where the best leave room for them.

    ``rank`` puts longer matches first; it is not asked where one is longest and leaves no room.
    """
    if len(group) < 2:
        return group
    longest, second = sorted(group, key=_shortness)[:2]
    alone = all(match.start < longest.end and longest.start < match.end for match in group)
    if alone and _shortness(longest) < _shortness(second):
        return [longest]
    taken: list[Match] = []
    for match in sorted(group, key=rank):
        if all(match.end <= other.start or other.end <= match.start for other in taken):
            taken.append(match)
    return sorted(taken, key=lambda match: match.start)


def _shortness(match: Match) -> int:
    return match.start - match.end - match.genitive


def entangled(groups: list[list[Match]], matches: Iterable[Match]) -> set[int]:
    """The numbers of the groups that have a say in what becomes of some ``matches``: those of their bearers, and of
    all bearers that share a place with them.
    """
    ids = {match.entity.id for match in matches}
    found: set[int] = set()
    known = -1
    while len(ids) > known:
        known = len(ids)
        for number, group in enumerate(groups):
            if number not in found and any(match.entity.id in ids for match in group):
                found.add(number)
                ids.update(match.entity.id for match in group)
    return found
