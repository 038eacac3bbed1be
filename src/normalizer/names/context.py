"""The surroundings of a match: its sentence, its quotes, what stands right before and after.

In flow a :class:`View` and spans of it. Out flow small facts; nothing is decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from normalizer.names.fold import CLOSING, View

_SENTENCE_END = re.compile(rf"[.!?\N{{HORIZONTAL ELLIPSIS}}][{CLOSING})\]]* (?=\S)|\n")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"'])(?:(?:\w\.)*\w|mr|mrs|ms|dr|st|gen|col|lt|sen|rep|gov|sgt|capt|prof|sr|sra|hr|fr|ул|вул|ul|no|u\.s|u\.k)\.$"
)
_PAIRS = {
    "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{DOUBLE LOW-9 QUOTATION MARK}": "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    "\N{LEFT SINGLE QUOTATION MARK}": "\N{RIGHT SINGLE QUOTATION MARK}",
    "\N{SINGLE LOW-9 QUOTATION MARK}": "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}",
    '"': '"',
    "'": "'",
}
# A quotation longer than this is speech, and is looked at for its end no further.
_QUOTE_REACH = 400
# Text without full stops or line breaks is looked at no further than this, so that work grows linearly.
_SENTENCE_REACH = 500
_PARAGRAPH_REACH = 4000
# A text so short is asked once as a whole, and sentence by sentence only where that finds something.
_WHOLE_REACH = 20_000
_LATIN_END = "\u024f"
NEAR = 90
_HEADLINE_WORDS = 4  # fewer are a fragment, and its capitals say as much as in a sentence


_CYRILLIC = frozenset({"uk", "ru", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"})
_OTHER_SCRIPTS = {"el": "U+03", "he": "U+05", "ar": "U+06", "fa": "U+06", "hy": "U+05", "ka": "U+10"}


def language_script(language: str) -> str:
    """The script in which a language is written, as :func:`script_of` names it."""
    return "Cyrl" if language in _CYRILLIC else _OTHER_SCRIPTS.get(language, "Latn")


def script_of(text: str) -> str:
    """``Latn``, ``Cyrl`` or ``Zyyy`` by the first letter that says so; other scripts give their block."""
    for letter in text:
        if letter.isalpha():
            if letter <= _LATIN_END or "\u1e00" <= letter <= "\u1eff":
                return "Latn"
            return "Cyrl" if "\u0400" <= letter <= "\u052f" else f"U+{ord(letter) >> 8:02X}"
    return "Zyyy"


class Context:
    """Facts about places in one folded text."""

    def __init__(self, view: View, language: str) -> None:
        self.view = view
        self.language = language
        self.text = view.text
        self._found: dict[tuple[re.Pattern[str], int, int], str] = {}

    @cached_property
    def _ends(self) -> list[int]:
        ends = (
            match.end()
            for match in _SENTENCE_END.finditer(self.text)
            if not _ABBREVIATED.search(self.text[max(0, match.start() - 8) : match.start() + 1])
        )
        return [0, *ends, len(self.text)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence (in the view) that holds the span, no further than its reach to either side."""
        ends = self._ends
        first = ends[bisect_right(ends, start) - 1]
        last = ends[min(bisect_right(ends, end - 1), len(ends) - 1)]
        return max(first, start - _SENTENCE_REACH), min(last, end + _SENTENCE_REACH)

    def in_sentence(self, pattern: re.Pattern[str], start: int, end: int) -> str:
        """What a pattern finds in the sentence that holds the span; sought once a sentence."""
        return self.sought(pattern, *self.sentence(start, end))

    def nearby(self, pattern: re.Pattern[str], start: int, end: int) -> str:
        """What a pattern finds in the sentence that holds the span, in the one before it or in the one after."""
        if len(self.text) <= _WHOLE_REACH and not self.sought(pattern, 0, len(self.text)):
            return ""
        first, last = self.sentence(start, end)
        before = self.sentence(first - 1, first)[0] if first and self.text[first - 1] != "\n" else first
        after = self.sentence(last, last + 1)[1] if last < len(self.text) and self.text[last - 1] != "\n" else last
        return self.sought(pattern, max(before, start - _SENTENCE_REACH), min(after, end + _SENTENCE_REACH))

    def in_paragraph(self, pattern: re.Pattern[str], start: int, end: int) -> str:
        """What a pattern finds in the line or paragraph around the span, no further than its reach."""
        floor, ceiling = max(0, start - _PARAGRAPH_REACH), end + _PARAGRAPH_REACH
        first = max(self.text.rfind("\n", floor, start) + 1, floor)
        last = self.text.find("\n", end, ceiling)
        return self.sought(pattern, first, last if last >= 0 else ceiling)

    def sought(self, pattern: re.Pattern[str], first: int, last: int) -> str:
        """What a pattern finds in a span of the view; sought once."""
        key = (pattern, first, last)
        if key not in self._found:
            match = pattern.search(self.text, first, last)
            self._found[key] = match.group().strip() if match else ""
        return self._found[key]

    def before(self, start: int) -> str:
        """What stands before, in the same line or paragraph."""
        return self.text[max(0, start - NEAR) : start].rpartition("\n")[2]

    def after(self, end: int) -> str:
        """What stands after, in the same line or paragraph."""
        return self.text[end : end + NEAR].partition("\n")[0]

    def raw(self, start: int, end: int) -> str:
        """The source of a span of the view."""
        first, last = self.view.raw(start, end)
        return self.view.source[first:last]

    def opens_line(self, start: int) -> bool:
        """Whether a line break stands right before a place of the view: the words before may be another line's."""
        first = self.view.raw(start, start + 1)[0]
        return not {"\n", "\r"}.isdisjoint(self.view.source[max(0, first - 2) : first])

    def opens(self, start: int) -> bool:
        """Whether no letter or figure stands before a place of the view in its sentence."""
        return not any(map(str.isalnum, self.text[self.sentence(start, start + 1)[0] : start]))

    def quoted(self, start: int, end: int) -> tuple[int, int] | None:
        """The inside of the innermost quotation around a span, in source offsets; None outside of one."""
        first, last = self.view.raw(start, end)
        source = self.view.source
        floor, ceiling = max(0, first - _QUOTE_REACH), min(len(source), last + _QUOTE_REACH)
        line = max(source.rfind("\n", floor, first) + 1, floor)
        stop = source.find("\n", last, ceiling)
        limit = stop if stop >= 0 else ceiling
        best: tuple[int, int] | None = None
        for opening, closings in _PAIRS.items():
            begin = _opened(source, line, first, opening, closings)
            if begin is None:
                continue
            ends = [at for closing in closings if (at := _closed(source, last, limit, closing)) >= 0]
            if ends and (best is None or begin > best[0]):
                best = (begin, min(ends))
        return best

    def emphasised(self, start: int, end: int) -> tuple[int, int] | None:
        """The inside of single asterisks around a span, in source offsets; Markdown sets titles so."""
        first, last = self.view.raw(start, end)
        source = self.view.source
        opening = source.rfind("*", max(0, first - NEAR), first)
        closing = source.find("*", last, last + NEAR)
        if opening < 0 or closing < 0 or "\n" in source[opening:closing]:
            return None
        single = source[opening - 1 : opening] != "*" and source[closing + 1 : closing + 2] != "*"
        return (opening + 1, closing) if single and not source[opening + 1].isspace() else None

    def alone_in_quotes(self, start: int, end: int) -> bool:
        """Whether quotation marks or emphasis hold the span and nothing else."""
        first, last = self.view.raw(start, end)
        source = self.view.source
        before, after = source[first - 1 : first] if first else "", source[last : last + 1]
        if before == after == "*":
            return source[first - 2 : first - 1] != "*"
        return bool(after) and after in (_PAIRS.get(before) or "")

    def in_brackets(self, start: int, end: int) -> str | None:
        """The folded inside of the round brackets around a span, or None."""
        text = self.text
        opening = text.rfind("(", max(0, start - NEAR), start)
        if opening < 0 or ")" in text[opening:start] or "\n" in text[opening:start]:
            return None
        closing = text.find(")", end, end + NEAR)
        return text[opening + 1 : closing] if closing >= 0 and "\n" not in text[end:closing] else None

    def titled(self, start: int, end: int) -> bool:
        """Whether the span stands in a headline: in title case, and without a full stop."""
        return self.unstopped(start, end) and len(self.raw(*self.sentence(start, end)).split()) >= _HEADLINE_WORDS

    def unstopped(self, start: int, end: int) -> bool:
        """Whether the span stands in words of title case or capitals that no full stop ends."""
        return self.headline(start, end) and not self.raw(*self.sentence(start, end)).rstrip().endswith(".")

    def headline(self, start: int, end: int) -> bool:
        """Whether the sentence has its words in capitals or title case, so that a capital says nothing."""
        first, last = self.sentence(start, end)
        raw = self.raw(first, last) if last > first else ""
        words = [word for word in re.findall(r"[^\W\d_]+", raw) if len(word) > 3]
        small = sum(word[0].islower() for word in words)
        return bool(small * 4 <= len(words))


