"""Parquet in, Parquet out: columns and types as they were, and damage that costs values, not rows."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from normalizer import ConfigError, Normalizer
from normalizer.corpora.salvage import check
from normalizer.corpora.tasks import RunOptions
from normalizer.edits import Edit, apply_edits
from normalizer.engines.arrow import BATCH_BYTES, LARGE_DOCUMENT, normalize_batch, slices
from tests.corpora.making import DAMAGED, MENDED, rows_of, run_here

NORMALIZER = Normalizer()

COLUMNS: dict[str, pa.Array] = {
    "i8": pa.array([1, None, -3], pa.int8()),
    "u64": pa.array([2**64 - 1, 0, None], pa.uint64()),
    "f32": pa.array([1.5, float("nan"), None], pa.float32()),
    "dec": pa.array([Decimal("1.10"), None, Decimal("-2.00")], pa.decimal128(9, 2)),
    "when": pa.array([dt.datetime(2024, 5, 1, tzinfo=dt.UTC), None, None], pa.timestamp("us", "UTC")),
    "day": pa.array([dt.date(2024, 5, 1), None, None]),
    "blob": pa.array([b"\xff\x00", None, b""], pa.binary()),
    "large": pa.array(["a", None, "b"], pa.large_string()),
    "kind": pa.array(["x", "y", "x"]).dictionary_encode(),
    "tags": pa.array([["a", "b"], None, []], pa.list_(pa.string())),
    "who": pa.array([{"name": "n", "age": 3}, None, {"name": None, "age": 4}]),
    "map": pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int64())),
    "language": pa.array(["theirs", None, "too"]),
    "flag": pa.array([True, None, False]),
}


def _table(text: pa.Array, name: str = "text") -> pa.Table:
    return pa.table({**COLUMNS, name: text}).replace_schema_metadata({"theirs": "kept"})


def _run(table: pa.Table, folder: Path, options: RunOptions | None = None, **writing: Any) -> pa.Table:
    pq.write_table(table, folder / "a.parquet", **writing)
    reports, damage = run_here(folder / "a.parquet", folder / "out", options)
    assert damage == []
    return pa.concat_tables(pq.read_table(folder / "out" / f"{report.shard}.parquet") for report in reports)


def test_other_columns_keep_their_values_types_and_order(tmp_path: Path) -> None:
    table = _table(pa.array([DAMAGED, None, "A quiet day in the harbour."]), "body")
    made = _run(table, tmp_path, RunOptions(text_column="body"), row_group_size=2)
    kept = made.select(table.schema.names)
    stored = pq.read_table(tmp_path / "a.parquet")
    assert kept.schema.types == stored.schema.types
    assert str(kept.to_pydict()) == str(stored.to_pydict())
    assert made.schema.metadata[b"theirs"] == b"kept"
    assert made.schema.names[len(table.schema.names) :] == [
        "text",
        "newsnorm_language",
        "score",
        "encoding",
        "status",
        "error",
        "edits",
    ]
    assert made["text"].to_pylist() == [MENDED, None, "A quiet day in the harbour."]
    assert made["status"].to_pylist() == ["ok", "null", "ok"]


def _undone(text: str, edits: list[Edit]) -> str:
    """The source, from a row alone."""
    for change in reversed(edits):
        shift = sum(len(other.after) - len(other.before) for other in edits if other.start < change.start)
        start = change.start + shift
        assert text[start : start + len(change.after)] == change.after
        text = text[:start] + change.before + text[start + len(change.after) :]
    return text


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_a_string_column_text_takes_the_result_and_edits_give_it_back(tmp_path: Path, kind: pa.DataType) -> None:
    texts = [DAMAGED, None, "A quiet day in the harbour."]
    made = _run(_table(pa.array(texts, kind)), tmp_path)
    assert made.schema.field("text").type == kind
    for row, source in zip(made.to_pylist(), texts, strict=True):
        edits = [Edit(**{**edit, "rules": tuple(edit["rules"])}) for edit in row["edits"]]
        if source is not None:
            assert apply_edits(source, edits) == row["text"]
            assert _undone(row["text"], edits) == source


def test_bytes_are_decoded_and_stay(tmp_path: Path) -> None:
    russian = "Совет собрался в гавани во вторник и говорил о рыбе."
    data = [russian.encode("cp1251"), DAMAGED.encode(), None]
    made = _run(_table(pa.array(data, pa.binary())), tmp_path)
    assert made["text"].to_pylist() == data
    assert made["newsnorm_text"].to_pylist() == [russian, MENDED, None]
    assert made["encoding"].to_pylist() == ["cp1251", "utf-8", None]


def test_strings_that_are_not_utf8_are_taken_as_bytes(tmp_path: Path) -> None:
    russian = "Совет собрался в гавани во вторник и говорил о рыбе."
    values = pa.array([russian.encode("cp1251"), DAMAGED.encode(), b"calm"], pa.binary())
    made = _run(_table(pa.Array.from_buffers(pa.string(), 3, values.buffers())), tmp_path)
    assert made["text"].to_pylist() == [russian, MENDED, "calm"]


@pytest.mark.parametrize("to", ["jsonl", "csv"])
def test_parquet_to_rows(tmp_path: Path, to: str) -> None:
    pq.write_table(_table(pa.array([DAMAGED, None, "calm sea"])), tmp_path / "a.parquet")
    reports, _ = run_here(tmp_path / "a.parquet", tmp_path / "out", RunOptions(to=to))
    path = tmp_path / "out" / f"a.parquet-00000.{to}"
    assert reports[0].records == 3
    if to == "jsonl":
        first, second, _third = rows_of(path)
        assert (first["text"], first["dec"], first["when"]) == (MENDED, "1.10", "2024-05-01T00:00:00+00:00")
        assert (second["text"], second["status"]) == (None, "null")
    else:
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            first = next(csv.DictReader(file))
        assert (first["text"], first["dec"], first["tags"]) == (MENDED, "1.10", '["a","b"]')
        assert (first["blob"], first["when"]) == ("\udcff\x00", "2024-05-01T00:00:00+00:00")


def test_many_row_groups_become_shards_in_order(tmp_path: Path) -> None:
    table = pa.table({"text": [f"Day {k} in the harbour was calm." for k in range(500)], "n": range(500)})
    made = _run(table, tmp_path, RunOptions(shard_bytes=2000), row_group_size=50)
    assert len(list((tmp_path / "out").glob("*.parquet"))) > 3
    assert made["n"].to_pylist() == list(range(500))


def test_a_file_without_rows(tmp_path: Path) -> None:
    made = _run(pa.table({"text": pa.array([], pa.string()), "n": pa.array([], pa.int8())}), tmp_path)
    assert made.num_rows == 0
    assert made.schema.names[:2] == ["text", "n"]


def _spoiled(path: Path, column: int, group: int) -> None:
    """Turn over the bytes of one column of one row group."""
    about = pq.read_metadata(path).row_group(group).column(column)
    data = bytearray(path.read_bytes())
    start = about.data_page_offset + 60
    end = about.data_page_offset + about.total_compressed_size
    data[start:end] = bytes(255 - byte for byte in data[start:end])
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("checksums", [True, False])
@pytest.mark.parametrize(("column", "status"), [(0, "unreadable"), (1, "damaged")])
def test_a_corrupt_page_costs_its_values_only(tmp_path: Path, column: int, status: str, checksums: bool) -> None:
    texts = [f"Day {k} in the harbour was calm, said number {k * 2654435761 % 2**32}." for k in range(400)]
    path = tmp_path / "a.parquet"
    table = pa.table({"text": texts, "note": texts[::-1], "n": range(400)})
    pq.write_table(
        table, path, row_group_size=100, compression="zstd", use_dictionary=False, write_page_checksum=checksums
    )
    _spoiled(path, column, 2)
    reports, damage = run_here(path, tmp_path / "out")
    made = pa.concat_tables(pq.read_table(tmp_path / "out" / f"{report.shard}.parquet") for report in reports)
    assert damage == []
    assert made["n"].to_pylist() == list(range(400))
    assert made["status"].to_pylist() == ["ok"] * 200 + [status] * 100 + ["ok"] * 100
    assert "cannot be read" in made["error"].to_pylist()[250]
    assert made["text"].to_pylist()[300:] == texts[300:]
    if status == "damaged":
        assert made["text"].to_pylist() == texts
        assert made["note"].to_pylist()[200:300] == [None] * 100


@pytest.mark.parametrize("nested", [False, True])
def test_an_index_out_of_its_dictionary_is_a_damaged_value(nested: bool) -> None:
    indices = pa.array([0, 1, 7], pa.int32())
    kinds = pa.DictionaryArray.from_arrays(indices, pa.array(["x", "y"]), safe=False)
    check(kinds.slice(0, 2))
    with pytest.raises(pa.ArrowInvalid):
        check(pa.StructArray.from_arrays([kinds], names=["kind"]) if nested else kinds)


def _batch(texts: list[Any], kind: pa.DataType | None = None) -> pa.RecordBatch:
    return pa.record_batch({"id": pa.array(range(len(texts))), "text": pa.array(texts, kind)})


def test_a_batch_has_one_row_for_every_row() -> None:
    made = NORMALIZER.normalize_batch(_batch([DAMAGED, None, "calm sea"]))
    assert made.column("text").to_pylist() == [MENDED, None, "calm sea"]
    assert made.column("id").to_pylist() == [0, 1, 2]
    assert made.column("edits").to_pylist()[0][0]["before"] == "\u200b"
    assert made.schema == normalize_batch(NORMALIZER, _batch([None], pa.string())).schema


@pytest.mark.parametrize("kind", [pa.dictionary(pa.int32(), pa.string()), pa.null()])
def test_batches_of_other_string_types(kind: pa.DataType) -> None:
    texts = [None, None] if pa.types.is_null(kind) else [DAMAGED, None]
    made = NORMALIZER.normalize_batch(_batch(texts, kind))
    assert made.column("text").to_pylist() == texts
    assert made.column("newsnorm_text").to_pylist() == [MENDED if text else None for text in texts]


def test_a_batch_above_the_limit_of_a_document_says_so() -> None:
    made = normalize_batch(NORMALIZER, _batch([DAMAGED, "calm sea"]), max_bytes=20)
    assert made.column("status").to_pylist() == ["too-large", "ok"]
    assert made.column("text").to_pylist() == [DAMAGED, "calm sea"]


@pytest.mark.parametrize(("column", "said"), [("nothing", "no column 'nothing'"), ("id", "holds int64")])
def test_a_column_that_will_not_do(column: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        NORMALIZER.normalize_batch(_batch([DAMAGED]), text_column=column)


def test_slices_are_bounded_by_bytes_and_large_documents_go_alone() -> None:
    sizes = [10, LARGE_DOCUMENT + 1, 10, *[LARGE_DOCUMENT] * 10]
    batch = _batch(["x" * size for size in sizes])
    found = [piece.num_rows for piece in slices(batch, "text")]
    assert found == [1, 1, BATCH_BYTES // LARGE_DOCUMENT, len(sizes) - 2 - BATCH_BYTES // LARGE_DOCUMENT]
    assert pa.Table.from_batches(slices(batch, "text")) == pa.Table.from_batches([batch])


def test_output_can_be_normalized_again(tmp_path: Path) -> None:
    source = "One \udfff two \ufdd0d800, and the sea was calm."
    (tmp_path / "a.jsonl").write_text(f'{{"body": "{source.encode("ascii", "backslashreplace").decode()}"}}\n')
    run_here(tmp_path / "a.jsonl", tmp_path / "1", RunOptions(text_column="body", to="parquet"))
    run_here(tmp_path / "1" / "a.jsonl-00000.parquet", tmp_path / "2", RunOptions(text_column="body", prefix="b_"))
    (made,) = pq.read_table(tmp_path / "2" / "a.jsonl-00000.parquet-00000.parquet").to_pylist()
    assert made["b_edits"] == made["edits"]
    assert made["b_text"] == made["text"]
