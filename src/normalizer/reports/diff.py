"""Unified differences, made from the edits themselves: nothing is compared, so the cost is linear."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normalizer.edits import Edit

_CONTEXT = 3
_NO_NEWLINE = "\\ No newline at end of file\n"


class _Change(NamedTuple):
    """Lines ``first`` to ``end`` (0-based, half-open) of the source and what stands in their place."""

    first: int
    end: int
    after: list[str]


def unified(path: str, source: str, edits: Sequence[Edit], mark: str = "") -> str:
    """The difference as ``patch`` and ``git apply`` read it; lines end at LF, as they do for those.

    ``mark`` is what stands in the file before ``source``: its byte order mark.
    """
    if mark:
        size = len(mark)
        edits = [change._replace(start=change.start + size, end=change.end + size) for change in edits]
        source = mark + source
    lines = _lines(source)
    changes = list(_changes(source, lines, edits))
    if not changes:
        return ""
    name = path.replace(os.sep, "/").lstrip("/")
    end = "\t" if " " in name else ""  # without it, patch takes the name to end at the blank
    parts = [f"--- {_quoted('a/' + name)}{end}\n+++ {_quoted('b/' + name)}{end}\n"]
    shift = 0
    for hunk in _hunks(changes):
        text, shift = _hunk(lines, hunk, shift)
        parts.append(text)
    return "".join(parts)


def _lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _changes(source: str, lines: list[str], edits: Sequence[Edit]) -> Iterator[_Change]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    number = 0
    while number < len(edits):
        first = min(bisect_right(starts, edits[number].start) - 1, len(lines))
        if first == len(lines) and lines and not lines[-1].endswith("\n"):
            first -= 1  # what is put at the end of the last line, which has no line break
        group = [edits[number]]
        end = _end_line(starts, lines, edits[number])
        number += 1
        # Edits of the same line, and of the line that an edit's own line was joined with, belong together.
        while number < len(edits) and bisect_right(starts, edits[number].start) - 1 < end:
            group.append(edits[number])
            end = max(end, _end_line(starts, lines, edits[number]))
            number += 1
        after = _rewritten(source, starts[first], starts[end], group)
        while after and not after.endswith("\n") and end < len(lines):  # the line break went: the next line comes up
            end += 1
            more = [edit for edit in edits[number:] if edit.start < starts[end]]
            number += len(more)
            group += more
            end = max([end, *(_end_line(starts, lines, edit) for edit in more)])
            after = _rewritten(source, starts[first], starts[end], group)
        if after != source[starts[first] : starts[end]]:
            yield _Change(first, end, _lines(after))


def _end_line(starts: list[int], lines: list[str], edit: Edit) -> int:
    """The line after the last one that ``edit`` touches."""
    last = max(edit.start, edit.end - 1)
    return min(bisect_right(starts, last), len(lines))


def _rewritten(source: str, start: int, end: int, group: list[Edit]) -> str:
    parts = []
    for edit in group:
        parts += [source[start : edit.start], edit.after]
        start = edit.end
    return "".join([*parts, source[start:end]])


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    hunk = [changes[0]]
    for change in changes[1:]:
        if change.first - hunk[-1].end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _hunk(lines: list[str], hunk: list[_Change], shift: int) -> tuple[str, int]:
    """A hunk, and by how many lines the text has moved after it."""
    first = max(0, hunk[0].first - _CONTEXT)
    end = min(len(lines), hunk[-1].end + _CONTEXT)
    body: list[str] = []
    position = first
    grown = 0
    for change in hunk:
        body += [_marked(" ", line) for line in lines[position : change.first]]
        body += [_marked("-", line) for line in lines[change.first : change.end]]
        body += [_marked("+", line) for line in change.after]
        grown += len(change.after) - (change.end - change.first)
        position = change.end
    body += [_marked(" ", line) for line in lines[position:end]]
    before = _range(first, end - first)
    after = _range(first + shift, end - first + grown)
    return f"@@ -{before} +{after} @@\n{''.join(body)}", shift + grown


def _marked(mark: str, line: str) -> str:
    return f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n{_NO_NEWLINE}"


def _range(first: int, count: int) -> str:
    start = first + 1 if count else first  # an empty range names the line before it
    return str(start) if count == 1 else f"{start},{count}"


def _quoted(name: str) -> str:
    """A file name as git quotes it when it holds what would break the line."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        return name
    data = name.encode("utf-8", "surrogateescape")
    return (
        '"' + "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}" for byte in data) + '"'
    )
