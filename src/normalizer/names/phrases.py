"""Phrases: patterns over the words around a name, built from the reviewed lists of ``data/names/phrases.toml``.

In flows the name of a list. Out flows a compiled pattern over the folded text; each is built once it is asked for.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from normalizer._data import read_text

_WORDS = "WORDS"  # where the words of all languages stand in the shape of a list


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(read_text("names/phrases.toml"))


@cache
def phrase(name: str) -> re.Pattern[str]:
    """The pattern of a list: its shape with the words of all its languages, which are patterns themselves."""
    entry = _lists()[name]
    words = "|".join(words for key, words in entry.items() if key != "shape")
    return re.compile(entry["shape"].replace(_WORDS, words))


@cache
def words_of(name: str, language: str = "") -> frozenset[str]:
    """The plain words of a list, of one of its languages or of all; ``_`` stands for a blank within one."""
    entry = _lists()[name]
    chosen = [words for key, words in entry.items() if not language or key == language]
    return frozenset(word.replace("_", " ") for words in chosen for word in words.split())


@cache
def regions() -> dict[str, str]:
    """The country (ISO 3166) of the folded names of first-level regions."""
    return {word.replace("_", " "): code for code, words in _lists()["regions"].items() for word in words.split()}
