"""The strings of gettext catalogues: translations, unless other fields are named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalizer.batch.fields import Piece, Value

_LINE = re.compile(
    r'^[ \t]*(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])?[ \t]+)?"([^"\\\r\n]*(?:\\.[^"\\\r\n]*)*)"[ \t]*\r?$',
    re.MULTILINE,
)
_PART = re.compile(r"\\x[0-9a-fA-F]{1,2}|\\[0-7]{1,3}|\\.|[^\\]+")
_MEANINGS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPES = {meaning: f"\\{letter}" for letter, meaning in _MEANINGS.items()} | {'"': '\\"', "\\": "\\\\"}


def po_values(source: str, names: tuple[str, ...]) -> Iterator[Value]:
    """The strings of the keywords ``names`` (msgstr by default); the header entry is left alone."""
    wanted = names or ("msgstr",)
    keyword = ""
    spans: list[tuple[int, int]] = []
    last_id = ""
    for line in _LINE.finditer(source):
        if line[1]:
            value = _value(source, spans)
            if keyword in wanted and (last_id or keyword != "msgstr"):
                yield value
            last_id = value.text if keyword == "msgid" else last_id
            keyword, spans = line[1], []
        spans.append(line.span(2))
    if spans and keyword in wanted and (last_id or keyword != "msgstr"):
        yield _value(source, spans)


def _value(source: str, spans: list[tuple[int, int]]) -> Value:
    pieces: list[Piece] = []
    text: list[str] = []
    at = 0
    for start, end in spans:
        for part in _PART.finditer(source, start, end):
            said = _said(part[0]) if part[0][0] == "\\" else part[0]
            pieces.append(Piece(at, len(said), part.start(), part.end()))
            text.append(said)
            at += len(said)
    return Value("".join(text), tuple(pieces), _written)


def _said(escape: str) -> str:
    body = escape[1:]
    if body[0] == "x" and len(body) > 1:
        return chr(int(body[1:], 16))
    if body[0] in "01234567":
        return chr(int(body, 8))
    return _MEANINGS.get(body, body)


def _written(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)
