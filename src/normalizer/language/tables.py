"""N-gram tables: for the languages of one script, how much each character of a word speaks against each.

In flow words in lower case; out flows one integer a language, the sum of its penalties in tenths of a nat. A
character is judged by the longest n-gram in the table that ends in it, word boundaries included. A row of the
table becomes one integer with 16 bits a language, so that one addition adds up all languages: exact in any order.

A table is a file that is searched as it stands, so that nothing is built when it is loaded: 80,000 rows in a dict
take 100 ms, and a sentence needs some hundred. A process that goes on asking builds an index after all. The format is
described in ``tools/language_format.py``.
"""

from __future__ import annotations

import json
import re
import struct
from bisect import bisect_right
from codecs import charmap_build, charmap_encode
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from normalizer._data import read

LONGEST = 5
# 16 bits hold the penalties of so many characters (the greatest is 80); what exceeds them is carried over.
_BATCH = 65_535 // 80
_WORD_LETTERS = 60  # of a longer "word" the rest is not looked at
_WORDS_KEPT = 6144  # words whose sums are remembered; half the words of running text are such
# Characters in their context that are searched for, and remembered: a search takes 4 µs. After so many of them an
# index (60 ms, then 0.5 µs) pays.
_SEARCHES = 4_000
_CHUNK = 4096  # rows that are widened at a time: all at once take 30 MB for a moment
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")  # no table has a row for these


class Table:
    """The languages of one script; ``prior`` are penalties before any evidence, in tenths of a nat, and ``short`` those
    of a word by itself.
    """

    __slots__ = ("_lanes", "_search", "_word", "languages", "prior", "short")

    def __init__(self, languages: tuple[str, ...], prior: tuple[int, ...], short: tuple[int, ...], rows: Rows) -> None:
        self.languages = languages
        self.prior = prior
        self.short = short
        self._lanes = struct.Struct(f"<{len(languages)}H")
        self._search: Search | None = Search(rows)
        self._word: Callable[[str], int] = lru_cache(_WORDS_KEPT)(self._search)

    def read(self, words: Sequence[str], prior: Sequence[int], effort: Effort) -> Reading:
        """The penalty of each language: its ``prior`` and the sum over ``words`` (letters only, in lower case)."""
        if self._search is not None and self._search.is_worn():
            # Whoever reads at this moment goes on searching, with the same sums.
            self._word, self._search = lru_cache(_WORDS_KEPT)(indexed(self._search.rows)), None
        before, total, room, letters = list(prior), 0, _BATCH, 0
        result = before
        for first in range(effort.rounds):
            for word in words[first :: effort.rounds]:
                size = len(word)
                letters += size
                room -= size + 1
                if room < 0:
                    before, total, room = self._sum(before, total), 0, _BATCH - size - 1
                total += self._word(word)
            result = self._sum(before, total)
            if first + 1 < effort.rounds:
                least, second = sorted(result)[:2]
                if second - least >= effort.clear and least <= effort.calm * letters:
                    break
        return Reading(result, letters)

    def _sum(self, before: list[int], total: int) -> list[int]:
        lanes = self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))
        return [old + new for old, new in zip(before, lanes, strict=True)]


class Effort(NamedTuple):
    """How much is read: words in so many ``rounds``, each of them spread evenly over the whole, and no further round
    once one language leads by ``clear`` and its penalty is at most ``calm`` a letter.
    """

    rounds: int
    clear: int
    calm: int


class Reading(NamedTuple):
    """The penalties of the languages, in the table's order, and the number of letters that they were read from."""

    penalties: list[int]
    letters: int


