"""What became of one file, and what was found in it: the values that workers hand to reports and cache."""

from __future__ import annotations

from typing import Any, NamedTuple

CLEAN = "clean"
CHANGED = "changed"  # check: fix would change it
FIXED = "fixed"
BINARY = "binary"
EMPTY = "empty"
REFUSED = "refused"  # a fix that would not be exact or not be safe; the file is as it was
FAILED = "failed"  # could not be read, decoded or written; the file is as it was
FAULT = "fault"  # an error of ours

SKIPPED = frozenset({BINARY, EMPTY})
TROUBLE = frozenset({REFUSED, FAILED})


class Finding(NamedTuple):
    """One edit of one file: the design's edit schema and where a reader finds it.

    ``start`` and ``end`` are code points of the decoded source (its byte order mark not counted),
    half-open; lines and columns count from 1, columns in code points. ``prefix`` and ``suffix`` are the
    text around, as in the W3C text-quote selector.
    """

    start: int
    end: int
    before: str
    after: str
    rules: tuple[str, ...]
    detail: str
    line: int
    column: int
    end_line: int
    end_column: int
    prefix: str
    suffix: str

    @property
    def rule(self) -> str:
        """The rules that made the edit, joined by ``+``."""
        return "+".join(self.rules)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**self._asdict(), "rules": list(self.rules)}


class Outcome(NamedTuple):
    """What became of one file. ``message`` says what was wrong and what to do, on one line.

    ``sha256`` is that of the bytes that were read, ``written`` that of the bytes in their place; both are
    there only where somebody asks (a cache, findings). ``stamp`` identifies the file as it is now (see
    :mod:`normalizer.batch.cache`). ``stale`` are entries of the baseline that nothing here answers to.
    """

    path: str
    status: str
    message: str = ""
    findings: tuple[Finding, ...] = ()
    codec: str = ""
    how: str = ""
    sha256: str = ""
    diff: str = ""
    stamp: tuple[int, ...] = ()
    stale: tuple[tuple[str, str], ...] = ()
    written: str = ""
