"""Where the packaged data lies. ``importlib.resources`` would add 10 ms to every start of the command."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"
