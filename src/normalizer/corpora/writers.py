"""Writers of rows: JSONL, CSV and Parquet, every column kept, the run's own added.

In flow records with their outcomes. Out flow the rows of one shard, in order, into a sink.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any, Protocol

from normalizer.corpora.outcomes import ADDED, MISFIT, OK, RAW, Outcome, added_names
from normalizer.corpora.readers import FILE_COLUMNS, WARC_COLUMNS, Columns, Record
from normalizer.corpora.sinks import Sink, compressing
from normalizer.corpora.splice import as_string, dumps, spliced
from normalizer.corpora.surrogates import escape
from normalizer.corpora.tasks import ShardTask

# Rows are handed to Arrow in batches of about this much text.
_BATCH_BYTES = 8 << 20
_BATCH_ROWS = 4096


class RowWriter(Protocol):
    """What takes the rows of a shard; :meth:`write` returns the status that stands in the row."""

    def write(self, record: Record, outcome: Outcome) -> str:
        """Write one row."""
        ...

    def close(self) -> None:
        """Write what is left; the sink stays open."""
        ...


def row_writer(task: ShardTask, sink: Sink) -> RowWriter:
    """The writer of the output format of ``task``."""
    kind = task.output.split(".")[0]
    if kind == "jsonl":
        return JsonlWriter(task, sink)
    return CsvWriter(task, sink) if kind == "csv" else ParquetWriter(task, sink)


def column_names(task: ShardTask) -> Sequence[str]:
    """The columns of the rows of ``task``, where its format has fixed ones."""
    fixed: dict[str, Sequence[str]] = {"warc": WARC_COLUMNS, "files": FILE_COLUMNS}
    return fixed.get(task.format, task.header)


class JsonlWriter:
    """JSON lines. A line that came as JSON keeps every byte but those of a changed text."""

    def __init__(self, task: ShardTask, sink: Sink) -> None:
        self._prefix = task.options.prefix
        self._in_place = task.options.text_column == "text" and not self._prefix
        self._open = ExitStack()
        self._file = self._open.enter_context(compressing(sink, task.output))

    def write(self, record: Record, outcome: Outcome) -> str:
        """Write one line."""
        in_place = self._in_place and isinstance(record.columns.get("text", 0), str | None)
        names = added_names(record.columns, in_place=in_place, prefix=self._prefix)
        members = {names[field]: value for field, value in outcome.added(text_field=not in_place).items()}
        if record.raw is not None:
            members[names[RAW]] = record.raw
        if record.line:
            changed = in_place and outcome.text != record.columns["text"]
            replace = ("text", outcome.text) if changed and outcome.text is not None else None
            row = spliced(record.line, members, replace)
        else:
            columns = dict(record.columns)
            if in_place:
                columns["text"] = outcome.text
            row = dumps({**columns, **members}) + b"\n"
        self._file.write(row)
        return outcome.status

    def close(self) -> None:
        """Finish the compressed stream."""
        self._open.close()


class CsvWriter:
    """CSV with a header, in UTF-8; cells whose bytes are not keep them. ``edits`` is JSON."""

    def __init__(self, task: ShardTask, sink: Sink) -> None:
        self._columns = list(column_names(task))
        in_place = task.options.text_column == "text" and "text" in self._columns and not task.options.prefix
        names = added_names(self._columns, in_place=in_place, prefix=task.options.prefix)
        self._in_place = in_place
        self._open = ExitStack()
        self._file = self._open.enter_context(compressing(sink, task.output))
        delimiter = task.options.delimiter or ("\t" if task.format == "csv" and ".tsv" in task.input[-8:] else ",")
        self._buffer = io.StringIO()
        self._rows = csv.writer(self._buffer, delimiter=delimiter, lineterminator="\n")
        added = [names[field] for field in (*ADDED, RAW) if field != "text" or not in_place]
        self._put([*self._columns, *added])

    def write(self, record: Record, outcome: Outcome) -> str:
        """Write one row."""
        values = outcome.added(text_field=not self._in_place)
        values["edits"] = dumps(values["edits"]).decode()
        columns = {**record.columns, "text": outcome.text} if self._in_place else record.columns
        self._put([*(_cell(columns.get(name)) for name in self._columns), *values.values(), record.raw])
        return outcome.status

    def _put(self, cells: list[Any]) -> None:
        self._rows.writerow(cells)
        text = self._buffer.getvalue()
        try:
            data = text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            data = escape(text).encode()
        self._file.write(data)
        self._buffer.seek(0)
        self._buffer.truncate()

    def close(self) -> None:
        """Finish the compressed stream."""
        self._open.close()


def _cell(value: object) -> object:
    """A value of another format as CSV can hold it: lists and structs as JSON."""
    if value is None or isinstance(value, str | int | float):
        return value
    return dumps(value).decode() if isinstance(value, list | tuple | dict) else as_string(value)


class ParquetWriter:
    """Parquet from rows: the other columns by the schema of the task, batches bounded by bytes."""

    def __init__(self, task: ShardTask, sink: Sink) -> None:
        from normalizer.corpora.tables import RowTable

        self._table = RowTable(task, sink)
        self._rows: list[tuple[Record, Outcome]] = []
        self._bytes = 0

    def write(self, record: Record, outcome: Outcome) -> str:
        """Take one row; the batch is written when it is full."""
        fits, why = self._table.fits(record.columns)
        if not fits:
            status = MISFIT if outcome.status == OK else outcome.status
            outcome = outcome._replace(status=status, error=why if outcome.error is None else outcome.error)
            record = record._replace(raw=record.raw or _raw(record))
        self._rows.append((record, outcome))
        self._bytes += len(record.line) + len(outcome.text or "")
        if self._bytes >= _BATCH_BYTES or len(self._rows) >= _BATCH_ROWS:
            self._flush()
        return outcome.status

    def _flush(self) -> None:
        self._table.write(self._rows)
        self._rows, self._bytes = [], 0

    def close(self) -> None:
        """Write the last batch and the footer."""
        if self._rows:
            self._flush()
        self._table.close()


def _raw(record: Record) -> str:
    columns: Columns = record.columns
    return (record.line or dumps(columns)).decode("utf-8", "surrogateescape")
