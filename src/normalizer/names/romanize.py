"""Romanization: text of one language in Latin letters, by an official system.

In flows text in any mix of scripts. Out flows the same text with the letters that the system covers in their
romanization; other letters go through Unidecode, and what is no letter stays. The systems are reviewed tables in
``data/romanization``, each with its source: letters, and rules for letters or sequences in a context (at the
beginning or end of a word, as a whole word, before or after certain letters).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from typing import NamedTuple

from normalizer._data import read_text
from normalizer.errors import ConfigError, NormalizerError

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_APOSTROPHES = frozenset("'`\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
                         "\N{PRIME}\N{MODIFIER LETTER PRIME}\N{ACUTE ACCENT}\N{FULLWIDTH APOSTROPHE}"
                         "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}\N{MODIFIER LETTER TURNED COMMA}"
                         "\N{MODIFIER LETTER REVERSED COMMA}\N{MODIFIER LETTER RIGHT HALF RING}"
                         "\N{MODIFIER LETTER LEFT HALF RING}\N{FULLWIDTH GRAVE ACCENT}")  # fmt: skip
_STRESS = re.compile("(?<=[\u0400-\u052f])[\u0300\u0301]+")
# A grave stress mark makes letters of its own of two, which only Macedonian and ISO 9 have.
_STRESSED = str.maketrans("ѐЀѝЍ", "еЕиИ")
# What is not seen inside a word (soft hyphens, zero-width spaces and joiners) does not part it, in the scripts that
# systems cover: others are written with them.
_UNSEEN = re.compile(
    "(?<=[\u0300\u0301\u0370-\u058f\u10a0-\u10ff\u1f00-\u1fff])[\u00ad\u200b-\u200d\u2060\ufeff]+"
    "(?=[\u0300\u0301\u0370-\u058f\u10a0-\u10ff\u1f00-\u1fff])"
)

# Scripts in which one language is written: first letter, last letter, language.
_OWN_SYSTEMS = (
    ("\u0370", "\u03ff", "el"),
    ("\u1f00", "\u1fff", "el"),
    ("\u0530", "\u058f", "hy"),
    ("\u10a0", "\u10ff", "ka"),
)


# Older letters of these scripts: Greek with breathings, and Georgian capitals (Asomtavruli) and ecclesiastical letters.
_OLDER = re.compile("[\u1f00-\u1fff\u10a0-\u10c5\u2d00-\u2d25]")
_MKHEDRULI = 0x10D0
_ACCENTS = frozenset("\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING GREEK PERISPOMENI}")
_DIAERESIS, _TONOS = "\N{COMBINING DIAERESIS}", "\N{COMBINING ACUTE ACCENT}"


class Rule(NamedTuple):
    """``source`` (lower case) becomes ``target`` in a context; ``at`` is initial, final, word or ``""``."""

    source: str
    target: str
    at: str
    after: str
    before: str


class System(NamedTuple):
    """A romanization system: its rules by first letter, the most specific first, and where it comes from."""

    name: str
    source: str
    rules: dict[str, tuple[Rule, ...]]


def romanize(text: str, language: str, system: str | None = None) -> str:
    """``text`` in Latin letters, in the system's way of writing ``language``.

    ``language`` is an ISO 639-1 code; ``system`` is one of ``systems(language)``, by default the first.
    Capitals follow the source: a letter that becomes several is all capitals among capitals (``ЩЕ`` → ``SHCHE``,
    ``Ще`` → ``Shche``). Greek, Georgian and Armenian letters in text of another language are romanized by their own
    default systems; letters of other scripts, and those that the system does not cover, go through Unidecode. Latin
    letters and all other characters stay. Stress marks on Cyrillic letters are left out, and what is not seen inside a
    word (soft hyphens, zero-width spaces).

    Raises :class:`ConfigError` for an unknown language or system, with the known ones, and :class:`NormalizerError`
    for what is no text.
    """
    if not isinstance(text, str):
        raise NormalizerError(f"a str is romanized, not {type(text).__name__}: decode or convert it first")
    table = load_system(language, system)
    if text.isascii():
        return text
    text = _plain(text, table)
    lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    parts: list[str] = []
    position = 0
    while position < len(text):
        rule = _rule_at(table, lower, position) or _rule_of_script(lower, position)
        size = len(rule.source) if rule else 1
        parts.append(_cased(text, position, size, rule.target) if rule else _other(text, position))
        position += size
    return "".join(parts)


def systems(language: str) -> tuple[str, ...]:
    """The names of the systems that are known for ``language``, the default first.

    Raises :class:`ConfigError` for a language without any, with the known ones.
    """
    index = _index()
    if not isinstance(language, str) or language not in index:
        raise ConfigError(f"no romanization system for language {language!r}: the known ones are {', '.join(index)}")
    return index[language]


def load_system(language: str, system: str | None = None) -> System:
    """The tables of a system. Raises :class:`ConfigError` like :func:`romanize`."""
    known = systems(language)
    name = known[0] if system is None else system
    if name not in known:
        raise ConfigError(f"no system {name!r} for language {language!r}: the known ones are {', '.join(known)}")
    return _load(language, name)


@cache
def _load(language: str, name: str) -> System:
    file = f"any-{name}" if name == "iso9" else f"{language}-{name}"
    data = tomllib.loads(read_text(f"romanization/{file}.toml"))
    rules = [Rule(letter, target, "", "", "") for letter, target in data["letters"].items()]
    rules += [
        Rule(rule["from"], rule["to"], rule.get("at", ""), rule.get("after", ""), rule.get("before", ""))
        for rule in data.get("rules", ())
    ]
    return System(data["name"], data["source"], _by_first_letter(rules))


@cache
def _index() -> dict[str, tuple[str, ...]]:
    index = tomllib.loads(read_text("romanization/index.toml"))
    return {language: tuple(names) for language, names in index.items()}


def _by_first_letter(rules: list[Rule]) -> dict[str, tuple[Rule, ...]]:
    grouped: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: (-len(rule.source), not (rule.at or rule.after or rule.before))):
        grouped.setdefault(rule.source[0], []).append(rule)
    return {letter: tuple(group) for letter, group in grouped.items()}


def _plain(text: str, table: System) -> str:
    """``text`` composed, in today's letters, without stress marks on Cyrillic and what is not seen inside a word."""
    text = _STRESS.sub("", unicodedata.normalize("NFC", _UNSEEN.sub("", text)))
    text = _OLDER.sub(_today, text)
    return text if "ѝ" in table.rules else text.translate(_STRESSED)


