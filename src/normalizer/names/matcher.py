"""The matcher: where names of the table stand in a folded text.

In flows a :class:`View`. Out flow :class:`Match` values: each form of each entity that stands there as
whole words, a surname joined with the given name or the initials before it. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from normalizer.names.edges import LOOK_BACK, SIBILANTS, begins, ends, letter
from normalizer.names.entity import Entity, Form
from normalizer.names.fold import View
from normalizer.names.joining import join_given
from normalizer.names.table import AliasTable

_WORD = re.compile(r"\w+")
_OPEN_QUOTE = re.compile(r"(?<!\w)'[^'\n]*$")
_FEW = 12  # words: for so many searches take less time than to go through a text word by word
_REMEMBERED = 50_000  # words whose aliases are kept at hand


@dataclass(slots=True)
class Match:
    """A form at ``start``–``end`` of the view, with what belongs to it.

    ``family`` is the span of the form itself; ``given`` the span of the given name before (or after) it;
    ``initials`` whether initials of the bearer stand there; ``other`` a given name or initials that are
    not the bearer's. ``genitive`` says that a German ``s`` follows. ``level`` is the layer's.
    ``awake`` is taken away where nothing about the match needs to be decided. ``small`` says that the form
    begins with a small letter in the source; matches of one ``group`` overlap.
    """

    start: int
    end: int
    entity: Entity
    form: Form
    level: int
    family: tuple[int, int]
    given: tuple[int, int] | None = None
    kept_given: bool = False
    initials: bool = False
    other: str = ""
    genitive: bool = False
    awake: bool = True
    small: bool = False
    group: int = 0

    @property
    def names_person(self) -> bool:
        """Whether a person is named in full, so that nobody else can be meant."""
        return self.entity.type == "person" and self.full

    @property
    def listed(self) -> bool:
        """Whether a person's full name stands in the table as it is (Марка Рубіо, a case form), to be kept."""
        whole = self.given is None and self.form.part == "full"
        return whole and self.form.use == "recognise" and self.entity.type == "person"

    @property
    def full(self) -> bool:
        """Whether the mention names the bearer in full."""
        return self.given is not None or self.form.part == "full"


class Known(NamedTuple):
    """A form under its key word, ``offset`` code points into it; ``genitive``: without the word's last ``s``."""

    folded: str
    form: Form
    offset: int
    genitive: bool
    level: int
    entity: Entity


class Matcher:
    """Finds the names of a table in a style."""

    def __init__(self, table: AliasTable, style: str) -> None:
        self._table = table
        self._style = style
        self._remembered: dict[str, list[Known]] = {}

    def matches(self, view: View) -> list[Match]:
        """All matches, overlapping ones too, sorted by start."""
        found: list[Match] = []
        remembered = self._remembered
        for word in _WORD.finditer(view.text):
            known = remembered.get(word[0])
            if known is None:
                known = self._with(word[0])
            if known:
                found += _matches(view.text, word.start(), known)
        found.sort(key=lambda match: (match.start, -match.end))
        return found

    def around(self, text: str, start: int, word: str) -> list[Match]:
        """The matches whose key word is ``word`` at ``start`` of a folded text."""
        return _matches(text, start, self._with(word))

    def _with(self, word: str) -> list[Known]:
        """The forms that hold a word of a folded text as their key word; remembered from text to text."""
        known = self._remembered.get(word)
        if known is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            known = self._remembered[word] = [
                Known(form.folded, form, offset, genitive, level, entity)
                for key, genitive in _keys(word)
                for level, entity in self._owners(key)
                for form, offset in entity.by_key.get(key, ())
            ]
        return known

    def rewritable(self, word: str) -> bool:
        """Whether a folded word is the key word of an alias that is rewritten in some language."""
        return any(form.kind == "alias" and form.use != "recognise" for _, form, *_ in self._with(word))

    def forms_of(self, word: str) -> Iterator[tuple[Form, Entity]]:
        """The forms whose key word is ``word``, and whose they are."""
        return ((known.form, known.entity) for known in self._with(word))

    def _owners(self, word: str) -> list[tuple[int, Entity]]:
        table = self._table
        return [
            (level, layer.entity(number, self._style))
            for level, layer in enumerate(table.layers)
            for number in layer.with_word(word)
            if (level, number) not in table.masked
        ]


def places_of(words: Collection[str], text: str) -> Iterator[tuple[int, str]]:
    """Where some ``words`` stand in a folded text: offset and word; of many in order."""
    if len(words) > _FEW:
        for word in _WORD.finditer(text):
            if word[0] in words:
                yield word.start(), word[0]
        return
    for wanted in sorted(words):
        start = text.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if not letter(text, end) and not (start and letter(text, start - 1)):
                yield start, wanted
            start = text.find(wanted, end)


def _matches(text: str, start: int, known: list[Known]) -> list[Match]:
    """The matches of forms whose key word begins at ``start`` of a folded text."""
    found = []
    for folded, form, offset, genitive, level, entity in known:
        # Most forms end here: only their key word stands.
        if start >= offset and text.startswith(folded, start - offset):
            match = _at(text, start - offset, form, entity, level, genitive)
            if match is not None:
                found.append(match)
    return found


def _keys(word: str) -> Iterator[tuple[str, bool]]:
    yield word, False
    if word.endswith("s") and len(word) > 3 and not word[:-1].endswith(SIBILANTS):
        yield word[:-1], True


def _stands(text: str, start: int, form: Form, genitive: bool) -> bool:
    """Whether a form stands at ``start`` as whole words, with a German genitive ``s`` or without."""
    end = start + len(form.folded)
    if start < 0 or not text.startswith(form.folded, start):
        return False
    if form.folded.endswith("s'") and text[end : end + 1] == " ":
        return False  # a possessive, not the soft sign at the end of a name
    if form.folded[-1] == "'" and _OPEN_QUOTE.search(text, max(0, start - LOOK_BACK), start):
        return False  # a quotation mark, not the soft sign at the end of a name
    if not genitive:
        return ends(text, end) and begins(text, start)
    if text[end : end + 1] != "s" or letter(text, end + 1) or form.kind not in {"alias", "canonical"}:
        return False
    return begins(text, start)


def _at(text: str, start: int, form: Form, entity: Entity, level: int, genitive: bool) -> Match | None:
    if not _stands(text, start, form, genitive):
        return None
    end = start + len(form.folded)
    match = Match(start, end, entity, form, level, (start, end), genitive=genitive)
    if entity.type == "person" and form.part == "family":
        join_given(text, match)
    return match
