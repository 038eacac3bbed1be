"""The folded view of a text: what names are compared in.

In flows a text. Out flows a :class:`View`: the text in lower case, with blanks, apostrophes and
hyphens unified, invisible characters and stress marks gone, letters composed and look-alike letters
of mixed-script words settled, and a map from its offsets (code points) back to those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

APOSTROPHES = (
    "'`\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
    "\N{ACUTE ACCENT}\N{PRIME}\N{FULLWIDTH APOSTROPHE}"
)
OPENING = (
    "\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{DOUBLE LOW-9 QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"
)
CLOSING = (
    "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}"
)
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
INVISIBLE = "\N{SOFT HYPHEN}\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPACES = " \t\x0b\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґёў"
# What may stand between a word and a name in another script for the name to be a part of the sentence.
BETWEEN_SCRIPTS = " \n"

# Lower-case look-alikes; those of the second line look alike as capitals only.
_ALIKE = dict(zip("аеорсухіјѕһԁԛԝοαιρυν", "aeopcyxijshdqwoaipuv", strict=True))
_ALIKE_CAPITALS = dict(zip("кмтвнαβεζηικμντυχ", "kmtbhabezhikmntyx", strict=True))
_TO_CYRILLIC = {latin: letter for letter, latin in _ALIKE.items() if letter < "ԁ" and letter > "Ѐ"}
_TO_CYRILLIC_CAPITALS = dict(zip("kmtbh", "кмтвн", strict=True))

_SPECIAL = re.compile(
    rf"[{_SPACES}]*(?:\r\n?|\n)[{_SPACES}\r\n]*|[{_SPACES}]{{2,}}|[^ \S]"
    rf"|[{INVISIBLE}]+|(?:-|\N{{HYPHEN}})\r?\n(?=[^\W\d_])"
    rf"|[{APOSTROPHES[1:]}]|[{HYPHENS[1:]}]|[^\W\d_][\u0300-\u036f]+"
)
# A search for one class of characters is many times as fast as one for alternatives. Where no blank stands before
# another and no letter bears a mark of its own, every special piece begins with one of these.
_RARE = re.compile(
    "[\\t-\\r\\x1c-\\x1f\\x85\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    rf"{INVISIBLE}{APOSTROPHES[1:]}{HYPHENS[1:]}-]"
)
_BLANKS = re.compile(rf" [{_SPACES}\r\n]")
_MARKS = re.compile("[\u0300-\u036f]")
# Latin and Cyrillic or Greek letters side by side, the mark of a mixed-script word.
_MIXED = re.compile("[^\\W\\d_]*(?:[a-z\u00df-\u024f][\u0370-\u052f]|[\u0370-\u052f][a-z\u00df-\u024f])[^\\W\\d_]*")
_OTHER_SCRIPT = re.compile("[\u0370-\u052f]")
_MEETING = re.compile("[a-z\u00df-\u024f](?:(?=[\u0370-\u052f])|(?<=[\u0370-\u052f].))")
_WORD = re.compile(r"\w+")
# What English joins to a town's or a bearer's name with a hyphen, and no word that a line break divides ends with.
_PART = re.compile(r"(?:based|born|bound|backed|led|style|controlled|appointed|aligned|linked|friendly)\b")


def lower(text: str) -> str:
    """``text`` in lower case, of the same length (U+0130 becomes ``i``)."""
    return text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i").lower()


def fold(surface: str) -> str:
    """The key under which a form of the table is compared: folded as :class:`View` folds a text."""
    if surface.isascii():
        return " ".join(surface.lower().replace("`", "'").split())
    return View(unicodedata.normalize("NFC", surface)).text.strip()


def words(folded: str) -> list[str]:
    """The words of a folded text, in order."""
    return _WORD.findall(folded)


def words_of(text: str) -> list[str]:
    """The words of a text once it is folded."""
    if text.isalpha():
        lowered = lower(text)
        if unicodedata.is_normalized("NFC", lowered) and not _scripts_meet(lowered):
            return [lowered]
    return words(View(text).text)


def _scripts_meet(lowered: str) -> bool:
    return _OTHER_SCRIPT.search(lowered) is not None and _MEETING.search(lowered) is not None


def _specials(lowered: str) -> Iterator[re.Match[str]]:
    """Where a lower-case text folds otherwise than letter by letter, in order and disjoint."""
    if _BLANKS.search(lowered) or (not lowered.isascii() and _MARKS.search(lowered)):
        yield from _SPECIAL.finditer(lowered)
        return
    end = 0
    for rare in _RARE.finditer(lowered):
        special = _SPECIAL.match(lowered, rare.start()) if rare.start() >= end else None
        if special is not None:
            end = special.end()
            yield special


class View:
    """A folded copy of a text. ``text`` is the copy; :meth:`raw` maps its offsets back."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.homoglyphs: list[tuple[int, int]] = []
        lowered = self._settled(lower(source)) if not source.isascii() else source.lower()
        parts: list[str] = []
        self._at: list[int] = [0]
        self._raw: list[int] = [0]
        size = position = 0
        for match in _specials(lowered):
            start, end = match.span()
            piece = self._folded(match.group(), source, end)
            parts += (lowered[position:start], piece)
            size += start - position
            if len(piece) != end - start:
                for k in range(len(piece)):
                    self._at.append(size + k)
                    self._raw.append(start + k)
                self._at.append(size + len(piece))
                self._raw.append(end)
            size += len(piece)
            position = end
        parts.append(lowered[position:])
        self.text = "".join(parts)

    def _folded(self, piece: str, source: str, end: int) -> str:
        head = piece[0]
        if piece.isspace():
            return "\n" if len(re.findall(r"\r\n?|\n", piece)) > 1 else " "
        if head in INVISIBLE:
            return ""
        if len(piece) > 1 and head in "-\N{HYPHEN}":
            # A capital after the break belongs to a hyphenated name, not to a divided word; "based" to a compound.
            return "-" if source[end : end + 1].isupper() or _PART.match(source, end) else ""
        if head in APOSTROPHES:
            return "'"
        if head in HYPHENS:
            return "-"
        composed = unicodedata.normalize("NFC", piece)
        return composed.rstrip("\u0300\u0301") if "\u0370" <= composed[0] <= "\u052f" else composed

    def _settled(self, lowered: str) -> str:
        """``lowered`` with each mixed-script word in one script where look-alikes allow that."""
        if not _scripts_meet(lowered):
            return lowered
        parts: list[str] = []
        position = 0
        for match in _MIXED.finditer(lowered):
            start, end = match.span()
            word = one_script(self.source[start:end])
            if word is not None:
                parts += (lowered[position:start], lower(word))
                self.homoglyphs.append((start, end))
                position = end
        if not parts:
            return lowered
        parts.append(lowered[position:])
        return "".join(parts)

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source for a span of the view that is not empty; borders hug their characters."""
        return self.start(start), self.start(end - 1) + self._width(end - 1)

    def start(self, offset: int) -> int:
        """The place in the source for one in the view."""
        if len(self._at) == 1:
            return offset
        last = bisect_right(self._at, offset) - 1
        return self._raw[last] + offset - self._at[last]

    def _width(self, offset: int) -> int:
        if len(self._at) == 1:
            return 1
        last = bisect_right(self._at, offset) - 1
        if last + 1 < len(self._at) and self._at[last + 1] == offset + 1 and self._at[last] == offset:
            width = self._raw[last + 1] - self._raw[last]
            # A composed letter stands for its whole cluster; what was dropped after a letter is not its own.
            cluster = self.source[self._raw[last] : self._raw[last] + width]
            if width > 1 and all(unicodedata.combining(mark) for mark in cluster[1:]):
                return width
        return 1

    def mixed(self, first: int, last: int) -> bool:
        """Whether a word with look-alike letters begins within a span of the source."""
        at = bisect_left(self.homoglyphs, (first, first))
        return at < len(self.homoglyphs) and self.homoglyphs[at][0] < last

    @cached_property
    def dirty(self) -> bool:
        """Whether look-alike letters were settled somewhere."""
        return bool(self.homoglyphs)


def one_script(word: str) -> str | None:
    """``word`` with its look-alike letters in the script of the others, or None where that fails."""
    latin = cyrillic = 0
    for letter in lower(word):
        latin += "a" <= letter <= "\u024f" and letter not in _TO_CYRILLIC
        cyrillic += "\u0370" <= letter <= "\u052f" and letter not in _ALIKE
    to_latin = _replaced(word, "\u0370", "\u052f", _ALIKE, _ALIKE_CAPITALS)
    to_cyrillic = _replaced(word, "a", "\u024f", _TO_CYRILLIC, _TO_CYRILLIC_CAPITALS)
    if to_latin is None or (cyrillic > latin and to_cyrillic is not None):
        return to_cyrillic
    return to_latin


def _replaced(word: str, first: str, last: str, alike: dict[str, str], capitals: dict[str, str]) -> str | None:
    letters: list[str] = []
    for letter in word:
        low = lower(letter)
        if not first <= low <= last:
            letters.append(letter)
            continue
        other = alike.get(low) or (capitals.get(low) if letter != low else None)
        if other is None:
            return None
        letters.append(other.upper() if letter != low else other)
    return "".join(letters)
