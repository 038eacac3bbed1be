"""The cues: what the words around a name say about it, compiled from ``data/names/cues.toml``.

In flows the reviewed file, once a process and only when a text holds a name. Out flow sets of words
and patterns over the folded text.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, cached_property
from typing import Any

from normalizer._data import read_text
from normalizer.names.vetoes import CLOSING, OPENING, Vetoes, any_of, veto_of

# The types of bearers that vetoes know.
_KINDS = ("person", "place")

# "Odessa, au Texas", "en el estado de Texas", "w Teksasie": what leads to the name of a state.
_WITHIN = (
    r"(?:in(?: the)?|au|en|dans (?:le|l'état d[eu])|im|w|nel)"
    r"(?: (?:us|u\.s\.) state of| us-staat| us-bundesstaat| bundesstaat| el estado de| stanie)?"
)
# Case endings of Turkish, which an apostrophe parts from a name.
_TURKISH = r"(?:y?[ea]|[dt][ea]n?|n?[iı]n)\b"


class Cues:
    """Everything in the file; each pattern is compiled once it is asked for, since a short text wants few of them."""

    def __init__(self, data: dict[str, Any]) -> None:
        places, honorifics = data["elsewhere"], data["honorifics"]
        self._places, self._spelling, self._data = places, data["spelling"], data
        self.roles = frozenset(word for words in data["roles"].values() for word in words.split())
        self.openers = frozenset(data["openers"]["words"].split())
        self.ladies = frozenset(honorifics["f"].split())
        self.gentlemen = frozenset(honorifics["m"].split())
        self.titled = frozenset(f"{honorifics['f']} {honorifics['m']} {honorifics['of']}".split())
        self.daughters = frozenset(places["daughters"].split())
        self.surnames = frozenset(places["surnames"].split())
        self.between = frozenset(data["spelling"]["between"].split())
        self.joining = frozenset(data["spelling"]["joining"].split())
        self.small = frozenset(data["works"]["small"].split())
        self.hyphened = frozenset(data["hyphens"]["parts"].split())
        self.meetings = frozenset(data["hyphens"]["meetings"].split())

    @cached_property
    def countries(self) -> dict[str, re.Pattern[str]]:
        """By country (ISO 3166): its names, and what they make adjectives of."""
        own = self._data["countries"]
        return {code: re.compile(rf"\b(?:{any_of(words.split())})(?!\w)") for code, words in own.items()}

    @cached_property
    def elsewhere(self) -> re.Pattern[str]:
        """What follows a town of that name elsewhere: a state, a province, a country of the past."""
        words = any_of(_phrases(self._places["names"]))
        return re.compile(rf"'?[,-]? ?(?:{_WITHIN} )?\(?(?:{words})(?!\w|'(?!{_TURKISH}))")

    @cached_property
    def in_doubt(self) -> re.Pattern[str]:
        """Capitals and countries that place a town elsewhere where they end the phrase."""
        words = any_of(_phrases(self._places["in_doubt"]))
        return re.compile(rf"'?, (?:{words})(?=[,.;:)]|$)(?!, [^,.]+ and\b)")

    @cached_property
    def codes(self) -> re.Pattern[str]:
        """A postal code of two capitals after a name; over the text as it stands."""
        return re.compile(rf"(?:,\s| \(| (?=\w+ \d{{5}}))(?:{any_of(self._places['codes'].split())})\b(?! [a-z]+ing\b)")

    @cached_property
    def elsewhere_before(self) -> re.Pattern[str]:
        """What stands right before a town of that name elsewhere."""
        return re.compile(rf"(?:{any_of(self._places['before'])}) ?$")

    @cached_property
    def beside(self) -> re.Pattern[str]:
        """What nearby tells of a town of that name elsewhere."""
        return re.compile(rf"\b(?:{any_of(_phrases(self._places['near']))})\b")

    @cached_property
    def things(self) -> re.Pattern[str]:
        """Kinds of things that bear towns' names."""
        return re.compile(rf"\b(?:{any_of(_phrases(self._data['things']['nouns']))})s?\b")

    @cached_property
    def works(self) -> re.Pattern[str]:
        """Kinds of works, right before a title."""
        return re.compile(rf"(?:^|\W)(?:{any_of(self._data['works']['nouns'].split())}),? ?$")

    @cached_property
    def spelling(self) -> re.Pattern[str]:
        """What makes a sentence one about the spelling."""
        return re.compile("|".join(self._spelling["sentence"]))

    @cached_property
    def spelling_before(self) -> re.Pattern[str]:
        """What right before a name makes it a spelling."""
        return re.compile(rf"(?:^|[^\w])(?:{'|'.join(self._spelling['prev'])}) ?{OPENING} ?$")

    @cached_property
    def spelling_after(self) -> re.Pattern[str]:
        """What right after a name makes it a spelling."""
        return re.compile(rf" ?{CLOSING}[ ,]{{1,2}}(?:{'|'.join(self._spelling['next'])})")

    @cached_property
    def spelling_after_place(self) -> re.Pattern[str]:
        """The same, only of a place."""
        return re.compile(rf"{CLOSING}[ ,]{{1,2}}(?:{'|'.join(self._spelling['next_place'])})")

    @cached_property
    def contrast(self) -> re.Pattern[str]:
        """What sets two spellings against each other."""
        return re.compile(rf"\b(?:{'|'.join(self._spelling['contrast'])})(?!\w)")

    @cached_property
    def glossed(self) -> re.Pattern[str]:
        """What opens brackets with further spellings."""
        return re.compile(rf" ?(?:{'|'.join(self._spelling['glossed'])})\b")

    @cached_property
    def past(self) -> re.Pattern[str]:
        """What makes a sentence one about a past age."""
        return re.compile("|".join(self._data["past"]["sentence"]))

    @cached_property
    def vetoes(self) -> dict[str, Vetoes]:
        """The vetoes by type of bearer: of persons and of places."""
        vetoes = tuple(map(veto_of, self._data["veto"]))
        return {kind: Vetoes.of(veto for veto in vetoes if kind in veto.types) for kind in _KINDS}


@cache
def cues() -> Cues:
    """The cues."""
    return Cues(tomllib.loads(read_text("names/cues.toml")))


def _phrases(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]
