"""Given names: which spellings are one name, and whether a word is a given name at all.

In flows ``data/names/given.json``, reviewed groups of spellings. Out flow sets of folded spellings.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from normalizer._data import read_text
from normalizer.names.fold import lower


@cache
def _data() -> dict[str, Any]:
    return dict(json.loads(read_text("names/given.json")))


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """The group of each spelling, and the gender of each known given name (``m``, ``f``, ``mf``)."""
    data = _data()
    groups: dict[str, frozenset[str]] = {}
    genders: dict[str, str] = {}
    for gender in ("f", "m"):
        for spellings in data["groups"][gender]:
            group = frozenset(map(lower, spellings))
            for spelling in group:
                groups[spelling] = groups.get(spelling, frozenset()) | group
                _note(genders, spelling, gender)
        for name in data["names"][gender]:
            _note(genders, lower(name), gender)
    return groups, genders


def _note(genders: dict[str, str], name: str, gender: str) -> None:
    if gender not in genders.get(name, ""):
        genders[name] = genders.get(name, "") + gender


def spellings_of(name: str) -> frozenset[str]:
    """All folded spellings of a folded given name, itself included."""
    return _tables()[0].get(name, frozenset()) | {name}


def is_given(name: str) -> bool:
    """Whether a folded word is a known given name, or two of them with a hyphen between: Karl-Heinz."""
    known = _tables()[1]
    return name in known or ("-" in name and all(part in known for part in name.split("-")))


def is_also_a_word(name: str) -> bool:
    """Whether a given name is an ordinary word as well (Mark, Rose), or a place (Victoria)."""
    return name in _ordinary("ordinary")


def is_also_a_verb(name: str) -> bool:
    """Whether a given name may as a verb stand right before a surname (Will, Can)."""
    return name in _ordinary("verbs")


def is_modal(name: str) -> bool:
    """Whether a given name is an auxiliary verb as well, which opens a question: Will, Can."""
    return name in _ordinary("modals")


def is_month(name: str) -> bool:
    """Whether a given name is a month's as well: April, June."""
    return name in _ordinary("months")


def is_town(name: str) -> bool:
    """Whether a given name is a well-known place's as well, where a sentence may begin: In Austin Zelensky met."""
    return name in _ordinary("towns")


@cache
def _ordinary(kind: str) -> frozenset[str]:
    return frozenset(_data()[kind])


def is_ordinary(word: str, language: str) -> bool:
    """Whether a folded word is an everyday one of a language, so that in small letters it is no name."""
    return word in _everyday().get(language, ())


@cache
def _everyday() -> dict[str, frozenset[str]]:
    lists = tomllib.loads(read_text("names/ordinary.toml"))
    return {language: frozenset(words.split()) for language, words in lists.items()}


def home_of(canonical: Mapping[str, str], kind: str) -> frozenset[str]:
    """The countries (ISO 3166) from which a bearer without a stated one may come; empty where nothing tells.

    A given name in its Ukrainian form is a Ukrainian's; any other of the Slavic groups may be a Russian's too. A
    town with a Belarusian or a Russian name and no Ukrainian one lies there.
    """
    if kind == "place":
        if "uk" not in canonical and ("be" in canonical or "ru" in canonical):
            return frozenset({"BY" if "be" in canonical else "RU"})
        return frozenset({"UA"})
    first = lower(canonical.get("en", "")).split(" ")[0]
    if first in _ordinary("ukrainian"):
        return frozenset({"UA"})
    return frozenset({"UA", "RU"}) if first in _tables()[0] else frozenset()


def gender_of(name: str) -> str:
    """``m`` or ``f`` for a folded given name that only men or only women bear, otherwise nothing."""
    gender = _tables()[1].get(name, "")
    return gender if len(gender) == 1 else ""


def gender_by_ending(canonical: str) -> str:
    """``m`` for a full form whose given name is in no list and does not end as women's names do; otherwise nothing."""
    given, _, family = lower(canonical).partition(" ")
    return "m" if family and given not in _tables()[1] and not given.endswith(("a", "e", "h", "y")) else ""
