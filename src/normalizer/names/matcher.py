"""The matcher: where names of the table stand in a folded text.

In flows a :class:`View`. Out flow :class:`Match` values: each form of each entity that stands there as
whole words, a surname joined with the given name or the initials before it. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from normalizer.names.entity import Entity, Form
from normalizer.names.fold import View
from normalizer.names.given import is_given
from normalizer.names.table import AliasTable

_WORD = re.compile(r"\w+")
# What may stand between a letter and an apostrophe before a name: elided articles and prepositions.
_PARTICLES = "d l qu j n s m t c jusqu lorsqu puisqu dell all nell dall sull un degl agl"
_ELIDED = frozenset(_PARTICLES.split())
_SUFFIX = re.compile(r"'\w{1,6}")
_BEFORE = re.compile(r"(?:(?<=\s)|(?<=[^\w.])|^)([^\W\d_][\w'.\-]*) $")
_INITIALS = re.compile(r"(?:[^\W\d_]\. ?)+$|[^\W\d_]\.-?[^\W\d_]\. ?$")
_PATRONYMIC = re.compile(
    r"\w+(?:ovich|ovych|evich|evych|yovych|iovych|owitsch|ович|евич|євич|івна|ївна|овна|евна|ovna|evna|ivna|yivna|iivna)"
)
_LOOK_BACK = 80
_OPEN_QUOTE = re.compile(r"(?<!\w)'[^'\n]*$")
# An alias longer than this counts as standing wherever its key word does: a part of the text is asked.
_LONG = 120
_REMEMBERED = 50_000  # words whose aliases are kept at hand


@dataclass(slots=True)
class Match:
    """A form at ``start``–``end`` of the view, with what belongs to it.

    ``family`` is the span of the form itself; ``given`` the span of the given name before (or after) it;
    ``initials`` whether initials of the bearer stand there; ``other`` a given name or initials that are
    not the bearer's. ``genitive`` says that a German ``s`` follows. ``level`` is the layer's.
    ``awake`` is taken away where nothing about the match needs to be decided.
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

    @property
    def names_person(self) -> bool:
        """Whether a person is named in full, so that nobody else can be meant."""
        return self.entity.type == "person" and self.full

    @property
    def full(self) -> bool:
        """Whether the mention names the bearer in full."""
        return self.given is not None or self.form.part == "full"


class Known(NamedTuple):
    """A form under its key word, ``offset`` code points into it; ``genitive``: without the word's last ``s``."""

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
        self._rewritable: dict[tuple[str, str], list[tuple[Form, int, bool]]] = {}

    def matches(self, view: View) -> list[Match]:
        """All matches, overlapping ones too, sorted by start."""
        text = view.text
        found: list[Match] = []
        for word in _WORD.finditer(text):
            for form, offset, genitive, level, entity in self._with(word.group()):
                match = _at(text, word.start() - offset, form, entity, level, genitive)
                if match is not None:
                    found.append(match)
        found.sort(key=lambda match: (match.start, -match.end))
        return found

    def _with(self, word: str) -> list[Known]:
        """The forms that hold a word of a folded text as their key word; remembered from text to text."""
        known = self._remembered.get(word)
        if known is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            known = self._remembered[word] = [
                Known(form, offset, genitive, level, entity)
                for key, genitive in _keys(word)
                for level, entity in self._owners(key)
                for form, offset in entity.by_key.get(key, ())
            ]
        return known

    def rewritable(self, word: str, language: str) -> list[tuple[Form, int, bool]]:
        """The aliases around a key word that are rewritten in ``language`` (empty: in some), as
        :meth:`stands` takes them.
        """
        key = (word, language)
        found = self._rewritable.get(key)
        if found is None:
            if len(self._rewritable) >= _REMEMBERED:
                self._rewritable.clear()
            found = self._rewritable[key] = [
                (form, offset, genitive)
                for form, offset, genitive, _, entity in self._with(word)
                if form.kind == "alias" and form.use != "recognise" and _rewritten_in(language, entity, form)
            ]
        return found

    @staticmethod
    def stands(text: str, start: int, aliases: list[tuple[Form, int, bool]]) -> bool:
        """Whether one of :meth:`rewritable` may stand around its key word at ``start`` of a folded text."""
        return any(
            len(form.folded) > _LONG or _stands(text, start - offset, form, genitive)
            for form, offset, genitive in aliases
        )

    def _owners(self, word: str) -> list[tuple[int, Entity]]:
        table = self._table
        return [
            (level, layer.entity(number, self._style))
            for level, layer in enumerate(table.layers)
            for number in layer.with_word(word)
            if (level, number) not in table.masked
        ]


def _rewritten_in(language: str, entity: Entity, form: Form) -> bool:
    if not language:
        return True
    own = entity.family if form.part == "family" else entity.canonical
    return (form.langs is None or language in form.langs) and own.get(language) != form.surface


def _keys(word: str) -> Iterator[tuple[str, bool]]:
    yield word, False
    if word.endswith("s") and len(word) > 3:
        yield word[:-1], True


