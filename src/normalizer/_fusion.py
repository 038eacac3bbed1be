"""Fusing: how the edits of two stages become one list in source coordinates.

In flow the edits so far (source to text) and new ones (against that text), both sorted and disjoint.
Out flows one sorted, disjoint list against the source. Two edits fuse when they overlap, when they
touch and one of them has no width there, and when an insertion touches the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """One change: ``source[start:end] == before`` becomes ``after``.

    ``start`` and ``end`` are code points, half-open. ``rules`` are the ids of the rules that made it,
    in the order they spoke; ``detail`` is their evidence in words.
    """

    start: int
    end: int
    before: str
    after: str
    rules: tuple[str, ...]
    detail: str = ""

    def as_dict(self) -> dict[str, object]:
        """The edit in the shared schema of JSON, SARIF properties, Arrow and the edit log."""
        return {**self._asdict(), "rules": list(self.rules)}


def shifts(edits: Iterable[Edit]) -> Iterator[int]:
    """Text offset minus source offset, before each edit and after the last."""
    shift = 0
    yield shift
    for change in edits:
        shift += len(change.after) - len(change.before)
        yield shift


def settle(source: str, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Fuse insertions with the neighbours that they touch, drop what changes nothing."""
    group: list[Edit] = []
    for change in edits:
        if group and group[-1].end == change.start and not (group[-1].before and change.before):
            group.append(change)
            continue
        if group:
            yield from _joined(source, group)
        group = [change]
    if group:
        yield from _joined(source, group)


def _joined(source: str, group: list[Edit]) -> Iterator[Edit]:
    if len(group) > 1:
        start, end = group[0].start, group[-1].end
        group = [Edit(start, end, source[start:end], "".join(change.after for change in group), *_evidence(group))]
    if group[0].before != group[0].after:
        yield group[0]


def _evidence(group: Iterable[Edit]) -> tuple[tuple[str, ...], str]:
    rules: dict[str, None] = {}
    details: dict[str, None] = {}
    for change in group:
        rules.update(dict.fromkeys(change.rules))
        if change.detail:
            details.update(dict.fromkeys(change.detail.split("; ")))
    return tuple(rules), "; ".join(details)


class Fusion:
    """What stands between ``source`` and ``text``, and how further edits of ``text`` join it."""

    def __init__(self, source: str, text: str, edits: Sequence[Edit], shift: Sequence[int]) -> None:
        self._source, self._text, self._edits, self._shift = source, text, edits, shift

    def of(self, changes: Sequence[Edit]) -> list[Edit]:
        """The edits so far and ``changes`` (against ``text``) as one list in source coordinates."""
        fused: list[Edit] = []
        done = 0
        for first, last, group in self._groups(changes):
            fused.extend(self._edits[done:first])
            fused.append(self._composed(first, last, group))
            done = last
        fused.extend(self._edits[done:])
        return fused

    def _groups(self, changes: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
        """Ranges ``[first, last)`` of the edits so far with the new edits that they fuse with."""
        first = last = 0
        group: list[Edit] = []
        for change in changes:
            low, high = self._fusing(change, max(last - 1, 0))
            touched = bool(group) and group[-1].end == change.start and not (group[-1].before and change.before)
            if group and (touched or low < last):
                last = max(last, high)
            else:
                if group:
                    yield first, last, group
                group = []
                first, last = low, high
            group.append(change)
        if group:
            yield first, last, group

    def _fusing(self, change: Edit, low: int) -> tuple[int, int]:
        """The range of edits so far that fuse with ``change``; empty, at its place, when none does."""
        edits, size = self._edits, len(self._edits)
        # Both run forward from where the change before left off, so all changes together cost one walk.
        while low < size and self._text_end(low) < change.start:
            low += 1
        while low < size and self._text_end(low) == change.start and not _touching(edits[low], change):
            low += 1
        high = low
        while high < size and self._text_start(high) <= change.end:
            high += 1
        while high > low and self._text_start(high - 1) == change.end and not _touching(edits[high - 1], change):
            high -= 1
        return low, high

    def _composed(self, first: int, last: int, group: list[Edit]) -> Edit:
        start, end = group[0].start, group[-1].end
        source_start, source_end = start - self._shift[first], end - self._shift[last]
        if first < last and self._text_start(first) <= start:
            start, source_start = self._text_start(first), self._edits[first].start
        if first < last and self._text_end(last - 1) >= end:
            end, source_end = self._text_end(last - 1), self._edits[last - 1].end
        after: list[str] = []
        position = start
        for change in group:
            after += self._text[position : change.start], change.after
            position = change.end
        after.append(self._text[position:end])
        before = self._source[source_start:source_end]
        return Edit(source_start, source_end, before, "".join(after), *_evidence([*self._edits[first:last], *group]))

    def _text_start(self, index: int) -> int:
        return self._edits[index].start + self._shift[index]

    def _text_end(self, index: int) -> int:
        return self._edits[index].end + self._shift[index + 1]


def _touching(old: Edit, new: Edit) -> bool:
    """Whether two edits that touch fuse: one is thin where they meet, or an insertion."""
    return not (old.before and old.after and new.before)
