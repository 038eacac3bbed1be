"""Near languages: which of two it is, by the words in which their standards differ.

In flow a text and one or two languages that share most of their words, so that letters hardly part them. Out flows
the one whose own words are more in it, or by how much they are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from normalizer._data import read_text

_SETTLED_BY_WORDS = frozenset({"id", "ms"})  # so that other languages need not read the file
_CLOSE = frozenset({"af", "bg", "cs", "da", "hi", "mk", "mr", "nb", "ne", "nl", "sk"})  # likewise
_FRAMED = frozenset({"bg", "mk", "ru", "sr", "uk"})
_WORDS = re.compile(r"(?:[^\W\d_]|[\u0900-\u0963])+")  # vowel signs of Devanagari are no letters
# What a word of its own is worth to a language beside one that is close to it, in tenths of a nat: a small word that
# only one of them has is some hundred times as frequent there as a slip or a name in the other.
_WORTH = 50


class _Pair(NamedTuple):
    """Two languages, and the words of each that the other does not have."""

    codes: tuple[str, str]
    words: tuple[frozenset[str], frozenset[str]]


@cache
def _pairs(kind: str) -> tuple[_Pair, ...]:
    """The pairs of one kind in ``data/language/near.toml``."""
    import tomllib

    found = []
    for entry in tomllib.loads(read_text("language/near.toml"))[kind]:
        (first, firsts), (second, seconds) = entry.items()
        found.append(_Pair((first, second), (frozenset(firsts.split()), frozenset(seconds.split()))))
    return tuple(found)


def told_by_words(code: str, text: str) -> str:
    """The language near to ``code``, or ``code`` itself, that has more words of its own in ``text``, or ``""``."""
    if code not in _SETTLED_BY_WORDS:
        return ""
    for pair in _pairs("pair"):
        if code in pair.codes:
            lead = _lead(pair, text)
            return pair.codes[lead < 0] if lead else ""
    return ""


def tipped_by_words(code: str, rival: str, text: str) -> int:
    """By how many tenths of a nat the words of ``text`` speak for ``code`` against a ``rival`` that is close to it."""
    if code not in _CLOSE or rival not in _CLOSE:
        return 0
    for pair in _pairs("close"):
        if {code, rival} == set(pair.codes):
            return _WORTH * (_lead(pair, text) if code == pair.codes[0] else -_lead(pair, text))
    return 0


def framed_by_words(code: str, other: str, text: str) -> int:
    """How many more words around a quotation are attributions of ``code`` than are of ``other``."""
    if code not in _FRAMED or other not in _FRAMED:
        return 0
    for pair in _pairs("frame"):
        if {code, other} == set(pair.codes):
            return _lead(pair, text) if code == pair.codes[0] else -_lead(pair, text)
    return 0


def _lead(pair: _Pair, text: str) -> int:
    """How many more words the first of two languages has in ``text`` than the second."""
    words = _WORDS.findall(text.lower())
    firsts, seconds = pair.words
    return sum(word in firsts for word in words) - sum(word in seconds for word in words)
