"""Descriptions: what a phrase beside a name says of its bearer, from ``data/names/descriptors.toml``.

In flows a folded phrase ("a 19-year-old canadian chess player"). Out flows a :class:`Description`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from normalizer._data import read_text
from normalizer.names.phrases import phrase as pattern_of

_TOKEN = re.compile(r"[^\W\d_](?:[\w.'-]*[^\W_])?")
_AGE = re.compile(r"\b(\d{1,2})(?:-year-old|-jährige[rnms]?|-letni\w?|-річн\w+|-летн\w+| ans\b| años\b)")
_INDEFINITE = re.compile(r"(?:an?|eine?|une?|una)\b")
# Where the words about a bearer end and words about their place begin.
_FURTHER = re.compile(
    r" (?:of|by|in|from|for|at|on|with|who|whose|that|which|and|to|near|based|living|born|aus|von|bei|de|du|des|d'|en|à"
    r"|qui|del|della|di|da|con|que|che|z|ze|w|na|któr\w+|з|із|в|у|на|из|с|котор\w+|як\w+)(?= |$)|$"
)
# Shorter beginnings of a country's name would begin other words too.
_WHOLE_ASCII, _WHOLE = 4, 3


class Description(NamedTuple):
    """What a phrase says: callings, kinds of things, countries (ISO 3166), and how it puts it.

    ``age`` is in years, 0 where none is given. ``of`` says that "of" follows the calling.
    """

    private: frozenset[str]
    public: frozenset[str]
    thing: str
    nations: frozenset[str]
    ends_in_nation: bool
    office: bool
    former: bool
    indefinite: bool
    age: int
    of: bool

    @property
    def calling(self) -> str:
        """One calling of the phrase, or nothing."""
        return min(self.private | self.public, default="")


class _Lists(NamedTuple):
    private: frozenset[str]
    public: frozenset[str]
    things: frozenset[str]
    vessels: frozenset[str]
    creatures: frozenset[str]
    former: frozenset[str]
    office: frozenset[str]
    beside: frozenset[str]
    whole: dict[str, str]
    beginnings: dict[str, str]


@cache
def _lists() -> _Lists:
    data = tomllib.loads(read_text("names/descriptors.toml"))
    whole: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for code, words in data["nations"].items():
        for word in words.split():
            short = len(word) <= (_WHOLE_ASCII if word.isascii() else _WHOLE)
            (whole if short else beginnings)[word] = code
    lists = {
        name: frozenset(word for words in data[name].values() for word in words.split())
        for name in ("private", "public", "things", "former", "office", "beside")
    }
    lists["creatures"] = frozenset(data["things"]["creatures"].split())
    lists["vessels"] = frozenset(data["things"]["vessels"].split())
    return _Lists(**lists, whole=whole, beginnings=beginnings)


def is_calling(word: str) -> bool:
    """Whether a folded word is a calling that is no office of state."""
    word = word.rpartition("'")[2].rstrip(".")
    return word in _lists().private or word in _lists().public


def is_address(word: str) -> bool:
    """Whether a folded word right before a bare surname addresses a churchman, a policeman or a relative."""
    return word in _lists().beside


def is_creature(word: str) -> bool:
    """Whether a folded word names an animal or a child."""
    return word in _lists().creatures


def is_kind(word: str) -> bool:
    """Whether a folded word in brackets after a town's name says that it is no town's: (film), (horse), (singer)."""
    return word in _lists().things or word in _lists().vessels or is_creature(word) or is_calling(word)


def is_thing(word: str, language: str) -> bool:
    """Whether a folded word right before a town's name makes it a ship's or, but in English, a work's."""
    return word in _lists().vessels or (language != "en" and word in _lists().things)


def nation_of(word: str) -> str:
    """The country (ISO 3166) of a folded word like *canadian*, *Kanada* or *канадський*; nothing for others."""
    known = _lists()
    code = known.whole.get(word)
    if code is not None:
        return code
    for length in range(min(len(word), 16), _WHOLE, -1):
        code = known.beginnings.get(word[:length])
        if code is not None:
            return code
    return ""


def _heads(words: str) -> bool:
    """Whether folded words begin with a German or French head of something: Chef des Ausschusses."""
    return pattern_of("heads").match(words) is not None


def describe(phrase: str) -> Description:
    """What a folded phrase says of its bearer; only its words up to the first preposition count."""
    end = _FURTHER.search(phrase)
    chunk = phrase[: end.start()] if end else phrase
    words = _TOKEN.findall(chunk)
    parts = {part for word in words for part in (word, word.rpartition("-")[2], word.rpartition("'")[2])}
    known = _lists()
    age = _AGE.search(chunk)
    nations = [nation_of(word) for word in words]
    return Description(
        private=known.private & parts,
        public=known.public & parts,
        thing=next((word for word in reversed(words) if word in known.things), "") if words else "",
        nations=frozenset(nations) - {""},
        ends_in_nation=bool(nations and nations[-1]),
        office=not known.office.isdisjoint(parts) or _heads(phrase),
        former=any(word in known.former or word.startswith("ex-") for word in _TOKEN.findall(phrase)),
        indefinite=_INDEFINITE.match(phrase) is not None,
        age=int(age.group(1)) if age else 0,
        of=phrase[len(chunk) :].startswith(" of "),
    )
