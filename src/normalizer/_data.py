"""The packaged data. ``importlib.resources`` would add 10 ms to every start of the command, ``pathlib`` 4."""

from __future__ import annotations

import os

DATA = os.path.join(os.path.dirname(__file__), "data")  # noqa: PTH118, PTH120


def read(name: str) -> bytes:
    """The bytes of a data file, named with slashes: ``names/compiled.bin``."""
    with open(os.path.join(DATA, *name.split("/")), "rb") as file:  # noqa: PTH118, PTH123
        return file.read()


def read_text(name: str) -> str:
    """The text of a data file in UTF-8."""
    return read(name).decode()