class Rows(NamedTuple):
    """The n-grams of a table in the file's own bytes.

    N-grams are written from their last character to their first. ``encode`` makes bytes of characters, ``width`` each.
    Row ``n`` has its n-gram in ``keys``, ``LONGEST * width`` bytes with zeros behind, and its ``levels`` in ``codes``,
    ``stride`` bytes, one nibble a language. The rows are sorted by their keys. ``stranger`` is the byte of all
    characters that no n-gram has, and ``strange`` the row that speaks for them.
    """

    encode: Callable[[str], bytes]
    width: int
    keys: bytes
    codes: bytes
    stride: int
    levels: bytes
    stranger: int
    strange: int

    def longest(self, ending: bytes) -> int:
        """The row of the longest n-gram in the table that begins ``ending`` (``LONGEST`` characters, the last first),
        or 0.

        A letter that the table does not know speaks against all languages, where the table has few enough to tell.
        """
        keys, width, size = self.keys, self.width, len(ending)
        high, sought = len(keys) // size, ending
        while place := bisect_right(range(high), sought, key=lambda row: keys[row * size : (row + 1) * size]):
            high = place - 1
            key = keys[high * size : place * size]
            same = next((at for at in range(0, size, width) if key[at : at + width] != sought[at : at + width]), size)
            if not any(key[same:]):
                codes = self.codes[high * self.stride : place * self.stride]
                return int.from_bytes(self.widened(codes), "little")
            if not same:
                break
            sought = sought[:same].ljust(size, b"\0")  # what both share is the most that a shorter n-gram can have
        return self.strange if ending[0] == self.stranger else 0

    def widened(self, codes: bytes) -> bytes:
        """Rows of ``codes`` with 16 bits a language, little-endian: each step is one pass in C."""
        return codes.hex().encode().translate(self.levels).decode("latin-1").encode("utf-16-le")

    def by_gram(self) -> dict[bytes, int]:
        """All rows by their n-grams, without the zeros behind."""
        size, stride, number = LONGEST * self.width, self.stride, int.from_bytes
        found: dict[bytes, int] = {}
        for first in range(0, len(self.keys) // size, _CHUNK):
            grams = struct.iter_unpack(f"{size}s", self.keys[first * size : (first + _CHUNK) * size])
            lanes = self.widened(self.codes[first * stride : (first + _CHUNK) * stride])
            rows = struct.iter_unpack(f"{4 * stride}s", lanes)
            found.update({
                gram.rstrip(b"\0"): number(row, "little") for (gram,), (row,) in zip(grams, rows, strict=True)
            })  # fmt: skip
        return found


class Search:
    """From words to their sums, by search in the file's bytes."""

    __slots__ = ("_longest", "rows")

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._longest = lru_cache(_SEARCHES)(rows.longest)

    def __call__(self, word: str) -> int:
        """The sum of the rows of the characters of ``word``, the end of the word included."""
        width, longest = self.rows.width, self._longest
        size = LONGEST * width
        padded = self.rows.encode(f" {word[:_WORD_LETTERS][::-1]}   ")
        last = len(padded) - size
        total = longest(padded[last + width : last + 3 * width].ljust(size, b"\0"))
        for start in range(0, last + width, width):
            total += longest(padded[start : start + size])
        return total

    def is_worn(self) -> bool:
        """Whether so much was searched for that an index pays; the one wide table is small enough without."""
        return self._longest.cache_info().misses >= _SEARCHES and self.rows.width == 1


def indexed(rows: Rows) -> Callable[[str], int]:
    """The same sums from a dict of all rows, made of tables with one byte a character."""
    get, encode = {bytes([rows.stranger]): rows.strange, **rows.by_gram()}.get, rows.encode

    def score(word: str) -> int:
        word = word[:_WORD_LETTERS]
        padded = encode(f" {word[::-1]}   ")
        size = len(word)
        total = get(padded[size : size + 2]) or get(padded[size : size + 1], 0)
        for start in range(size):
            total += (
                get(padded[start : start + 5])
                or get(padded[start : start + 4])
                or get(padded[start : start + 3])
                or get(padded[start : start + 2])
                or get(padded[start : start + 1], 0)
            )
        return total

    return score


@cache
def load(script: str) -> Table:
    """The table of a script (ISO 15924), read once a process."""
    header, rows = read_rows(read(f"language/{script.lower()}.bin"))
    return Table(tuple(header["languages"]), tuple(header["prior"]), tuple(header["short"]), rows)


def read_rows(data: bytes) -> tuple[dict[str, Any], Rows]:
    """The header and the rows of a table from its file's bytes."""
    keys = data.index(b"\n") + 1
    header = json.loads(data[:keys])
    width, count, stride = header["width"], header["rows"], (len(header["languages"]) + 1) // 2
    codes = keys + count * LONGEST * width
    end = codes + count * stride
    return header, Rows(
        encode=partial(_narrow, charmap_build("\0 " + header["letters"] + "?")) if width == 1 else _wide,
        width=width,
        keys=data[keys:codes],
        codes=data[codes:end],
        stride=stride,
        levels=_by_digit(header["levels"]),
        stranger=len(header["letters"]) + 2 if width == 1 else -1,
        strange=sum(max(header["levels"]) << 16 * place for place in range(len(header["languages"]))),
    )


def _narrow(letters: Any, text: str) -> bytes:
    """One byte a character; those of no n-gram are all one."""
    return charmap_encode(text, "replace", letters)[0]


def _wide(text: str) -> bytes:
    """Two bytes a character, for the scripts with more than some 250."""
    return _ASTRAL.sub("\ufffd", text).encode("utf-16-be")


def _by_digit(levels: list[int]) -> bytes:
    """A translation from hexadecimal digits to levels."""
    table = bytearray(256)
    for index, level in enumerate(levels):
        table[ord(f"{index:x}")] = level
    return bytes(table)
