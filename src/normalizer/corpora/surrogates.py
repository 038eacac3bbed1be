r"""Lone surrogates where only valid UTF-8 may stand: an escape and its inverse.

A ``str`` may hold lone surrogates (JSON's ``\ud800``, PEP 383's undecodable bytes); Arrow, Parquet and
CSV may not. There U+FDD0, a noncharacter that Unicode reserves for internal use, followed by four
hexadecimal digits stands for one code point: a lone surrogate, or U+FDD0 itself. In JSON nothing
needs this, its own ``\\udXXX`` escapes serve.
"""

from __future__ import annotations

import re

ESCAPE = "\ufdd0"
# What the metadata of an Arrow schema says when its strings are escaped so.
METADATA_KEY = b"newsnorm.surrogates"
METADATA_VALUE = b"U+FDD0 and four hexadecimal digits"

_SPECIAL = re.compile("[\ud800-\udfff\ufdd0]")
_ESCAPED = re.compile("\ufdd0(d[89a-f][0-9a-f]{2}|fdd0)")


def escape(text: str) -> str:
    """``text`` with lone surrogates and U+FDD0 escaped: valid Unicode; the same object where there are none."""
    if is_plain(text):
        return text
    return _SPECIAL.sub(lambda found: f"{ESCAPE}{ord(found[0]):04x}", text)


def unescape(text: str) -> str:
    """What :func:`escape` was given; U+FDD0 that escapes nothing stays."""
    if ESCAPE not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def is_plain(text: str) -> bool:
    """Whether ``escape(text)`` would change nothing."""
    if text.isascii():
        return True
    try:
        text.encode()  # several times faster than a search for the class
    except UnicodeEncodeError:
        return False
    return ESCAPE not in text
