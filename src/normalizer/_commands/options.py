"""Flags of the command line as values of configuration keys."""

from __future__ import annotations

import argparse
import os
from typing import Any

from normalizer.batch.keys import KEYS, checked
from normalizer.batch.settings import Resolver
from normalizer.errors import ConfigError

_SPLIT = ("select", "extend_select", "ignore", "fields")


def resolver_of(options: argparse.Namespace) -> Resolver:
    """The resolver of settings under the given flags. Raises :class:`ConfigError` for a flag's bad value."""
    return Resolver(_flags(options), getattr(options, "config_file", None))


def _flags(options: argparse.Namespace) -> dict[str, Any]:
    given = {name: value for name, value in vars(options).items() if name in KEYS and value is not None}
    flags: dict[str, Any] = {}
    for name, value in given.items():
        shown = name.replace("_", "-")
        parts = [part for item in value for part in _parts(shown, item)] if name in _SPLIT else value
        flags[name] = checked("command line", shown, parts, os.getcwd())
    return flags


def _parts(shown: str, item: str) -> list[str]:
    parts = [part.strip() for part in item.split(",") if part.strip()]
    if not parts:  # an empty variable of a script, which must not pass for "none"
        raise ConfigError(f"--{shown} {item!r} names nothing: name some, or leave it out")
    return parts
