"""Given names: which spellings are one name, and whether a word is a given name at all.

In flows ``data/names/given.json``, reviewed groups of spellings. Out flow sets of folded spellings.
"""

from __future__ import annotations

import json
from functools import cache

from normalizer._data import DATA
from normalizer.names.fold import lower


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """The group of each spelling, and the gender of each known given name (``m``, ``f``, ``mf``)."""
    source = (DATA / "names/given.json").read_text(encoding="utf-8")
    data = json.loads(source)
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
    """Whether a folded word is a known given name."""
    return name in _tables()[1]


def is_also_a_word(name: str) -> bool:
    """Whether a given name is an ordinary word as well (Mark, Rose), or a place (Victoria)."""
    return name in _ordinary("ordinary")


def is_also_a_verb(name: str) -> bool:
    """Whether a given name may as a verb stand right before a surname (Will, Can)."""
    return name in _ordinary("verbs")


@cache
def _ordinary(kind: str) -> frozenset[str]:
    source = (DATA / "names/given.json").read_text(encoding="utf-8")
    return frozenset(json.loads(source)[kind])


def gender_of(name: str) -> str:
    """``m`` or ``f`` for a folded given name that only men or only women bear, otherwise nothing."""
    gender = _tables()[1].get(name, "")
    return gender if len(gender) == 1 else ""
