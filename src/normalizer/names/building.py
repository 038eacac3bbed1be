"""Making a layer of the alias table: the indexes over its records.

In flow validated records. Out flow the sections of a layer: its records as JSON, the postings by key word,
and the words that a text must hold for a name in it to be rewritten.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Iterator
from zlib import crc32

from normalizer.names.entity import Form, forms_of, given_words, key_of, key_word, styled
from normalizer.names.family import Bearers
from normalizer.names.fold import fold
from normalizer.names.layer import WORD, Index, Layer, Record

# Measured on 18,000 words: with 7 letters of each the scan is as fast as with whole words, and its
# automaton builds in a third of the time; more letters only save a lookup now and then.
_HEAD = 7
# Of a million words, longer heads are worth their room (8: 60 MB, 12: 90 MB).
_LONG_HEAD, _MANY = 8, 60_000
# Fields that make forms of their own.
_SPECIAL = frozenset({"styles", "forms", "derived", "family", "delete"})


def layer_of(records: Iterable[Record]) -> Layer:
    """The layer of validated records, in their order."""
    return _Builder().of(records)


def _spelled_out(alias: object) -> bool:
    return isinstance(alias, dict)


class _Builder:
    """Gathers the index of a layer record by record."""

    def __init__(self) -> None:
        self.lines = bytearray()
        self.starts = array(WORD, [0])
        # One 64-bit number a posting, key above owner, so that sorting needs no tuples.
        self.postings = array("Q")
        # Words with their repetitions, joined: a set of a million words would leave holes in the memory.
        self.triggers = bytearray()
        self.families: dict[str, Bearers] = {}

    def of(self, records: Iterable[Record]) -> Layer:
        encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        for number, record in enumerate(records):
            self.lines += encode(record).encode("utf-8", "surrogatepass")
            self.starts.append(len(self.lines))
            for word in {"id:" + record["id"], *self._words(record)}:
                self.postings.append(crc32(word.encode("utf-8", "surrogatepass")) << 32 | number)
        ordered = array("Q", sorted(self.postings))
        keys = array(WORD, (posting >> 32 for posting in ordered))
        owners = array(WORD, (posting & 0xFFFFFFFF for posting in ordered))
        families = "\n".join(f"{word}\t{bearers.line()}" for word, bearers in sorted(self.families.items()))
        triggers = "\n".join(sorted(set(self.triggers.decode("utf-8", "surrogatepass").split("\n")) - {""}))
        heads = b"\n".join(heads_of([*triggers.split("\n"), *self.families]))
        return Layer(Index(self.starts, keys, owners, triggers, families, heads), bytes(self.lines))

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
                    theirs = [(code, own[code]) for code in form.langs or () if code in own]
                    others = set(own.values()) - {given for _, given in theirs}
                    self.families.setdefault(key[0], Bearers()).add(theirs, listed | others)


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
