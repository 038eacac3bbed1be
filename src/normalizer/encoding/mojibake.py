"""Mojibake: text that was decoded with another codec than it was encoded with.

In flows a text, out flow edits of ``encoding.mojibake``, one for each damaged group of characters; the
detail names the codecs in the order of the damage.
"""

from __future__ import annotations

import re

from normalizer.edits import Edit
from normalizer.encoding.careful import ftfy_edits

RULE = "encoding.mojibake"
_LINE = re.compile(r"[^\r\n]+")


def mojibake_edits(text: str) -> list[Edit]:
    """Edits that repair wrongly decoded text, line by line."""
    found: list[Edit] = []
    for match in _LINE.finditer(text):
        line = match.group()
        if not line.isascii():
            found += ftfy_edits(text, line, match.start(), RULE)
    return found
