"""Numbers of JSON lines that a double does not hold: as they are written, never rounded.

In flows a JSON line. Out flow its values, with a :class:`Number` for every integer beyond 64 bits, every
decimal that a double would change, and the names of infinities and NaN, which JSON does not have.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

# A double holds every decimal of up to 15 digits in the middle of its range: other numbers have more digits, or
# an exponent of three.
_LONG = re.compile(rb"[0-9][0-9.]{15}|[0-9][eE][+-]?[0-9]{3}")
_INTEGERS = range(-(2**63), 2**64)
# No longer one is read as an integer: Python refuses thousands of digits.
_INTEGER_DIGITS = 20
_NAMES = frozenset({"NaN", "Infinity", "-Infinity"})


class Number:
    """A number of JSON by its ``literal``, which no number of Python's holds."""

    __slots__ = ("literal",)

    def __init__(self, literal: str) -> None:
        self.literal = literal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and other.literal == self.literal

    def __hash__(self) -> int:
        return hash(self.literal)

    def __str__(self) -> str:
        return self.literal


def may_be_long(line: bytes) -> bool:
    """Whether ``line`` may hold a number that a double does not."""
    return _LONG.search(line) is not None


def exact(text: str, *, doubles: bool = False) -> Any:
    """The value of a JSON text, such numbers as :class:`Number`.

    ``doubles``: a decimal that is a double, written with seventeen digits or with all of them, is that double.
    Raises :class:`ValueError` and :class:`RecursionError`.
    """
    return json.loads(text, parse_int=_integer, parse_float=_double if doubles else _decimal, parse_constant=Number)


def _integer(literal: str) -> int | Number:
    if len(literal) > _INTEGER_DIGITS:
        return Number(literal)
    value = int(literal)
    return value if value in _INTEGERS else Number(literal)


def _decimal(literal: str, forms: tuple[Callable[[float], str], ...] = (repr,)) -> float | Number:
    value = float(literal)
    if value == 0 and not re.search("[1-9]", literal.lower().partition("e")[0]):
        return value
    if value == 0 or math.isinf(value):
        return Number(literal)
    number = Decimal(literal)
    return value if any(Decimal(form(value)) == number for form in forms) else Number(literal)


def _double(literal: str) -> float | Number:
    return _decimal(literal, (repr, "{:.17g}".format, lambda value: str(Decimal(value))))


def as_double(value: object) -> object:
    """NaN and the infinities as the doubles that they are, any other value as it is."""
    return float(value.literal) if isinstance(value, Number) and value.literal in _NAMES else value
