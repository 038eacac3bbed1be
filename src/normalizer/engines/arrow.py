"""Arrow at the seam: record batches in, record batches out, whatever engine made them.

Every column is kept with its type. Added are ``text``, ``language``, ``score``, ``encoding``,
``status``, ``error`` and ``edits``, a list of structs in the schema of :class:`normalizer.Edit`. A
column that has such a name already is kept, and ours is then called ``newsnorm_NAME``; only a string
column ``text`` that is itself the one to normalize takes the result in place, since ``edits`` gives
the original back. Strings hold lone surrogates escaped (:mod:`normalizer.corpora.surrogates`), and the
schema's metadata says so.

Needs pyarrow, the extra ``corpus``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from normalizer.corpora.outcomes import (
    ADDED,
    DEFAULT_MAX_BYTES,
    MISSING,
    WRONG_TYPE,
    Examiner,
    Outcome,
    added_names,
    null,
)
from normalizer.corpora.surrogates import METADATA_KEY, METADATA_VALUE, escape, unescape
from normalizer.errors import ConfigError

if TYPE_CHECKING:
    from normalizer.pipeline import Normalizer

# A batch is bounded by bytes as well as by rows, and a document above the second size goes alone.
BATCH_BYTES = 8 << 20
BATCH_ROWS = 4096
LARGE_DOCUMENT = 1 << 20
EDITS_AT_ONCE = 4096

EDIT = pa.struct(
    [
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("before", pa.string(), nullable=False),
        pa.field("after", pa.string(), nullable=False),
        pa.field("rules", pa.list_(pa.string()), nullable=False),
        pa.field("detail", pa.string(), nullable=False),
    ]
)
TYPES = {
    "text": pa.string(),
    "language": pa.string(),
    "score": pa.float64(),
    "encoding": pa.string(),
    "status": pa.string(),
    "error": pa.string(),
    "edits": pa.list_(EDIT),
}


def normalize_batch(
    normalizer: Normalizer,
    batch: pa.RecordBatch,
    *,
    text_column: str = "text",
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> pa.RecordBatch:
    """``batch`` with its column ``text_column`` (strings or binary) normalized, one row for every row.

    A row that cannot be normalized keeps its original and says why in ``status`` and ``error``.
    Raises :class:`ConfigError` when there is no such column or it holds neither strings nor bytes.
    """
    check_column(batch.schema, text_column)
    examiner = Examiner.around(normalizer, max_bytes=max_bytes)
    outcomes = [null() if source is None else examiner(source) for source in sources(batch, text_column)]
    return extended(batch, outcomes, text_column)


def check_column(schema: pa.Schema, text_column: str) -> None:
    """Raise :class:`ConfigError` unless ``schema`` has that column once, of strings or bytes."""
    found = schema.get_all_field_indices(text_column)
    if len(found) != 1:
        problem = f"{len(found)} columns" if found else "no column"
        names = ", ".join(schema.names)
        raise ConfigError(f"{MISSING}: {problem} {text_column!r} among {names}: name it (--text-column)")
    kind = schema.field(text_column).type
    if not (_is_string(kind) or _is_binary(kind) or pa.types.is_null(kind)):
        raise ConfigError(f"{WRONG_TYPE}: column {text_column!r} holds {kind}, not strings or bytes")


def sources(batch: pa.RecordBatch, text_column: str) -> Iterator[str | bytes | None]:
    """The documents of a batch, a row each; strings that are not valid UTF-8 come as bytes."""
    column = batch.column(text_column)
    escaped = (batch.schema.metadata or {}).get(METADATA_KEY) == METADATA_VALUE
    for found in column:
        value = found.value if isinstance(found, pa.DictionaryScalar) and found.is_valid else found
        try:
            source = value.as_py()
        except UnicodeDecodeError:
            yield bytes(value.as_buffer())
            continue
        yield unescape(source) if escaped and isinstance(source, str) else source


def slices(batch: pa.RecordBatch, text_column: str) -> Iterator[pa.RecordBatch]:
    """``batch`` in pieces of at most :data:`BATCH_BYTES` of text, :data:`BATCH_ROWS` rows; a large document alone."""
    import pyarrow.compute as pc

    column = batch.column(text_column)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string_view(column.type) or pa.types.is_binary_view(column.type):
        column = column.cast(pa.large_binary())
    if pa.types.is_null(column.type):
        sizes: Sequence[int | None] = [0] * len(column)
    else:
        sizes = pc.binary_length(column).to_pylist()
    start = total = 0
    for row, size in enumerate(sizes):
        length = size or 0
        alone = length > LARGE_DOCUMENT
        if row > start and (alone or total + length > BATCH_BYTES or row - start >= BATCH_ROWS):
            yield batch.slice(start, row - start)
            start, total = row, 0
        total += length
        if alone:
            yield batch.slice(row, 1)
            start, total = row + 1, 0
    if start < batch.num_rows:
        yield batch.slice(start)


def extended_schema(schema: pa.Schema, text_column: str, prefix: str = "") -> pa.Schema:
    """The schema of what :func:`extended` gives."""
    in_place = _in_place(schema, text_column) and not prefix
    names = added_names(schema.names, in_place=in_place, prefix=prefix)
    fields = list(schema)
    for field in ADDED:
        if field == "text" and in_place:
            continue
        kind = schema.field(text_column).type if field == "text" else TYPES[field]
        fields.append(pa.field(names[field], kind if field != "text" or _is_plain_string(kind) else pa.string()))
    return pa.schema(fields, metadata={**(schema.metadata or {}), METADATA_KEY: METADATA_VALUE})


def extended(batch: pa.RecordBatch, outcomes: Sequence[Outcome], text_column: str, prefix: str = "") -> pa.RecordBatch:
    """``batch`` with the fields of ``outcomes``, one for each row."""
    schema = extended_schema(batch.schema, text_column, prefix)
    in_place = _in_place(batch.schema, text_column) and not prefix
    arrays = list(batch.columns)
    for field in ADDED:
        if field == "text" and in_place:
            position = batch.schema.get_field_index(text_column)
            arrays[position] = strings(_texts(batch, outcomes, text_column), schema.field(position).type)
        else:
            arrays.append(outcome_array(outcomes, field, schema.field(len(arrays)).type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _texts(batch: pa.RecordBatch, outcomes: Sequence[Outcome], text_column: str) -> list[str | None]:
    """The results; of strings that are no UTF-8 and cannot be decoded the original, which has no other place."""
    texts = [outcome.text for outcome in outcomes]
    if None in texts:
        for row, source in enumerate(sources(batch, text_column)):
            if texts[row] is None and source is not None:
                texts[row] = source if isinstance(source, str) else source.decode("utf-8", "surrogateescape")
    return texts


def outcome_array(outcomes: Sequence[Outcome], field: str, kind: pa.DataType) -> pa.Array:
    """One added field of ``outcomes`` as an array."""
    if field == "edits":
        return _edit_array(outcomes, kind)
    values = [getattr(outcome, field) for outcome in outcomes]
    return strings(values, kind) if field in ("text", "error") else pa.array(values, kind)


def _edit_array(outcomes: Sequence[Outcome], kind: pa.DataType) -> pa.Array:
    """The edits of ``outcomes``; as values of Python, which take far more memory, only some at a time."""
    if sum(len(outcome.edits) for outcome in outcomes) <= EDITS_AT_ONCE:
        return pa.array([[_edit(change.as_dict()) for change in outcome.edits] for outcome in outcomes], kind)
    parts: list[pa.Array] = []
    offsets = [0]
    for outcome in outcomes:
        for start in range(0, len(outcome.edits), EDITS_AT_ONCE):
            some = outcome.edits[start : start + EDITS_AT_ONCE]
            parts.append(pa.array([_edit(change.as_dict()) for change in some], kind.value_type))
        offsets.append(offsets[-1] + len(outcome.edits))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.concat_arrays(parts), type=kind)


def strings(values: Sequence[str | None], kind: pa.DataType) -> pa.Array:
    """An array of strings, escaped where Arrow could not hold them."""
    return pa.array([value if value is None else escape(value) for value in values], kind)


def _edit(values: dict[str, object]) -> dict[str, object]:
    for name in ("before", "after", "detail"):
        values[name] = escape(str(values[name]))
    return values


def _in_place(schema: pa.Schema, text_column: str) -> bool:
    return text_column == "text" and _is_plain_string(schema.field("text").type)


def _is_plain_string(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_string(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return _is_plain_string(kind)


def _is_binary(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or pa.types.is_binary_view(kind)
    )


def record_batches(batches: Iterable[pa.RecordBatch], text_column: str) -> Iterator[pa.RecordBatch]:
    """``batches`` cut as :func:`slices` cuts one."""
    for batch in batches:
        yield from slices(batch, text_column)
