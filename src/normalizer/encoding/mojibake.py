"""Mojibake: text that was decoded with another codec than it was encoded with.

In flows a text, out flow edits of ``encoding.mojibake``, one for each damaged group of characters; the
detail names the mistakes in the order in which they were made. The search undoes the last mistake first and
goes on until nothing is left to undo: lines that are UTF-8 read as something else, stretches of words that
are, swapped charsets, and last what only ftfy sees.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from normalizer.edits import Edit
from normalizer.encoding.careful import undo_carefully
from normalizer.encoding.eastern import undo_eastern
from normalizer.encoding.gate import DOUBTFUL, TROUBLED, doubtful_spans, suspicion
from normalizer.encoding.pieces import Pieces, pieces_of
from normalizer.encoding.stretches import Spelled, find_spelled, undo_piece
from normalizer.encoding.swaps import Swap, find_swap, suspects
from normalizer.encoding.trace import Traced, Undone, edits_of, joined, untouched
from normalizer.encoding.utf8 import undo_line, undo_worn

RULE = "encoding.mojibake"
_LINE = re.compile(r"[^\r\n]+")
# Where bytes were lost, hard spaces made plain, or combining marks misread: ftfy knows these best.
_LOST = re.compile("\ufffd|[\x80-\uffff]\\?|[ÂÃ][ \xa0]|Ì[´-¸]")
_WIDE = re.compile("[\u3400-\u9fff]")
_ROUNDS = 8  # mistakes on top of each other and beside each other that are undone


class Draft(NamedTuple):
    """A text on its way back: traced to its source, with the mistakes undone so far.

    ``notes`` are (start, end, words) in source coordinates, in the order of undoing; ``end`` is the length
    of the source.
    """

    traced: Traced
    notes: tuple[tuple[int, int, str], ...]
    end: int

    def source(self, position: int) -> int:
        """The place in the source of a position in the text."""
        return self.traced.starts[position] if position < len(self.traced.starts) else self.end

    def part(self, start: int, end: int) -> Traced:
        """A part of the text with its places."""
        return Traced(self.traced.text[start:end], self.traced.starts[start:end])


class Part(NamedTuple):
    """A part of a draft's text, half-open, as it was before a mistake."""

    start: int
    end: int
    traced: Traced
    words: str


def mojibake_edits(text: str) -> list[Edit]:
    """Edits that repair wrongly decoded text."""
    draft = Draft(untouched(text), (), len(text))
    judged: dict[str, list[Line]] = {}
    for _ in range(_ROUNDS):
        lines = _suspicious_lines(draft.traced.text, judged)
        undone = _undone_lines(draft, lines, _by_line) or _undone_stretches(draft, lines)
        undone = undone or _undone_lines(draft, lines, _last_resort)
        if not undone:
            break
        draft = _applied(draft, undone)
    return _edits(text, draft)


class Line(NamedTuple):
    """A line, or a part of one, that the gate lets through, half-open, and how suspicious it is."""

    start: int
    end: int
    level: int


def _suspicious_lines(text: str, judged: dict[str, list[Line]]) -> list[Line]:
    """The lines of a text to look into; ``judged`` are those of an earlier round, by their text."""
    found: list[Line] = []
    for match in _LINE.finditer(text):
        line, start = match.group(), match.start()
        if line.isascii():
            continue
        parts = judged.get(line)
        if parts is None:
            parts = judged[line] = _suspicious_parts(line)
        found += [Line(start + first, start + last, level) for first, last, level in parts]
    return found


def _suspicious_parts(line: str) -> list[Line]:
    level = suspicion(line)
    if level == DOUBTFUL:
        return [Line(first, last, level) for first, last in doubtful_spans(line)]
    return [Line(0, len(line), level)] if level == TROUBLED else []


def _by_line(line: Traced, level: int) -> Undone | None:
    """What explains a line as a whole; ftfy where characters were lost."""
    undone = undo_line(line)
    if undone is None and (level == TROUBLED or _WIDE.search(line.text)):
        undone = undo_worn(line) or undo_eastern(line)
        if undone is None and _LOST.search(line.text):
            undone = undo_carefully(line)
    return undone


