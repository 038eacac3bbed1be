r"""Lines: where they stand, and the folded form in which cues are looked for.

In flows a text. Out flow its non-blank lines with their spans, and for each a folded copy: lower case
by a fold that keeps the length, one kind of apostrophe, no bullets or arrows at its ends. Lines end
at ``\n``, ``\r\n`` or ``\r`` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

# What sites print around a line: bullets, arrows, rules. Quotes and brackets mean something and stay.
_SPACE = " \t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\x0b\x0c\u200b\ufeff"
BULLETS = "-–—•·*▪●■◦‣⁃‧►▶▸»›→⟶➔➜➤✓✔★☆⇒|>+～~※◆◇▼▽▲△○◎□■＞・"
HEAD = _SPACE + BULLETS
TAIL = _SPACE + "-–—•·*▪►▶▸»›→⟶➔➜➤…:.!?|>▼▽▲△＞：。！？؟,;、"

_DIGITS = {ord(digit): "0" for digit in "123456789"} | {0xFF10 + n: "0" for n in range(10)}
_DIGITS |= {first + n: "0" for first in (0x660, 0x6F0, 0x966) for n in range(10)}


def fold(text: str) -> str:
    """``text`` in lower case, of the same length: dotted and dotless i are one, so are apostrophes."""
    if text.isascii():
        return text.lower()
    return _folded(text) if len(text) <= _AT_ONCE else "".join(map(_folded, _parts(text)))


# ``str.lower`` takes twelve bytes a character beside the text, two gigabytes for a line of 200 MB.
_AT_ONCE = 1 << 20


def _parts(text: str) -> Iterator[str]:
    """``text`` in parts that end at a space where there is one: which small sigma it is depends on the neighbours."""
    start = 0
    while start < len(text):
        stop = start + _AT_ONCE
        stop = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop)) + 1 or stop
        yield text[start:stop]
        start = stop


def _folded(text: str) -> str:
    for character, plain in (("\u0130", "i"), ("\u0131", "i"), ("\u2019", "'"), ("\u00a0", " "), ("\u202f", " ")):
        if character in text:
            text = text.replace(character, plain)
    folded = text.lower()
    if "\u0131" in folded:
        folded = folded.replace("\u0131", "i")
    return folded


def unify_breaks(text: str) -> str:
    r"""``text``, of the same length, with ``\r`` as ``\n`` (a ``\r\n`` then adds a blank line)."""
    return text.replace("\r", "\n") if "\r" in text else text


def key(folded: str) -> str:
    """The form of a folded line under which whole-line cues are filed: ends bare, digit runs as one 0."""
    bare = folded.strip(HEAD).rstrip(TAIL)
    if not bare.isalpha():
        bare = _without_figures(bare)
        while "00" in bare:
            bare = bare.replace("00", "0")
        if "  " in bare:
            bare = " ".join(bare.split())
    return bare


def _without_figures(text: str) -> str:
    """``text`` with every digit as 0. In the bytes of UTF-8 that is fifty times as fast as in the characters."""
    data = text.encode("utf-8", "surrogatepass")
    if any(lead in data for lead in _OTHER_DIGITS):
        return text.translate(_DIGITS)
    return data.translate(_ZEROS).decode("utf-8", "surrogatepass")


# Where none of these bytes is, there are no digits but those of ASCII.
_OTHER_DIGITS = (b"\xd9", b"\xdb", b"\xe0\xa5", b"\xef\xbc")
_ZEROS = bytes.maketrans(b"123456789", b"000000000")


def without_counts(keyed: str) -> tuple[str, bool]:
    """A key without the count at its ends, and whether that was a bare number: ``home (0)`` has its count in
    brackets, ``comments: 0`` has not. More than one number (a phone's, a time of day) is no count: nothing is left.
    """
    named = keyed.strip(" 0()[]{}.,|:·•-/+")
    around = keyed.replace(named, "", 1) if named else keyed
    if around.count("0") > 1 or not named:
        return "", False
    return named, "0" in around and "(0)" not in around and "[0]" not in around


def wide(text: str) -> int:
    """How many characters of ``text`` belong to scripts that write a word in one or two characters."""
    if text.isascii():
        return 0
    data = text.encode("utf-8", "surrogatepass")
    found = len(data) - len(data.translate(None, _WIDE_LEADS))
    return found + sum(map(data.count, _WIDE_PAIRS)) if b"\xe2" in data else found


# From U+2E80 on: the bytes that begin such a character in UTF-8 and no other.
_WIDE_LEADS = bytes(range(0xE3, 0xF5))
_WIDE_PAIRS = tuple(bytes((0xE2, second)) for second in range(0xBA, 0xC0))


class Line:
    """A non-blank line. ``start`` and ``end`` are its span without the line end; ``gap`` counts the blank
    lines before it; ``folded`` has the same length as ``text``, ``head`` is it without bullets. What is not asked
    for is not worked out: of a paragraph hardly anything is.
    """

    def __init__(self, index: int, start: int, gap: int, text: str) -> None:
        self.index = index
        self.start = start
        self.end = start + len(text)
        self.gap = gap
        self.text = text

    @cached_property
    def folded(self) -> str:
        """The text in lower case, of the same length."""
        return fold(self.text)

    @cached_property
    def head(self) -> str:
        """The folded text without what sites print around a line."""
        return self.folded.strip(HEAD)

    @cached_property
    def key(self) -> str:
        """The form under which whole-line cues are filed."""
        return self.head if len(self.text) > _LONG else key(self.folded)

    @cached_property
    def weight(self) -> int:
        """Its characters, those of wide scripts counted twice."""
        return len(self.text) + wide(self.text)

    @cached_property
    def words(self) -> int:
        """How many words it has. Text without spaces counts by its width: three wide characters are a word."""
        counted = len((self.text[:_LONG] if len(self.text) > _LONG else self.text).split())
        return max(counted, self.weight // 6 if self.weight > len(self.text) else 1)


def line_of(index: int, start: int, gap: int, text: str) -> Line:
    """The :class:`Line` that stands at ``start``."""
    return Line(index, start, gap, text)


# A line longer than this is an article by itself: no known line is like it, and rules count a dozen words, not
# thousands, which as a list would take ten bytes a character.
_LONG = 50_000


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The spans of all lines, blank ones too, each without its line end."""
    start = 0
    if "\r" not in text:
        for line in text.split("\n"):
            yield start, start + len(line)
            start += len(line) + 1
        return
    for part in text.split("\n"):
        pieces = part.split("\r")
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            if last and number and not piece and start + len(piece) < len(text):
                start += 1  # the \n of a \r\n: no line of its own
                continue
            yield start, start + len(piece)
            start += len(piece) + 1


def split_lines(text: str) -> list[Line]:
    """The non-blank lines of ``text``, numbered from 0."""
    lines: list[Line] = []
    gap = 0
    for start, end in spans(text):
        line = text[start:end]
        if not line or line.isspace():
            gap += 1
        else:
            lines.append(line_of(len(lines), start, gap, line))
            gap = 0
    return lines
