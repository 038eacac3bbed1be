"""N-gram tables: for the languages of one script, how much each character of a word speaks against each.

In flow words in lower case; out flows one integer a language, the sum of its penalties in tenths of a nat. A
character is judged by the longest n-gram in the table that ends in it, word boundaries included. A row of the
table is one integer with 16 bits a language, so that one addition adds up all languages: exact in any order.
The format and the sources are described in ``tools/build_language_tables.py``.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

LONGEST = 5
_DATA = Path(__file__).parent.parent / "data" / "language"  # importlib.resources takes 10 ms to import
# 16 bits hold the penalties of so many characters (the greatest is 80); what exceeds them is carried over.
_BATCH = 65_535 // 80
_WORD_LETTERS = 60  # of a longer "word" the rest is not looked at
_WORDS_KEPT = 8192  # words whose sums are remembered; half the words of running text are such


class Table:
    """The languages of one script; ``prior`` are penalties before any evidence, in tenths of a nat."""

    __slots__ = ("_lanes", "_word", "languages", "prior")

    def __init__(self, languages: tuple[str, ...], prior: tuple[int, ...], rows: dict[str, int]) -> None:
        self.languages = languages
        self.prior = prior
        self._lanes = struct.Struct(f"<{len(languages)}H")
        self._word: Callable[[str], int] = lru_cache(_WORDS_KEPT)(_scorer(rows))

    def penalties(self, words: Sequence[str], prior: Sequence[int], rounds: int, clear: int) -> list[int]:
        """The penalty of each language: its ``prior`` and the sum over ``words`` (letters only, in lower case).

        The words are read in so many ``rounds``, each of them spread evenly over the whole, and no further round is
        read once one language leads by ``clear``.
        """
        before, total, room = list(prior), 0, _BATCH
        result = before
        for first in range(rounds):
            for word in words[first::rounds]:
                room -= len(word) + 1
                if room < 0:
                    before, total, room = self._sum(before, total), 0, _BATCH - len(word) - 1
                total += self._word(word)
            result = self._sum(before, total)
            if first + 1 < rounds:
                least, second = sorted(result)[:2]
                if second - least >= clear:
                    break
        return result

    def _sum(self, before: list[int], total: int) -> list[int]:
        lanes = self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))
        return [old + new for old, new in zip(before, lanes, strict=True)]


def _scorer(rows: dict[str, int]) -> Callable[[str], int]:
    get = rows.get

    def score(word: str) -> int:
        word = word[:_WORD_LETTERS]
        total = get(" " + word[:1]) or get(word[:1], 0)
        padded = f"   {word} "
        for start in range(len(word)):
            total += (
                get(padded[start : start + 5])
                or get(padded[start + 1 : start + 5])
                or get(padded[start + 2 : start + 5])
                or get(padded[start + 3 : start + 5])
                or get(padded[start + 4], 0)
            )
        return total

    return score


@cache
def load(script: str) -> Table:
    """The table of a script (ISO 15924), read once a process."""
    data = (_DATA / f"{script.lower()}.bin").read_bytes()
    line, _, body = data.partition(b"\n")
    header = json.loads(line)
    languages = tuple(header["languages"])
    keys = _joined(zlib.decompress(body[: header["keys"]]).decode().split("\n"))
    rows = _widened(zlib.decompress(body[header["keys"] :]), header["levels"], len(languages))
    return Table(languages, tuple(header["prior"]), dict(zip(keys, rows, strict=True)))


def _joined(columns: list[str]) -> Iterator[str]:
    """The n-grams from their columns: one of 1-grams, two of 2-grams, and so on."""
    for size in range(1, LONGEST + 1):
        first = size * (size - 1) // 2
        yield from map("".join, zip(*columns[first : first + size], strict=True))


def _widened(nibbles: bytes, levels: list[int], languages: int) -> Iterable[int]:
    """The rows as integers: nibble to level to 16 bits, each step one pass in C (80,000 rows take 30 ms)."""
    table = bytearray(256)
    for index, level in enumerate(levels):
        table[ord(f"{index:x}")] = level
    wide = nibbles.hex().encode().translate(bytes(table)).decode("latin-1").encode("utf-16-le")
    stride = 2 * (languages + languages % 2)
    return (int.from_bytes(row, "little") for (row,) in struct.iter_unpack(f"{stride}s", wide))
