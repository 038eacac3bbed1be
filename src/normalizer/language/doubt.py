"""Doubt: what is no text of a known language, though its letters have been counted for one.

In flow a text and how badly its letters fit. Out flows whether it is a language that the tables do not hold: then its
code where the letters of its alphabet tell it, and ``und`` otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import isqrt
from typing import NamedTuple

# The penalty of the best language, in tenths of a nat: more than ``a`` a letter and ``b`` a square root of the letters
# read, and it is not that language. Of right sentences on the development data and on translations one in a thousand
# has more; of text in Breton, Kabyle or Igbo nine in ten, in Uzbek two in three.
# An alphabet is asked from ``ASKED`` hundredths of that on.
ASKED = 70
_LIMITS: dict[str, tuple[int, int]] = {"Latn": (19, 24), "Cyrl": (9, 38), "Arab": (7, 24), "Deva": (20, 55)}


class Alphabet(NamedTuple):
    """A language that its letters tell: one of each group in ``needs`` occurs, and none of ``lacks``."""

    code: str
    needs: tuple[str, ...]
    lacks: str = ""


# Languages of news without a table, from the letters of their alphabets (CLDR's exemplar characters). They are asked
# for where the letters fit no table.
_ALPHABETS: dict[str, tuple[Alphabet, ...]] = {
    "Cyrl": (
        Alphabet("ba", ("ҙҡҫ",), "ӑӗқ"),
        Alphabet("cv", ("ӑӗ",)),
        Alphabet("os", ("ӕ",)),
        Alphabet("udm", ("ӝӟӥӵ",)),
        Alphabet("sah", ("ҕ",), "ӷ"),
        Alphabet("ab", ("ҟҧҭҩ",)),
        Alphabet("tt", ("әҗ",), "ғқұіҙҡҫў"),
        Alphabet("ky", ("өүң",), "ғқұіәһҙҡҫӯ"),
        Alphabet("uz", ("ў", "қғҳ"), "іӣӯҷөүңә"),
        Alphabet("tg", ("ҷӣӯ",), "ўөүңәі"),
    ),
    "Arab": (
        Alphabet("ug", ("ۈۋڭ",), "ڕڵښ"),
        Alphabet("ku", ("ڕڵێ",), "ۈۋڭښ"),
        Alphabet("ps", ("ښځڅږۍ",)),
        Alphabet("sd", ("ٻڀٺٿڄڃڦڱڳڻ",)),
    ),
    "Latn": (
        Alphabet("mt", ("ħġċ", "ħżġ"), "ćčđ"),
        Alphabet("tk", ("ňý", "ş"), "ğıěřəăâþð"),
    ),
}  # fmt: skip
# Of the letters so many in a thousand are among those that tell the language, and so few among those that it lacks.
_TELLING, _LACKING = 8, 4

# Languages that share a script with the one that it settles: letters or whole words that the other does not have.
_YIDDISH = "און די דער דעם איז אַז אז פון פֿון מיט נישט ניט האט האָט אויף צו פאר פֿאַר וואס וואָס זײַן זיין ווערן"
_BESIDE: dict[str, tuple[Alphabet, frozenset[str]]] = {
    "Hebr": (Alphabet("yi", ("ײױװ",)), frozenset(_YIDDISH.split())),
    "Beng": (Alphabet("as", ("ৰৱ",)), frozenset()),
    "Ethi": (Alphabet("ti", ("ኣኽቐ",)), frozenset()),
}
# One in so many words is one of these: in Yiddish every fourth, in Hebrew at most a stray one.
_WORDS_PER_TELLING, _LEAST_TELLING = 9, 2


def strain(script: str, penalty: int, letters: int) -> int:
    """So great a penalty of the best language over so many letters, in hundredths of what that language may have."""
    if script not in _LIMITS:
        return 0
    slope, root = _LIMITS[script]
    return 100 * penalty // max(1, slope * letters + isqrt(root * root * letters))


def calm(script: str) -> int:
    """The penalty a letter up to which nothing is odd about a text, so that no more of it need be read."""
    return _LIMITS[script][0] * 2 // 3 if script in _LIMITS else 1_000


def told_by_alphabet(script: str, words: Iterable[str]) -> str:
    """The language that the letters of ``words`` (of one script) tell though it has no table, or ``""``."""
    letters = Counter("".join(words))
    total = letters.total()
    for alphabet in _ALPHABETS.get(script, ()):
        told = [_count(letters, group) for group in alphabet.needs]
        if (
            all(told)
            and 1000 * sum(told) >= _TELLING * total
            and 1000 * _count(letters, alphabet.lacks) <= _LACKING * total
        ):
            return alphabet.code
    return ""


def told_beside(script: str, text: str) -> str:
    """The language that shares ``script`` with the one that it settles, where words or letters tell it, or ``""``."""
    if script not in _BESIDE:
        return ""
    alphabet, telling = _BESIDE[script]
    words = re.findall(r"[^\W\d_][\w\u0591-\u05c7]*", text)
    told = sum(word in telling for word in words)
    if told >= _LEAST_TELLING and told * _WORDS_PER_TELLING >= len(words):
        return alphabet.code
    letters = Counter("".join(words))
    return alphabet.code if 1000 * _count(letters, alphabet.needs[0]) > _TELLING * letters.total() else ""


def _count(letters: Counter[str], group: str) -> int:
    return sum(letters[letter] for letter in group)
