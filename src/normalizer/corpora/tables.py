"""Tables: Parquet in and out, and rows that become Parquet.

In flow rows. Out flow record batches with every column and type kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from normalizer.corpora.numbers import as_double
from normalizer.corpora.outcomes import ADDED, RAW, Outcome, added_names
from normalizer.corpora.readers import Columns, Record
from normalizer.corpora.sinks import Sink
from normalizer.corpora.splice import dumps
from normalizer.corpora.surrogates import METADATA_KEY, METADATA_VALUE, escape, unescape
from normalizer.corpora.tasks import ShardTask
from normalizer.engines.arrow import TYPES, outcome_array, strings

_BUFFER = 1 << 20
# JSON written into a string column whose values have no common type.
_AS_JSON = {b"newsnorm.json": b"1"}


def open_parquet(path: Path) -> pq.ParquetFile:
    """The file, to be read page by page, checksums verified. Raises :class:`OSError`, :class:`pa.ArrowException`."""
    return pq.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER, page_checksum_verification=True)


def parquet_writer(sink: Sink, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer into ``sink``, which stays open."""
    return pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd")


def infer_schema(rows: Sequence[Columns], text_column: str) -> pa.Schema:
    """The Arrow schema of JSON members, in the order in which they first appear.

    ``text_column`` is one of strings. Other members whose values have no common type, or with a number that
    no type holds, are strings of JSON, which their field's metadata says.
    """
    values: dict[str, list[Any]] = {}
    for row in rows:
        for name, value in row.items():
            values.setdefault(name, []).append(as_double(value))
    values[text_column] = [""] if text_column in values else []
    return pa.schema([_inferred(name, found) for name, found in values.items() if found])


def _inferred(name: str, values: list[Any]) -> pa.Field:
    try:
        kind = pa.array(values).type
        if not _is_settled(kind):
            return pa.field(escape(name), pa.string(), metadata=_AS_JSON)
    except (pa.ArrowException, UnicodeEncodeError, OverflowError):
        if not all(value is None or isinstance(value, str) for value in values):
            return pa.field(escape(name), pa.string(), metadata=_AS_JSON)
        kind = pa.string()
    return pa.field(escape(name), kind)


def _is_settled(kind: pa.DataType) -> bool:
    """Whether a type says something about every value: no nulls for a type, no objects without members."""
    if pa.types.is_list(kind):
        return _is_settled(kind.value_type)
    if pa.types.is_struct(kind):
        return kind.num_fields > 0 and all(_is_settled(kind.field(k).type) for k in range(kind.num_fields))
    return not pa.types.is_null(kind)


class RowTable:
    """Rows as Parquet: the task's own columns, then the added ones and ``raw``."""

    def __init__(self, task: ShardTask, sink: Sink) -> None:
        self._own: pa.Schema = pa.ipc.read_schema(pa.py_buffer(task.schema))
        # A column is called what Arrow can hold, the member of a record by its own name.
        self._members = {name: unescape(name) for name in self._own.names}
        self._known = set(self._members.values())
        text_column = task.options.text_column
        self._in_place = (
            text_column == "text"
            and not task.options.prefix
            and "text" in self._own.names
            and pa.types.is_string(self._own.field("text").type)
        )
        names = added_names(self._own.names, in_place=self._in_place, prefix=task.options.prefix)
        added = [field for field in ADDED if field != "text" or not self._in_place]
        fields = [*self._own, *(pa.field(names[field], TYPES[field]) for field in added)]
        fields.append(pa.field(names[RAW], pa.string()))
        self._added = added
        self._schema = pa.schema(fields, metadata={METADATA_KEY: METADATA_VALUE})
        self._writer = parquet_writer(sink, self._schema)

    def misfit(self, columns: Columns) -> str:
        """Why the values do not fit the columns, nothing if they do."""
        unknown = [name for name in columns if name not in self._known]
        if unknown:
            return f"no column for member {unknown[0]!r}"
        for field in self._own:
            value = columns.get(self._members[field.name])
            if value is not None and not self._fits(field, value):
                return f"member {field.name!r} does not fit {field.type}"
        return ""

    def _fits(self, field: pa.Field, value: object) -> bool:
        if field.metadata or (isinstance(value, str) and pa.types.is_string(field.type)):
            return True
        try:
            return _same(pa.array([as_double(value)], field.type).to_pylist()[0], as_double(value))
        except (pa.ArrowException, UnicodeEncodeError, OverflowError, TypeError, ValueError):
            return False

    def write(self, rows: Sequence[tuple[Record, Outcome]]) -> None:
        """Write ``rows`` as one row group."""
        outcomes = [outcome for _, outcome in rows]
        arrays = [self._column(field, rows) for field in self._own]
        arrays += [outcome_array(outcomes, field, TYPES[field]) for field in self._added]
        raws = [record.raw if record.raw is None else escape(record.raw) for record, _ in rows]
        arrays.append(pa.array(raws, pa.string()))
        self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._schema))

    def _column(self, field: pa.Field, rows: Sequence[tuple[Record, Outcome]]) -> pa.Array:
        if self._in_place and field.name == "text":
            texts = [_text(record, outcome) for record, outcome in rows]
            return strings(texts, field.type)
        member = self._members[field.name]
        return pa.array([self._value(field, record.columns.get(member)) for record, _ in rows], field.type)

    def _value(self, field: pa.Field, value: object) -> object:
        if value is None:
            return None
        if field.metadata:
            return dumps(value).decode()
        if isinstance(value, str) and pa.types.is_string(field.type):
            return escape(value)
        return as_double(value) if self._fits(field, value) else None

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()


def _text(record: Record, outcome: Outcome) -> str | None:
    """What a column of its own holds: the result, or the original of what could not be decoded."""
    own = record.columns.get("text")
    return own if outcome.text is None and isinstance(own, str) else outcome.text


def _same(made: object, value: object) -> bool:
    """Whether a value came back as it was: the same type, members and numbers."""
    if isinstance(value, dict) and isinstance(made, dict):
        return all(_same(made.get(name), item) for name, item in value.items()) and value.keys() <= made.keys()
    if isinstance(value, list) and isinstance(made, list):
        return len(made) == len(value) and all(map(_same, made, value))
    if isinstance(value, int) and isinstance(made, float) and not isinstance(value, bool):
        return made == value
    # NaN is not equal to itself.
    return type(made) is type(value) and (made == value or repr(made) == repr(value) == "nan")
