"""Flags of the command line as values of configuration keys."""

from __future__ import annotations

import argparse
import os
from typing import Any

from normalizer.batch.keys import KEYS, checked
from normalizer.batch.settings import Resolver

_SPLIT = ("select", "extend_select", "ignore", "fields")


def resolver_of(options: argparse.Namespace) -> Resolver:
    """The resolver of settings under the given flags. Raises :class:`ConfigError` for a flag's bad value."""
    return Resolver(_flags(options), getattr(options, "config_file", None))


def _flags(options: argparse.Namespace) -> dict[str, Any]:
    given = {name: value for name, value in vars(options).items() if name in KEYS and value is not None}
    flags: dict[str, Any] = {}
    for name, value in given.items():
        split = name in _SPLIT
        parts = [part.strip() for item in value for part in item.split(",") if part.strip()] if split else value
        flags[name] = checked("command line", name.replace("_", "-"), parts, os.getcwd())
    return flags
