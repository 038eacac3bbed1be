"""Pairs of neighbouring characters that sound text hardly holds: the table of the gate, and the search for them.

In flows a text, out flow the places of such pairs. A table is looked through for a little text; once much text
has come by, an automaton over the bytes of UTF-8 pays, and the table only confirms what that suspects.
"""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from normalizer._data import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ahocorasick_rs import BytesAhoCorasick

# Kinds: trouble anywhere; look-alikes; trouble beside a character above ASCII; trouble before a letter or after
# a small one; what makes a word doubtful.
CERTAIN, BORDER, BESIDE, CLOSING, DOUBTFUL = range(5)

_MUCH = 1_000_000  # characters after which an automaton has paid that takes 60 ms and 25 MB
_DENSE = 12  # characters to each suspected place from which on the table is the quicker way
_BLOCK = 200_000  # characters that are looked through at once, to bound memory
_SMALL = 100  # and at first or by the table, since a few places often say enough
_CALL = 20  # characters whose search costs as much as beginning one

# What is too much for a table: Œ before no letter, accented Latin letters beside other scripts, and older and rarer
# Cyrillic letters beside Latin ones.
_CLASSES = re.compile(
    "[À-ſ\u0460-\u052f](?:(?<=[À-ÖØ-öø-ſ])(?:(?=[\u0400-\u04ff])|(?<=[\u0400-\u045fґҐα-ωάέήίΰ].))"
    "|(?<=[\u0460-\u052f])(?:(?=[A-Za-zÀ-ſ])|(?<=[A-Za-zÀ-ſ].))"
    "|(?<=[\u0152\u0153])(?P<certain>(?=[^A-Za-z])))",
    re.DOTALL,
)
_OTHERS = re.compile("[\u0152\u0153\u0384-\u052f]")  # no class matches without one of these
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

# For the automaton: ASCII letters small and controls alike, so that its rows stay short.
_FOLD = bytes(0 if code in {*range(9), 0x0B, *range(0x0E, 0x20), 0x7F} else code for code in range(256)).lower()


class Place(NamedTuple):
    """Where a pair or a single character stands (code points, half-open), and its kind."""

    start: int
    end: int
    kind: int


class _Table(NamedTuple):
    """Kinds by pair (the code of its two UTF-16 units) and by single character, and the pairs in a row."""

    pairs: dict[int, int]
    singles: dict[str, int]
    single: re.Pattern[str]
    row: str


