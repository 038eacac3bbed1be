"""Framing: where one record of a byte stream ends and the next begins.

In flows the buffer of a stream. Out flow the ends of its records, by the same rules in the one that
cuts a stream into blocks and in the one that reads a block, so that a block holds whole records.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_VERSION = re.compile(rb"WARC/\d\.\d\r?\n")
_NEXT_RECORD = re.compile(rb"^WARC/\d\.\d\r?\n", re.MULTILINE)
_HEADER_LIMIT = 1 << 20
# As much of the next record must be in sight before one is known to end where it says.
_LOOKAHEAD = 16
# The csv module refuses cells above 128 kB unless told otherwise; this is as much as a C long holds everywhere.
_CELL_LIMIT = 2**31 - 1


def lines_end(buffer: bytearray, size: int, _final: bool) -> int:
    """The end of the last whole line of ``buffer[:size]``, 0 where there is none."""
    return buffer.rfind(b"\n", 0, size) + 1


class WarcFrame(NamedTuple):
    """A stretch of a WARC stream: a whole record, or, where ``error`` says so, what cannot be one."""

    start: int
    end: int
    error: str


def warc_frames(data: bytes | bytearray, final: bool) -> Iterator[WarcFrame]:
    """The records of ``data`` by their declared lengths; what is broken ends at the next record's first line.

    Unless ``final``, the last one is left out, since it may go on.
    """
    position = 0
    while position < len(data):
        end, error = _warc_end(data, position)
        if not final and not error and end + _LOOKAHEAD > len(data):
            return
        if end > len(data):
            error = f"the record ends after {len(data) - position} bytes, {end - position} are declared"
        if error:
            found = _NEXT_RECORD.search(data, position + 1)
            if found is None and not final:
                return
            end = found.start() if found else len(data)
        yield WarcFrame(position, end, error)
        position = end


def _warc_end(data: bytes | bytearray, start: int) -> tuple[int, str]:
    """Where the record at ``start`` ends by its own account, which may be past the data; or its fault."""
    head = data.find(b"\r\n\r\n", start, start + _HEADER_LIMIT)
    if head < 0 and len(data) - start < _HEADER_LIMIT:
        return len(data) + 1, ""
    if head < 0 or not _VERSION.match(data, start):
        return start, "does not begin with a WARC header"
    length = _LENGTH.search(data, start, head + 2)
    if length is None:
        return start, "the header has no Content-Length"
    end = head + 4 + int(length[1])
    if end + 4 >= len(data):
        return max(len(data), end), ""
    if data[end : end + 4] == b"\r\n\r\n" or _VERSION.match(data, end + 4):
        return end + 4, ""
    after = end
    while after < len(data) and data[after] in b"\r\n":
        after += 1
    if _VERSION.match(data, after) or after == len(data):
        return after, ""
    return start, "the declared length does not lead to the next record"


def warc_end(buffer: bytearray, size: int, final: bool) -> int:
    """The end of the last whole WARC record of ``buffer[:size]``, 0 where there is none."""
    end = 0
    for frame in warc_frames(buffer[:size], final):
        end = frame.end
    return end


class CsvFrame(NamedTuple):
    """A row of a CSV stream by its place; ``error`` says why ``cells`` are not as many as they should be."""

    start: int
    end: int
    cells: list[str]
    error: str


def csv_frames(data: bytes, delimiter: str, width: int, final: bool) -> Iterator[CsvFrame]:
    """The rows of ``data``, cells as UTF-8 with undecodable bytes as surrogates (PEP 383).

    A row over several lines whose quotes do not match, or that has not ``width`` cells and a quote elsewhere than
    around or within a quoted cell (RFC 4180), is taken for a stray quote: its first line alone is a bad row, and
    reading goes on with the second. Unless ``final``, the last row is left out where it may go on. ``width`` 0
    accepts any number.
    """
    csv.field_size_limit(_CELL_LIMIT)
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    if not lines[-1]:
        lines.pop()
    starts = _line_starts(data)
    index = 0
    while index < len(lines):
        restart, base = False, index
        reader = csv.reader((lines[row] + "\n" for row in range(base, len(lines))), delimiter=delimiter, strict=True)
        while not restart and index < len(lines):
            cells, error = _next_row(reader)
            after = base + reader.line_num
            if after == len(lines) and not final and (not data.endswith(b"\n") or _odd_quotes(lines[index:after])):
                return
            several = after - index > 1
            odd = width not in (0, len(cells)) and not error
            if several and (error or (odd and not _is_sound("\n".join(lines[index:after]), delimiter))):
                cells, after, restart = [lines[index]], index + 1, True
                error = error or "cells over several lines that do not fit the header: a stray quote?"
            elif error:
                cells, error = _next_row(csv.reader([lines[index]], delimiter=delimiter))
                error = error or ("a quote that nothing closes" if _odd_quotes(lines[index:after]) else "")
                restart = True
            if not error and cells and width not in (0, len(cells)):
                error = f"{len(cells)} cells, the header has {width}"
            yield CsvFrame(starts[index], starts[after], cells, error)
            index = after


def _next_row(reader: Iterator[list[str]]) -> tuple[list[str], str]:
    try:
        return next(reader, []), ""
    except csv.Error as error:
        reason = str(error)
        if reason.startswith("new-line character"):  # and goes on with advice on Python's open
            reason = "a carriage return in a cell without quotes, or lines that end in one: convert their ends"
        return [], reason


def _odd_quotes(lines: list[str]) -> bool:
    return sum(line.count('"') for line in lines) % 2 == 1


def _is_sound(row: str, delimiter: str) -> bool:
    """Whether every quote of a row stands around a cell, or doubled in one that is quoted."""
    mark = re.escape(delimiter)
    cell = rf'(?:"(?:[^"]++|"")*+"|[^"{mark}]*+)'
    return re.fullmatch(rf"{cell}(?:{mark}{cell})*+", row.removesuffix("\r")) is not None


def _line_starts(data: bytes) -> list[int]:
    starts = [0]
    position = data.find(b"\n")
    while position >= 0:
        starts.append(position + 1)
        position = data.find(b"\n", position + 1)
    if starts[-1] != len(data):
        starts.append(len(data))
    return starts


class CsvEnd:
    """The end of the last whole row of a buffer, for streams of one delimiter and width."""

    def __init__(self, delimiter: str, width: int) -> None:
        self._delimiter = delimiter
        self._width = width

    def __call__(self, buffer: bytearray, size: int, final: bool) -> int:
        """The end of the last whole row of ``buffer[:size]``, 0 where there is none."""
        if buffer.find(b'"', 0, size) < 0:
            return lines_end(buffer, size, final)
        end = 0
        for frame in csv_frames(bytes(memoryview(buffer)[:size]), self._delimiter, self._width, final):
            end = frame.end
        return end
