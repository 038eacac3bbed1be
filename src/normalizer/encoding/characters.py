"""Single characters: controls, invisible characters, bidi marks, surrogates, composition.

In flows a text whose mojibake is already repaired (C1 controls and soft hyphens are part of many damaged
groups, so they wait until then), out flow edits. What a script or an emoji needs stays: joiners in Arabic,
Indic and emoji sequences, zero-width spaces in Thai or Khmer, direction marks beside right-to-left text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from normalizer.edits import Edit, edit

CONTROL, INVISIBLE, SURROGATE, NFC = "encoding.control", "encoding.invisible", "encoding.surrogate", "encoding.nfc"
APOSTROPHE = "encoding.apostrophe"

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_NEEDS_JOINERS = (
    "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefe"  # Arabic, Syriac, Thaana, N'Ko, Mandaic
    "\u0900-\u0dff\u0f00-\u109f\u1700-\u1aff\u1b00-\u1c4f\ua800-\uabff"  # Indic, Tibetan, Burmese, Khmer, Mongolian
    "\u200c\u200d\u2190-\u21ff\u2300-\u2bff\ufe0e\ufe0f\U00010a00-\U00011fff\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
_NEEDS_BREAKS = "\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u1950-\u1aff"  # Thai, Lao, Tibetan, Burmese, Khmer, Tai

_CHARACTER = re.compile(
    "(?P<escape>\x1b\\[[0-9;?]*[ -/]*[@-~])"
    "|(?P<control>[\x00-\x08\x0b\x0e-\x1f\x7f\u206a-\u206f\ufff9-\ufffc])"
    "|(?P<c1>[\x80-\x9f])"
    "|(?P<pair>[\ud800-\udbff][\udc00-\udfff])"
    "|(?P<lone>[\ud800-\udc7f\udd00-\udfff])"  # U+DC80-U+DCFF stay: bytes kept as they were, PEP 383
    "|(?P<joiner>[\u200c\u200d]+)"
    "|(?P<bidi>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+)"
    "|(?P<space>\u200b+)"
    "|(?P<hidden>[\xad\u2060\ufeff]+)"
)
_RTL_CHARACTER = re.compile(f"[{_RTL}]")
_JOINER_SCRIPT = re.compile(f"[{_NEEDS_JOINERS}]")
_BREAK_SCRIPT = re.compile(f"[{_NEEDS_BREAKS}]")
_CHARACTER_TROUBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u061c"  # as the groups above
    "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
_NAMES = {
    "\xad": "soft hyphen",
    "\u200b": "zero width space",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark inside the text",
}


def character_edits(text: str, enabled: Callable[[str], bool]) -> list[Edit]:
    """Edits of ``encoding.control``, ``encoding.invisible`` and ``encoding.surrogate``."""
    if (text.isascii() and text.isprintable()) or not _CHARACTER_TROUBLE.search(text):
        return []
    rules = {rule for rule in (CONTROL, INVISIBLE, SURROGATE) if enabled(rule)}
    return [change for match in _CHARACTER.finditer(text) for change in _judge(text, match) if change.rules[0] in rules]


def _judge(text: str, match: re.Match[str]) -> Iterator[Edit]:
    kind, found, start, end = match.lastgroup, match.group(), match.start(), match.end()
    if kind == "escape":
        yield edit(text, start, end, "", CONTROL, "terminal escape sequence")
    elif kind == "control":
        yield edit(text, start, end, "", CONTROL, f"control character U+{ord(found):04X}")
    elif kind == "c1":
        after = bytes([ord(found)]).decode("cp1252", "ignore")
        if after:  # the five that windows-1252 leaves open stay: they are evidence of damage that nobody undid
            yield edit(text, start, end, after, CONTROL, f"C1 control U+{ord(found):04X} read as windows-1252")
    elif kind == "pair":
        after = chr(0x10000 + ((ord(found[0]) - 0xD800) << 10) + ord(found[1]) - 0xDC00)
        yield edit(text, start, end, after, SURROGATE, "surrogate pair joined")
    elif kind == "lone":
        yield edit(text, start, end, "", SURROGATE, f"lone surrogate U+{ord(found):04X}")
    elif kind == "joiner":
        spaced = start > 0 and text[start - 1] == " "  # typists of Persian put one on either side
        if not _beside(text, start - spaced, end + spaced, _JOINER_SCRIPT):
            yield edit(text, start, end, "", INVISIBLE, "joiner where nothing joins")
    elif kind == "bidi":
        if not _needs_direction(text, start, end):
            yield edit(text, start, end, "", INVISIBLE, "direction mark without effect")
    elif kind == "hidden" or not _beside(text, start, end, _BREAK_SCRIPT):
        yield edit(text, start, end, "", INVISIBLE, _NAMES[found[0]])


def _beside(text: str, start: int, end: int, script: re.Pattern[str]) -> bool:
    """Whether a character of ``script`` stands directly before or after the span."""
    return bool((start > 0 and script.match(text, start - 1)) or script.match(text, end))


def _needs_direction(text: str, start: int, end: int) -> bool:
    """Whether a run of bidi controls can matter: beside right-to-left text and not inside a word."""
    if start and text[start - 1].isalpha() and text[end : end + 1].isalpha():
        return bool(_RTL_CHARACTER.match(text, start - 1)) != bool(_RTL_CHARACTER.match(text, end))
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    # The paragraph is searched only as far as a mark can reach in running text, to keep the cost linear.
    near = text[max(first, start - _REACH) : start], text[end : end + _REACH].partition("\n")[0]
    return any(_RTL_CHARACTER.search(part) for part in near)


_REACH = 500


# What is typed for the apostrophe of Ukrainian and Belarusian: between a letter and a vowel that begins with й.
_APOSTROPHE = re.compile("(?<=[\u0400-\u045fґҐ])['`´ʼ‘′](?=[яюєїеёіЯЮЄЇЕЁІ])")


def apostrophe_edits(text: str) -> list[Edit]:
    """Edits of ``encoding.apostrophe``, which no profile holds: one apostrophe, U+2019, in Cyrillic words."""
    return [
        edit(text, match.start(), match.end(), "\N{RIGHT SINGLE QUOTATION MARK}", APOSTROPHE, "apostrophe in a word")
        for match in _APOSTROPHE.finditer(text)
    ]


# Characters that may compose with what stands before them: marks, and Hangul vowels and finals.
_COMPATIBILITY_IDEOGRAPHS = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")


def nfc_edits(text: str) -> list[Edit]:
    """Edits that compose each group of letter and marks (Unicode NFC); CJK compatibility ideographs stay."""
    if unicodedata.is_normalized("NFC", text):
        return []
    found: list[Edit] = []
    for start, end in _groups(text):
        group = text[start:end]
        if unicodedata.is_normalized("NFC", group) or _COMPATIBILITY_IDEOGRAPHS.match(group):
            continue
        after = unicodedata.normalize("NFC", group)
        found.append(edit(text, start, end, after, NFC, "composed"))
    return found


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Spans that no composition crosses: a character and the marks or Hangul parts that follow it."""
    start = 0
    for position in range(1, len(text)):
        character = text[position]
        mark = character >= "\u0300" and unicodedata.category(character)[0] == "M"
        follows = mark or "\u1160" <= character <= "\u11ff"
        if not follows:
            yield start, position
            start = position
    if text:
        yield start, len(text)
