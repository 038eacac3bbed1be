"""The plan of a run: inputs cut into tasks, one after the other, never more than one block in memory.

In flows an :class:`Input`. Out flow its :class:`ShardTask` values in order. What is wrong with the
file as a whole (a stream that breaks off, no such column) is left in :attr:`Plan.damage`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from normalizer.corpora.framing import CsvEnd, csv_frames, lines_end, warc_end
from normalizer.corpora.inputs import Input, is_document, walk
from normalizer.corpora.outcomes import MISSING
from normalizer.corpora.readers import FILE_COLUMNS, WARC_COLUMNS, delimiter_of, json_record
from normalizer.corpora.streams import Stream
from normalizer.corpora.tasks import File, RunOptions, ShardTask
from normalizer.errors import ConfigError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# A shard of documents holds at most so many, however small they are.
_FILES = 4096
# A record beyond the limit of documents by this factor is cut into pieces, so that memory stays bounded.
_RECORD_FACTOR = 2
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

End = Callable[[bytearray, int, bool], int]


def output_of(item: Input, options: RunOptions) -> str:
    """The format of an input's output: the one asked for, or its own where that can be written."""
    if options.to:
        return options.to
    if item.format not in ("jsonl", "csv"):
        return "parquet"
    return item.format + {"gzip": ".gz", "zstd": ".zst"}.get(item.compression, "")


class Plan:
    """Cuts one input. ``damage`` is empty, or says, after the last task, what was wrong with the file."""

    def __init__(self, item: Input, options: RunOptions, folder: Path, fingerprint: str) -> None:
        self._item = item
        self._options = options
        output = output_of(item, options)
        self._blank = ShardTask("", item.name, item.format, output, folder, "", fingerprint, options)
        self._number = 0
        self.position = 0
        self.damage = ""

    def tasks(self) -> Iterator[ShardTask]:
        """The tasks in order; none for a file that cannot be read at all."""
        try:
            if self._item.format == "parquet":
                yield from self._group_tasks()
            elif self._item.format == "files":
                yield from self._file_tasks()
            else:
                yield from self._block_tasks()
        except OSError as error:
            self.damage = f"cannot be read: {error}"
        self.position = self._item.size

    def _task(self, task: ShardTask, content: bytes) -> ShardTask:
        """``task`` with its number and the key of what it reads."""
        digest = hashlib.sha256(task.schema + "\0".join(task.header).encode("utf-8", "surrogatepass"))
        digest.update(content)
        name = f"{self._item.name}-{self._number:05d}"
        made = replace(task, name=name, key=digest.hexdigest(), first=self._number == 0)
        self._number += 1
        return made

    def _block_tasks(self) -> Iterator[ShardTask]:
        stream = Stream(self._item.path, self._item.compression)
        try:
            task: ShardTask | None = None
            for block, oversize in self._blocks(stream):
                if task is None:
                    task = self._prepared(block)
                    if task is None:
                        return
                limited = replace(task, data=block, oversize=oversize, limit=self._options.sample)
                yield self._task(limited, block)
                if self._options.sample is not None:
                    return
            self.damage = stream.damage
        finally:
            stream.close()

    def _prepared(self, block: bytes) -> ShardTask | None:
        """The task of all blocks, with header and schema; none (and damage) if the text is not to be had."""
        task = self._blank
        if self._item.format == "csv":
            header = self._header(block)
            if self._options.text_column not in header:
                found = ", ".join(header)
                self.damage = f"{MISSING}: no column {self._options.text_column!r} among {found} (--text-column)"
                return None
            task = replace(task, header=header)
        if task.output == "parquet":
            task = replace(task, schema=_row_schema(task, block))
        return task

    def _header(self, block: bytes) -> tuple[str, ...]:
        if block.startswith(_UTF16):
            raise OSError("UTF-16: convert it to UTF-8 first")
        frames = csv_frames(block.removeprefix(b"\xef\xbb\xbf"), delimiter_of(self._blank), 0, final=True)
        cells = next((frame.cells for frame in frames if frame.cells), [])
        return _distinct(cells)

    def _blocks(self, stream: Stream) -> Iterator[tuple[bytes, str]]:
        """Whole records, about ``shard_bytes`` at a time; a record beyond all limits in pieces, with the reason."""
        limit = _RECORD_FACTOR * self._options.max_bytes + self._options.shard_bytes
        buffer = bytearray()
        target = self._options.shard_bytes
        end: End | None = None
        ended = False
        while not ended or buffer:
            if not ended and len(buffer) < target:
                data = stream.read()
                self.position = stream.position
                buffer += data
                ended = not data
                continue
            final = ended and len(buffer) <= target
            size = min(target, len(buffer))
            end = end or self._end(buffer)
            cut, reason = end(buffer, size, final), ""
            if not cut and final:
                cut = size
            elif not cut and target >= limit:
                cut, reason = self._forced(buffer, size), f"part of a record of more than {limit} bytes"
            if cut:
                yield bytes(memoryview(buffer)[:cut]), reason
                del buffer[:cut]
                target = self._options.shard_bytes
            else:
                target = min(limit, 2 * target)

    def _forced(self, buffer: bytearray, size: int) -> int:
        """Where to cut when no record ends: for CSV after the line that opened a quote, otherwise here."""
        newline = buffer.find(b"\n", 0, size) if self._item.format == "csv" else -1
        return newline + 1 or size

    def _end(self, buffer: bytearray) -> End:
        if self._item.format == "jsonl":
            return lines_end
        if self._item.format == "warc":
            return warc_end
        return CsvEnd(delimiter_of(self._blank), len(self._header(bytes(buffer[: 1 << 20]))))

    def _group_tasks(self) -> Iterator[ShardTask]:
        import pyarrow as pa

        from normalizer.corpora.tables import open_parquet
        from normalizer.engines.arrow import check_column

        try:
            file = open_parquet(self._item.path)
            check_column(file.schema_arrow, self._options.text_column)
        except (pa.ArrowException, ConfigError) as error:
            self.damage = str(error).split("\n")[0]
            return
        with file, self._item.path.open("rb") as raw:
            schema = file.schema_arrow.serialize().to_pybytes()
            for groups in self._groups(file):
                content = hashlib.sha256(schema)
                for group in groups:
                    self.position, size = _group_span(file, group)
                    raw.seek(self.position)
                    _feed(content.update, raw.read, size)
                task = replace(self._blank, path=self._item.path, groups=groups, header=(), limit=self._options.sample)
                if task.output != "parquet":
                    task = replace(task, header=tuple(file.schema_arrow.names))
                yield self._task(task, content.digest())
                if self._options.sample is not None:
                    return

    def _groups(self, file: pq.ParquetFile) -> Iterator[tuple[int, ...]]:
        """Consecutive row groups of about ``shard_bytes`` together, an empty tuple for a file without rows."""
        taken: list[int] = []
        size = 0
        for group in range(file.num_row_groups):
            taken.append(group)
            size += file.metadata.row_group(group).total_byte_size
            if size >= self._options.shard_bytes:
                yield tuple(taken)
                taken, size = [], 0
        if taken or not file.num_row_groups:
            yield tuple(taken)

    def _file_tasks(self) -> Iterator[ShardTask]:
        blank = self._blank
        if blank.output == "parquet":
            blank = replace(blank, schema=_fixed_schema(FILE_COLUMNS))
        batch: list[File] = []
        size = 0
        for path, name in self._documents():
            file = _read(path, name, self._options.max_bytes)
            batch.append(file)
            size += len(file.data or b"")
            enough = self._options.sample if self._options.sample is not None else _FILES
            if size >= self._options.shard_bytes or len(batch) >= enough:
                yield self._files_task(blank, batch)
                self.position += size
                batch, size = [], 0
                if self._options.sample is not None:
                    return
        if batch:
            yield self._files_task(blank, batch)

    def _files_task(self, blank: ShardTask, batch: list[File]) -> ShardTask:
        digest = hashlib.sha256()
        for file in batch:
            digest.update(f"{file.name}\0{file.error}\0{len(file.data or b'')}\0".encode("utf-8", "surrogateescape"))
            digest.update(file.data or b"")
        return self._task(replace(blank, files=tuple(batch)), digest.digest())

    def _documents(self) -> Iterator[tuple[Path, str]]:
        root = self._item.path
        if not root.is_dir():
            yield root, root.name
            return
        for entry in walk(root, self._blank.folder):
            if is_document(entry.name):
                path = Path(entry.path)
                yield path, path.relative_to(root).as_posix()


