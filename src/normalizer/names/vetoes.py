"""Vetoes: the words beside a guarded name that make another thing of it, and where they stand.

In flow the reviewed entries of ``data/names/cues.toml``. Out flow :class:`Veto` values and, by type of bearer,
:class:`Vetoes`. The plain words of an entry are compared as strings first: its pattern is compiled, which takes
longer than a short text does, once a text has one of them in that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

_QUOTES = (
    "\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}("
)
_CLOSING_QUOTES = "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
OPENING = f"[{_QUOTES}]?"
CLOSING = f"[{_CLOSING_QUOTES}]?"
_OF = "(?:of|for|around|over|near|bei|um|von|de|d'|di|du|del|pod|w|за|під|под|о)"
_OF_WORDS = 2  # "of the" at most stands between the words before a name and the name
_JOINTS = " \N{EN DASH}-"
_STOPS = ":,"


class Veto(NamedTuple):
    """A reason why a guarded name is another thing, and where its words stand.

    ``capital`` asks that the word after the name begins with a capital: a Kiev court is no Kiev Court;
    ``prose`` that it does so outside of headlines; ``capital_before`` asks it of the word before.
    ``old`` that the sentence names no year of this age: the battle of Kyiv in 2022 is none of history.
    ``other`` says that the bearer stays the antecedent. ``before`` and ``after`` are sources of patterns; empty
    where there is none. ``heads`` and ``tails`` are their plain words, ``led`` and ``followed`` what else they have.
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
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    led: str
    followed: str

    def leads(self, before: str) -> re.Match[str] | None:
        """What its pattern finds right before a name."""
        if (self.heads and _ends(before, self.heads)) or (self.led and pattern(self.led).search(before)):
            return pattern(self.before).search(before)
        return None

    def follows(self, after: str) -> re.Match[str] | None:
        """What its pattern finds right after a name."""
        if (self.tails and _begins(after, self.tails)) or (self.followed and pattern(self.followed).match(after)):
            return pattern(self.after).match(after)
        return None


class Vetoes(NamedTuple):
    """The vetoes of one type of bearer, and all their words and further patterns together."""

    all: tuple[Veto, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    led: str
    followed: str

    @classmethod
    def of(cls, vetoes: Iterable[Veto]) -> Vetoes:
        """Those vetoes, in their order."""
        chosen = tuple(vetoes)
        return cls(
            chosen,
            tuple({word for veto in chosen for word in veto.heads}),
            tuple({word for veto in chosen for word in veto.tails}),
            _any_of(veto.led for veto in chosen),
            _any_of(veto.followed for veto in chosen),
        )

    def beside(self, before: str, after: str) -> Iterator[Veto]:
        """The vetoes that may fire between these words; one look at all of them answers for most names."""
        if (
            _ends(before, self.heads)
            or _begins(after, self.tails)
            or (self.led and pattern(self.led).search(before))
            or (self.followed and pattern(self.followed).match(after))
        ):
            yield from self.all


def veto_of(data: dict[str, Any]) -> Veto:
    """The veto of an entry of the file."""
    heads, led = _phrases(data.get("prev", "")), data.get("prev_pattern", "")
    tails, followed = _phrases(data.get("next", "")), data.get("next_pattern", "")
    of = rf" {_OF} ?(?:the )?" if data.get("of") else rf"(?: {_OF})? ?"
    return Veto(
        reason=data["reason"],
        types=frozenset(data["types"]),
        before=_before(heads, led, of),
        after=_after(tails, followed),
        capital=bool(data.get("capital")),
        prose=bool(data.get("prose")),
        other=bool(data.get("other")),
        capital_before=bool(data.get("capital_before")),
        old=bool(data.get("old")),
        heads=tuple(phrase.rstrip(f"{_QUOTES} ") for phrase in heads),
        tails=tuple(tails),
        led=_before([], led, of),
        followed=_after([], followed),
    )


def _before(phrases: list[str], more: str, of: str) -> str:
    words = "|".join(filter(None, (any_of(phrases), more)))
    return rf"(?:^|[^\w])(?:{words}){of}{OPENING}$" if words else ""


def _after(phrases: list[str], more: str) -> str:
    words = "|".join(filter(None, (any_of(phrases), more)))
    return rf"{CLOSING}(?:[{_JOINTS}]|(?=[{_STOPS}]))(?:{words})(?!\w)" if words else ""


def _ends(before: str, heads: tuple[str, ...]) -> bool:
    """Whether one of the words may lead to what follows, with or without an "of the" in between."""
    rest = before.rstrip(f"{_QUOTES} ")
    for _ in range(_OF_WORDS):
        if rest.endswith(heads):
            return True
        rest = rest.rpartition(" ")[0].rstrip(f"{_QUOTES} ")
    return rest.endswith(heads)


def _begins(after: str, tails: tuple[str, ...]) -> bool:
    """Whether one of the words may follow what stands before."""
    start = 1 if after[:1] in _CLOSING_QUOTES else 0
    joint = after[start : start + 1]
    if joint and joint in _JOINTS:
        return after.startswith(tails, start + 1)
    return joint != "" and joint in _STOPS and after.startswith(tails, start)


@cache
def pattern(source: str) -> re.Pattern[str]:
    """The compiled pattern of a source."""
    return re.compile(source)


def _any_of(sources: Iterable[str]) -> str:
    """One source for several: where it finds nothing none of them does."""
    return "|".join(filter(None, sources))


def _phrases(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


def any_of(phrases: Iterable[str]) -> str:
    """An alternation, longest first, so that a phrase wins over its own beginning."""
    return "|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase))))
