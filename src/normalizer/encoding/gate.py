"""The gate: proves of clean text that no repair has anything to do.

In flows a text, out flows a yes or no. It lets through everything that any encoding rule, or ftfy in its
careful setting, would change. One automaton finds characters and pairs of characters that are trouble, may
be trouble by their neighbours, or stand in words that must be weighed. ftfy is not imported: its heuristic
matches only where one of the patterns stands, which a test proves against ftfy itself.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ahocorasick_rs import BytesAhoCorasick

_ASCII_TROUBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]|&[A-Za-z#]")
_JOINERS = re.compile(
    "[\u200c\u200d](?<![\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1700-\u1c4f\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefe][\u200c\u200d])"
)
# Spaces and dashes beyond ASCII that may stand beside a symbol.
_HARMLESS = frozenset("\u00a0\u2013\u2014\u2015\u2026\u2019\u202f")


class _Gate(NamedTuple):
    """The automaton and the numbers at which its kinds of patterns end."""

    automaton: BytesAhoCorasick
    certain: int
    beside: int
    closing: int


@cache
def _gate() -> _Gate:
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    raw = zlib.decompress(resources.files("normalizer").joinpath("data/encoding/gate.bin").read_bytes())
    head, _, body = raw.partition(b"\n")
    sizes: dict[str, int] = json.loads(head)
    patterns: list[bytes] = []
    position = 0
    while position < len(body):
        size = body[position]
        patterns.append(body[position + 1 : position + 1 + size])
        position += 1 + size
    certain = sizes["certain"]
    beside = certain + sizes["beside"]
    automaton = BytesAhoCorasick(patterns, implementation=Implementation.ContiguousNFA)
    return _Gate(automaton, certain, beside, beside + sizes["closing"])


CLEAN, DOUBTFUL, TROUBLED = 0, 1, 2


def needs_repair(text: str) -> bool:
    """Whether any repair may have something to do in ``text``."""
    return suspicion(text) != CLEAN


def suspicion(text: str) -> int:
    """How suspicious ``text`` is: ``CLEAN``; ``DOUBTFUL``, words that read badly; ``TROUBLED``, what ftfy or a
    rule for characters may change.
    """
    if text.isascii():
        return TROUBLED if ("&" in text or not text.isprintable()) and _ASCII_TROUBLE.search(text) else CLEAN
    if not unicodedata.is_normalized("NFC", text) or ("&" in text and _ASCII_TROUBLE.search(text)):
        return TROUBLED
    raw = text.encode("utf-8", "surrogatepass")
    found = _gate().automaton.find_matches_as_indexes(raw, overlapping=True)
    level = _weigh(raw, found) if found else CLEAN
    if level != TROUBLED and ("\u200c" in text or "\u200d" in text) and _JOINERS.search(text):
        return TROUBLED
    return level


def _is_turkish_habit(text: str) -> bool:
    """Whether nothing but the commonest habit of Turkish web text, ý þ ð for ı ş ğ, makes words read badly.

    The search would leave a few such words (see ``swaps``), so it need not look at them.
    """
    bad = {
        letter for word in text.split() if not word.isascii() and _excess(word) for letter in word if letter >= "\x80"
    }
    return not bad.isdisjoint("ýþðÝÞÐ") and bad.issubset("ýþðÝÞÐçöüÇÖÜâîûÂÎÛ“”‘’")


_FEW_WINDOWS = 4  # windows with nothing worse that are no reason to look


def _weigh(raw: bytes, found: list[tuple[int, int, int]]) -> int:
    gate = _gate()
    doubtful: list[tuple[int, int]] = []
    for pattern, start, end in found:
        if pattern < gate.certain:
            return TROUBLED
        if pattern < gate.beside:
            before, after = raw[max(0, start - 4) : start].decode("utf-8", "replace")[-1:], _next(raw, end)
            if _above(before) or _above(after):
                return TROUBLED
            if before.isalpha() or after.isalpha():
                doubtful.append((start, end))
        elif pattern < gate.closing:
            following = _next(raw, end)
            if following.isalnum() or following == "_" or (start and 0x61 <= raw[start - 1] <= 0x7A):
                return TROUBLED
        else:
            doubtful.append((start, end))
    for number, (start, end) in enumerate(_bad_windows(raw, doubtful)):
        if number >= _FEW_WINDOWS or not _is_turkish_habit(raw[start:end].decode("utf-8", "replace")):
            return DOUBTFUL
    return CLEAN


def _above(character: str) -> bool:
    return character >= "\x80" and character not in _HARMLESS


def _next(raw: bytes, position: int) -> str:
    return raw[position : position + 4].decode("utf-8", "replace")[:1]


def doubtful_spans(text: str) -> list[tuple[int, int]]:
    """The spans (code points) of a ``DOUBTFUL`` text around words that read badly; all of it if they are half."""
    raw = text.encode("utf-8", "surrogatepass")
    gate = _gate()
    found = gate.automaton.find_matches_as_indexes(raw, overlapping=True)
    windows = list(_bad_windows(raw, [(start, end) for _, start, end in found]))
    if 2 * sum(end - start for start, end in windows) >= len(raw):
        return [(0, len(text))]
    spans: list[tuple[int, int]] = []
    position = offset = 0
    for start, end in windows:
        offset += len(raw[position:start].decode("utf-8", "surrogatepass"))
        size = len(raw[start:end].decode("utf-8", "surrogatepass"))
        spans.append((offset, offset + size))
        position, offset = end, offset + size
    return spans


def _bad_windows(raw: bytes, doubtful: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Windows of bytes around doubtful pairs whose words, together, read badly enough to look into."""
    from normalizer.encoding.plausibility import SUSPECT

    last = seen = 0
    for start, end in doubtful:
        if end <= last or end <= seen:
            continue
        first, seen = _word_around(raw, start, end)
        if not any(_excess(word) for word in _words(raw, first, seen)):
            continue  # the word that holds the pair reads well
        begin = max(raw.rfind(b" ", 0, max(last, start - _NEAR)) + 1, last)
        last = raw.find(b" ", end + _NEAR)
        last = len(raw) if last < 0 else last
        found = [_excess(word) for word in _words(raw, begin, last)]
        excess = sum(found)
        if excess >= _PLENTY or (excess >= SUSPECT and 2 * found.count(0) <= len(found)):
            yield begin, last


def _word_around(raw: bytes, start: int, end: int) -> tuple[int, int]:
    last = raw.find(b" ", end)
    return raw.rfind(b" ", 0, start + 1) + 1, len(raw) if last < 0 else last


def _words(raw: bytes, start: int, end: int) -> list[str]:
    return [word for word in raw[start:end].decode("utf-8", "replace").split() if not word.isascii()]


_NEAR = 120  # bytes on each side of a doubtful pair whose words are weighed with it
_PLENTY = 60  # excess from which on it does not matter how few of the words read badly


@lru_cache(maxsize=50_000)
def _excess(word: str) -> int:
    from normalizer.encoding.plausibility import token

    return token(word).excess
