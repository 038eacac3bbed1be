"""Windows: long texts are read for their names in pieces, so that memory does not grow with them.

In flows a text. Out flow pieces of it. What one piece says of a name does not reach the next: a text of so many
code points is a collection, not a document.
"""

from __future__ import annotations

from collections.abc import Iterator

# 1 MB at its densest, a name in every fourth word, takes 70 MB while it is read.
WINDOW = 1 << 20
_BREAKS = ("\n", ". ", " ")


def windows(text: str) -> Iterator[tuple[int, str]]:
    """The pieces of ``text`` with their places in it, cut between lines, sentences or words."""
    start = 0
    while len(text) - start > WINDOW:
        end = start + WINDOW
        found = (text.rfind(sign, start + WINDOW // 2, end) + len(sign) for sign in _BREAKS)
        cut = next((place for place in found if place > start), end)
        yield start, text[start:cut]
        start = cut
    yield start, text[start:] if start else text
