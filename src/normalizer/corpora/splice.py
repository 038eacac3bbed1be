"""Splicing: new members into a JSON line whose every other byte stays.

In flow a line that is known to be a JSON object, and members. Out flows the line with them: numbers,
escapes, order and duplicate members of the original are kept as they were written, which no parser
and serializer would do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, time

import orjson

from normalizer.corpora.numbers import Number

_SPACE = re.compile(r"[ \t\n\r]*")
# Every member has this; where a line has no more of them than members, none is repeated.
_MEMBER = re.compile(rb'"[ \t\r]*:')
# Of values only the ends are wanted; Python refuses integers of thousands of digits.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


def dumps(value: object) -> bytes:
    r"""JSON in UTF-8; a text that holds lone surrogates makes it ASCII, with its ``\udXXX`` escapes.

    Values that JSON has no form for (dates, decimals, bytes of a Parquet column) become strings.
    """
    try:
        return orjson.dumps(value, default=_default, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        return _ascii(value).encode("ascii")


def _default(value: object) -> object:
    return orjson.Fragment(value.literal) if isinstance(value, Number) else as_string(value)


def _ascii(value: object) -> str:
    """JSON in ASCII; the standard library writes numbers that no type holds no other way than piece by piece."""
    try:
        return json.dumps(value, separators=(",", ":"), default=_no_number)
    except _NumberError:
        if isinstance(value, Number):
            return value.literal
        if isinstance(value, dict):
            return "{" + ",".join(f"{json.dumps(name)}:{_ascii(item)}" for name, item in value.items()) + "}"
        items: Iterable[object] = value if isinstance(value, list | tuple) else ()
        return "[" + ",".join(map(_ascii, items)) + "]"


class _NumberError(ValueError):
    """There is a number that the standard library cannot write."""


def _no_number(value: object) -> str:
    if isinstance(value, Number):
        raise _NumberError
    return as_string(value)


def as_string(value: object) -> str:
    """A value that JSON has no form for: bytes as UTF-8 (PEP 383), dates in ISO 8601, decimals in full."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def spliced(line: bytes, members: dict[str, object], replace: tuple[str, str] | None = None) -> bytes:
    """``line`` with ``members`` added at its end and, with ``replace=(name, text)``, that member's value replaced.

    ``line`` is an object without white space around it; the result ends with a newline.
    """
    return b"".join([*splices(line, members, replace), b"}\n"])


def splices(
    line: bytes, members: dict[str, object], replace: tuple[str, str] | None = None
) -> Iterator[bytes | memoryview]:
    """The parts of :func:`spliced` without the end of the object, none of them a copy of the line."""
    view, position = memoryview(line), 0
    if replace is not None:
        start, position = _value_span(line, replace[0])
        yield view[:start]
        yield dumps(replace[1])
    end = len(line) - 1
    while line[end - 1] in b" \t\r":
        end -= 1
    yield view[position:end]
    yield b"," if members and end > 1 else b""
    yield dumps(members)[1:-1]


def repeated_member(line: bytes, columns: dict[str, object]) -> str:
    """Why the members of ``line``, parsed into ``columns``, are not all of them; nothing if they are."""
    if len(_MEMBER.findall(line)) <= _members_of(columns):
        return ""
    repeated: list[str] = []

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        repeated.extend(name for name in names if len(set(names)) < len(names) and names.count(name) > 1)
        return dict(pairs)

    json.loads(line.decode("utf-8", "surrogateescape"), object_pairs_hook=members, parse_int=str)
    return f"member {repeated[0]!r} stands more than once" if repeated else ""


def _members_of(value: object) -> int:
    """How many members an object has, those of the objects in it counted in."""
    if isinstance(value, dict):
        return len(value) + sum(map(_members_of, value.values()))
    return sum(map(_members_of, value)) if isinstance(value, list) else 0


def _value_span(line: bytes, name: str) -> tuple[int, int]:
    """The bytes at which the last member ``name`` of the object has its value."""
    text = line.decode("utf-8", "surrogateescape")
    found = [(start, end) for member, start, end in _members(text) if member == name]
    start, end = found[-1]
    if text.isascii():
        return start, end
    before = len(text[:start].encode("utf-8", "surrogateescape"))
    return before, before + len(text[start:end].encode("utf-8", "surrogateescape"))


def _members(text: str) -> Iterator[tuple[str, int, int]]:
    """Every member of the object: its name, and where its value stands in ``text``."""
    position = _after_space(text, 1)
    while text[position] != "}":
        name, position = _DECODER.raw_decode(text, position)
        start = _after_space(text, _after_space(text, position) + 1)
        _, end = _DECODER.raw_decode(text, start)
        yield name, start, end
        position = _after_space(text, end)
        if text[position] == ",":
            position = _after_space(text, position + 1)


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
