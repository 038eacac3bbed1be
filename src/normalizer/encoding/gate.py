"""The gate: proves of clean text that no repair has anything to do.

In flows a text, out flows a yes or no. It must let through everything that any encoding rule, or ftfy in
its careful setting, would change; what it lets through in vain only costs time.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_LETTERS = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_TROUBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u206f\ufeff\ufff9-\ufffd\ud800-\udfff]"
    f"|[A-Za-z{_LETTERS}][\u0400-\u052f]|[\u0400-\u052f][A-Za-z{_LETTERS}]"
    "|&[A-Za-z#]"
)


@cache
def _badness() -> re.Pattern[str]:
    from ftfy.badness import BADNESS_RE

    pattern: re.Pattern[str] = BADNESS_RE
    return pattern


def needs_repair(text: str) -> bool:
    """Whether any repair may have something to do in ``text``."""
    if text.isascii():
        return ("&" in text or not text.isprintable()) and bool(_TROUBLE.search(text))
    return bool(_TROUBLE.search(text)) or not unicodedata.is_normalized("NFC", text) or bool(_badness().search(text))
