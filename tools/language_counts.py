"""N-gram counts of words, word boundaries included, from two published sets of language models.

lingua's models (Apache-2.0, from the Leipzig Corpora Collection's news and web text) hold, for each n-gram of
one to five letters inside words, the fraction count(n-gram) / count(its first n-1 letters). The fractions are
exact, so the counts come back exactly, and with them what the models leave out: the letters that no letter
follows end a word, those that none precedes begin one. langdetect's profiles (Apache-2.0, from Wikipedia) hold
counts of one to three characters with boundaries; they serve where lingua leaves out vowel signs.
"""

from __future__ import annotations

import json
import math
import unicodedata
from importlib import resources
from zipfile import ZipFile

import brotli

Counts = dict[int, dict[str, int]]  # by length, by n-gram; a space is a word boundary

LONGEST = 5
_ORDERS = ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams")


def lingua_counts(wheel: ZipFile, language: str, script: str) -> Counts:
    """Counts of ``language`` from lingua's wheel, only of letters whose Unicode name starts with ``script``."""
    inside: Counts = {1: _unigrams(_model(wheel, language, 1))}
    for size in range(2, LONGEST + 1):
        shorter = inside[size - 1]
        inside[size] = {
            gram: shorter[gram[:-1]] * int(fraction.split("/")[0]) // int(fraction.split("/")[1])
            for fraction, grams in _model(wheel, language, size).items()
            for gram in grams.split(" ")
        }
    letters = {letter for letter in inside[1] if unicodedata.name(letter, "").startswith(script)}
    return _with_boundaries(
        {size: {gram: count for gram, count in inside[size].items() if letters.issuperset(gram)} for size in inside}
    )


def character_counts(wheel: ZipFile, language: str) -> dict[str, int]:
    """Counts of single characters from lingua's wheel, for the languages that are written without spaces."""
    return _unigrams(_model(wheel, language, 1))


def langdetect_counts(language: str, script: str) -> Counts:
    """Counts of ``language`` from langdetect's profile, of words in ``script`` with their vowel signs."""
    folder = resources.files("langdetect").joinpath("profiles")
    profile = json.loads(folder.joinpath(language).read_text(encoding="utf-8"))
    counts: Counts = {1: {}, 2: {}, 3: {}}
    for gram, count in profile["freq"].items():
        if all(char == " " or unicodedata.name(char, "").startswith(script) for char in gram) and gram.strip():
            counts[len(gram)][gram] = count
    counts[1][" "] = sum(count for gram, count in counts[2].items() if gram[0] == " ")
    return counts


def _model(wheel: ZipFile, language: str, size: int) -> dict[str, str]:
    data = wheel.read(f"lingua/language-models/{language}/{_ORDERS[size - 1]}.json.br")
    model: dict[str, str] = json.loads(brotli.decompress(data))["ngrams"]
    return model


def _unigrams(model: dict[str, str]) -> dict[str, int]:
    fractions = [(int(numerator), int(denominator), grams) for key, grams in model.items()
                 for numerator, denominator in [key.split("/")]]  # fmt: skip
    total = math.lcm(*(denominator for _, denominator, _ in fractions))
    return {letter: numerator * total // denominator for numerator, denominator, grams in fractions
            for letter in grams.split(" ")}  # fmt: skip


def _with_boundaries(inside: Counts) -> Counts:
    """Add the n-grams that begin or end a word, as the difference between an n-gram and its extensions."""
    first = {size: dict(inside[size]) for size in range(1, LONGEST)}
    last = {size: dict(inside[size]) for size in range(1, LONGEST)}
    for size in range(2, LONGEST + 1):
        for gram, count in inside[size].items():
            first[size - 1][gram[1:]] -= count
            last[size - 1][gram[:-1]] -= count
    whole = {size: dict(first[size]) for size in range(1, LONGEST - 1)}
    for size in range(2, LONGEST):
        for gram, count in first[size].items():
            whole[size - 1][gram[:-1]] -= count
    counts: Counts = {size: dict(inside[size]) for size in inside}
    counts[1][" "] = sum(first[1].values())
    for pad_before, pad_after, part in ((" ", "", first), ("", " ", last), (" ", " ", whole)):
        for size, grams in part.items():
            longer = counts[size + len(pad_before) + len(pad_after)]
            longer.update({pad_before + gram + pad_after: count for gram, count in grams.items() if count > 0})
    return counts
