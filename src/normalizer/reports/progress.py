"""A bar on the terminal while many files are judged, by rich where it is installed (``newsnorm[rich]``)."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_FEW = 50  # files that are done before a bar could be read
_SECONDS_BETWEEN = 0.1


class Progress:
    """Shows nothing."""

    def step(self) -> None:
        """One file is done."""

    def hide(self) -> None:
        """Make way for other output; the next step shows the bar again."""


class RichProgress(Progress):
    """A bar of rich on standard error, drawn when a file is done: no thread, so that workers can be forked."""

    def __init__(self, bar: Bar, total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("files", total=total)
        self._shown = False
        self._last = time.monotonic()

    def step(self) -> None:
        """One file is done."""
        self._bar.advance(self._task)
        now = time.monotonic()
        if now - self._last < _SECONDS_BETWEEN:
            return
        self._last = now
        if not self._shown:
            self._bar.start()
            self._shown = True
        self._bar.refresh()

    def hide(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._bar.stop()
            self._shown = False


def progress_of(options: argparse.Namespace, files: int) -> Progress:
    """The bar for a run over so many files, if a person is there to see it."""
    if files < _FEW or options.quiet or sys.stderr is None or not sys.stderr.isatty():
        return Progress()
    try:
        from rich.console import Console
        from rich.progress import Progress as Bar
    except ImportError:
        return Progress()
    return RichProgress(Bar(console=Console(stderr=True), transient=True, auto_refresh=False), files)
