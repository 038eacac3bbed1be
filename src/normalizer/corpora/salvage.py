"""Row groups of Parquet files, read although pages of them are damaged.

In flow row groups. Out flow record batches of all their rows. A page that cannot be read costs the
values of its column from there to the end of its row group, not the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_READ_BYTES = 8 << 20
_READ_ROWS = 4096
# Where a page is damaged, the rows before it are told from it in steps of so many.
_CAREFUL_ROWS = 64
_ERRORS = (pa.ArrowException, OSError)


def read_groups(file: pq.ParquetFile, groups: Iterable[int]) -> Iterator[tuple[pa.RecordBatch, dict[str, str]]]:
    """The rows of some row groups in batches, with the columns that could not be read, which are null, and why."""
    for group in groups:
        done = 0
        try:
            for batch in _batches(file, group):
                for column in batch.columns:
                    check(column)
                yield batch, {}
                done += batch.num_rows
        except _ERRORS:
            yield from _salvaged(file, group, done)


def readable_schema(file: pq.ParquetFile, groups: Iterable[int]) -> pa.Schema:
    """The schema of some row groups: a column that must not be null, but cannot be read, may be null in it."""
    schema: pa.Schema = file.schema_arrow
    for position, field in enumerate(schema):
        if not field.nullable and not all(_is_readable(file, group, field) for group in groups):
            schema = schema.set(position, field.with_nullable(True))
    return schema


def check(array: pa.Array) -> None:
    """Raise :class:`pa.ArrowException` for an index that leads out of its dictionary, which Arrow's reader lets pass.

    Whoever follows one reads memory that is not the array's, or dies of it.
    """
    if isinstance(array, pa.DictionaryArray):
        most = pc.min_max(array.indices).as_py()
        if most["min"] is not None and not 0 <= most["min"] <= most["max"] < len(array.dictionary):
            raise pa.ArrowInvalid(f"a dictionary of {len(array.dictionary)} has no value {most['max']}")
    elif pa.types.is_nested(array.type) and "dictionary<" in str(array.type):
        array.validate(full=True)


def _is_readable(file: pq.ParquetFile, group: int, field: pa.Field) -> bool:
    try:
        for batch in file.iter_batches(_READ_ROWS, row_groups=[group], columns=[field.name], use_threads=False):
            check(batch.column(0))
    except _ERRORS:
        return False
    return True


def _batches(file: pq.ParquetFile, group: int) -> Iterator[pa.RecordBatch]:
    about = file.metadata.row_group(group)
    rows = max(1, min(_READ_ROWS, _READ_BYTES * about.num_rows // max(1, about.total_byte_size)))
    yield from file.iter_batches(batch_size=rows, row_groups=[group], use_threads=False)


def _salvaged(file: pq.ParquetFile, group: int, skipped: int) -> Iterator[tuple[pa.RecordBatch, dict[str, str]]]:
    """The rows of a group after the first ``skipped``, column by column."""
    columns = [_Column(file, group, field) for field in file.schema_arrow]
    left = file.metadata.row_group(group).num_rows
    while left > 0:
        held = [column.held() for column in columns]
        count = min([rows for rows in held if rows] or [_CAREFUL_ROWS])
        count = min(count, left, skipped or left)
        arrays = [column.take(count) for column in columns]
        left -= count
        if skipped:
            skipped -= count
            continue
        lost = {column.field.name: column.reason for column, rows in zip(columns, held, strict=True) if not rows}
        yield pa.RecordBatch.from_arrays(arrays, schema=file.schema_arrow), lost


class _Column:
    """One column of a row group, null from where it cannot be read on; ``reason`` says then why."""

    def __init__(self, file: pq.ParquetFile, group: int, field: pa.Field) -> None:
        self.field = field
        self.reason = ""
        self._held: Any = pa.nulls(0, field.type)
        self._batches = file.iter_batches(_CAREFUL_ROWS, row_groups=[group], columns=[field.name], use_threads=False)

    def held(self) -> int:
        """How many rows are at hand, 0 where there are no more."""
        if not len(self._held) and not self.reason:
            try:
                found = next(self._batches).column(0).cast(self.field.type)
                check(found)
                self._held = found
            except StopIteration:
                self.reason = "it ends early"
            except _ERRORS as error:
                self.reason = str(error).split("\n")[0]
        return len(self._held)

    def take(self, count: int) -> Any:
        """The next ``count`` rows."""
        if not len(self._held):
            return pa.nulls(count, self.field.type)
        found, self._held = self._held.slice(0, count), self._held.slice(count)
        return found
