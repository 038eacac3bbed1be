"""Edges of words in a folded text: where a form begins and ends as a whole word.

In flow a folded text and a place in it. Out flows a yes or a no.
"""

from __future__ import annotations

import re

LOOK_BACK = 80  # code points before a name in which what belongs to it stands
# What may stand between a letter and an apostrophe before a name: elided articles and prepositions.
_PARTICLES = "d l qu j n s m t c jusqu lorsqu puisqu dell all nell dall sull un degl agl"
ELIDED = frozenset(_PARTICLES.split())
SIBILANTS = ("s", "x", "z", "ß")  # after these no language adds a bare genitive -s
_SUFFIX = re.compile(r"'\w{1,6}")
_WORD = re.compile(r"\w+")


def letter(text: str, position: int) -> bool:
    """Whether a letter, a figure or an underscore stands there."""
    sign = text[position : position + 1]
    return sign.isalnum() or sign == "_"


def begins(text: str, start: int) -> bool:
    """Whether a whole word begins at ``start``, perhaps after an elided article."""
    if not start:
        return True
    before = text[start - 1]
    if before.isalnum() or before == "_":
        return False
    if before == "'" and start > 1 and text[start - 2].isalpha():
        particle = _WORD.findall(text[max(0, start - 12) : start - 1])
        return bool(particle) and particle[-1] in ELIDED
    return True


def ends(text: str, end: int) -> bool:
    """Whether a whole word ends at ``end``, perhaps before a possessive or a case suffix."""
    if letter(text, end):
        return False
    if text[end : end + 1] == "'" and letter(text, end + 1):
        # A possessive or a case suffix; anything longer is a name with an apostrophe in it.
        suffix = _SUFFIX.match(text, end)
        return suffix is not None and not letter(text, suffix.end())
    return True
