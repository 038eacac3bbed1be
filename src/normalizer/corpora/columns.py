"""Parquet to rows of any format: whole columns stay in Arrow where Parquet comes out again.

In flow the row groups of a task. Out flow record batches, or rows, with the outcome of every document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyarrow as pa

from normalizer.corpora.outcomes import DAMAGED, NULL, OK, UNREADABLE, Outcome
from normalizer.corpora.plain import values
from normalizer.corpora.readers import Columns, Record
from normalizer.corpora.salvage import read_groups, readable_schema
from normalizer.corpora.sinks import Sink
from normalizer.corpora.tables import open_parquet, parquet_writer
from normalizer.corpora.tasks import ShardTask
from normalizer.corpora.writers import row_writer
from normalizer.engines.arrow import extended, extended_schema, slices, sources

Judge = Callable[[Record], Outcome]


def write_groups(task: ShardTask, sink: Sink, judge: Judge) -> None:
    """Write the row groups of ``task``, every document judged in its order."""
    if task.output == "parquet":
        _write_batches(task, sink, judge)
        return
    writer = row_writer(task, sink)
    for batch, lost in _pieces(task):
        columns = [values(column) for column in batch.columns]
        for row, record in enumerate(_documents(task, batch, lost)):
            members = {name: column[row] for name, column in zip(task.header, columns, strict=True)}
            writer.write(record._replace(columns=members), judge(record))
    writer.close()


def _write_batches(task: ShardTask, sink: Sink, judge: Judge) -> None:
    options = task.options
    with open_parquet(task.path) as file:
        own = readable_schema(file, task.groups)
    with parquet_writer(sink, extended_schema(own, options.text_column, options.prefix)) as writer:
        for read, lost in _pieces(task):
            batch = pa.RecordBatch.from_arrays(read.columns, schema=own)
            outcomes = [judge(record) for record in _documents(task, batch, lost)]
            writer.write_batch(extended(batch, outcomes, options.text_column, options.prefix))


def _pieces(task: ShardTask) -> Iterator[tuple[pa.RecordBatch, dict[str, str]]]:
    left = task.limit
    with open_parquet(task.path) as file:
        for whole, lost in read_groups(file, task.groups):
            for batch in slices(whole, task.options.text_column):
                piece = batch if left is None else batch.slice(0, left)
                if piece.num_rows:
                    yield piece, lost
                left = None if left is None else left - piece.num_rows


def _documents(task: ShardTask, batch: pa.RecordBatch, lost: dict[str, str]) -> Iterator[Record]:
    """The documents of a batch; of the other columns only those that name a record."""
    options = task.options
    found = batch.schema.names
    named = [name for name in (options.id_column, options.url_column) if name is not None and name in found]
    names = {name: values(batch.column(found.index(name))) for name in named}
    reason = "; ".join(f"column {name!r} cannot be read: {why}" for name, why in lost.items()) or None
    for row, source in enumerate(sources(batch, options.text_column)):
        columns: Columns = {name: values[row] for name, values in names.items()}
        if options.text_column in lost:
            yield Record(columns, status=UNREADABLE, error=reason)
        elif source is None:
            yield Record(columns, status=DAMAGED if lost else NULL, error=reason)
        else:
            yield Record(columns, source, status=DAMAGED if lost else OK, error=reason)
