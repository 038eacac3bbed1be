"""The gate: proves of clean text that no repair has anything to do.

In flows a text, out flows a yes or no. It lets through everything that any encoding rule, or ftfy in its
careful setting, would change. One search finds characters and pairs of characters that are trouble, may be
trouble by their neighbours, or stand in words that must be weighed. ftfy is not imported: its heuristic
matches only where one of the pairs stands, which a test proves against ftfy itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from normalizer.encoding.pairs import BESIDE, BORDER, CERTAIN, CLOSING, Place, find_places, is_free

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ASCII_TROUBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]|&[A-Za-z#]")
_JOINERS = re.compile(
    "[\u200c\u200d](?<![\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1700-\u1c4f\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefe][\u200c\u200d])"
)
# Spaces and dashes beyond ASCII that may stand beside a symbol.
_HARMLESS = frozenset("\u00a0\u2013\u2014\u2015\u2026\u2019\u202f")

CLEAN, CHARACTERS, DOUBTFUL, TROUBLED = range(4)


_LINE = 300  # code points up to which a text is more often free of suspicion than not


def needs_repair(text: str) -> bool:
    """Whether any repair may have something to do in ``text``."""
    if len(text) <= _LINE and not text.isascii() and is_free(text):
        return _has_loose_characters(text)
    return suspicion(text) != CLEAN


def suspicion(text: str) -> int:
    """How suspicious ``text`` is: ``CLEAN``; ``CHARACTERS``, a matter for the rules for characters alone;
    ``DOUBTFUL``, words that read badly; ``TROUBLED``, what ftfy may change.
    """
    lately = _lately[0]
    if lately[0] is text:
        return lately[1]
    level = _suspicion(text)
    if len(text) <= _REMEMBERED:
        _lately[0] = text, level
    return level


# The text asked for last and the answer: stages and rounds ask for the same text one after another.
_lately: list[tuple[str, int]] = [("", CLEAN)]
_REMEMBERED = 100_000  # code points, to bound memory


def _suspicion(text: str) -> int:
    if text.isascii():
        return CHARACTERS if ("&" in text or not text.isprintable()) and _ASCII_TROUBLE.search(text) else CLEAN
    try:
        level = _weigh(text, find_places(text))
    except UnicodeEncodeError:  # a lone surrogate
        return TROUBLED
    return CHARACTERS if level == CLEAN and _has_loose_characters(text) else level


def _has_loose_characters(text: str) -> bool:
    """Whether marks wait to be composed, or references and joiners stand in ``text`` that may have to go."""
    if not unicodedata.is_normalized("NFC", text) or ("&" in text and _ASCII_TROUBLE.search(text)):
        return True
    return ("\u200d" in text or "\u200c" in text) and bool(_JOINERS.search(text))


def _is_habit(text: str) -> bool:
    """Whether nothing but the habits of a language's writers, like ý þ ð for ı ş ğ, makes words read badly.

    The search would leave a few such words (see ``habits``), so it need not look at them.
    """
    from normalizer.encoding.habits import are_habitual

    words = text.split()
    return are_habitual(words, [word for word in words if not word.isascii() and _excess(word)])


_FEW_WINDOWS = 4  # windows with nothing worse that are no reason to look


def _weigh(text: str, places: Iterable[Place]) -> int:
    doubtful: list[Place] = []
    level = CLEAN
    troubles = 0
    for place in places:
        kind = place.kind
        if kind == CERTAIN:
            return TROUBLED
        if kind in _BY_NEIGHBOURS:
            trouble = _is_beside(text, place) if kind == BESIDE else _is_closing(text, place)
            troubles += trouble
            if trouble and _is_plain_trouble(text, place, troubles):
                return TROUBLED
            if not trouble and (kind == CLOSING or not _is_in_word(text, place)):
                continue
        elif kind == BORDER:
            level = CHARACTERS
        doubtful.append(place)
    if troubles and _is_bad(text):
        return TROUBLED
    for number, (start, end) in enumerate(_bad_windows(text, doubtful)):
        if number >= _FEW_WINDOWS or not _is_habit(text[start:end]):
            return DOUBTFUL
    return max(level, CHARACTERS) if troubles else level


def _is_plain_trouble(text: str, place: Place, number: int) -> bool:
    """Whether no more need be looked at: ftfy agrees at the first trouble, or one follows another from the start."""
    if number == 1:
        return _is_bad(text[: place.end + _NEAR])
    return number == _MANY and place.end <= _MANY * _DENSELY


_MANY, _DENSELY = 24, 6  # so many troubles, in so many characters each


_BY_NEIGHBOURS = frozenset({BESIDE, CLOSING})


def _is_beside(text: str, place: Place) -> bool:
    """Whether a symbol stands beside another character above ASCII that makes it trouble."""
    return _above(text[max(place.start - 1, 0) : place.start]) or _above(text[place.end : place.end + 1])


def _is_closing(text: str, place: Place) -> bool:
    """Whether a letter and a quotation mark stand in the middle of a word."""
    following = text[place.end : place.end + 1]
    return following.isalnum() or following == "_" or "a" <= text[max(place.start - 1, 0) : place.start] <= "z"


def _is_in_word(text: str, place: Place) -> bool:
    return text[max(place.start - 1, 0) : place.start].isalpha() or text[place.end : place.end + 1].isalpha()


def _is_bad(text: str) -> bool:
    """What ftfy itself says of a text that holds what its heuristic asks for."""
    from ftfy.badness import is_bad

    return is_bad(text)


def _above(character: str) -> bool:
    return character >= "\x80" and character not in _HARMLESS


def doubtful_spans(text: str) -> list[tuple[int, int]]:
    """The spans (code points) of a ``DOUBTFUL`` text around words that read badly; all of it if they are half."""
    windows: list[tuple[int, int]] = []
    covered = 0
    for start, end in _bad_windows(text, find_places(text)):
        windows.append((start, end))
        covered += end - start
        if 2 * covered >= len(text):
            return [(0, len(text))]
    return windows


def _bad_windows(text: str, doubtful: Iterable[Place]) -> Iterator[tuple[int, int]]:
    """Windows around doubtful pairs whose words, together, read badly enough to look into."""
    from normalizer.encoding.plausibility import SUSPECT

    last = seen = 0
    for start, end, _ in doubtful:
        if end <= last or end <= seen:
            continue
        first, seen = _word_around(text, start, end)
        if not any(_excess(word) for word in _words(text, first, seen)):
            continue  # the word that holds the pair reads well
        begin = max(text.rfind(" ", 0, max(last, start - _NEAR)) + 1, last)
        last = text.find(" ", end + _NEAR)
        last = len(text) if last < 0 else last
        found = [_excess(word) for word in _words(text, begin, last)]
        excess = sum(found)
        sound = found.count(0)
        plenty = _PLENTY if len(found) - sound > 1 or sound < _SOUND else 2 * _PLENTY
        if excess >= plenty or (excess >= SUSPECT and 2 * sound <= len(found)):
            yield begin, last


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    last = text.find(" ", end)
    return text.rfind(" ", 0, start + 1) + 1, len(text) if last < 0 else last


def _words(text: str, start: int, end: int) -> list[str]:
    return [word for word in text[start:end].split() if not word.isascii()]


_NEAR = 115  # code points on each side of a doubtful pair whose words are weighed with it
_PLENTY = 60  # excess from which on it does not matter how few of the words read badly; twice that for a
_SOUND = 4  # single word among so many that read well


@lru_cache(maxsize=50_000)
def _excess(word: str) -> int:
    from normalizer.encoding.homoglyphs import in_cyrillic
    from normalizer.encoding.plausibility import token

    return token(in_cyrillic(word)).excess
