"""East Asian charsets that were read as a single-byte one, or as each other.

In flows a line, out flows the line as it was. Two bytes make a character in all of these charsets and
nearly any two fit, so the decoded ideographs, syllables and kana must be common ones, nearly all of them.
"""

from __future__ import annotations

import re
from functools import partial

from normalizer.encoding.charsets import charsets
from normalizer.encoding.plausibility import cost_of, ideographs
from normalizer.encoding.trace import Undone, aligned, aligned_wide

_RIGHT = (("cp949", "EUC-KR"), ("cp932", "Shift JIS"), ("euc_jp", "EUC-JP"), ("gb18030", "GB 18030"), ("big5", "Big5"))
_WRONG_NARROW = ("cp1252", "latin-1", "cp1251")
_WRONG_WIDE = (("gb18030", "GB 18030"), ("cp932", "Shift JIS"), ("cp949", "EUC-KR"))
_WIDE = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_STRANGE = re.compile(
    "[^\x00-\x7f\u00a0-\u00ff\u2010-\u2100\u2460-\u24ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff65]"
)
_LEAST = 6  # characters that a repair must make
_COMMON = 12  # of so many ideographs one may be rare
_RARE = 3  # text of a neighbour's charset has at least one rare character in so many
_GAIN = 40  # in quarters of a nat


def undo_eastern(text: str) -> Undone | None:
    """The line, if it was East Asian text of another charset; nothing where that is not clear."""
    best: tuple[int, str, str, str, str] | None = None
    before = -1
    for wrong, wrong_label, raw in _encodings(text):
        for right, right_label in _RIGHT:
            undone = _decoded(raw, right) if right != wrong else None
            if undone is None or undone == text or not _plausible(undone):
                continue
            cost = cost_of(undone)
            before = before if before >= 0 else cost_of(text)
            if before - cost >= _GAIN and (best is None or cost < best[0]):
                best = cost, undone, wrong, right, f"{right_label} read as {wrong_label}"
    if best is None:
        return None
    _, undone, wrong, right, words = best
    if wrong in _WRONG_NARROW:
        return Undone(undone, words, partial(aligned, undone, range(len(text)), right))
    return Undone(undone, words, partial(aligned_wide, text, wrong, undone, right))


def _encodings(text: str) -> list[tuple[str, str, bytes]]:
    found: list[tuple[str, str, bytes]] = []
    for charset in charsets():
        if charset.name in _WRONG_NARROW:
            try:
                found.append((charset.name, charset.label, charset.encode(text)))
            except UnicodeError:
                continue
    ideographic = [letter for letter in _WIDE.findall(text) if letter >= "\u3400"]
    common = ideographs() if ideographic else {}
    if ideographic and _RARE * sum(letter not in common for letter in ideographic) > len(ideographic):
        for name, label in _WRONG_WIDE:
            try:
                found.append((name, label, text.encode(name)))
            except UnicodeError:
                continue
    return found


def _decoded(raw: bytes, right: str) -> str | None:
    try:
        return raw.decode(right)
    except UnicodeError:
        return None


def _plausible(text: str) -> bool:
    """Whether a text is nearly all common East Asian characters, and not a table of them or of letters."""
    wide = _WIDE.findall(text)
    if len(wide) < _LEAST or len(_ASCII_WORD.findall(text)) > len(wide) or _STRANGE.search(text):
        return False
    common = ideographs()
    rare = sum(letter >= "\u3400" and letter not in common for letter in wide)
    return bool(rare * _COMMON <= len(wide))


_ASCII_WORD = re.compile("[0-9A-Za-z]")
