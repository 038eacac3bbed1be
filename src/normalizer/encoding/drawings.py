"""Box drawing and block characters: drawings, or the letters of a misread text.

In flow characters as they stand and as they would be repaired, out flows whether they draw something. Every such
character is a Cyrillic capital or small letter of another charset, so a table without text could become words.
"""

from __future__ import annotations

import re

_DRAWN = re.compile("[\u2500-\u259f\\W\\d_]*[\u2500-\u259f][\u2500-\u259f\\W\\d_]*")
# One letter four times in a row, and eight or more of at most three: no word, but the side of a box.
_ROW, _LETTERS = re.compile(r"([^\W\d_])\1{3}"), re.compile(r"[^\W\d_]+")
_LONG, _DISTINCT = 8, 3
# Joints of single and double lines, and blocks: few drawings hold them beside plain lines, nearly all misread words do.
_MIXED = re.compile(
    "[\u2552\u2553\u2555\u2556\u2558\u2559\u255b\u255c\u255e\u255f\u2561\u2562\u2564\u2565\u2567\u2568\u256a\u256b]"
)
_BLOCK, _LINE = re.compile("[\u2580-\u259f]"), re.compile("[\u2500-\u257f]")
_SHARE, _KINDS = 10, 5


def is_drawn(before: str) -> bool:
    """Whether a piece has no letters, but box drawing or block characters."""
    return not before.isalpha() and _DRAWN.fullmatch(before) is not None


def is_monotonous(after: str) -> bool:
    """Whether a repaired piece repeats its letters as no word does."""
    if _ROW.search(after):
        return True
    return any(len(word) >= _LONG and len(set(word)) <= _DISTINCT for word in _LETTERS.findall(after))


def is_drawing(before: str, after: str) -> bool:
    """Whether pieces, together, are a drawing rather than misread words."""
    if not is_drawn(before):
        return False
    if is_monotonous(after):
        return True
    drawn = _LINE.findall(before) + _BLOCK.findall(before)
    blocks = len(_BLOCK.findall(before))
    mixed = len(_MIXED.findall(before)) + (blocks if blocks < len(drawn) else 0)
    return len(set(drawn)) < _KINDS or mixed * _SHARE < len(drawn)
