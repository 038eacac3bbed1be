"""Writers of rows: JSONL, CSV and Parquet, every column kept, the run's own added.

In flow records with their outcomes. Out flow the rows of one shard, in order, into a sink.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any, Protocol

from normalizer.corpora.outcomes import ADDED, MISFIT, OK, RAW, Outcome, added_names
from normalizer.corpora.readers import FILE_COLUMNS, WARC_COLUMNS, Record, original
from normalizer.corpora.sinks import Sink, compressing
from normalizer.corpora.splice import as_string, dumps, repeated_member, splices
from normalizer.corpora.surrogates import ESCAPE, escape, is_plain
from normalizer.corpora.tasks import ShardTask
from normalizer.edits import Edit

# Rows are handed to Arrow in batches of about this much text.
_BATCH_BYTES = 8 << 20
_BATCH_ROWS = 4096
# Edits become values in batches of so many.
_BATCH_EDITS = 4096


class RowWriter(Protocol):
    """What takes the rows of a shard; :meth:`write` returns the outcome that stands in the row."""

    def write(self, record: Record, outcome: Outcome) -> Outcome:
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

    def write(self, record: Record, outcome: Outcome) -> Outcome:
        """Write one line."""
        in_place = self._in_place and isinstance(record.columns.get("text", 0), str | None)
        names = added_names(record.columns, in_place=in_place, prefix=self._prefix)
        many = len(outcome.edits) > _BATCH_EDITS
        added = outcome.added(text_field=not in_place, edits=not many)
        members = {names[field]: value for field, value in added.items() if field != "edits" or not many}
        raw = {} if record.raw is None else {names[RAW]: record.raw}
        for part in self._parts(record, outcome, members if many else {**members, **raw}, in_place):
            self._file.write(part)
        if many:
            self._file.write(b"," + dumps(names["edits"]) + b":")
            for part in edit_parts(outcome.edits):
                self._file.write(part)
            self._file.write(b"," + dumps(raw)[1:-1] if raw else b"")
        self._file.write(b"}\n")
        return outcome

    def _parts(
        self, record: Record, outcome: Outcome, members: dict[str, object], in_place: bool
    ) -> Iterator[bytes | memoryview]:
        if record.line:
            changed = in_place and outcome.text != record.columns["text"]
            replace = ("text", outcome.text) if changed and outcome.text is not None else None
            yield from splices(record.line, members, replace)
        else:
            columns = dict(record.columns)
            if in_place and outcome.text is not None:
                columns["text"] = outcome.text
            yield dumps({**columns, **members})[:-1]

    def close(self) -> None:
        """Finish the compressed stream."""
        self._open.close()


def edit_parts(edits: Sequence[Edit]) -> Iterator[bytes]:
    """JSON of a list of edits in parts: all of it at once takes several times the memory of the edits."""
    opening = b"["
    for start in range(0, len(edits), _BATCH_EDITS):
        batch = dumps([change.as_dict() for change in edits[start : start + _BATCH_EDITS]])
        yield opening + batch[1:-1]
        opening = b","
    yield b"]" if edits else b"[]"


class CsvWriter:
    """CSV with a header, in UTF-8; cells whose bytes are not keep them. Other values than strings are JSON."""

    def __init__(self, task: ShardTask, sink: Sink) -> None:
        self._columns = list(column_names(task))
        self._known = set(self._columns)
        in_place = task.options.text_column == "text" and "text" in self._columns and not task.options.prefix
        names = added_names(self._columns, in_place=in_place, prefix=task.options.prefix)
        self._in_place = in_place
        self._open = ExitStack()
        self._file = self._open.enter_context(compressing(sink, task.output))
        delimiter = task.options.delimiter or ("\t" if task.format == "csv" and ".tsv" in task.input[-8:] else ",")
        self._buffer = io.StringIO()
        # A cell with a carriage return is only quoted where that is part of a line's end.
        self._rows = csv.writer(self._buffer, delimiter=delimiter, lineterminator="\r\n")
        added = [names[field] for field in (*ADDED, RAW) if field != "text" or not in_place]
        self._put([*map(_held, self._columns), *added])

    def write(self, record: Record, outcome: Outcome) -> Outcome:
        """Write one row; a member for which the header has no column stands in ``raw``."""
        why = self._misfit(record) if record.line else ""
        if why:
            record, outcome = misfit(record, outcome, why)
        many = len(outcome.edits) > _BATCH_EDITS
        values = outcome.added(text_field=not self._in_place, edits=not many)
        columns = record.columns
        if self._in_place and outcome.text is not None:
            columns = {**columns, "text": outcome.text}
        own = [columns.get(name) for name in self._columns]
        if many:
            del values["edits"]
            self._put_many([_cell(value) for value in (*own, *values.values())], outcome.edits, record.raw)
        else:
            self._put([_cell(value) for value in (*own, *values.values(), record.raw)])
        return outcome

    def _misfit(self, record: Record) -> str:
        unknown = [name for name in record.columns if name not in self._known]
        return f"no column for member {unknown[0]!r}" if unknown else repeated_member(record.line, record.columns)

    def _put(self, cells: list[Any]) -> None:
        self._file.write(self._row(cells) + b"\n")

    def _put_many(self, cells: list[Any], edits: Sequence[Edit], raw: str | None) -> None:
        """A row whose edits are written in parts; the csv module takes four bytes a character for a row."""
        self._file.write(self._row([*cells, ""]) + b'"')
        for part in edit_parts(edits):
            self._file.write(part.replace(b'"', b'""'))
        self._file.write(b'"' + self._row(["", _cell(raw)]) + b"\n")

    def _row(self, cells: list[Any]) -> bytes:
        self._rows.writerow(cells)
        row = self._buffer.getvalue().removesuffix("\r\n").encode("utf-8", "surrogateescape")
        self._buffer.seek(0)
        self._buffer.truncate()
        return row

    def close(self) -> None:
        """Finish the compressed stream."""
        self._open.close()


def _cell(value: object) -> object:
    """A value as CSV can hold it: strings, numbers, and whatever else as JSON."""
    if isinstance(value, str):
        return _held(value)
    if isinstance(value, bool | list | tuple | dict):
        return dumps(value).decode()
    return value if value is None or isinstance(value, int | float) else _held(as_string(value))


def _held(text: str) -> str:
    """``text`` as UTF-8 with undecodable bytes (PEP 383) can hold it: other lone surrogates, and U+FDD0, escaped."""
    if is_plain(text):
        return text
    try:
        bytewise = text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") == text
    except UnicodeEncodeError:
        bytewise = False
    return text if bytewise and ESCAPE not in text else escape(text)


def misfit(record: Record, outcome: Outcome, why: str) -> tuple[Record, Outcome]:
    """A record that its columns do not hold, with its original in ``raw``, and its outcome, which says so."""
    status = MISFIT if outcome.status == OK else outcome.status
    raw = record.raw or original(record.line or dumps(record.columns))
    return record._replace(raw=raw), outcome._replace(status=status, error=outcome.error or why)


class ParquetWriter:
    """Parquet from rows: the other columns by the schema of the task, batches bounded by bytes."""

    def __init__(self, task: ShardTask, sink: Sink) -> None:
        from normalizer.corpora.tables import RowTable

        self._table = RowTable(task, sink)
        self._rows: list[tuple[Record, Outcome]] = []
        self._bytes = 0

    def write(self, record: Record, outcome: Outcome) -> Outcome:
        """Take one row; the batch is written when it is full."""
        why = self._table.misfit(record.columns) or repeated_member(record.line, record.columns)
        if why:
            record, outcome = misfit(record, outcome, why)
        self._rows.append((record, outcome))
        self._bytes += len(record.line) + len(outcome.text or "")
        if self._bytes >= _BATCH_BYTES or len(self._rows) >= _BATCH_ROWS:
            self._flush()
        return outcome

    def _flush(self) -> None:
        self._table.write(self._rows)
        self._rows, self._bytes = [], 0

    def close(self) -> None:
        """Write the last batch and the footer."""
        if self._rows:
            self._flush()
        self._table.close()