def _stands(text: str, start: int, form: Form, genitive: bool) -> bool:
    """Whether a form stands at ``start`` as whole words, with a German genitive ``s`` or without."""
    end = start + len(form.folded)
    if start < 0 or not text.startswith(form.folded, start):
        return False
    if form.folded[-1] == "'" and _OPEN_QUOTE.search(text, max(0, start - _LOOK_BACK), start):
        return False  # a quotation mark, not the soft sign at the end of a name
    if not genitive:
        return _ends(text, end) and _begins(text, start)
    if text[end : end + 1] != "s" or _letter(text, end + 1) or form.kind not in {"alias", "canonical"}:
        return False
    return _begins(text, start)


def _at(text: str, start: int, form: Form, entity: Entity, level: int, genitive: bool) -> Match | None:
    if not _stands(text, start, form, genitive):
        return None
    end = start + len(form.folded)
    match = Match(start, end, entity, form, level, (start, end), genitive=genitive)
    if entity.type == "person" and form.part == "family":
        _join_given(text, match)
    return match


def _letter(text: str, position: int) -> bool:
    letter = text[position : position + 1]
    return letter.isalnum() or letter == "_"


def _begins(text: str, start: int) -> bool:
    if not start:
        return True
    before = text[start - 1]
    if before.isalnum() or before == "_":
        return False
    if before == "'" and start > 1 and text[start - 2].isalpha():
        particle = _WORD.findall(text[max(0, start - 12) : start - 1])
        return bool(particle) and particle[-1] in _ELIDED
    return True


def _ends(text: str, end: int) -> bool:
    if _letter(text, end):
        return False
    if text[end : end + 1] == "'" and _letter(text, end + 1):
        # A possessive or a case suffix; anything longer is a name with an apostrophe in it.
        suffix = _SUFFIX.match(text, end)
        return suffix is not None and not _letter(text, suffix.end())
    return True


def _join_given(text: str, match: Match) -> None:
    """Extend a surname over the given name, the initials or both that stand before it, or note another's."""
    entity = match.entity
    position = match.start
    for _ in range(3):
        head = text[max(0, position - _LOOK_BACK) : position]
        initials = _INITIALS.search(head)
        if initials is not None and not (initials.start() and head[initials.start() - 1].isalnum()):
            _join_initials(match, initials.group(), position - len(initials.group()), text)
            return
        before = _BEFORE.search(head)
        if before is None:
            break
        word = before.group(1)
        particle, elided, name = word.partition("'")
        if elided and particle in _ELIDED and (name in entity.given or is_given(name)):
            word = name
        start = position - len(word) - 1
        whole = _joined(text, start, word, entity)
        if whole is not None:
            start, word = whole
            match.given = (start, start + len(word))
            match.kept_given = word in entity.given_kept
            match.start = start
            return
        if word not in entity.middle and not _PATRONYMIC.fullmatch(word):
            match.other = word if position == match.start or is_given(word) else ""
            return
        position = start
    _join_after(text, match)


def _joined(text: str, start: int, word: str, entity: Entity) -> tuple[int, str] | None:
    """The given name that ends with ``word`` at ``start``: one word, or two for ``Ana Maria``."""
    names = entity.given | entity.given_kept
    longer = [name for name in names if name.endswith(" " + word)]
    for name in sorted(longer, key=lambda name: (-len(name), name)):
        begin = start + len(word) - len(name)
        if begin >= 0 and text.startswith(name, begin) and not (begin and _letter(text, begin - 1)):
            return begin, name
    return (start, word) if word in names else None


def _join_initials(match: Match, initials: str, start: int, text: str) -> None:
    entity = match.entity
    letters = initials.replace(".", "").replace("-", "").split() or [""]
    compact = initials.strip()
    if compact in entity.given_kept or compact.replace(" ", "") in entity.given_kept:
        match.given, match.kept_given, match.start = (start, start + len(compact)), True, start
        return
    before = _BEFORE.search(text[max(0, start - _LOOK_BACK) : start])
    if before is not None and before.group(1) in entity.given | entity.given_kept:
        match.given = (start - len(before.group(1)) - 1, start - 1)
        match.kept_given = before.group(1) in entity.given_kept
        match.start = match.given[0]
    elif before is not None and is_given(before.group(1)):
        match.other = before.group(1)
    elif letters[0][:1] in entity.initials or not entity.initials:
        match.initials = True
    else:
        match.other = compact


def _join_after(text: str, match: Match) -> None:
    """Take in a given name after the surname, as lists have it: ``Zelenskyy Volodymyr``."""
    end = match.end
    if text[end : end + 1] != " " or match.genitive:
        return
    word = _WORD.match(text, end + 1)
    if word is None or word.group() not in match.entity.given or _letter(text, word.end()):
        return
    rest = text[word.end() : word.end() + 2]
    if rest[:1] == " " and rest[1:].isalpha():
        return
    match.given = word.span()
    match.end = word.end()
