"""Arrow values as JSON and CSV can hold them, none of them lost.

In flows an array of any type. Out flow plain values: numbers, strings, lists and objects. What these
have no form for becomes a string that says all of it: times finer than microseconds in ISO 8601
with nine digits, durations in ISO 8601 as seconds, times outside of the calendar as a number of units
since its zero, NaN and infinities by name. Nothing depends on libraries that Arrow uses where they are
installed (pandas for nanoseconds).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from normalizer.corpora.blocks import distinct

_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_DAY_MS = 86_400_000
# What a value outside of Python's calendar, or in a time zone that is not known here, raises.
_BEYOND = (pa.ArrowException, ValueError, OverflowError, LookupError)


def values(array: pa.Array) -> list[Any]:
    """The values of ``array``, a plain one for each."""
    if _is_plain(array.type) and _is_finite(array):
        try:
            found: list[Any] = array.to_pylist()
        except _BEYOND:  # one of them is: each by itself
            return [value(scalar) for scalar in array]
        return found
    return [value(scalar) for scalar in array]


def value(scalar: pa.Scalar) -> Any:
    """One value, nothing for null."""
    if not scalar.is_valid:
        return None
    kind = scalar.type
    if isinstance(scalar, pa.ExtensionScalar | pa.DictionaryScalar):
        return value(scalar.value)
    if pa.types.is_struct(kind):
        names = distinct([kind.field(k).name for k in range(kind.num_fields)])
        return {name: value(scalar[k]) for k, name in enumerate(names)}
    if pa.types.is_map(kind):
        return [[value(pair[0]), value(pair[1])] for pair in scalar.values]
    if _is_list(kind):
        return [value(item) for item in scalar.values]
    as_text = next((to_text for holds, to_text in _TEXTS if holds(kind)), None)
    return as_text(scalar) if as_text else scalar.as_py()


def _is_plain(kind: pa.DataType) -> bool:
    """Whether Python's own types hold every usual value: no extensions, no units or zones that take more."""
    if pa.types.is_nested(kind):
        children = [kind.field(k) for k in range(kind.num_fields)]
        return len({field.name for field in children}) == len(children) and all(_is_plain(c.type) for c in children)
    if isinstance(kind, pa.DictionaryType):
        return _is_plain(kind.value_type)
    if pa.types.is_timestamp(kind):
        return bool(kind.unit != "ns" and kind.tz is None)
    odd = (pa.types.is_time, pa.types.is_date64, pa.types.is_duration)
    return not any(is_odd(kind) for is_odd in odd) and not isinstance(kind, pa.BaseExtensionType)


def _is_finite(array: pa.Array) -> bool:
    """Whether no number in it is NaN or infinite."""
    kind = array.type
    if pa.types.is_floating(kind):
        return pc.all(pc.is_finite(array), min_count=0).as_py() is True
    if pa.types.is_map(kind) or pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind):
        return not _has_floats(kind)
    if pa.types.is_struct(kind):
        return all(map(_is_finite, array.flatten()))
    return _is_finite(array.flatten()) if _is_list(kind) else True


def _has_floats(kind: pa.DataType) -> bool:
    if pa.types.is_nested(kind):
        return any(_has_floats(kind.field(k).type) for k in range(kind.num_fields))
    return bool(pa.types.is_floating(kind))


def _is_list(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_list(kind)
        or types.is_large_list(kind)
        or types.is_fixed_size_list(kind)
        or types.is_list_view(kind)
        or types.is_large_list_view(kind)
    )


def _float(scalar: pa.Scalar) -> float | str:
    number: float = scalar.as_py()
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def _string(scalar: pa.Scalar) -> str:
    try:
        return str(scalar.as_py())
    except UnicodeDecodeError:
        return bytes(scalar.as_buffer()).decode("utf-8", "surrogateescape")


def _timestamp(scalar: pa.Scalar) -> str:
    unit, zone = scalar.type.unit, scalar.type.tz
    micros, finer = _split(scalar.value, unit)
    try:
        moment = pa.scalar(micros, pa.timestamp("us", zone)).as_py()
    except _BEYOND:
        return f"{scalar.value} {unit} since 1970-01-01T00:00:00{'Z' if zone else ''}"
    return _with_nanoseconds(moment.isoformat, finer, len("2024-05-01T00:00:00.000000"))


def _time(scalar: pa.Scalar) -> str:
    micros, finer = _split(scalar.value, scalar.type.unit)
    if not 0 <= micros < 1000 * _DAY_MS:  # which Arrow would take modulo a day
        return f"{scalar.value} {scalar.type.unit} since midnight"
    moment = pa.scalar(micros, pa.time64("us")).as_py()
    return _with_nanoseconds(moment.isoformat, finer, len("00:00:00.000000"))


def _date(scalar: pa.Scalar) -> str:
    is_fine = pa.types.is_date64(scalar.type)
    by_number = f"{scalar.value} {'ms' if is_fine else 'days'} since 1970-01-01"
    if is_fine and scalar.value % _DAY_MS:
        return by_number
    try:
        return str(scalar.as_py().isoformat())
    except _BEYOND:
        return by_number


def _duration(scalar: pa.Scalar) -> str:
    """Seconds in ISO 8601, as exactly as the unit has them."""
    per_second = _PER_SECOND[scalar.type.unit]
    whole, part = divmod(abs(scalar.value), per_second)
    digits = f".{part:0{len(str(per_second)) - 1}}" if part else ""
    return f"{'-' if scalar.value < 0 else ''}PT{whole}{digits}S"


def _split(count: int, unit: str) -> tuple[int, int]:
    """A number of units as microseconds, and the nanoseconds beside them."""
    return divmod(count, 1000) if unit == "ns" else (count * (10**6 // _PER_SECOND[unit]), 0)


def _with_nanoseconds(isoformat: Callable[..., str], finer: int, place: int) -> str:
    if not finer:
        return isoformat()
    text = isoformat(timespec="microseconds")
    return f"{text[:place]}{finer:03}{text[place:]}"


_TEXTS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Scalar], Any]], ...] = (
    (pa.types.is_floating, _float),
    (pa.types.is_string, _string),
    (pa.types.is_large_string, _string),
    (pa.types.is_string_view, _string),
    (pa.types.is_timestamp, _timestamp),
    (pa.types.is_time, _time),
    (pa.types.is_date, _date),
    (pa.types.is_duration, _duration),
)
