"""Structured files: the values of some fields are texts, all else stays byte for byte.

In flows the decoded file. Out flow edits in its coordinates. A scanner of each format yields
:class:`Value`; each is normalized as a text of its own, and its edits are carried back through the
pieces that it was written in, with the format's escapes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from normalizer.edits import Edit, apply_edits
from normalizer.errors import NormalizerError

if TYPE_CHECKING:
    from normalizer.pipeline import Normalizer


class Piece(NamedTuple):
    """A part of a value as it stands in the file.

    ``at`` is its offset in the value, ``start`` and ``end`` its span in the file. A piece is either
    literal, each character for itself, or an escape, all of it for the ``length`` of what it means.
    """

    at: int
    length: int
    start: int
    end: int


class Value(NamedTuple):
    """A text in a file: what it says, the pieces it is written in, and how to write something else.

    ``written`` gives ``None`` for what cannot stand there without changing the structure. Where pieces
    are ``lines`` of the structure, an edit stays inside one and leaves something of it.
    """

    text: str
    pieces: tuple[Piece, ...]
    written: Callable[[str], str | None]
    lines: bool = False


class FormatError(NormalizerError):
    """A file that is not of the kind that its name or the configuration says."""


Scan = Callable[[str, tuple[str, ...]], Iterator[Value]]

_HOMES = {
    "json": ("normalizer.batch.fields_json", "json_values"),
    "jsonl": ("normalizer.batch.fields_json", "jsonl_values"),
    "csv": ("normalizer.batch.fields_csv", "csv_values"),
    "tsv": ("normalizer.batch.fields_csv", "tsv_values"),
    "po": ("normalizer.batch.fields_po", "po_values"),
    "srt": ("normalizer.batch.fields_cues", "srt_values"),
    "vtt": ("normalizer.batch.fields_cues", "vtt_values"),
}


def field_edits(
    source: str, kind: str, names: tuple[str, ...], normalizer: Normalizer
) -> tuple[tuple[Edit, ...], bool]:
    """The edits of all values of the fields ``names``, in ``source``, and whether all values settled.

    Raises :class:`FormatError` when ``source`` is not of that ``kind``.
    """
    module, function = _HOMES[kind]
    scan: Scan = getattr(import_module(module), function)
    edits: list[Edit] = []
    settled = True
    for value in scan(source, names):
        if not value.text:
            continue
        result = normalizer(value.text)
        settled &= result.settled
        carried = [one for change in result.edits for one in carried_back(source, value, change)]
        edits += _lines_kept(source, value, carried) if value.lines else carried
    return tuple(edits), settled


def _lines_kept(source: str, value: Value, edits: list[Edit]) -> list[Edit]:
    """The edits without those that together leave a line of the value blank, which would end it, or unwritable."""
    kept: list[Edit] = []
    number = 0
    for piece in value.pieces:
        first = number
        while number < len(edits) and edits[number].end <= piece.end:
            number += 1
        inside = edits[first:number]
        left = [change._replace(start=change.start - piece.start, end=change.end - piece.start) for change in inside]
        line = apply_edits(source[piece.start : piece.end], left) if inside else ""
        if line.strip() and value.written(line) is not None:
            kept += inside
    return kept


def carried_back(source: str, value: Value, change: Edit) -> list[Edit]:
    """``change`` of the value as edits of the file: what is new where it begins, deletions where it goes on."""
    after = value.written(change.after)
    spans = _spans(value.pieces, change.start, change.end)
    if after is None or not spans or (value.lines and not _within_line(value.pieces, spans, after)):
        return []
    made = []
    for start, end in spans:
        before = source[start:end]
        if before != after:
            made.append(Edit(start, end, before, after, change.rules, change.detail))
        after = ""
    return made


def _spans(pieces: tuple[Piece, ...], start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the file that hold ``start`` to ``end`` of the value; neighbours are one."""
    if not pieces:
        return []
    number = max(0, bisect_right(pieces, start, key=_at) - 1)
    if start == end:
        point = _place(pieces[number], start)
        return [(point, point)]
    spans: list[tuple[int, int]] = []
    while number < len(pieces) and pieces[number].at < end:
        piece = pieces[number]
        first = _place(piece, max(start, piece.at))
        last = _place(piece, min(end, piece.at + piece.length), closing=True)
        if spans and spans[-1][1] == first:
            spans[-1] = (spans[-1][0], last)
        elif first < last:
            spans.append((first, last))
        number += 1
    return spans


def _within_line(pieces: tuple[Piece, ...], spans: list[tuple[int, int]], after: str) -> bool:
    whole = not after and any((piece.start, piece.end) == spans[0] for piece in pieces)
    return len(spans) == 1 and not whole


def _place(piece: Piece, offset: int, *, closing: bool = False) -> int:
    """Where ``offset`` of the value stands in the file; inside an escape, the side that keeps it whole."""
    inside = offset - piece.at
    if piece.end - piece.start == piece.length:
        return piece.start + inside
    if inside >= piece.length or (closing and inside > 0):
        return piece.end
    return piece.start


def _at(piece: Piece) -> int:
    return piece.at
