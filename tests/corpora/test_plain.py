"""Values of Arrow's types as JSON and CSV hold them: every one, and nothing of it lost."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from normalizer.corpora.plain import values
from normalizer.corpora.splice import dumps
from normalizer.corpora.tasks import RunOptions
from tests.corpora.making import rows_of, run_here

NS = 1_714_521_600_000_000_000  # 2024-05-01

CASES: list[tuple[pa.DataType, Any, Any]] = [
    (pa.timestamp("ns"), NS + 1, "2024-05-01T00:00:00.000000001"),
    (pa.timestamp("ns"), NS, "2024-05-01T00:00:00"),
    (pa.timestamp("ns", "UTC"), NS + 1_000_001, "2024-05-01T00:00:00.001000001+00:00"),
    (pa.timestamp("ns", "Europe/Kyiv"), NS + 1, "2024-05-01T03:00:00.000000001+03:00"),
    (pa.timestamp("us", "+02:30"), NS // 1000, "2024-05-01T02:30:00+02:30"),
    (pa.timestamp("s", "Nowhere/Land"), 5, "5 s since 1970-01-01T00:00:00Z"),
    (pa.timestamp("s"), 2**52, f"{2**52} s since 1970-01-01T00:00:00"),
    (pa.timestamp("ms"), -1, "1969-12-31T23:59:59.999000"),
    (pa.time64("ns"), 1, "00:00:00.000000001"),
    (pa.time64("ns"), 10**9, "00:00:01"),
    (pa.time64("us"), 10**15, f"{10**15} us since midnight"),
    (pa.time32("s"), 61, "00:01:01"),
    (pa.date32(), 0, "1970-01-01"),
    (pa.date32(), 2**30, f"{2**30} days since 1970-01-01"),
    (pa.date64(), 86_400_000, "1970-01-02"),
    (pa.date64(), 1, "1 ms since 1970-01-01"),
    (pa.duration("ns"), 1, "PT0.000000001S"),
    (pa.duration("us"), -1_500_000, "-PT1.500000S"),
    (pa.duration("s"), 2**62, f"PT{2**62}S"),
    (pa.float64(), float("nan"), "NaN"),
    (pa.float32(), float("-inf"), "-Infinity"),
    (pa.float16(), 1.5, 1.5),
    (pa.decimal128(9, 2), Decimal("1.10"), "1.10"),
    (pa.decimal256(60, 20), Decimal("1." + "0" * 19 + "1"), "1." + "0" * 19 + "1"),
    (pa.uint64(), 2**64 - 1, 2**64 - 1),
    (pa.binary(), b"\xff\x00", "\udcff\x00"),
    (pa.binary(2), b"ab", "ab"),
    (pa.large_binary(), b"ab", "ab"),
    (pa.binary_view(), b"ab", "ab"),
    (pa.string_view(), "ab", "ab"),
    (pa.dictionary(pa.int8(), pa.timestamp("ns")), NS + 1, "2024-05-01T00:00:00.000000001"),
    (pa.list_(pa.timestamp("ns")), [NS + 1, None], ["2024-05-01T00:00:00.000000001", None]),
    (pa.list_(pa.float32(), 2), [1.5, float("inf")], [1.5, "Infinity"]),
    (pa.large_list(pa.duration("ns")), [1], ["PT0.000000001S"]),
    (pa.list_view(pa.float32()), [float("nan")], ["NaN"]),
    (pa.struct({"a": pa.time64("ns"), "b": pa.binary()}), {"a": 1, "b": b"x"}, {"a": "00:00:00.000000001", "b": "x"}),
    (pa.struct([("a", pa.int8()), ("a", pa.int8())]), [("a", 1), ("a", 2)], {"a": 1, "a_2": 2}),
    (pa.map_(pa.string(), pa.timestamp("ns")), [("k", NS + 1)], [["k", "2024-05-01T00:00:00.000000001"]]),
    (pa.map_(pa.float64(), pa.string()), [(float("nan"), "v")], [["NaN", "v"]]),
    (pa.uuid(), b"\0" * 15 + b"1", "\0" * 15 + "1"),
    (pa.bool_(), True, True),
    (pa.null(), None, None),
]


def _array(kind: pa.DataType, value: Any) -> pa.Array:
    if isinstance(kind, pa.BaseExtensionType):
        return pa.ExtensionArray.from_storage(kind, pa.array([value, None], kind.storage_type))
    if pa.types.is_dictionary(kind):
        return _array(kind.value_type, value).dictionary_encode()
    if pa.types.is_struct(kind) and isinstance(value, list):
        children = [pa.array([item, None], kind.field(k).type) for k, (_, item) in enumerate(value)]
        return pa.StructArray.from_arrays(children, fields=list(kind), mask=pa.array([False, True]))
    if pa.types.is_temporal(kind):
        bits = pa.int32() if kind.bit_width == 32 else pa.int64()
        return pa.array([value, None], bits).view(kind)
    return pa.array([value, None], kind)


@pytest.mark.parametrize(("kind", "value", "plain"), CASES, ids=[str(case[0]) for case in CASES])
def test_every_type(kind: pa.DataType, value: Any, plain: Any) -> None:
    found = values(_array(kind, value))
    assert json.loads(dumps(found)) == [plain, None]


def test_strings_that_are_no_utf8() -> None:
    bad = pa.array([b"\xe9t\xe9", b"ok"], pa.binary())
    assert values(pa.Array.from_buffers(pa.string(), 2, bad.buffers())) == ["\udce9t\udce9", "ok"]


def test_a_slice_has_its_own_values() -> None:
    lists = pa.array([[1.0], [float("nan")], [2.0]])
    assert values(lists.slice(2)) == [[2.0]]
    assert values(lists.slice(1)) == [["NaN"], [2.0]]


@pytest.mark.parametrize("to", ["jsonl", "csv"])
def test_a_parquet_file_of_odd_columns_becomes_rows(tmp_path: Path, to: str) -> None:
    columns = {f"c{k}": _array(kind, value) for k, (kind, value, _) in enumerate(CASES)}
    odd = ("list_view", "string_view", "binary_view")
    table = pa.table({name: column for name, column in columns.items() if not str(column.type).startswith(odd)})
    pq.write_table(table.append_column("text", pa.array(["calm sea", "high sea"])), tmp_path / "a.parquet")
    (report,), damage = run_here(tmp_path / "a.parquet", tmp_path / "out", RunOptions(to=to))
    assert damage == []
    assert report.statuses == {"ok": 2}
    if to == "jsonl":
        first, second = rows_of(tmp_path / "out" / "a.parquet-00000.jsonl")
        assert first["c0"] == "2024-05-01T00:00:00.000000001"
        assert dt.datetime.fromisoformat(first["c4"])
        assert second["c0"] is None


def test_a_column_name_that_stands_twice(tmp_path: Path) -> None:
    table = pa.table([pa.array([1]), pa.array([2]), pa.array(["calm sea"])], names=["n", "n", "text"])
    pq.write_table(table, tmp_path / "a.parquet")
    run_here(tmp_path / "a.parquet", tmp_path / "out", RunOptions(to="jsonl", id_column="n"))
    (made,) = rows_of(tmp_path / "out" / "a.parquet-00000.jsonl")
    assert (made["n"], made["n_2"]) == (1, 2)