def _read(path: Path, name: str, limit: int) -> File:
    try:
        size = path.stat().st_size
        if size > _RECORD_FACTOR * limit:
            return File(name, None, f"{size} bytes, more than the limit of {limit}")
        return File(name, path.read_bytes())
    except OSError as error:
        return File(name, None, error.strerror or str(error))


def _distinct(cells: list[str]) -> tuple[str, ...]:
    """The names of columns, a repeated one with its number."""
    names: list[str] = []
    for cell in cells:
        name, number = cell, 2
        while name in names:
            name, number = f"{cell}_{number}", number + 1
        names.append(name)
    return tuple(names)


def _feed(update: Callable[[bytes], object], read: Callable[[int], bytes], size: int) -> None:
    while size > 0:
        data = read(min(size, 1 << 20))
        if not data:
            return
        update(data)
        size -= len(data)


def _group_span(file: pq.ParquetFile, group: int) -> tuple[int, int]:
    """First byte and number of bytes of a row group, by the footer's account."""
    about = file.metadata.row_group(group)
    columns = [about.column(k) for k in range(about.num_columns)]
    starts = [
        min(column.data_page_offset, column.dictionary_page_offset or column.data_page_offset) for column in columns
    ]
    start = max(0, min(starts, default=0))
    return start, sum(max(0, column.total_compressed_size) for column in columns)


def _row_schema(task: ShardTask, block: bytes) -> bytes:
    from normalizer.corpora.tables import infer_schema

    if task.format == "jsonl":
        found = (json_record(line.strip(), task.options.text_column) for line in block.split(b"\n") if line.strip())
        rows = [record.columns for record in found if record.columns]
        schema: pa.Schema = infer_schema(rows, task.options.text_column)
        return bytes(schema.serialize().to_pybytes())
    return _fixed_schema(WARC_COLUMNS if task.format == "warc" else task.header)


def _fixed_schema(names: tuple[str, ...]) -> bytes:
    import pyarrow as pa

    kinds = {"http_status": pa.int32()}
    schema = pa.schema([pa.field(name, kinds.get(name, pa.string())) for name in names])
    return bytes(schema.serialize().to_pybytes())
