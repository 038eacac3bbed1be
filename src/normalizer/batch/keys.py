"""The keys of the configuration file: what each may hold, and what it is for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from normalizer.batch.formats import KINDS
from normalizer.errors import ConfigError
from normalizer.rules import suggestion


class Key(NamedTuple):
    """A key: the ``shape`` of its value, whether a flag ``adds`` to it, and its ``meaning`` for people."""

    shape: str
    meaning: str
    adds: bool = False


KEYS: Mapping[str, Key] = {
    "profile": Key("string", "minimal, standard, body or aggressive"),
    "select": Key("strings", "of the profile's rules, only those under these ids"),
    "extend_select": Key("strings", "rules that the profile leaves out"),
    "ignore": Key("strings", "rules that are off"),
    "charset": Key("codec", "the declared charset of files that are not UTF-8"),
    "errors": Key("string", "strict, or keep: bytes that no codec explains are kept as they are"),
    "style": Key("string", "the style of names"),
    "tables": Key("paths", "overlays of the alias table, later ones win"),
    "packs": Key("paths", "chrome packs of one's own"),
    "site_memory": Key("path", "the lines that a site prints on every page, a file that newsnorm sites learn wrote"),
    "language": Key("string", "the language of the documents, instead of detecting it"),
    "language_backend": Key("string", "the language detector"),
    "include": Key("strings", "globs of the files that a folder stands for"),
    "exclude": Key("strings", "globs of files that are left out, also when named", adds=True),
    "kinds": Key("string table", "glob to kind: " + ", ".join(KINDS)),
    "fields": Key("fields", "the fields of JSON, JSONL, CSV and PO files that hold text; a list, or glob to list"),
    "per_file_ignores": Key("strings table", "glob to rules that are off for these files"),
    "baseline": Key("path", "a file of findings that are accepted"),
    "max_bytes": Key("size", "larger files are refused"),
    "detected": Key("boolean", "fix files whose charset was only guessed"),
    "break_links": Key("boolean", "fix files that have hard links"),
    "to": Key("codec", "fix converts files to this codec"),
    "workers": Key("count", "processes; 0 for one a core"),
}


def checked(path: str, key: str, value: Any, root: str) -> Any:
    """``value`` of ``key`` as :class:`Settings` holds it; paths become absolute, seen from ``root``.

    Raises :class:`ConfigError` that names the file, the key and, for an unknown one, the nearest.
    """
    known = KEYS.get(key.replace("-", "_"))
    if known is None:
        near = suggestion(key.replace("_", "-"), [name.replace("_", "-") for name in KEYS])
        raise ConfigError(f"{path}: no key {key!r}{near}: see newsnorm config --keys")
    try:
        return _SHAPES[known.shape](value, root)
    except (TypeError, ValueError, LookupError) as error:
        raise ConfigError(f"{path}: {key}: {error}, not {value!r}") from error


def size(value: Any, _root: str = "") -> int:
    """A number of bytes: 5000, "64M", "1G" (powers of ten; Ki, Mi, Gi for powers of two)."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    units = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "ki": 2**10, "mi": 2**20, "gi": 2**30}
    text = str(value).strip().lower().removesuffix("b")
    number = text.rstrip("kmgi")
    if not number.isdecimal() or text[len(number) :] not in units or not int(number):
        raise ValueError("must be a size such as 5000, 64M or 1G")
    return int(number) * units[text[len(number) :]]


def codec(value: Any, _root: str = "") -> str:
    """The name of a codec that Python knows."""
    if not isinstance(value, str):
        raise TypeError("must be the name of a charset")
    try:
        "".encode(value)  # knows also which codecs are not of text (hex, rot13)
    except (LookupError, UnicodeError) as error:
        raise LookupError("must be a charset that Python knows") from error
    return value


def _string(value: Any, _root: str) -> str:
    if not isinstance(value, str):
        raise TypeError("must be a string")
    return value


def _strings(value: Any, _root: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError("must be a list of strings")
    return tuple(value)


def _boolean(value: Any, _root: str) -> bool:
    if not isinstance(value, bool):
        raise TypeError("must be true or false")
    return value


def _count(value: Any, _root: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("must be a whole number, 0 or more")
    return value


def _path(value: Any, root: str) -> str:
    return os.path.normpath(os.path.join(root, os.path.expanduser(_string(value, root))))


def _paths(value: Any, root: str) -> tuple[str, ...]:
    return tuple(_path(item, root) for item in _strings(value, root))


def _strings_table(value: Any, root: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise TypeError("must be a table of globs, each with a list of strings")
    return {glob: _strings(items, root) for glob, items in value.items()}


def _string_table(value: Any, _root: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(kind in KINDS for kind in value.values()):
        raise TypeError(f"must be a table of globs, each with one of {', '.join(KINDS)}")
    return dict(value)


def _fields(value: Any, root: str) -> dict[str, tuple[str, ...]]:
    return _strings_table(value if isinstance(value, dict) else {"*": value}, root)


_SHAPES = {
    "string": _string,
    "strings": _strings,
    "boolean": _boolean,
    "count": _count,
    "size": size,
    "codec": codec,
    "path": _path,
    "paths": _paths,
    "strings table": _strings_table,
    "string table": _string_table,
    "fields": _fields,
}
