"""Joining: the given name, the patronymic or the initials that belong to a surname.

In flow a folded text and a match of a surname in it. The match flows out over its given name, or knows of another's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from normalizer.names.edges import ELIDED, LOOK_BACK, letter
from normalizer.names.entity import Entity
from normalizer.names.given import is_given

if TYPE_CHECKING:
    from normalizer.names.matcher import Match

_WORD = re.compile(r"\w+")
_BEFORE = re.compile(r"(?:(?<=\s)|(?<=[^\w.])|^)([^\W\d_][\w'.\-]*) $")
# A paragraph may end with initials of its own ("the U.S."), which no surname of the next one takes.
_INITIALS = re.compile(r"(?:[^\W\d_]\. ?)+\Z|[^\W\d_]\.-?[^\W\d_]\. ?\Z")
_PATRONYMIC = re.compile(
    r"\w+(?:ovich|ovych|evich|evych|yovych|iovych|owitsch|ович|евич|євич|івна|ївна|овна|евна|ovna|evna|ivna|yivna|iivna)"
)
_BESIDE = frozenset(" .\n")  # what ends a given name or initials before a surname


def join_given(text: str, match: Match) -> None:
    """Extend a surname over the given name, the initials or both that stand before it, or note another's."""
    entity = match.entity
    position = match.start
    for _ in range(3):
        head = text[max(0, position - LOOK_BACK) : position]
        if head[-1:] not in _BESIDE:
            break
        initials = _INITIALS.search(head) if "." in head[-3:] else None
        if initials is not None and not (initials.start() and head[initials.start() - 1].isalnum()):
            _join_initials(match, initials.group(), position - len(initials.group()), text)
            return
        # No blank is in a word: what stands before the last but one need not be looked at.
        before = _BEFORE.search(head[max(0, head.rfind(" ", 0, -1)) :]) if head[-1] != "." else None
        if before is None:
            break
        word = before.group(1)
        particle, elided, name = word.partition("'")
        if elided and particle in ELIDED and (name in entity.given or is_given(name)):
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
    for name in entity.compounds:
        begin = start + len(word) - len(name)
        if (
            name.endswith(" " + word)
            and begin >= 0
            and text.startswith(name, begin)
            and not (begin and letter(text, begin - 1))
        ):
            return begin, name
    return (start, word) if word in entity.given or word in entity.given_kept else None


def _join_initials(match: Match, initials: str, start: int, text: str) -> None:
    entity = match.entity
    letters = initials.replace(".", "").replace("-", "").split() or [""]
    compact = initials.strip()
    if compact in entity.given_kept or compact.replace(" ", "") in entity.given_kept:
        match.given, match.kept_given, match.start = (start, start + len(compact)), True, start
        return
    before = _BEFORE.search(text[max(0, start - LOOK_BACK) : start])
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
    if word is None or word.group() not in match.entity.given or letter(text, word.end()):
        return
    rest = text[word.end() : word.end() + 2]
    if rest[:1] == " " and rest[1:].isalpha():
        return
    match.given = word.span()
    match.end = word.end()
