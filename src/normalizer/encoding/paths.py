"""The way back, retold as edits: which mistakes reach which damaged group, and where the group stands.

In flow a text and, for each mistake in the order of undoing, the parts of the text of that moment that were
undone; out flow edits against the first text.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from normalizer.edits import Edit
from normalizer.encoding.trace import Traced, Undone, edits_of, joined, moved, untouched


class Part(NamedTuple):
    """A part of a text (code points, half-open), and what it was before a mistake."""

    start: int
    end: int
    undone: Undone


class Note(NamedTuple):
    """A mistake and the span of the first text that it reaches."""

    start: int
    end: int
    words: str


def path_edits(text: str, rounds: list[list[Part]], rule: str) -> list[Edit]:
    """One edit of ``rule`` for each damaged group, with the mistakes that reached it, the first one made first."""
    if not rounds:
        return []
    traced = untouched(text)
    notes: list[Note] = []
    for parts in rounds:
        notes += _notes(traced, len(text), parts)
        traced = _applied(traced, parts)
    apart = all(one.end <= other.start for one, other in pairwise(notes))
    if apart and len({note.words for note in notes}) == 1:
        return edits_of(text, traced, len(text), rule, notes[0].words)
    plain = edits_of(text, traced, len(text), rule, "")
    return [change._replace(detail=words) for change, words in zip(plain, _paths(plain, notes), strict=True)]


def _notes(traced: Traced, end: int, parts: list[Part]) -> list[Note]:
    starts = [*traced.starts, end]
    return [Note(starts[part.start], starts[part.end], part.undone.words) for part in parts]


def _applied(traced: Traced, parts: list[Part]) -> Traced:
    found: list[Traced] = []
    position = 0
    for start, end, undone in parts:
        found += [_cut(traced, position, start), moved(_cut(traced, start, end), undone)]
        position = end
    return joined([*found, _cut(traced, position, len(traced.text))])


def _cut(traced: Traced, start: int, end: int) -> Traced:
    return Traced(traced.text[start:end], traced.starts[start:end])


def _paths(edits: list[Edit], notes: list[Note]) -> list[str]:
    """For each edit the mistakes that reach it."""
    paths: list[list[str]] = [[] for _ in edits]
    starts = [change.start for change in edits]
    for start, end, words in reversed(notes):
        for number in range(bisect_left(starts, start), bisect_left(starts, end)):
            paths[number].append(words)
    return [", then ".join(path) for path in paths]
