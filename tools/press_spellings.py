"""How the press of eleven languages spells a Ukrainian, Russian or Belarusian name, well or badly.

In flows one Cyrillic word. Out flow its Latin spellings: in each practice of press_spellings.toml the usual one,
those with one or two other choices, and what is left of them where accents are lost.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("press_spellings.toml")
OPEN = frozenset("аеёиіїоуыэюяєьъ'’")
SOFTENING = frozenset("еёиіїє")
VOWELS = "aeiouy"
# Romanian letters with the cedilla that keyboards long had instead of the comma.
CEDILLA = str.maketrans("ȘșȚț", "ŞşŢţ")
# Letters that do not decompose, and what a keyboard without them offers.
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ı": "i", "İ": "I", "đ": "d"})
CHOICES = 2  # choices other than the usual one that a spelling makes at most: read off the spellings met in the press
ACCENTED = 1  # and at most where it bears a stress mark besides


class Key(NamedTuple):
    """What a practice spells: letters, and where they must stand."""

    letters: str
    initial: bool
    open: bool
    final: bool
    soft: bool


class Practice(NamedTuple):
    """A way to spell: for each key its choices, the usual one first; keys that ask for most come first."""

    choices: dict[Key, tuple[str, ...]]
    accents: tuple[str, ...]
    is_cyrillic: bool


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(tomllib.loads(SOURCE.read_text(encoding="utf-8"))["all"][name]).split())


def is_doubtful(spelling: str) -> bool:
    """Whether a spelling by rule is also a word or another name."""
    return spelling in _listed("doubtful")


def is_word(spelling: str) -> bool:
    """Whether a spelling by rule is an everyday word of some language, so that no table may list it."""
    return spelling in _listed("words")


def is_namesake(spelling: str) -> bool:
    """Whether a spelling by rule is the right one of somebody else's name."""
    return spelling in _listed("namesakes")


def is_alone(surname: str) -> bool:
    """Whether the spellings by rule of a Ukrainian surname mean its one bearer of note."""
    return surname in _listed("alone")


def is_common(surname: str) -> bool:
    """Whether so many bear a Ukrainian surname that its full name may be anybody's."""
    return surname in _listed("common")


@cache
def practices() -> dict[tuple[str, str], Practice]:
    """The practices by the language that spells and the language of the name."""
    tables = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    shared = dict(_entries(tables.pop("all")["letters"]))
    found = {}
    for target, sources in tables.items():
        for source, table in sources.items():
            choices = ({} if table.get("cyrillic") else shared) | dict(_entries(table["letters"]))
            ordered = sorted(choices, key=lambda key: (-len(key.letters), -sum(key[1:])))
            accents = tuple(table.get("accents", "").split())
            practice = Practice({key: choices[key] for key in ordered}, accents, table.get("cyrillic", False))
            found[target, source] = practice
    return found


def _entries(text: str) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for entry in text.split():
        key, _, spellings = entry.partition("=")
        made = Key(key.strip("^*$+"), key[0] == "^", key[0] == "*", key[-1] == "$", key[-1] == "+")
        yield made, tuple("" if spelling == "~" else spelling for spelling in spellings.split("/"))


def spellings(name: str, target: str, source: str) -> set[str]:
    """The spellings of a word of ``source`` in the press of ``target``; hyphened words part by part."""
    practice = practices().get((target, source))
    if practice is None or not name:
        return set()
    if "-" in name:
        parts = [sorted(_word(part, practice)) for part in name.split("-")]
        return {"-".join(joined) for joined in product(*parts)}
    found = _word(name, practice)
    if practice.accents:
        near = sorted(form for form in _word(name, practice, ACCENTED) if form.isascii())
        found |= {accented for form in near for accented in _accented(form, practice.accents)}
    found |= {form.translate(CEDILLA) for form in found}
    return found if practice.is_cyrillic else found | {plain(form) for form in found}


def foreign(name: str, source: str) -> set[str]:
    """What else editors of ``source`` make of one word from elsewhere, a sound at a time."""
    practice = practices().get(("foreign", source))
    return _word(name, practice, ACCENTED) - {_capital(name.lower())} if practice and "-" not in name else set()


def usual(name: str, target: str, source: str) -> str:
    """The usual spelling of one word; nothing where no practice is known."""
    practice = practices().get((target, source))
    return _usual(name, practice) if practice else ""


def _usual(name: str, practice: Practice) -> str:
    return _capital("".join(practice.choices[key][0] if key else letter for key, letter in _read(name, practice)))


def _word(name: str, practice: Practice, most: int = CHOICES) -> set[str]:
    """The usual spelling, and all that make up to ``most`` other choices, each alike throughout the word."""
    read = list(_read(name, practice))
    open_keys = [key for key in dict.fromkeys(key for key, _ in read if key) if len(practice.choices[key]) > 1]
    found = set()
    for count in range(min(most, len(open_keys)) + 1):
        for varied in combinations(open_keys, count):
            for picks in product(*(practice.choices[key][1:] for key in varied)):
                chosen = dict(zip(varied, picks, strict=True))
                parts = (chosen.get(key, practice.choices[key][0]) if key else letter for key, letter in read)
                found.add(_capital("".join(parts)))
    return found | set(_uneven(read, practice))


def _uneven(read: list[tuple[Key | None, str]], practice: Practice) -> Iterator[str]:
    """Spellings that treat one occurrence of a repeated letter unlike the others: Medwiediew."""
    keys = [key for key, _ in read]
    usual = [practice.choices[key][0] if key else letter for key, letter in read]
    for at, key in enumerate(keys):
        if key and keys.count(key) > 1:
            for other in practice.choices[key][1:]:
                yield _capital("".join([*usual[:at], other, *usual[at + 1 :]]))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _read(name: str, practice: Practice) -> Iterator[tuple[Key | None, str]]:
    """The word as keys; a letter that no practice knows stands for itself."""
    word = name.lower()
    at = 0
    while at < len(word):
        key = next((key for key in practice.choices if _fits(key, word, at)), None)
        length = len(key.letters) if key else 1
        yield key, word[at : at + length]
        at += length


def _fits(key: Key, word: str, at: int) -> bool:
    end = at + len(key.letters)
    return (
        word.startswith(key.letters, at)
        and (not key.initial or at == 0)
        and (not key.open or (at > 0 and word[at - 1] in OPEN))
        and (not key.final or (end == len(word) and at > 0))
        and (not key.soft or word[end : end + 1] in SOFTENING)
    )


def _accented(form: str, accents: tuple[str, ...]) -> Iterator[str]:
    """A plain spelling with a stress mark on any one vowel; ``accents`` pairs vowels with marked ones."""
    for at, letter in enumerate(form.lower()):
        for marked in (pair[1] for pair in accents if pair[0] == letter):
            yield _capital(form[:at] + marked + form[at + 1 :])


def plain(form: str) -> str:
    """A spelling without its accents."""
    bare = unicodedata.normalize("NFD", form.translate(PLAIN))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def czech_women(surname: str, source: str) -> set[str]:
    """A woman's surname as Czech media write it: Zacharovová, Svyrydenková."""
    found = set()
    for form in spellings(surname, "cs", source):
        if form.endswith("o"):
            found.add(form[:-1] + "ová")
        elif form.endswith(("ova", "eva", "ina")):
            found |= {form[:-1] + "ová", form[:-1] + "á"}
        elif form[-1] not in VOWELS + "á":
            found.add(form + "ová")
    return found | {plain(form) for form in found}
