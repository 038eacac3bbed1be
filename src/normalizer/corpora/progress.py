"""Progress of a run on a terminal: how much is done, how fast, how long it will take."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_EVERY_SECONDS = 0.5


class Progress:
    """One line on ``stream``, rewritten in place; silent where that is no terminal."""

    def __init__(self, total: int, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self._stream = stream or sys.stderr
        self._on = self._stream.isatty() and not quiet
        self._total = max(1, total)
        self._start = self._last = time.monotonic()
        self._skipped = self._made = 0
        self._width = 0

    def stood(self, position: int) -> None:
        """The input from the last position on needed no work, up to this one: it says nothing about the rate."""
        self._skipped += max(0, position - self._made)
        self._made = position

    def made(self, position: int) -> None:
        """The input was worked on up to this position."""
        self._made = position

    def show(self, position: int, records: int, bad: int) -> None:
        """``position`` bytes of the inputs are read, ``records`` done, ``bad`` of them bad."""
        now = time.monotonic()
        if not self._on or now - self._last < _EVERY_SECONDS:
            return
        self._last = now
        self._write(line(position, self._total, self._skipped, records, bad, now - self._start))

    def _write(self, text: str) -> None:
        self._stream.write(f"\r{text:<{self._width}}")
        self._stream.flush()
        self._width = len(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._on and self._width:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()


def line(position: int, total: int, skipped: int, records: int, bad: int, seconds: float) -> str:
    """The line of progress after ``seconds``; sizes in bytes of stored input."""
    seconds = max(seconds, 1e-3)
    speed = (position - skipped) / seconds
    left = duration((total - position) / speed) if speed > 0 else "?"
    trouble = f", {bad} bad" if bad else ""
    return (
        f"{position / total:4.0%}  {records:,} records{trouble}  {records / seconds:,.0f}/s  "
        f"{speed / 1e6:.1f} MB/s  {left} left"
    )


def duration(seconds: float) -> str:
    """Seconds as ``h:mm:ss`` or ``m:ss``."""
    whole = max(0, round(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