@cache
def _table() -> _Table:
    head, _, body = zlib.decompress(read("encoding/gate.bin")).partition(b"\n")
    counts = [*map(int, head.split())]
    size = 4 * sum(counts[::2])
    codes, text = array("I", body[:size]), body.decode("utf-16-le")
    pairs: dict[int, int] = {}
    singles: dict[str, int] = {}
    first, single = 0, size // 2
    for kind in range(len(counts) // 2):
        pairs.update(dict.fromkeys(codes[first : first + counts[2 * kind]], kind))
        singles.update(dict.fromkeys(text[single : single + counts[2 * kind + 1]], kind))
        first, single = first + counts[2 * kind], single + counts[2 * kind + 1]
    return _Table(pairs, singles, re.compile(f"[{re.escape(''.join(singles))}]"), text[: size // 2])


def is_free(text: str) -> bool:
    """Whether a text of moderate length surely has no such places: quick, and no more often than that is worth it."""
    return _search().is_free(text)


def find_places(text: str) -> Iterator[Place]:
    """The places of ``text`` that are trouble or may be, in order; certain trouble ends them.

    Raises :class:`UnicodeEncodeError` where the text holds a lone surrogate.
    """
    return _search().find(text)


@cache
def _search() -> Search:
    return Search()


class Search:
    """A search that remembers how much text came by, to build the automaton when it pays."""

    def __init__(self, *, much: int = _MUCH) -> None:
        self._left = much
        self._automaton: BytesAhoCorasick | None = None
        self._dense = ""  # the text in which so much was suspected lately that the table is the quicker way

    def is_free(self, text: str) -> bool:
        """See :func:`is_free`."""
        if self._automaton is None or len(text) > _BLOCK:
            return False
        try:
            suspected = self._automaton.find_matches_as_indexes(text.encode().translate(_FOLD))
        except UnicodeEncodeError:  # a lone surrogate
            return False
        if _DENSE * len(suspected) >= len(text):
            self._dense = text
        return not suspected

    def find(self, text: str) -> Iterator[Place]:
        """See :func:`find_places`."""
        if self._automaton is None:
            self._left -= len(text) + _CALL
            if self._left < 0:
                self._automaton = _automaton()
            return _looked_up(text)
        if text is self._dense:
            return _looked_up(text)
        return self._sifted(text) if len(text) <= 4 * _SMALL else _in_blocks(text, self._sifted, _BLOCK)

    def _sifted(self, text: str) -> Iterator[Place]:
        assert self._automaton is not None
        raw = text.encode()
        suspected = self._automaton.find_matches_as_indexes(raw.translate(_FOLD), overlapping=True)
        if not suspected:
            return iter(())
        if _DENSE * len(suspected) < len(text):
            return iter(_confirmed(text, raw, [start for _, start, _ in suspected]))
        return _looked_up(text)


def _looked_up(text: str) -> Iterator[Place]:
    """What the table finds."""
    return iter(_from_table(text)) if len(text) <= 2 * _SMALL else _in_blocks(text, _from_table, 4 * _SMALL)


def _in_blocks(text: str, find: Callable[[str], Iterable[Place]], size: int) -> Iterator[Place]:
    """What is found block by block, when it is asked for; the first block is small."""
    end = 0
    while end < len(text):
        start, end = end, end + size if end else _SMALL
        first = max(start - 1, 0)  # a place may reach over the border: the block in which it begins has it
        for place in find(text[first : end + 2]):
            begin = place.start + first
            if start <= begin < end or place.kind == CERTAIN:
                yield Place(begin, place.end + first, place.kind)


def _confirmed(text: str, raw: bytes, starts: list[int]) -> list[Place]:
    """The places among those that the automaton suspects, which begin at these bytes."""
    table = _table()
    found: list[Place] = []
    position = offset = 0
    for start in sorted(set(starts)):
        offset += len(raw[position:start].decode())
        position = start
        first, second = text[offset], text[offset + 1 : offset + 2]
        kind = table.pairs.get(int.from_bytes((first + second).encode("utf-16-le")[:4], sys.byteorder), -1)
        if kind >= 0 and second:
            found.append(Place(offset, offset + 2, kind))
        if first in table.singles:
            found.append(Place(offset, offset + 1, table.singles[first]))
        for pivot in (offset, offset + 1):
            match = _CLASSES.match(text, pivot)
            if match:
                found.append(_place_of(match))
        if found and found[-1].kind == CERTAIN:
            return found[-1:]
    return sorted(set(found))


def _place_of(match: re.Match[str]) -> Place:
    kind = BORDER if match["certain"] is None else CERTAIN
    return Place(max(match.start() - 1, 0), match.end() + 1, kind)


def _from_table(text: str) -> list[Place]:
    units = text.encode("utf-16-le")
    if len(units) != 2 * len(text):
        text = _ASTRAL.sub("\uffff", text)
        units = text.encode("utf-16-le")
    table = _table()
    raw = memoryview(units)
    found: list[Place] = []
    for offset in (0, 1):  # a pair begins at an even place or at an odd one
        codes = raw[2 * offset : 2 * offset + (len(units) - 2 * offset) // 4 * 4].cast("I")
        if table.pairs.keys().isdisjoint(codes):
            continue
        kinds = [*map(table.pairs.get, codes)]
        if CERTAIN in kinds:
            place = 2 * kinds.index(CERTAIN) + offset
            return [Place(place, place + 2, CERTAIN)]
        places = enumerate(kinds)
        found += [Place(2 * n + offset, 2 * n + offset + 2, kind) for n, kind in places if kind is not None]
    for match in table.single.finditer(text):
        found.append(Place(match.start(), match.end(), table.singles[match.group()]))
    for match in _CLASSES.finditer(text) if _OTHERS.search(text) else ():
        found.append(_place_of(match))
    found.sort()
    return found


def _automaton() -> BytesAhoCorasick:
    """Finds in UTF-8, folded, all that the table and the classes find, and a little more."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    table = _table()
    pairs = table.row
    found = {pairs[n : n + 2].encode().translate(_FOLD) for n in range(0, len(pairs), 2)}
    found |= {single.encode().translate(_FOLD) for single in table.singles} | {"Œ".encode(), "œ".encode()}
    accented = [*map(chr, (*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x180)))]
    others = [*map(chr, range(0x400, 0x460)), *"ґҐ", *map(chr, range(0x3AC, 0x3CA))]
    found |= {letter.encode() + lead for letter, lead in product(accented, (b"\xd0", b"\xd1", *map(str.encode, "ґҐ")))}
    found |= {letter.encode() + lead for letter, lead in product(others, (b"\xc3", b"\xc4", b"\xc5"))}
    found |= {letter.encode() for letter in map(chr, range(0x460, 0x530)) if letter not in "ґҐ"}
    return BytesAhoCorasick(sorted(found), implementation=Implementation.DFA)
