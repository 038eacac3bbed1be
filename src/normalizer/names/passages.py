"""Passages: in which language the line or the quotation around a name is written.

In flow a view, the names in it and somebody to ask for the language of a text. Out flow language codes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from normalizer.names.context import Context
from normalizer.names.fold import View
from normalizer.names.matcher import Match

# Letters outside names from which a line says in which language it is; fewer may be told wrongly.
_TELLING = 25
_NEAR_LINES = 200  # code points before, and after, that are asked where the line itself has too few
# A quotation's own words say in which language it is from so many letters and words on, and so surely.
_QUOTED, _QUOTED_WORDS, _SURE, _SURE_NEAR = 8, 2, 0.8, 0.95
# Of 436 short lines of the traps in the language that they are said to be in, none is told as another so surely.
_SURE_SHORT = 0.93
# What a name leaves behind reads like an elided word of French.
_POSSESSIVE = re.compile(r"(?<!\w)['\N{RIGHT SINGLE QUOTATION MARK}]s\b")
_EAST_SLAVIC = frozenset({"be", "ru", "uk"})


# Letters outside names without which the names alone would say the language: Alexander Lukashenko is any one's.
_LEAST = 6


def told_between(words: str, text: str, language: Callable[[str], str]) -> str:
    """The language of a text: that of the ``words`` between its names, or of all where those do not tell it.

    ``und`` where next to nothing but names stands.
    """
    code = language(words)
    return language(text) if code == "und" and sum(map(str.isalpha, words)) >= _LEAST else code


def nameless(view: View, matches: list[Match], first: int, last: int) -> str:
    """A stretch of the source (code points) with a space for each of the ``matches`` in it."""
    source, parts, position = view.source, [], first
    for match in matches:
        start, end = view.raw(match.start, match.end)
        if start >= position:
            parts += [source[position:start], " "]
        position = max(position, end)
    return "".join([*parts, source[position:last]])


class Passages:
    """The lines and quotations of one document; each is asked for its language once."""

    def __init__(self, matches: list[Match], context: Context, language_of: Callable[[str], str]) -> None:
        self._matches = matches
        self._context = context
        self._language = context.language
        self._language_of = language_of
        self._last = (0, 0)
        self._lines: dict[int, str] = {}
        self._quotes: dict[tuple[int, int], str] = {}

    def other_language(self, match: Match) -> str:
        """The language of the line around a match where it is told and another than the document's, or nothing."""
        text = self._context.text
        start, stop = self._line(match)
        if start not in self._lines:
            asked = [self._around(start, stop)]
            if _letters(asked[0]) < _TELLING:
                before, after = max(0, start - _NEAR_LINES), min(len(text), stop + _NEAR_LINES)
                asked = [self._around(before, stop), self._around(start, after)]
            telling = [part for part in asked if _letters(part) >= _TELLING]
            told = (self._language_of(part) for part in telling)
            other = next((code for code in told if code not in {"und", self._language}), "")
            self._lines[start] = other if telling else self._told_in_short(asked[0])
        return self._lines[start]

    def _line(self, match: Match) -> tuple[int, int]:
        """The line that holds the match; kept for the next one, so that a long line is measured once."""
        start, stop = self._last
        if not start <= match.start < stop:
            text = self._context.text
            start = text.rfind("\n", 0, match.start) + 1
            end = text.find("\n", match.end)
            stop = end if end >= 0 else len(text)
            self._last = start, stop
        return start, stop

    def foreign_quote(self, match: Match) -> str:
        """The language of the quotation around a match where it is told and another than the document's, or nothing."""
        quote = self._context.quoted(match.start, match.end)
        if quote is None:
            return ""
        if quote not in self._quotes:
            self._quotes[quote] = self._language_of_quote(*quote)
        return self._quotes[quote]

    def _language_of_quote(self, first: int, last: int) -> str:
        view, matches = self._context.view, self._matches

        def begins(match: Match) -> int:
            return view.raw(match.start, match.end)[0]

        low, high = (bisect_left(matches, place, key=begins) for place in (first, last))
        return self._told_surely(nameless(view, matches[low:high], first, last), _SURE)

    def _told_in_short(self, words: str) -> str:
        """The other language of a text of one short line, where it is told beyond doubt: "der Zug nach Kiev"."""
        if self._language in {"und", *_EAST_SLAVIC}:
            return ""
        return self._told_surely(_POSSESSIVE.sub("", words), _SURE_SHORT)

    def _told_surely(self, words: str, least: float) -> str:
        """The language of a few words where it is told and another than the document's, or nothing."""
        from normalizer.language import detect

        if _letters(words) < _QUOTED or len(words.split()) < _QUOTED_WORDS:
            return ""
        told = detect(words)
        near = told.code in _EAST_SLAVIC and self._language in _EAST_SLAVIC
        sure = told.confidence >= (_SURE_NEAR if near else least)
        return told.code if sure and told.code not in {"und", self._language} else ""

    def _around(self, start: int, stop: int) -> str:
        """A stretch of the view as it stands in the source, without the names in it."""
        low, high = (bisect_left(self._matches, place, key=_start) for place in (start, stop))
        view = self._context.view
        return nameless(view, self._matches[low:high], *view.raw(start, stop))


def _start(match: Match) -> int:
    return match.start


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
