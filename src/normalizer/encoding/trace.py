"""Alignment by codec steps: which damaged characters each repaired character came from.

A :class:`Traced` text carries, for each of its characters, the place in the source at which that
character's group begins. Steps are applied to the text and to those places alike, so the edits of a
repair follow from the codecs and no two strings are ever compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from normalizer.edits import Edit


class Traced(NamedTuple):
    """A text and, per character, the offset in the source (code points) where its group begins."""

    text: str
    starts: Sequence[int]


class Undone(NamedTuple):
    """A text as it was before a mistake, and the mistake in words.

    ``places`` gives, per character, the offset in the text that was undone (code points) where its group begins;
    it is called only where edits are asked for.
    """

    text: str
    words: str
    places: Callable[[], Sequence[int]]


def in_place(text: str, words: str) -> Undone:
    """A repair that turns each character into one."""
    return Undone(text, words, partial(range, len(text)))


def from_utf8(text: str, words: str) -> Undone:
    """A repair that decoded UTF-8, each byte of which stood as one character."""
    return Undone(text, words, partial(beginnings, text))


def beginnings(text: str) -> list[int]:
    """The byte at which each character of ``text`` begins in UTF-8."""
    return [0, *accumulate(decoded_widths(text, "utf-8"))][:-1]


def moved(before: Traced, undone: Undone) -> Traced:
    """The undone text, traced to where ``before``, which was undone, came from."""
    starts = before.starts
    places: list[int] = []
    last, lately = 0, -1
    for place in undone.places():
        # A character that begins inside a group belongs to the group before it.
        if place != lately and (not place or starts[place - 1] != starts[place]):
            last = starts[place]
        lately = place
        places.append(last)
    return Traced(undone.text, places)


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
    return Traced(text, aligned(text, bytes_from(traced, encoder), decoder))


def aligned_wide(before: str, encoder: str, after: str, decoder: str) -> list[int]:
    """As :func:`aligned`, of ``after`` in the text that it was before, where characters may take several bytes."""
    return aligned(after, bytes_from(untouched(before), encoder), decoder)


def bytes_from(traced: Traced, encoder: str) -> list[int]:
    """For each byte of the encoded text the place of the character it came from."""
    starts: list[int] = []
    for start, character in zip(traced.starts, traced.text, strict=True):
        starts += [start] * len(character.encode(encoder))
    return starts


def aligned(text: str, byte_starts: Sequence[int], decoder: str) -> list[int]:
    """Where the groups of ``text`` begin, decoded by ``decoder`` from bytes that came from ``byte_starts``."""
    starts: list[int] = []
    position = last = 0
    for width in decoded_widths(text, decoder):
        start = byte_starts[position]
        # A character that begins inside the bytes of a source character belongs to the group before it.
        if not position or byte_starts[position - 1] != start:
            last = start
        starts.append(last)
        position += width
    return starts


def decoded_widths(text: str, decoder: str) -> list[int]:
    """How many bytes each character of ``text`` took in ``decoder``."""
    if decoder.startswith("utf-8"):
        return [1 if c < "\x80" else 2 if c < "\u0800" else 3 if c < "\U00010000" else 4 for c in text]
    return [len(character.encode(decoder)) for character in text]