def _opened(source: str, line: int, first: int, opening: str, closings: str) -> int | None:
    """Where the quotation that is open at ``first`` begins (after its mark), if one is."""
    if opening == closings:
        signs = _positions(source, opening, line, first)
        marks = [at for at in signs if _opens(source, at)]
        shut = [at for at in signs if not _opens(source, at)]
        if (
            not marks
            or (shut and shut[-1] > marks[-1] and opening == "'")
            or (opening == '"' and (len(marks) + len(shut)) % 2 == 0)
        ):
            return None
        return marks[-1] + 1
    begin = source.rfind(opening, line, first)
    if begin < 0 or any(
        source.find(closing, begin + 1, first) >= 0 for closing in closings if not _inner(source, closing, begin, first)
    ):
        return None
    return begin + 1


def _positions(source: str, sign: str, first: int, last: int) -> list[int]:
    found = []
    at = source.find(sign, first, last)
    while at >= 0:
        found.append(at)
        at = source.find(sign, at + 1, last)
    return found


def _inner(source: str, closing: str, begin: int, first: int) -> bool:
    """Whether every such mark in between is an apostrophe within a word."""
    return closing == "\N{RIGHT SINGLE QUOTATION MARK}" and all(
        source[at - 1].isalpha() and source[at + 1 : at + 2].isalpha()
        for at in range(begin + 1, first)
        if source[at] == closing
    )


def _opens(source: str, at: int) -> bool:
    return (at == 0 or not source[at - 1].isalnum()) and source[at + 1 : at + 2].strip() != ""


def _closed(source: str, last: int, limit: int, closing: str) -> int:
    at = source.find(closing, last, limit)
    while at >= 0 and closing in "'\N{RIGHT SINGLE QUOTATION MARK}" and source[at + 1 : at + 2].isalpha():
        at = source.find(closing, at + 1, limit)
    return at
