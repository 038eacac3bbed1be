"""The string values of JSON and JSON Lines that stand under given keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from normalizer.batch.fields import FormatError, Piece, Value

_TOKEN = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"|[{}\[\],:]')
_PART = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]+")


def json_values(source: str, names: tuple[str, ...]) -> Iterator[Value]:
    """The strings under the keys ``names`` at any depth, also those in lists under them.

    A dotted name is the end of a path of keys. Raises :class:`FormatError` when ``source`` is not JSON.
    """
    _check(source, 1)
    yield from _values(source, 0, len(source), names, _writer(source))


def jsonl_values(source: str, names: tuple[str, ...]) -> Iterator[Value]:
    """The same for one document a line."""
    writer = _writer(source)
    start = 0
    for number, line in enumerate(source.split("\n"), 1):
        if line.strip():
            _check(line, number)
            yield from _values(source, start, start + len(line), names, writer)
        start += len(line) + 1


def _check(text: str, line: int) -> None:
    try:
        json.loads(text, parse_int=str)
    except json.JSONDecodeError as error:
        place = f"line {line + error.lineno - 1}, column {error.colno}"
        raise FormatError(f"not valid JSON at {place} ({error.msg.lower()}): mend it, or name another kind") from error
    except RecursionError as error:
        raise FormatError(f"nested too deeply at line {line}: leave it out (exclude)") from error


def _values(
    source: str, start: int, end: int, names: tuple[str, ...], writer: Callable[[str], str | None]
) -> Iterator[Value]:
    wanted = [tuple(name.split(".")) for name in names]
    path: list[str] = []
    depths: list[bool] = []  # of each open container, whether it is an object
    is_key = False
    for token in _TOKEN.finditer(source, start, end):
        mark = token[0][0]
        if mark == '"':
            if is_key:
                path[-1] = json.loads(token[0])
            elif any(tuple(path[-len(name) :]) == name for name in wanted):
                yield _value(source, token.start(1), token.end(1), writer)
        elif mark == "{":
            depths.append(True)
            path.append("")
        elif mark == "[":
            depths.append(False)
        elif mark in "}]" and depths.pop():
            path.pop()
        is_key = mark == "{" or (mark == "," and bool(depths) and depths[-1])


def _value(source: str, start: int, end: int, writer: Callable[[str], str | None]) -> Value:
    body = source[start:end]
    if "\\" not in body:
        return Value(body, (Piece(0, end - start, start, end),), writer)
    pieces: list[Piece] = []
    text: list[str] = []
    at = 0
    for part in _PART.finditer(source, start, end):
        said = json.loads(f'"{part[0]}"', strict=False) if part[0][0] == "\\" else part[0]
        pieces.append(Piece(at, len(said), part.start(), part.end()))
        text.append(said)
        at += len(said)
    return Value("".join(text), tuple(pieces), writer)


def _writer(source: str) -> Callable[[str], str | None]:
    """Write as the file does: a file in ASCII stays in ASCII."""
    ascii_only = source.isascii()

    def written(text: str) -> str | None:
        if not ascii_only and not any("\ud800" <= character <= "\udfff" for character in text):
            return json.dumps(text, ensure_ascii=False)[1:-1]
        return json.dumps(text)[1:-1]

    return written
