"""The plan of a run: inputs cut into tasks, one after the other, never more than one block in memory.

In flows an :class:`Input`. Out flow its :class:`ShardTask` values in order. What is wrong with the
file as a whole (a stream that breaks off, no such column) is left in :attr:`Plan.damage`.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from normalizer.corpora.blocks import RECORD_FACTOR, Blocks, csv_header
from normalizer.corpora.inputs import Input, is_document, walk
from normalizer.corpora.naming import shard_stem
from normalizer.corpora.outcomes import MISSING
from normalizer.corpora.outlines import Outline, outline
from normalizer.corpora.readers import FILE_COLUMNS, WARC_COLUMNS, Columns, records
from normalizer.corpora.streams import Stream
from normalizer.corpora.surrogates import escape
from normalizer.corpora.tasks import File, RunOptions, ShardTask

if TYPE_CHECKING:
    import pyarrow as pa

# A shard of documents holds at most so many, however small they are.
_FILES = 4096

Probe = Callable[[Path, str], Outline]


def output_of(item: Input, options: RunOptions) -> str:
    """The format of an input's output: the one asked for, or its own where that can be written."""
    if options.to:
        return options.to
    if item.format not in ("jsonl", "csv"):
        return "parquet"
    return item.format + {"gzip": ".gz", "zstd": ".zst"}.get(item.compression, "")


class Plan:
    """Cuts one input. ``damage`` is empty, or says, after the last task, what was wrong with the file.

    ``is_unread`` says that it was the system that did not give it, which may be otherwise another time.
    ``probe`` reads the outlines of Parquet files.
    """

    def __init__(
        self, item: Input, options: RunOptions, folder: Path, fingerprint: str, probe: Probe = outline
    ) -> None:
        self._item = item
        self._probe = probe
        self._options = options
        output = output_of(item, options)
        self._blank = ShardTask("", item.name, item.format, output, folder, "", fingerprint, options)
        self._number = 0
        self.position = 0
        self.damage = ""
        self.is_unread = False

    def tasks(self) -> Iterator[ShardTask]:
        """The tasks in order; none for a file that cannot be read at all."""
        try:
            if self._item.format == "parquet":
                yield from self._group_tasks()
            elif self._item.format == "files":
                yield from self._file_tasks()
            elif self._item.path.is_fifo():
                self.damage = "not a regular file: what it gives cannot be proven a second time"
            else:
                yield from self._block_tasks()
        except OSError as error:
            # Arrow says so, too, of what a file holds, but then without a number of the system's.
            self.damage, self.is_unread = f"cannot be read: {error}", error.errno is not None
        self.position = self._item.size

    def _task(self, task: ShardTask, content: bytes) -> ShardTask:
        """``task`` with its number and the key of what it reads."""
        digest = hashlib.sha256(task.schema + "\0".join(task.header).encode("utf-8", "surrogatepass"))
        if task.breaks:
            digest.update(repr(task.breaks).encode())
        digest.update(content)
        name = f"{shard_stem(self._item.name)}-{self._number:05d}"
        made = replace(task, name=name, key=digest.hexdigest(), first=self._number == 0)
        self._number += 1
        return made

    def _block_tasks(self) -> Iterator[ShardTask]:
        stream = Stream(self._item.path, self._item.compression)
        try:
            task: ShardTask | None = None
            for block in Blocks(self._blank, stream):
                self.position = stream.position
                task = task or self._prepared(block.data)
                if task is None:
                    return
                limited = replace(task, **block._asdict(), limit=self._options.sample)
                yield self._task(limited, block.data)
                if self._options.sample is not None:
                    return
            self.damage = stream.damage
            if task is None and self._item.format == "csv":
                self.damage = self.damage or f"{MISSING}: no header, the file is empty"
        finally:
            stream.close()

    def _prepared(self, block: bytes) -> ShardTask | None:
        """The task of all blocks, with header and schema; none (and damage) if the text is not to be had."""
        task = self._blank
        if self._item.format == "csv":
            header, error = csv_header(block, task)
            if self._options.text_column not in header:
                found = f": the first line cannot be read: {error}" if error else f" among {', '.join(header)}"
                advice = "(--text-column, --delimiter)"
                self.damage = f"{MISSING}: no column {self._options.text_column!r}{found} {advice}"
                return None
            task = replace(task, header=header)
        if task.output == "parquet":
            task = replace(task, schema=_row_schema(task, block))
        elif task.format == "jsonl" and task.output.startswith("csv"):
            task = replace(task, header=_members(task, block))
        return task

    def _group_tasks(self) -> Iterator[ShardTask]:
        found = self._probe(self._item.path, self._options.text_column)
        self.damage = found.error
        if found.error:
            return
        with self._item.path.open("rb") as raw:
            for groups in self._groups(found):
                content = hashlib.sha256(found.schema)
                for number in groups:
                    group = found.groups[number]
                    self.position = raw.seek(group.start)
                    _feed(content.update, raw.read, group.stored)
                task = replace(self._blank, path=self._item.path, groups=groups, limit=self._options.sample)
                if task.output != "parquet":
                    task = replace(task, header=found.names)
                yield self._task(task, content.digest())
                if self._options.sample is not None:
                    return

    def _groups(self, found: Outline) -> Iterator[tuple[int, ...]]:
        """Consecutive row groups of about ``shard_bytes`` together, an empty tuple for a file without rows."""
        taken: list[int] = []
        size = 0
        for number, group in enumerate(found.groups):
            taken.append(number)
            size += group.size
            if size >= self._options.shard_bytes:
                yield tuple(taken)
                taken, size = [], 0
        if taken or not found.groups:
            yield tuple(taken)

    def _file_tasks(self) -> Iterator[ShardTask]:
        blank = self._blank
        if blank.output == "parquet":
            blank = replace(blank, schema=_fixed_schema(FILE_COLUMNS))
        batch: list[File] = []
        size = 0
        enough = self._options.sample if self._options.sample is not None else _FILES
        for file in self._files():
            batch.append(file)
            size += len(file.data or b"")
            if size >= self._options.shard_bytes or len(batch) >= enough:
                yield self._files_task(blank, batch)
                self.position += size
                batch, size = [], 0
                if self._options.sample is not None:
                    return
        if batch:
            yield self._files_task(blank, batch)

    def _files(self) -> Iterator[File]:
        for path, name in self._documents():
            yield from _parts(path, name, self._options)

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


