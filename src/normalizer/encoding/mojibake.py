"""Mojibake: text that was decoded with another codec than it was encoded with.

In flows a text, out flow edits of ``encoding.mojibake``, one for each damaged group of characters; the
detail names the mistakes in the order in which they were made. The search undoes the last mistake first and
goes on until nothing is left to undo: lines that are UTF-8 read as something else, stretches of words that
are, swapped charsets, and last what only ftfy sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from normalizer.edits import Edit
from normalizer.encoding.careful import undo_carefully
from normalizer.encoding.charsets import holding
from normalizer.encoding.eastern import undo_eastern
from normalizer.encoding.gate import DOUBTFUL, TROUBLED, doubtful_spans, suspicion
from normalizer.encoding.habits import are_acronyms
from normalizer.encoding.paths import Part, path_edits
from normalizer.encoding.pieces import Pieces, pieces_of
from normalizer.encoding.spelling import spelled, undo_piece, undo_spans
from normalizer.encoding.stretches import Spelled, find_spelled
from normalizer.encoding.swaps import Swap, find_swap, suspects
from normalizer.encoding.trace import Undone, in_place
from normalizer.encoding.utf8 import undo_line, undo_worn
from normalizer.encoding.wholes import undo_whole

RULE = "encoding.mojibake"
_LINE = re.compile(r"[^\r\n]+")
# Where bytes were lost, hard spaces made plain, or combining marks misread: ftfy knows these best.
_LOST = re.compile("\ufffd|[\x80-\uffff]\\?(?=[\x80-\uffffA-Za-z])|Ì[´-¸]")
_WIDE = re.compile("[\u3400-\u9fff]")
_ROUNDS = 8  # mistakes on top of each other and beside each other that are undone


def mojibake_edits(text: str) -> list[Edit]:
    """Edits that repair wrongly decoded text."""
    return path_edits(text, [parts for parts, _ in _rounds(text)], RULE)


def undamaged(text: str) -> str:
    """``text`` with these edits applied; cheaper, since nothing need be aligned."""
    for _, after in _rounds(text):
        text = after
    return text


def _rounds(text: str) -> Iterator[tuple[list[Part], str]]:
    """For each mistake, the last one first, the parts of the text that undo it, and the text without it."""
    judged: dict[str, list[Line]] = {}
    if are_acronyms(text):
        return
    for _ in range(_ROUNDS):
        lines = _suspicious_lines(text, judged)
        undone = _undone_lines(text, lines, _by_line) or _undone_stretches(text, lines)
        undone = undone or _undone_lines(text, lines, _last_resort)
        if not undone:
            break
        text = _applied(text, undone)
        yield undone, text


class Line(NamedTuple):
    """A line, or a part of one, that the gate lets through, half-open, and how suspicious it is."""

    start: int
    end: int
    level: int


def _suspicious_lines(text: str, judged: dict[str, list[Line]]) -> list[Line]:
    """The lines of a text to look into; ``judged`` are those of an earlier round, by their text."""
    if "\n" not in text and "\r" not in text:
        return [Line(*part) for part in _suspicious_parts(text)]
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


def _by_line(line: str, level: int) -> Undone | None:
    """What explains a line as a whole, or long spans of it; ftfy where characters were lost."""
    able = holding(line)
    undone = undo_line(line, able) or undo_whole(line, able)
    if undone is None and (level == TROUBLED or _WIDE.search(line)):
        undone = undo_worn(line, able) or undo_eastern(line)
        if undone is None and _LOST.search(line):
            undone = undo_carefully(line)
    return undone or undo_spans(line)


def _last_resort(line: str, level: int) -> Undone | None:
    return undo_carefully(line) if level == TROUBLED else None


def _undone_lines(text: str, lines: list[Line], undo: Callable[[str, int], Undone | None]) -> list[Part]:
    found: list[Part] = []
    for start, end, level in lines:
        undone = undo(text[start:end], level)
        if undone is not None:
            found.append(Part(start, end, undone))
    return found


def _undone_stretches(whole: str, lines: list[Line]) -> list[Part]:
    """Whichever explains more: swapped charsets, or words that are UTF-8 read as something else."""
    pieces = pieces_of(whole, [(line.start, line.end) for line in lines])
    bad = suspects(pieces)
    if not bad:
        return []
    text = " ".join(pieces.texts[n] for n in bad)
    charsets = spelled(text)
    sequences = None
    if charsets and 2 * charsets[0].covered >= len(text) - len(text.encode("ascii", "ignore")):
        sequences = find_spelled(pieces, bad, charsets)
        if sequences is not None and _reach_all(sequences.runs, bad):
            return _unspelled(pieces, sequences)
    swap = find_swap(pieces, bad)
    if swap is not None and _explains_all(swap, pieces, bad):
        return _unswapped(*_in_all_lines(whole, pieces, swap))
    sequences = sequences or find_spelled(pieces, bad, charsets)
    if swap is not None and (sequences is None or swap.gain >= sequences.gain):
        return _unswapped(*_in_all_lines(whole, pieces, swap))
    return [] if sequences is None else _unspelled(pieces, sequences)


def _in_all_lines(whole: str, pieces: Pieces, swap: Swap) -> tuple[Pieces, Swap]:
    """The swap in the lines, too, that are not suspicious by themselves: a document rarely has two kinds of damage."""
    if swap.gain < _SETTLED or "\n" not in whole:
        return pieces, swap
    others = pieces_of(whole, [match.span() for match in _LINE.finditer(whole) if not match.group().isascii()])
    if len(others.texts) == len(pieces.texts):
        return pieces, swap
    again = find_swap(others, suspects(others))
    return (others, again) if again is not None and again.mistake == swap.mistake else (pieces, swap)


_SETTLED = 250  # quarters of a nat: a swap that gains so much is the document's


def _explains_all(swap: Swap, pieces: Pieces, bad: list[int]) -> bool:
    if swap.gain >= sum(pieces.token(n).excess for n in bad):
        return True
    return len(bad) >= _MANY and _reach_all(swap.runs, bad)


def _reach_all(runs: list[tuple[int, int]], bad: list[int]) -> bool:
    return set(bad) <= {n for first, last in runs for n in range(first, last)}


_MANY = 5  # pieces that read badly, all of them in the runs of one swap, leave nothing for another mistake


def _unswapped(pieces: Pieces, swap: Swap) -> list[Part]:
    words = f"{swap.mistake.right.label} read as {swap.mistake.wrong.label}"
    found: list[Part] = []
    for first, last in swap.runs:
        for number in range(first, last):
            before = pieces.texts[number]
            after = None if before.isascii() else swap.mistake.undo(before)
            if after is not None:
                found.append(Part(*pieces.spans[number], in_place(after, words)))
    return found


def _unspelled(pieces: Pieces, sequences: Spelled) -> list[Part]:
    found: list[Part] = []
    for first, last in sequences.runs:
        for number in range(first, last):
            undone = undo_piece(pieces.texts[number], sequences.found)
            if undone is not None:
                found.append(Part(*pieces.spans[number], undone))
    return found


def _applied(text: str, undone: list[Part]) -> str:
    if len(undone) == 1 and undone[0].end - undone[0].start == len(text):
        return undone[0].undone.text
    parts: list[str] = []
    position = 0
    for part in undone:
        parts += [text[position : part.start], part.undone.text]
        position = part.end
    return "".join([*parts, text[position:]])
