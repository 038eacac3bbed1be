"""Letter models: the cost of words in the languages of a script, by trigrams, in whole numbers.

In flow words in small letters of one script, out flow costs in quarters of a nat (-4 ln p, rounded), so that sums
are exact and the same everywhere. The tables are read when the gate lets a text through, each script's on first use.
A row holds the costs of one trigram in all languages of its script, packed into one integer with 32 bits a language:
adding rows adds all languages at once.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate, islice
from struct import Struct

from normalizer._data import read

_FLOOR = 55  # the cost of what was never seen: 13.8 nats, as in the tables
_UNSEEN = 6  # added when only the last two letters of a trigram were ever seen together
_WITHOUT_FIRST = bytes(min(cost + _UNSEEN, _FLOOR) for cost in range(256))
_FIELD = 4  # bytes a language in a packed row
_CACHED = 60_000  # rows and words kept between calls, to bound memory


_Groups = dict[str, tuple[str, int]]


class Table(dict[str, int]):
    """Packed rows by trigram; a trigram that is missing is looked up once, or derived from its last two letters."""

    def __init__(self, script: str) -> None:
        names, letters, costs, *ngrams, self._rows = read(f"encoding/{script}.bin").split(b"\n", 7)
        self.languages = names.decode().split()
        self.letters = dict(zip(letters.decode(), map(int, costs.split()), strict=True))
        self._width = len(self.languages)
        lines = [line.decode() for line in ngrams]
        self._trigrams, trigrams = _groups(lines[0], lines[1], 2, 0)
        self._pairs, _ = _groups(lines[2], lines[3], 1, trigrams)
        self._floor = self._packed(bytes([_FLOOR]) * self._width)
        self._fields = Struct(f"<{self._width}I")
        self._short: dict[str, tuple[int, int]] = {}

    def __missing__(self, trigram: str) -> int:
        if len(self) > _CACHED:
            self.clear()
        row = self[trigram] = self._derived(trigram)
        return row

    def _derived(self, trigram: str) -> int:
        thirds, first = self._trigrams.get(trigram[:2], _NONE)
        number = thirds.find(trigram[2])
        if number >= 0:
            return self._packed(self._row(first + number))
        if trigram[1:] == "  ":
            return 0
        seconds, first = self._pairs.get(trigram[1], _NONE)
        number = seconds.find(trigram[2])
        if number < 0:
            return self._floor
        return self._packed(self._row(first + number).translate(_WITHOUT_FIRST))

    def _row(self, number: int) -> bytes:
        return self._rows[number * self._width : (number + 1) * self._width]

    def _packed(self, row: bytes) -> int:
        spread = bytearray(_FIELD * self._width)
        spread[::_FIELD] = row
        return int.from_bytes(spread, "little")

    def word(self, letters: str) -> int:
        """The packed cost of one word of lower-case letters of this script."""
        padded = f"  {letters} "
        size = len(letters) + 1
        places = islice(_TRIGRAMS, size) if size <= len(_TRIGRAMS) else (slice(n, n + 3) for n in range(size))
        return sum(map(self.__getitem__, map(padded.__getitem__, places)))

    def weighed(self, letters: str) -> tuple[int, int]:
        """The packed cost of one word, and the cost in the language where it is least."""
        found = self._short.get(letters)
        if found is None:
            packed = self.word(letters)
            found = packed, min(self.costs(packed))
            if len(letters) <= _SHORT:
                if len(self._short) > _CACHED:
                    self._short.clear()
                self._short[letters] = found
        return found

    def costs(self, packed: int) -> tuple[int, ...]:
        """Costs by language, in the order of ``languages``."""
        return self._fields.unpack(packed.to_bytes(self._fields.size, "little"))


_TRIGRAMS = [slice(n, n + 3) for n in range(400)]
_SHORT = 4  # letters of a word that comes again and again
_NONE = ("", 0)


def _groups(beginnings: str, lasts: str, size: int, first: int) -> tuple[_Groups, int]:
    """By what n-grams begin with: their last letters and the number of the first row; and the number after all."""
    letters = lasts.split("\t")
    starts = [*accumulate(map(len, letters), initial=first)]
    keys = [beginnings[n : n + size] for n in range(0, len(beginnings), size)]
    return dict(zip(keys, zip(letters, starts, strict=False), strict=True)), starts[-1]


@cache
def table(script: str) -> Table:
    """The model of a script: latn, cyrl, grek, hebr or arab."""
    return Table(script)
