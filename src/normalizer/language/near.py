"""Near languages: which of two it is, by the words in which their standards differ.

In flow a text and one of two languages that share most of their words, so that letters hardly part them. Out flows
the one whose own words are more in it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from normalizer._data import read_text

_NEAR = frozenset({"id", "ms"})  # so that other languages need not read the file
_WORDS = re.compile(r"[^\W\d_]+")


class _Pair(NamedTuple):
    """Two languages, and the words of each that the other does not have."""

    codes: tuple[str, str]
    words: tuple[frozenset[str], frozenset[str]]


@cache
def _pairs() -> dict[str, _Pair]:
    """The pairs of ``data/language/near.toml``, by each of their two languages."""
    found: dict[str, _Pair] = {}
    for entry in tomllib.loads(read_text("language/near.toml"))["pair"]:
        (first, firsts), (second, seconds) = entry.items()
        pair = _Pair((first, second), (frozenset(firsts.split()), frozenset(seconds.split())))
        found |= dict.fromkeys(pair.codes, pair)
    return found


def told_by_words(code: str, text: str) -> str:
    """The language near to ``code``, or ``code`` itself, that has more words of its own in ``text``, or ``""``."""
    pair = _pairs().get(code) if code in _NEAR else None
    if pair is None:
        return ""
    (first, second), (firsts, seconds) = pair
    words = _WORDS.findall(text.lower())
    lead = sum(word in firsts for word in words) - sum(word in seconds for word in words)
    return (first if lead > 0 else second) if lead else ""
