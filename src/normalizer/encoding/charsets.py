"""The single-byte charsets of the search: their tables, and which of them could have made a character.

``sloppy`` windows charsets, as in ftfy and in browsers, read the bytes that the standard leaves open as C1
controls, and windows-1257 two of them as the Latin-1 characters ¡ and ¥.
Tables come from Python's codecs; regions say which mistakes are likely.
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import NamedTuple

# Python's name, the name a person knows, the region whose languages it serves, and how rare it is: what a
# guess of it costs, in quarters of a nat.
_KNOWN = (
    ("cp1252", "windows-1252", "west", 0),
    ("latin-1", "Latin-1", "west", 0),
    ("iso8859-15", "ISO 8859-15", "west", 12),
    ("mac-roman", "Mac Roman", "west", 4),
    ("cp850", "DOS 850", "west", 4),
    ("cp437", "DOS 437", "west", 4),
    ("cp1250", "windows-1250", "central", 4),
    ("iso8859-2", "ISO 8859-2", "central", 4),
    ("cp852", "DOS 852", "central", 8),
    ("mac-latin2", "Mac Central European", "central", 24),
    ("cp1251", "windows-1251", "cyrillic", 0),
    ("koi8-r", "KOI8-R", "cyrillic", 4),
    ("koi8-u", "KOI8-U", "cyrillic", 4),
    ("iso8859-5", "ISO 8859-5", "cyrillic", 8),
    ("cp866", "DOS 866", "cyrillic", 4),
    ("cp1125", "DOS 1125", "cyrillic", 12),
    ("cp855", "DOS 855", "cyrillic", 40),
    ("mac-cyrillic", "Mac Cyrillic", "cyrillic", 8),
    ("kz1048", "KZ-1048", "cyrillic", 60),
    ("cp1257", "windows-1257", "baltic", 8),
    ("iso8859-13", "ISO 8859-13", "baltic", 16),
    ("cp775", "DOS 775", "baltic", 16),
    ("cp1254", "windows-1254", "turkish", 8),
    ("cp857", "DOS 857", "turkish", 12),
    ("cp1253", "windows-1253", "greek", 8),
    ("iso8859-7", "ISO 8859-7", "greek", 8),
    ("cp737", "DOS 737", "greek", 12),
    ("cp1255", "windows-1255", "hebrew", 8),
    ("iso8859-8", "ISO 8859-8", "hebrew", 8),
    ("cp862", "DOS 862", "hebrew", 12),
    ("cp1256", "windows-1256", "arabic", 8),
    ("iso8859-6", "ISO 8859-6", "arabic", 12),
)
# What software takes by default, so that text of any region may have been read as it.
_DEFAULTS = frozenset({"cp1252", "latin-1", "cp437", "cp850", "mac-roman", "cp1251"})
UNDEFINED = "\ufffe"


class Charset(NamedTuple):
    """A single-byte charset: ``decoding`` has one character a byte, ``UNDEFINED`` where there is none."""

    name: str
    label: str
    region: str
    rarity: int
    decoding: str
    encoding: object  # what codecs.charmap_encode takes

    def __hash__(self) -> int:
        return hash(self.name)

    def encode(self, text: str) -> bytes:
        """``text`` in bytes; raises :class:`UnicodeEncodeError` where it does not fit."""
        return codecs.charmap_encode(text, "strict", self.encoding)[0]  # type: ignore[arg-type]

    def decode(self, raw: bytes) -> str:
        """The text of ``raw``; raises :class:`UnicodeDecodeError` on undefined bytes."""
        return codecs.charmap_decode(raw, "strict", self.decoding)[0]


@cache
def charsets() -> tuple[Charset, ...]:
    """All charsets, likeliest first."""
    return tuple(_charset(*known) for known in _KNOWN)


def _charset(name: str, label: str, region: str, rarity: int) -> Charset:
    characters = []
    for byte in range(256):
        try:
            character = bytes([byte]).decode(name)
        except UnicodeDecodeError:
            sloppy = name == "cp1257" or (name.startswith("cp125") and byte < 0xA0)
            character = chr(byte) if sloppy else UNDEFINED
        characters.append(character)
    decoding = "".join(characters)
    return Charset(name, label, region, rarity, decoding, codecs.charmap_build(decoding))


@cache
def _masks() -> dict[str, int]:
    """For each character above ASCII the charsets that hold it, one bit each in the order of ``charsets``."""
    masks: dict[str, int] = {}
    for number, charset in enumerate(charsets()):
        for character in charset.decoding[128:]:
            masks[character] = masks.get(character, 0) | 1 << number
    masks.pop(UNDEFINED, None)
    return masks


def holding(text: str) -> list[Charset]:
    """The charsets that can encode all of ``text``."""
    mask = mask_of(text)
    return [charset for number, charset in enumerate(charsets()) if mask >> number & 1] if mask else []


def mask_of(text: str) -> int:
    """The charsets that can encode all of ``text``, one bit each in the order of ``charsets``."""
    masks = _masks()
    mask = (1 << len(_KNOWN)) - 1
    for character in set(text):
        if character >= "\x80":
            mask &= masks.get(character, 0)
            if not mask:
                break
    return mask


def likely_mistake(right: Charset, wrong: Charset) -> bool:
    """Whether text in ``right`` is ever read as ``wrong``: by region, or because software defaults to it."""
    return right.name != wrong.name and (right.region == wrong.region or wrong.name in _DEFAULTS)
