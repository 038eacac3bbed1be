"""A layer of the alias table: records in compact form, and the two indexes over them.

In flow validated records, or the generated file that ``tools/build_names.py`` makes of them. Out flow
records by word and by id, and the words that a text must hold for a name in it to be rewritten.
Records stay JSON until a text asks for them: a million aliases take little more than their letters.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from normalizer.names.entity import Entity, Form, Record, entity_of, forms_of, given_words, key_of, key_word, styled
from normalizer.names.fold import fold

_MAGIC = b"newsnorm names 2\n"
# Measured on 18,000 words: with 7 letters of each the scan is as fast as with whole words, and its
# automaton builds in a third of the time; more letters only save a lookup now and then.
_HEAD = 7
# Of a million words, longer heads are worth their room (8: 60 MB, 12: 90 MB).
_LONG_HEAD, _MANY = 8, 60_000
# "I" holds 32 bits on every platform that CPython supports; the file is little-endian.
_WORD = "I"
# Fields that make forms of their own.
_SPECIAL = frozenset({"styles", "forms", "derived", "family", "delete"})


class Sections(NamedTuple):
    """What a layer is made of, as the generated file has it."""

    lines: bytes
    starts: array[int]
    keys: array[int]
    owners: array[int]
    triggers: str
    families: str
    heads: bytes


class Layer:
    """Records, their index by word and by id, and their trigger words. Immutable; picklable."""

    __slots__ = ("_entities", "_sections", "families", "heads", "keys", "lines", "owners", "starts", "triggers")

    def __init__(self, sections: Sections) -> None:
        self._sections = sections
        self.lines, self.starts, self.keys, self.owners, self.triggers, self.families, self.heads = sections
        self._entities: dict[tuple[int, str], Entity] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return (Layer, (self._sections,))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def of(cls, records: Iterable[Record]) -> Layer:
        """The layer of validated records, in their order."""
        return _Builder().of(records)

    def record(self, number: int) -> Record:
        """The record of that number."""
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
        """Lines ``word TAB given names TAB variants`` for the canonical family names of persons.

        Before such a word a given name may want rewriting.
        """
        return self.families.split("\n") if self.families else []

    def to_bytes(self) -> bytes:
        """The generated form; see :meth:`from_bytes`."""
        sections = (
            self.lines,
            _packed(self.starts),
            _packed(self.keys),
            _packed(self.owners),
            self.triggers.encode(),
            self.families.encode(),
            self.heads,
        )
        sizes = dict(zip(Sections._fields, map(len, sections), strict=True))
        return _MAGIC + json.dumps(sizes).encode() + b"\n" + b"".join(sections)

    @classmethod
    def from_bytes(cls, data: bytes) -> Layer:
        """The layer that :meth:`to_bytes` wrote; costs little more than reading it."""
        end = data.index(b"\n", len(_MAGIC))
        position = end + 1
        parts: dict[str, bytes] = {}
        for name, size in json.loads(data[len(_MAGIC) : end]).items():
            parts[name] = data[position : position + size]
            position += size
        starts, keys, owners = (_unpacked(parts[name]) for name in ("starts", "keys", "owners"))
        texts = (parts["triggers"].decode(), parts["families"].decode(), parts["heads"])
        return cls(Sections(parts["lines"], starts, keys, owners, *texts))


def _spelled_out(alias: object) -> bool:
    return isinstance(alias, dict)


class _Builder:
    """Gathers the index of a layer record by record."""

    def __init__(self) -> None:
        self.lines = bytearray()
        self.starts = array(_WORD, [0])
        # One 64-bit number a posting, key above owner, so that sorting needs no tuples.
        self.postings = array("Q")
        # Words with their repetitions, joined: a set of a million words would leave holes in the memory.
        self.triggers = bytearray()
        self.families: dict[str, tuple[set[str], set[str]]] = {}

    def of(self, records: Iterable[Record]) -> Layer:
        encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        for number, record in enumerate(records):
            self.lines += encode(record).encode("utf-8", "surrogatepass")
            self.starts.append(len(self.lines))
            for word in {"id:" + record["id"], *self._words(record)}:
                self.postings.append(crc32(word.encode("utf-8", "surrogatepass")) << 32 | number)
        ordered = array("Q", sorted(self.postings))
        keys = array(_WORD, (posting >> 32 for posting in ordered))
        owners = array(_WORD, (posting & 0xFFFFFFFF for posting in ordered))
        families = "\n".join(
            f"{word}\t{' '.join(sorted(own))}\t{' '.join(sorted(listed))}"
            for word, (own, listed) in sorted(self.families.items())
        )
        triggers = "\n".join(sorted(set(self.triggers.decode("utf-8", "surrogatepass").split("\n")) - {""}))
        heads = b"\n".join(heads_of([*triggers.split("\n"), *self.families]))
        return Layer(Sections(bytes(self.lines), self.starts, keys, owners, triggers, families, heads))

    def _words(self, record: Record) -> Iterable[str]:
        plain = record.keys().isdisjoint(_SPECIAL) and "aliases" in record and "canonical" in record
        if plain and record.get("type") in {"place", "org", "other"} and all(map(_spelled_out, record["aliases"])):
            return self._plain_words(record)
        return self._all_words(record)

    def _plain_words(self, record: Record) -> Iterator[str]:
        """As :meth:`_all_words`, for records without anything special: big tables are made of them."""
        for surface in record["canonical"].values():
            yield key_word(fold(surface))
        for alias in record["aliases"]:
            word = key_word(fold(alias["s"]))
            yield word
            if alias.get("use") != "recognise":
                self.triggers += word.encode() + b"\n"

    def _all_words(self, record: Record) -> Iterator[str]:
        styles = ("official", *record.get("styles", ()))
        seen: set[Form] = set()
        own: dict[str, str] = {}
        listed = frozenset[str]()
        if record.get("type") == "person":
            own, listed = given_words(record)
        for style in styles:
            for form in forms_of(record, style):
                if form in seen:
                    continue
                seen.add(form)
                key = key_of(form)
                if key is None:
                    continue
                yield key[0]
                if form.kind == "alias" and form.use != "recognise" and style == "official":
                    self.triggers += key[0].encode("utf-8", "surrogatepass") + b"\n"
                elif form.kind == "canonical" and form.part == "family":
                    bearers = self.families.setdefault(key[0], (set(), set()))
                    bearers[0].update(own[code] for code in form.langs or () if code in own)
                    bearers[1].update(listed)


def heads_of(every: Collection[str]) -> list[bytes]:
    """The beginnings, in UTF-8, under which words are scanned for; sorted.

    ASCII letters are lowered by the scan; a word with others is scanned for in lower case, in capitals
    and with a capital. A cut inside a letter would hit its neighbours, so letters are counted, not bytes.
    """
    length = _LONG_HEAD if len(every) > _MANY else _HEAD
    plain = {word[:length] for word in every if word.isascii()}
    others = (word[:length] for word in every if not word.isascii())
    forms = {form for word in others for form in (word, word.upper(), word[:1].upper() + word[1:])}
    return sorted({*map(str.encode, plain), *(form.encode("utf-8", "surrogatepass").lower() for form in forms)} - {b""})


def style_triggers(layer: Layer, style: str) -> set[str]:
    """The further trigger words of a style: the official spellings that it replaces."""
    found: set[str] = set()
    if f'"{style}":'.encode() not in layer.lines:
        return found
    for record in layer.records():
        if style not in record.get("styles", ()):
            continue
        own = styled(record, style)[0]
        for form in forms_of(record, style):
            key = key_of(form)
            if key is not None and form.kind == "alias" and form.surface not in own.values():
                found.add(key[0])
    return found


def _packed(numbers: array[int]) -> bytes:
    import sys

    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(data: bytes) -> array[int]:
    import sys

    numbers = array(_WORD)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
