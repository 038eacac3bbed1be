"""The cues: what the words around a name say about it, compiled from ``data/names/cues.toml``.

In flows the reviewed file, once a process and only when a text holds a name. Out flow sets of words
and patterns over the folded text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from normalizer._data import read_text

_OPENING = (
    "[\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}(]?"
)
_CLOSING = "[\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}]?"
# The types of bearers that vetoes know.
_KINDS = ("person", "place")
_OF = "(?:of|for|around|over|near|bei|um|von|de|d'|di|du|del|pod|w|за|під|под|о)"

# "Odessa, au Texas", "en el estado de Texas", "w Teksasie": what leads to the name of a state.
_WITHIN = (
    r"(?:in(?: the)?|au|en|dans (?:le|l'état d[eu])|im|w|nel)"
    r"(?: (?:us|u\.s\.) state of| us-staat| us-bundesstaat| bundesstaat| el estado de| stanie)?"
)
# Case endings of Turkish, which an apostrophe parts from a name.
_TURKISH = r"(?:y?[ea]|[dt][ea]n?|n?[iı]n)\b"


@dataclass(frozen=True, slots=True)
class Veto:
    """A reason why a guarded name is another thing, and where its words stand.

    ``capital`` asks that the word after the name begins with a capital: a Kiev court is no Kiev Court;
    ``prose`` that it does so outside of headlines; ``capital_before`` asks it of the word before.
    ``old`` that the sentence names no year of this age: the battle of Kyiv in 2022 is none of history.
    ``other`` says that the bearer stays the antecedent. ``before`` and ``after`` are sources of patterns, which
    :func:`pattern` compiles once they are asked for; empty where there is none.
    """

    reason: str
    types: frozenset[str]
    before: str
    after: str
    capital: bool
    prose: bool
    other: bool
    capital_before: bool
    old: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything in the file, compiled."""

    roles: frozenset[str]
    ladies: frozenset[str]
    gentlemen: frozenset[str]
    openers: frozenset[str]
    countries: dict[str, re.Pattern[str]]
    elsewhere: re.Pattern[str]
    in_doubt: re.Pattern[str]
    codes: re.Pattern[str]
    elsewhere_before: re.Pattern[str]
    beside: re.Pattern[str]
    daughters: frozenset[str]
    surnames: frozenset[str]
    vetoes: tuple[Veto, ...]
    led: dict[str, str]
    followed: dict[str, str]
    works: re.Pattern[str]
    things: re.Pattern[str]
    spelling: re.Pattern[str]
    spelling_before: re.Pattern[str]
    spelling_after: re.Pattern[str]
    spelling_after_place: re.Pattern[str]
    between: frozenset[str]
    joining: frozenset[str]
    contrast: re.Pattern[str]
    past: re.Pattern[str]
    glossed: re.Pattern[str]
    small: frozenset[str]
    titled: frozenset[str]
    hyphened: frozenset[str]
    meetings: frozenset[str]


@cache
def cues() -> Cues:
    """The compiled cues."""
    source = read_text("names/cues.toml")
    data = tomllib.loads(source)
    places, spelling = data["elsewhere"], data["spelling"]
    own = data["countries"]
    vetoes = tuple(map(_veto, data["veto"]))
    return Cues(
        roles=frozenset(word for words in data["roles"].values() for word in words.split()),
        openers=frozenset(data["openers"]["words"].split()),
        ladies=frozenset(data["honorifics"]["f"].split()),
        gentlemen=frozenset(data["honorifics"]["m"].split()),
        countries={code: re.compile(rf"\b(?:{_any(words.split())})(?!\w)") for code, words in own.items()},
        elsewhere=re.compile(
            rf"'?[,-]? ?(?:{_WITHIN} )?\(?(?:{_any(_phrases(places['names']))})(?!\w|'(?!{_TURKISH}))"
        ),
        in_doubt=re.compile(rf"'?, (?:{_any(_phrases(places['in_doubt']))})(?=[,.;:)]|$)(?!, [^,.]+ and\b)"),
        codes=re.compile(rf"(?:, | (?=\w+ \d{{5}}))(?:{_any(places['codes'].split())})\b(?! [a-z]+ing\b)"),
        elsewhere_before=re.compile(rf"(?:{_any(places['before'])}) ?$"),
        beside=re.compile(rf"\b(?:{_any(_phrases(places['near']))})\b"),
        daughters=frozenset(places["daughters"].split()),
        surnames=frozenset(places["surnames"].split()),
        vetoes=vetoes,
        led={kind: _any_of(veto.before for veto in vetoes if kind in veto.types) for kind in ("person", "place")},
        followed={kind: _any_of(veto.after for veto in vetoes if kind in veto.types) for kind in ("person", "place")},
        things=re.compile(rf"\b(?:{_any(_phrases(data['things']['nouns']))})s?\b"),
        works=re.compile(rf"(?:^|\W)(?:{_any(data['works']['nouns'].split())}),? ?$"),
        spelling=re.compile("|".join(spelling["sentence"])),
        spelling_before=re.compile(rf"(?:^|[^\w])(?:{'|'.join(spelling['prev'])}) ?{_OPENING}$"),
        spelling_after=re.compile(rf"{_CLOSING}[ ,]{{1,2}}(?:{'|'.join(spelling['next'])})"),
        spelling_after_place=re.compile(rf"{_CLOSING}[ ,]{{1,2}}(?:{'|'.join(spelling['next_place'])})"),
        between=frozenset(spelling["between"].split()),
        joining=frozenset(spelling["joining"].split()),
        contrast=re.compile(rf"\b(?:{'|'.join(spelling['contrast'])})(?!\w)"),
        glossed=re.compile(rf" ?(?:{'|'.join(spelling['glossed'])})\b"),
        past=re.compile("|".join(data["past"]["sentence"])),
        titled=frozenset(f"{data['honorifics']['f']} {data['honorifics']['m']} {data['honorifics']['of']}".split()),
        small=frozenset(data["works"]["small"].split()),
        hyphened=frozenset(data["hyphens"]["parts"].split()),
        meetings=frozenset(data["hyphens"]["meetings"].split()),
    )


def _veto(data: dict[str, Any]) -> Veto:
    before = after = ""
    if "prev" in data or "prev_pattern" in data:
        of = rf" {_OF} ?(?:the )?" if data.get("of") else rf"(?: {_OF})? ?"
        words = "|".join(part for part in (_any(_phrases(data.get("prev", ""))), data.get("prev_pattern", "")) if part)
        before = rf"(?:^|[^\w])(?:{words}){of}{_OPENING}$"
    if "next" in data or "next_pattern" in data:
        words = "|".join(part for part in (_any(_phrases(data.get("next", ""))), data.get("next_pattern", "")) if part)
        after = rf"{_CLOSING}(?:[ \N{{EN DASH}}-]|(?=[:,]))(?:{words})(?!\w)"
    flags = (bool(data.get(name)) for name in ("capital", "prose", "other", "capital_before", "old"))
    return Veto(data["reason"], frozenset(data["types"]), before, after, *flags)


@cache
def pattern(source: str) -> re.Pattern[str]:
    """The compiled pattern of a source; the vetoes together take longer than a short text does."""
    return re.compile(source)


def _any_of(sources: Iterable[str]) -> str:
    """One source for several: where it finds nothing none of them does."""
    return "|".join(filter(None, sources))


def _phrases(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


def _any(phrases: Iterable[str]) -> str:
    """An alternation, longest first, so that a phrase wins over its own beginning."""
    return "|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase))))
