"""Alignment by codec steps: which damaged characters each repaired character came from.

A :class:`Traced` text carries, for each of its characters, the place in the source at which that
character's group begins. Steps are applied to the text and to those places alike, so the edits of a
repair follow from the codecs and no two strings are ever compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from normalizer.edits import Edit


class Traced(NamedTuple):
    """A text and, per character, the offset in the source (code points) where its group begins."""

    text: str
    starts: Sequence[int]


class Undone(NamedTuple):
    """A line as it was before a mistake, and the mistake in words."""

    traced: Traced
    words: str


def untouched(text: str, offset: int = 0) -> Traced:
    """``text`` as it stands in the source from ``offset`` on."""
    return Traced(text, range(offset, offset + len(text)))


def joined(parts: Sequence[Traced]) -> Traced:
    """The parts one after another."""
    starts: list[int] = []
    for part in parts:
        starts += part.starts
    return Traced("".join(part.text for part in parts), starts)


def edits_of(source: str, traced: Traced, end: int, rule: str, detail: str) -> list[Edit]:
    """One edit for each group that changed; ``end`` is where the traced part ends in ``source``."""
    text, starts = traced
    found: list[Edit] = []
    position, size = 0, len(text)
    while position < size:
        start, after = starts[position], position + 1
        while after < size and starts[after] == start:
            after += 1
        stop = starts[after] if after < size else end
        before, now = source[start:stop], text[position:after]
        if before != now:
            found.append(Edit(start, stop, before, now, (rule,), detail))
        position = after
    return found


def recoded(traced: Traced, encoder: str, decoder: str) -> Traced | None:
    """``text.encode(encoder).decode(decoder)`` with its places; nothing where that fails.

    ``encoder`` is any charset; ``decoder`` any charset or ``utf-8-variants``.
    """
    try:
        raw = traced.text.encode(encoder)
        text = raw.decode(decoder)
    except UnicodeError:
        return None
    if len(raw) == len(text) == len(traced.text):
        return Traced(text, traced.starts)
    return aligned(text, bytes_from(traced, encoder), decoder)


def bytes_from(traced: Traced, encoder: str) -> list[int]:
    """For each byte of the encoded text the place of the character it came from."""
    starts: list[int] = []
    for start, character in zip(traced.starts, traced.text, strict=True):
        starts += [start] * len(character.encode(encoder))
    return starts


def aligned(text: str, byte_starts: Sequence[int], decoder: str) -> Traced:
    """``text``, decoded by ``decoder`` from bytes that came from ``byte_starts`` (places in the source)."""
    starts: list[int] = []
    position = last = 0
    for width in decoded_widths(text, decoder):
        start = byte_starts[position]
        # A character that begins inside the bytes of a source character belongs to the group before it.
        if not position or byte_starts[position - 1] != start:
            last = start
        starts.append(last)
        position += width
    return Traced(text, starts)


def decoded_widths(text: str, decoder: str) -> list[int]:
    """How many bytes each character of ``text`` took in ``decoder``."""
    if decoder.startswith("utf-8"):
        return [1 if c < "\x80" else 2 if c < "\u0800" else 3 if c < "\U00010000" else 4 for c in text]
    return [len(character.encode(decoder)) for character in text]
