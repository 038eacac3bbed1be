"""Outlines of Parquet files: what a plan needs of their footers, read where it can do no harm.

In flows a path. Out flows an :class:`Outline`. A footer with wrong bytes can kill the process that reads it
(Arrow ends itself on some), so a run has a process of its own for that: :class:`Prober`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from normalizer._parent import follow_parent
from normalizer.corpora.blocks import distinct
from normalizer.errors import ConfigError

if TYPE_CHECKING:
    import pyarrow.parquet as pq


class Group(NamedTuple):
    """A row group: its first byte in the file, how many it has there, and how many when it is read."""

    start: int
    stored: int
    size: int


class Outline(NamedTuple):
    """The serialized Arrow schema, the names of the columns, each once, and the row groups; or what is wrong."""

    schema: bytes = b""
    names: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    error: str = ""


def outline(path: Path, text_column: str) -> Outline:
    """The outline of a Parquet file that has this column. Raises :class:`OSError` where the system gives no file."""
    import pyarrow as pa

    from normalizer.corpora.tables import open_parquet
    from normalizer.engines.arrow import check_column

    try:
        with open_parquet(path) as file:
            schema = file.schema_arrow
            check_column(schema, text_column)
            groups = tuple(_group(file, number) for number in range(file.num_row_groups))
            return Outline(schema.serialize().to_pybytes(), distinct(schema.names), groups)
    except OSError as error:
        if error.errno is not None:
            raise
        return Outline(error=_line(error))
    except (pa.ArrowException, ConfigError, ValueError, OverflowError) as error:
        return Outline(error=_line(error))


def _line(error: Exception) -> str:
    return str(error).split("\n")[0]


def _group(file: pq.ParquetFile, number: int) -> Group:
    about = file.metadata.row_group(number)
    columns = [about.column(k) for k in range(about.num_columns)]
    starts = [column.dictionary_page_offset or column.data_page_offset for column in columns]
    starts += [column.data_page_offset for column in columns]
    stored = sum(max(0, column.total_compressed_size) for column in columns)
    return Group(max(0, min(starts, default=0)), stored, about.total_byte_size)


class Prober:
    """:func:`outline` in a process of its own, started when it is first needed and after each death."""

    def __init__(self) -> None:
        self._process: Any = None
        self._connection: Connection | None = None

    def __call__(self, path: Path, text_column: str) -> Outline:
        """The outline of a file; one that kills its reader is told as one with an error."""
        if self._connection is None:
            self._start()
        assert self._connection is not None
        try:
            self._connection.send((path, text_column))
            found: Outline | OSError = self._connection.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self._process.join()
            code = self._process.exitcode
            self.close()
            return Outline(error=f"its footer cannot be read: the process that tried ended with {code}")
        if isinstance(found, OSError):
            raise found
        return found

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def close(self) -> None:
        """End the process."""
        if self._connection is not None:
            self._connection.close()
            self._process.kill()
            self._process.join()
            self._connection = None


def _serve(connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    follow_parent()
    # What a dying library says is of no use to anybody: the parent tells which file it was.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while True:
        try:
            path, text_column = connection.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            connection.send(outline(path, text_column))
        except OSError as error:
            connection.send(error)
