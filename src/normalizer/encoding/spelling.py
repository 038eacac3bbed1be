"""UTF-8 spelled out: sequences of it in the characters of a single-byte charset, somewhere in a text.

In flows a text, out flow the charsets in whose characters it spells most sequences, and the text with the
sequences decoded.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, partial
from itertools import pairwise
from struct import Struct
from typing import NamedTuple

from normalizer.encoding.charsets import Charset, charsets
from normalizer.encoding.trace import Undone, beginnings
from normalizer.encoding.utf8 import WORDLIKE, count_sequences


class Found(NamedTuple):
    """A charset whose characters spell UTF-8 sequences in a line, and how many of them do."""

    charset: Charset
    pattern: re.Pattern[str]
    covered: int


@cache
def _sequence(name: str) -> str:
    """A pattern of one UTF-8 sequence, spelled in the characters of a charset."""
    decoding = next(charset.decoding for charset in charsets() if charset.name == name)
    tail = _class(decoding, 0x80, 0xC0)
    two, three, four = _class(decoding, 0xC2, 0xE0), _class(decoding, 0xE0, 0xF0), _class(decoding, 0xF0, 0xF5)
    return f"(?:{two}|{three}{tail}|{four}{tail}{tail}){tail}"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Runs of UTF-8 sequences."""
    return re.compile(f"(?:{_sequence(name)})+")


@cache
def _span(name: str) -> re.Pattern[str]:
    """Runs of UTF-8 sequences with nothing but ASCII between them."""
    return re.compile(f"(?:{_sequence(name)}|[\x00-\x7f])+")


def _class(decoding: str, first: int, last: int) -> str:
    characters = sorted(set(decoding[first:last]) - {"\ufffe"})
    return f"[{re.escape(''.join(characters))}]"


def spelled(text: str, least: int = 1) -> list[Found]:
    """The one or two charsets in whose characters ``text`` spells most UTF-8 sequences, and how much of it.

    Charsets that cannot cover ``least`` characters need not be looked at.
    """
    found: list[tuple[int, int, Found]] = []
    bounds = _bounds(text)
    begun = _beginning(text) if bounds and bounds[0][0] >= least else 0
    for most, number in bounds:
        if most < least or (len(found) >= _KEPT and most < -found[_KEPT - 1][0]):
            break
        if not begun >> number & 1:
            continue
        charset = charsets()[number]
        pattern = _pattern(charset.name)
        covered = sum(map(len, pattern.findall(text)))
        if covered:
            found.append((-covered, number, Found(charset, pattern, covered)))
            found.sort(key=lambda one: one[:2])
    # One that covers little beside the best is chance.
    return [one for covered, _, one in found[:_KEPT] if 2 * covered <= found[0][0]]


_KEPT = 2


def _bounds(text: str) -> list[tuple[int, int]]:
    """The number of each charset that may spell sequences in the text, and the most that these can cover.

    Those that may cover most come first.
    """
    table = _ends()
    packed = 0
    for character, count in Counter(text).items():
        if character >= "\x80":
            packed += count * table.get(character, 0)
    size = len(charsets())
    counts = Struct(f"<{2 * size}I").unpack(packed.to_bytes(8 * size, "little"))
    # A sequence is one lead and up to three tails.
    bounds = [
        (min(leads, tails) + min(tails, 3 * leads), n)
        for n, (leads, tails) in enumerate(zip(counts[::2], counts[1::2], strict=True))
    ]
    return sorted(((most, n) for most, n in bounds if most), key=lambda bound: (-bound[0], bound[1]))


def _beginning(text: str) -> int:
    """The charsets, one bit each, in which some two characters look like the first bytes of a sequence."""
    leads, tails = _leads(), _tails()
    begun = 0
    for first, second in set(pairwise(text)):
        begun |= leads.get(first, 0) & tails.get(second, 0)
    return begun


@cache
def _leads() -> dict[str, int]:
    return _bits(0xC2, 0xF5)


@cache
def _tails() -> dict[str, int]:
    return _bits(0x80, 0xC0)


def _bits(first: int, last: int) -> dict[str, int]:
    """For each character the charsets, one bit each, in which it is one of these bytes."""
    found: dict[str, int] = {}
    for number, charset in enumerate(charsets()):
        for character in charset.decoding[first:last]:
            found[character] = found.get(character, 0) | 1 << number
    return found


@cache
def _ends() -> dict[str, int]:
    """For each character, 1 in the field of each charset in which it looks like a first byte of UTF-8, or a further.

    Fields are of 32 bits, two a charset.
    """
    found: dict[str, int] = {}
    for number, charset in enumerate(charsets()):
        for place, first, last in ((2 * number, 0xC2, 0xF5), (2 * number + 1, 0x80, 0xC0)):
            for character in charset.decoding[first:last]:
                found[character] = found.get(character, 0) + (1 << 32 * place)
    return found


def undo_spans(text: str) -> Undone | None:
    """The text with its long spans of sequences decoded, if there are any, and no two charsets to choose from.

    So many sequences in a row, with nothing between them but ASCII, are proof; what is left is for others.
    """
    found = spelled(text, 2 * _PROOF)
    if not found or found[0].covered < 2 * _PROOF:
        return None
    undone = _decoded(text, found[0])
    if undone is None or any(
        one.covered + one.covered // _RIVAL > found[0].covered and _decoded(text, one) != undone for one in found[1:]
    ):
        return None
    return Undone("".join(undone), f"UTF-8 read as {found[0].charset.label}", partial(_places, undone))


_PROOF = 12  # sequences in a span that are proof
_RIVAL = 10  # of what another charset with another result covers, the share by which the best must cover more


def _decoded(text: str, found: Found) -> list[str] | None:
    """The text as parts that are by turns as they were and decoded; nothing where no span is proof."""
    parts: list[str] = []
    position = 0
    for match in _span(found.charset.name).finditer(text):
        raw = found.charset.encode(match.group())
        if count_sequences(raw) < _PROOF:
            continue
        try:
            undone = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if WORDLIKE.fullmatch(undone):
            parts += [text[position : match.start()], undone]
            position = match.end()
    return [*parts, text[position:]] if parts else None


def undo_piece(text: str, found: Found) -> Undone | None:
    """A piece with its UTF-8 sequences decoded; nothing where they are no valid UTF-8."""
    parts: list[str] = []
    position = 0
    for match in found.pattern.finditer(text):
        try:
            undone = found.charset.encode(match.group()).decode("utf-8")
        except UnicodeError:
            continue
        parts += [text[position : match.start()], undone]
        position = match.end()
    if not parts:
        return None
    parts.append(text[position:])
    return Undone("".join(parts), f"UTF-8 read as {found.charset.label}", partial(_places, parts))


def _places(parts: list[str]) -> list[int]:
    """Where the groups of the parts begin, which are by turns as they were and decoded from UTF-8."""
    places: list[int] = []
    position = 0
    for number, part in enumerate(parts):
        inner = beginnings(part) if number % 2 else range(len(part))
        places += [position + place for place in inner]
        position += len(part.encode()) if number % 2 else len(part)
    return places