def _parts(path: Path, name: str, options: RunOptions) -> Iterator[File]:
    """A document; one far beyond the limit in pieces, so that it is kept and memory stays bounded."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            yield File(name, None, "not a regular file")
        elif about.st_size <= RECORD_FACTOR * options.max_bytes:
            yield File(name, path.read_bytes())
        else:
            reason = f"part of a document of {about.st_size} bytes, more than the limit of {options.max_bytes}"
            with path.open("rb") as file:
                while data := file.read(options.shard_bytes):
                    yield File(name, data, reason)
    except OSError as error:
        yield File(name, None, error.strerror or str(error))


def _feed(update: Callable[[bytes], object], read: Callable[[int], bytes], size: int) -> None:
    while size > 0:
        data = read(min(size, 1 << 20))
        if not data:
            return
        update(data)
        size -= len(data)


def _row_schema(task: ShardTask, block: bytes) -> bytes:
    from normalizer.corpora.tables import infer_schema

    if task.format == "jsonl":
        schema: pa.Schema = infer_schema(list(_rows(task, block)), task.options.text_column)
        return bytes(schema.serialize().to_pybytes())
    return _fixed_schema(WARC_COLUMNS if task.format == "warc" else task.header)


def _rows(task: ShardTask, block: bytes) -> Iterator[Columns]:
    first = replace(task, data=block, first=True)
    return (record.columns for record in records(first) if record is not None and record.columns)


def _members(task: ShardTask, block: bytes) -> tuple[str, ...]:
    """The members of a block's JSON lines in the order in which they first appear, the text among them."""
    names = {name: None for row in _rows(task, block) for name in row}
    return tuple(names | {task.options.text_column: None})


def _fixed_schema(names: tuple[str, ...]) -> bytes:
    import pyarrow as pa

    kinds = {"http_status": pa.int32()}
    schema = pa.schema([pa.field(escape(name), kinds.get(name, pa.string())) for name in names])
    return bytes(schema.serialize().to_pybytes())