def _last_resort(line: Traced, level: int) -> Undone | None:
    return undo_carefully(line) if level == TROUBLED else None


def _undone_lines(draft: Draft, lines: list[Line], undo: Callable[[Traced, int], Undone | None]) -> list[Part]:
    found: list[Part] = []
    for start, end, level in lines:
        line = undo(draft.part(start, end), level)
        if line is not None:
            found.append(Part(start, end, line.traced, line.words))
    return found


def _undone_stretches(draft: Draft, lines: list[Line]) -> list[Part]:
    """Whichever explains more: swapped charsets, or words that are UTF-8 read as something else."""
    pieces = pieces_of(draft.traced.text, [(line.start, line.end) for line in lines])
    bad = suspects(pieces)
    if not bad:
        return []
    swap = find_swap(pieces, bad)
    if swap is not None and _explains_all(swap, pieces, bad):
        return _unswapped(draft, pieces, swap)
    spelled = find_spelled(pieces, bad)
    if swap is not None and (spelled is None or swap.gain >= spelled.gain):
        return _unswapped(draft, pieces, swap)
    return [] if spelled is None else _unspelled(draft, pieces, spelled)


def _explains_all(swap: Swap, pieces: Pieces, bad: list[int]) -> bool:
    if swap.gain >= sum(pieces.token(n).excess for n in bad):
        return True
    return len(bad) >= _MANY and set(bad) <= {n for first, last in swap.runs for n in range(first, last)}


_MANY = 5  # pieces that read badly, all of them in the runs of one swap, leave nothing for another mistake


def _unswapped(draft: Draft, pieces: Pieces, swap: Swap) -> list[Part]:
    words = f"{swap.mistake.right.label} read as {swap.mistake.wrong.label}"
    found: list[Part] = []
    for first, last in swap.runs:
        for start, end in pieces.spans[first:last]:
            after = swap.mistake.undo(draft.traced.text[start:end])
            if after is not None:
                found.append(Part(start, end, Traced(after, draft.traced.starts[start:end]), words))
    return found


def _unspelled(draft: Draft, pieces: Pieces, spelled: Spelled) -> list[Part]:
    words = f"UTF-8 read as {spelled.found.charset.label}"
    found: list[Part] = []
    for first, last in spelled.runs:
        for start, end in pieces.spans[first:last]:
            after = undo_piece(draft.part(start, end), spelled.found)
            if after is not None:
                found.append(Part(start, end, after, words))
    return found


def _applied(draft: Draft, undone: list[Part]) -> Draft:
    parts: list[Traced] = []
    notes: list[tuple[int, int, str]] = []
    position = 0
    for part in undone:
        parts += [draft.part(position, part.start), part.traced]
        notes.append((draft.source(part.start), draft.source(part.end), part.words))
        position = part.end
    parts.append(draft.part(position, len(draft.traced.text)))
    return Draft(joined(parts), draft.notes + tuple(notes), draft.end)


def _edits(text: str, draft: Draft) -> list[Edit]:
    if not draft.notes:
        return []
    apart = all(one[1] <= other[0] for one, other in pairwise(draft.notes))
    if apart and len({words for _, _, words in draft.notes}) == 1:
        return edits_of(text, draft.traced, len(text), RULE, draft.notes[0][2])
    plain = edits_of(text, draft.traced, len(text), RULE, "")
    return [change._replace(detail=words) for change, words in zip(plain, _paths(plain, draft.notes), strict=True)]


def _paths(edits: list[Edit], notes: tuple[tuple[int, int, str], ...]) -> list[str]:
    """For each edit the mistakes that reach it, the first one made first."""
    paths: list[list[str]] = [[] for _ in edits]
    starts = [change.start for change in edits]
    for start, end, words in reversed(notes):
        for number in range(bisect_left(starts, start), bisect_left(starts, end)):
            paths[number].append(words)
    return [", then ".join(path) for path in paths]
