"""Habits of writers: letters that texts of a language hold so often in the place of others that nobody minds.

In flow pieces and a swap that would undo them, out flows whether to leave them: corpora taken for sound are full
of such letters (windows-1254, 1250 and ISO 8859-2 read as a neighbour), so a line or two says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from normalizer.encoding.models import table
from normalizer.encoding.pieces import Pieces, best_languages
from normalizer.encoding.plausibility import token

if TYPE_CHECKING:
    from normalizer.encoding.swaps import Swap

# A text that uses both letters is left, one that uses only the wrong ones needs this much gain: a line alone is
# left, a document is repaired.
_HABITS = {
    "tr": "þýðÞÝÐ",
    "az": "þýðÞÝÐ",
    "hu": "õûÕÛ",
    "cs": "ąľĄĽ®©",
    "sk": "ąľĄĽ®©",
    "ro": "ãþºÃÞª",
    "sl": "èæðÈÆÐ",
    "hr": "èæðÈÆÐ",
    "mn": "їєЇЄ",
}
_HABIT_GAIN = 1200
# The letters beyond ASCII that these languages write.
_OWN = {
    "tr": "çğıöşüÇĞİÖŞÜâîû", "hu": "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "cs": "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ", "ro": "ăâîșțşţĂÂÎȘȚŞŢ",
}  # fmt: skip


# Short names in capitals, as МГТУ, ДЦП and КрАЗ: letters in no order that a language knows, by nature.
_ACRONYM = re.compile("(?=.*[А-ЯЁІЇЄҐЎ].*[А-ЯЁІЇЄҐЎ])[А-ЯЁІЇЄҐЎ][А-яёіїєґўЁІЇЄҐЎ]{1,4}")
_SHORT_WORD = re.compile("[А-яёіїєґўЁІЇЄҐЎ]{1,5}")
_WORD = re.compile(r"[^\W\d_]+")
_BRIEF = 80  # characters of a text that may be nothing but acronyms


def are_acronyms(text: str) -> bool:
    """Whether the words of a brief text are a few Cyrillic acronyms, or one short word, and nothing else."""
    if len(text) > _BRIEF:
        return False
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if len(words) == 1 and _SHORT_WORD.fullmatch(words[0]):
        return not re.search("[\x80-\u03ff\u0500-\U0010ffff]", text)
    return bool(words) and all(_ACRONYM.fullmatch(word) for word in words)


def are_habitual(words: list[str], bad: list[str]) -> bool:
    """Whether the bad ones of these words show nothing but the habits of the language that the others are in."""
    letters = {letter for word in bad for letter in word if letter >= "\x80"} - _QUOTES
    codes = _codes(letters)
    if not codes or not letters.isdisjoint("ýþÝÞ"):  # the commonest habit of all, whose letters leave no doubt
        return bool(codes)
    number = best_languages([token(word) for word in words if word not in bad]).get("latn")
    return number is None or table("latn").languages[number] in codes


_QUOTES = frozenset("“”„‘’‚«»–—…\xa0")


def _codes(letters: set[str]) -> list[str]:
    """The languages whose own letters and habits these are."""
    return [
        code
        for code, own in _OWN.items()
        if not letters.isdisjoint(_HABITS[code]) and letters <= {*_HABITS[code], *own}
    ]


def are_habits(pieces: Pieces, bad: list[int]) -> bool:
    """Whether the bad pieces are a few words with nothing but one language's habits: nothing to search for."""
    letters = {letter for n in bad for letter in pieces.texts[n] if letter >= "\x80"} - _QUOTES
    habits = _codes(letters)
    if not habits or sum(pieces.token(n).free for n in bad) >= _HABIT_GAIN:
        return False
    number = best_languages(pieces.sound).get("latn")
    return number is None or table("latn").languages[number] in habits


def is_habit(pieces: Pieces, swap: Swap) -> bool:
    """Whether the swap would only undo what writers of the language commonly do."""
    letters = {letter for start, end in swap.runs for text in pieces.texts[start:end] for letter in set(text)}
    changes = swap.mistake.changes(letters)
    if _KURDISH.issuperset(changes):
        return swap.gain < _HABIT_GAIN
    if not _ANY.issuperset(changes):
        return False
    chosen = [best_languages(pieces.sound), swap.languages]
    codes = {table(script).languages[number] for numbers in chosen for script, number in numbers.items()}
    habit = "".join(_HABITS.get(code, "") for code in codes)
    if not set(changes).issubset(habit):
        return False
    return swap.gain < _HABIT_GAIN or any(not set(changes.values()).isdisjoint(text) for text in pieces.texts)


_KURDISH = frozenset("êîûçÊÎÛÇ")  # a language without a model, whose letters read well as Latvian ones
_ANY = frozenset("".join(_HABITS.values()))
