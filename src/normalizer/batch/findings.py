"""Edits as findings: with line, column and the text around, so that people and programs find the place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from normalizer.batch.outcome import Finding
from normalizer.edits import Edit

CONTEXT = 32  # code points around an edit, enough to find it again after lines have moved
_BREAK = re.compile(r"\r\n|\r|\n")


def line_starts(text: str) -> list[int]:
    """The offsets at which the lines of ``text`` begin; they end at LF, CR LF or CR."""
    return [0, *(match.end() for match in _BREAK.finditer(text))]


def findings_of(source: str, edits: Sequence[Edit]) -> tuple[Finding, ...]:
    """The findings of ``edits``, which stand in the coordinates of ``source``."""
    if not edits:
        return ()
    starts = line_starts(source)
    return tuple(_finding(source, change, starts) for change in edits)


def _finding(source: str, change: Edit, starts: list[int]) -> Finding:
    line = bisect_right(starts, change.start)
    end_line = bisect_right(starts, change.end)
    return Finding(
        *change[:6],
        line=line,
        column=change.start - starts[line - 1] + 1,
        end_line=end_line,
        end_column=change.end - starts[end_line - 1] + 1,
        prefix=source[max(0, change.start - CONTEXT) : change.start],
        suffix=source[change.end : change.end + CONTEXT],
    )
