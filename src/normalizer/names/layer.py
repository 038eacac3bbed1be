"""A layer of the alias table: records in compact form, and the two indexes over them.

In flows what :mod:`normalizer.names.building` made of records, often by way of the generated file that
``tools/build_names.py`` writes. Out flow records by word and by id, and the words that a text must hold for
a name in it to be rewritten.
Records stay JSON until a text asks for them: a million aliases take little more than their letters.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from normalizer._data import read

if TYPE_CHECKING:
    from normalizer.names.entity import Entity

Record = Mapping[str, Any]

_MAGIC = b"newsnorm names 4\n"
# "I" holds 32 bits on every platform that CPython supports; the file is little-endian.
WORD = "I"


class Index(NamedTuple):
    """What a layer has beside its records, in the order of the generated file."""

    starts: array[int]
    keys: array[int]
    owners: array[int]
    triggers: str
    families: str
    heads: bytes


class Layer:
    """Records, their index by word and by id, and their trigger words. Immutable; picklable.

    ``lines`` are the records, JSON after JSON, or the name of the packaged file that ends with them: it is
    read again when a text asks for the first record.
    """

    __slots__ = ("_entities", "_index", "_lines", "families", "heads", "keys", "owners", "starts", "triggers")

    def __init__(self, index: Index, lines: bytes | str) -> None:
        self._index, self._lines = index, lines
        self.starts, self.keys, self.owners, self.triggers, self.families, self.heads = index
        self._entities: dict[tuple[int, str], Entity] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return (Layer, (self._index, self._lines))

    @classmethod
    def packaged(cls, name: str) -> Layer:
        """The layer of a packaged file that :meth:`to_bytes` wrote."""
        return cls(_index_of(read(name)), name)

    @classmethod
    def from_bytes(cls, data: bytes) -> Layer:
        """The layer that :meth:`to_bytes` wrote; costs little more than reading it."""
        index = _index_of(data)
        return cls(index, data[len(data) - index.starts[-1] :])

    @property
    def lines(self) -> bytes:
        """The records, JSON after JSON, in UTF-8."""
        if isinstance(self._lines, str):
            data = read(self._lines)
            self._lines = data[len(data) - self.starts[-1] :]
        return self._lines

    def __len__(self) -> int:
        return len(self.starts) - 1

    def record(self, number: int) -> Record:
        """The record of that number."""
        import json

        record: Record = json.loads(self.lines[self.starts[number] : self.starts[number + 1]])
        return record

    def records(self) -> Iterator[Record]:
        """All records, in order."""
        return (self.record(number) for number in range(len(self)))

    def entity(self, number: int, style: str) -> Entity:
        """The entity of the record of that number in a style; kept once made."""
        key = (number, style)
        entity = self._entities.get(key)
        if entity is None:
            from normalizer.names.entity import entity_of

            entity = self._entities[key] = entity_of(self.record(number), style)
        return entity

    def with_word(self, word: str) -> list[int]:
        """The numbers of the records that may have a form with that key word; verify before use."""
        key = crc32(word.encode("utf-8", "surrogatepass"))
        position = bisect_left(self.keys, key)
        found: list[int] = []
        while position < len(self.keys) and self.keys[position] == key:
            found.append(self.owners[position])
            position += 1
        return found

    def number_of(self, identity: str) -> int | None:
        """The number of the record of that id."""
        for number in self.with_word("id:" + identity):
            if self.record(number)["id"] == identity:
                return number
        return None

    def trigger_words(self) -> list[str]:
        """The words one of which stands in every text that an alias of this layer rewrites."""
        return self.triggers.split("\n") if self.triggers else []

    def family_words(self) -> list[str]:
        """Lines ``word TAB bearers``, see :class:`Bearers`, for the canonical family names of persons.

        Before such a word a given name may want rewriting.
        """
        return self.families.split("\n") if self.families else []

    def to_bytes(self) -> bytes:
        """The generated form; see :meth:`from_bytes`."""
        texts = (self.triggers.encode(), self.families.encode(), self.heads)
        sections = (_packed(self.starts), _packed(self.keys), _packed(self.owners), *texts)
        sizes = " ".join(str(len(section)) for section in sections)
        return b"".join((_MAGIC, sizes.encode(), b"\n", *sections, self.lines))


def _index_of(data: bytes) -> Index:
    end = data.index(b"\n", len(_MAGIC))
    position = end + 1
    parts: list[bytes] = []
    for size in data[len(_MAGIC) : end].split():
        parts.append(data[position : position + int(size)])
        position += int(size)
    starts, keys, owners = map(_unpacked, parts[:3])
    return Index(starts, keys, owners, parts[3].decode(), parts[4].decode(), parts[5])


def _packed(numbers: array[int]) -> bytes:
    import sys

    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(data: bytes) -> array[int]:
    import sys

    numbers = array(WORD)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