def _today(match: re.Match[str]) -> str:
    """A letter of an older alphabet as it is written today: every Greek accent is a tonos, and breathings are none."""
    letter = match.group()
    for first in ("\u10a0", "\u2d00"):
        if 0 <= ord(letter) - ord(first) <= 0x25:
            return chr(_MKHEDRULI + ord(letter) - ord(first))
    base, *marks = list(unicodedata.normalize("NFD", letter))
    diaeresis = _DIAERESIS if _DIAERESIS in marks else ""
    return unicodedata.normalize("NFC", base + diaeresis + _TONOS * (not _ACCENTS.isdisjoint(marks)))


def _rule_at(table: System, lower: str, position: int) -> Rule | None:
    """The most specific rule that fits at ``position`` of a text in lower case."""
    char = lower[position]
    if char in _APOSTROPHES:
        char = APOSTROPHE if _letter(lower, position - 1) and _letter(lower, position + 1) else ""
    for rule in table.rules.get(char, ()):
        end = position + len(rule.source)
        if rule.source != char and lower[position:end] != rule.source:
            continue
        if rule.after and not _matches(lower, position - 1, rule.after):
            continue
        if rule.before and not _matches(lower, end, rule.before):
            continue
        if rule.at in {"initial", "word"} and _inside(lower, position - 1):
            continue
        if rule.at in {"final", "word"} and _inside(lower, end):
            continue
        return rule
    return None


def _rule_of_script(lower: str, position: int) -> Rule | None:
    """The rule of the language that alone writes in the script of the letter at ``position``."""
    char = lower[position]
    for first, last, language in _OWN_SYSTEMS:
        if first <= char <= last:
            return _rule_at(load_system(language), lower, position)
    return None


def _letter(text: str, position: int) -> bool:
    return 0 <= position < len(text) and text[position].isalpha()


def _inside(text: str, position: int) -> bool:
    """Whether the character at ``position`` belongs to the word beside it: a letter, or an apostrophe in a word."""
    if _letter(text, position):
        return True
    if not 0 <= position < len(text) or text[position] not in _APOSTROPHES:
        return False
    return _letter(text, position - 1) and _letter(text, position + 1)


def _matches(text: str, position: int, letters: str) -> bool:
    """Whether the character at ``position`` is one of ``letters``."""
    if not 0 <= position < len(text):
        return False
    return (APOSTROPHE if text[position] in _APOSTROPHES else text[position]) in letters


def _cased(text: str, position: int, size: int, target: str) -> str:
    """``target`` in the case of the letters that it stands for."""
    source = text[position : position + size]
    if not source[0].isupper() or not target:
        return target
    if size > 1:
        capitals = source.isupper()
    elif _letter(text, position + 1):
        capitals = text[position + 1].isupper()
    else:
        capitals = len(target) == 1 or (_letter(text, position - 1) and text[position - 1].isupper())
    if capitals:
        return target.upper()
    return target[0].upper() + target[1:]


def _other(text: str, position: int) -> str:
    """A character that the system does not cover."""
    char = text[position]
    if not char.isalpha() or char.isascii() or unicodedata.name(char, "").startswith(("LATIN", "MODIFIER")):
        return char
    from unidecode import unidecode

    return _cased(text, position, 1, unidecode(char.lower()) or unidecode(char))
