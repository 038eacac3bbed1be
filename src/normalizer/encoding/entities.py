"""HTML character references in plain text: decoded, however often they were escaped.

In flows a text, out flow edits of ``encoding.entity``. References to ``<`` and ``>`` stay, since
decoding them makes markup out of text, and a text that holds markup stays whole: its references belong
to the page. Names are those of the HTML standard that end in a semicolon (``html.entities.html5``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from html.entities import html5

from normalizer.edits import Edit, edit

RULE = "encoding.entity"

_REFERENCE = re.compile(
    r"&(?P<escaped>(?:amp;|AMP;|#0*38;|#[xX]0*26;)*)(?P<body>[A-Za-z][A-Za-z0-9]{1,30};|#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};)"
)
_MARKUP = re.compile(r"<[A-Za-z/!]")
_AMPERSAND = re.compile(r"(?:amp|AMP|#0*38|#[xX]0*26);")
_SURROGATES = range(0xD800, 0xE000)


def _number(body: str) -> str | None:
    """The character of a numeric reference; C1 controls stay controls, since they may be part of mojibake."""
    code = int(body[2:-1], 16) if body[1] in "xX" else int(body[1:-1])
    if code in _SURROGATES or code > 0x10FFFF or (code < 0x20 and code not in {9, 10}):
        return None
    return chr(code)


def entity_edits(text: str) -> list[Edit]:
    """Edits that put the character in the place of each reference; none where the text holds markup."""
    if "&" not in text or _MARKUP.search(text):
        return []
    found: list[Edit] = []
    for match in _REFERENCE.finditer(text):
        before, after, detail = _decoded(match.group())
        if detail:
            start = match.start()
            found.append(edit(text, start, start + len(before), after, RULE, detail))
    return found


def without_entities(text: str) -> str:
    """``text`` with these edits applied."""
    if "&" not in text or _MARKUP.search(text):
        return text
    return _REFERENCE.sub(_replaced, text)


def _replaced(match: re.Match[str]) -> str:
    reference = match.group()
    before, after, _ = _decoded(reference)
    return after + reference[len(before) :]


@lru_cache(maxsize=2000)
def _decoded(reference: str) -> tuple[str, str, str]:
    """What of a reference is replaced, by what, and why; all empty where it stays."""
    match = _REFERENCE.fullmatch(reference)
    assert match is not None
    body, escaped = match["body"], match["escaped"]
    after = _number(body) if body[0] == "#" else html5.get(body)
    if after is None and escaped:  # "&amp;unknown;" is an escaped ampersand before a word
        return f"&{escaped}", "&", "escaped ampersand"
    if after is None or not _MARKS.isdisjoint(after):
        return "", "", ""
    if not escaped:
        return reference, after, f"HTML character reference {reference}"
    times = len(_AMPERSAND.findall(escaped)) + 1
    return reference, after, f"HTML character reference, escaped {times} times"


_MARKS = frozenset("<>")
