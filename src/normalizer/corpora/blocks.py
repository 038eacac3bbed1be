"""Blocks: a stream of records cut between them, never more than one block in memory.

In flows a :class:`Stream`. Out flow :class:`Block` values of whole records, about as large as asked for,
each with the places at which the stream was broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from normalizer.corpora.framing import CsvEnd, csv_frames, lines_end, warc_end
from normalizer.corpora.readers import BOM, delimiter_of
from normalizer.corpora.streams import Stream
from normalizer.corpora.tasks import ShardTask

# A record beyond the limit of documents by this factor is cut into pieces, so that memory stays bounded.
RECORD_FACTOR = 2
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEADER_BYTES = 1 << 20

_End = Callable[[bytearray, int, bool], int]


class Block(NamedTuple):
    """Whole records. ``oversize`` says, where it is a piece of one that is too large, why; ``breaks`` are offsets."""

    data: bytes
    oversize: str = ""
    breaks: tuple[int, ...] = ()


class Blocks:
    """The blocks of one stream, by the format and the options of ``task``; ``position`` is in bytes of the file."""

    def __init__(self, task: ShardTask, stream: Stream) -> None:
        self._task = task
        self._stream = stream
        self._taken = 0

    def __iter__(self) -> Iterator[Block]:
        for data, oversize in self._cut():
            start, self._taken = self._taken, self._taken + len(data)
            breaks = (place - start for place in self._stream.breaks)
            yield Block(data, oversize, tuple(place for place in breaks if 0 <= place <= len(data)))

    def _cut(self) -> Iterator[tuple[bytes, str]]:
        options = self._task.options
        limit = RECORD_FACTOR * options.max_bytes + options.shard_bytes
        buffer = bytearray()
        target = options.shard_bytes
        end: _End | None = None
        ended = False
        while not ended or buffer:
            if not ended and len(buffer) < target:
                data = self._stream.read()
                buffer += data
                ended = not data
                continue
            size = min(target, len(buffer))
            end = end or self._end(buffer)
            cut, reason = size if ended and len(buffer) <= target else end(buffer, size, False), ""
            if not cut and target >= limit:
                cut, reason = self._forced(buffer, size), f"part of a record of more than {limit} bytes"
            if cut:
                yield bytes(memoryview(buffer)[:cut]), reason
                del buffer[:cut]
                target = options.shard_bytes
            else:
                target = min(limit, 2 * target)

    def _forced(self, buffer: bytearray, size: int) -> int:
        """Where to cut when no record ends: for CSV after the line that opened a quote, otherwise here."""
        newline = buffer.find(b"\n", 0, size) if self._task.format == "csv" else -1
        return newline + 1 or size

    def _end(self, buffer: bytearray) -> _End:
        if self._task.format == "jsonl":
            return lines_end
        if self._task.format == "warc":
            return warc_end
        header, _ = csv_header(bytes(buffer[:_HEADER_BYTES]), self._task)
        return CsvEnd(delimiter_of(self._task), len(header))


def csv_header(block: bytes, task: ShardTask) -> tuple[tuple[str, ...], str]:
    """The names of a CSV's columns, and what is wrong with its first line."""
    if block.startswith(_UTF16):
        return (), "UTF-16: convert it to UTF-8 first"
    frames = csv_frames(block.removeprefix(BOM), delimiter_of(task), 0, final=True)
    first = next((frame for frame in frames if frame.cells or frame.error), None)
    if first is None:
        return (), "no header"
    return distinct(first.cells), first.error


def distinct(cells: list[str]) -> tuple[str, ...]:
    """The names of columns, a repeated one with its number."""
    names: dict[str, None] = {}
    for cell in cells:
        name, number = cell, 2
        while name in names:
            name, number = f"{cell}_{number}", number + 1
        names[name] = None
    return tuple(names)
