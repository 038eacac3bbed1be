"""Numbers of JSON lines reach Parquet and CSV as they are, or as their literals: none is rounded."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.corpora.manifest import read_report
from normalizer.corpora.numbers import Number, exact, may_be_long
from normalizer.corpora.splice import dumps
from normalizer.corpora.tasks import RunOptions
from tests.corpora.making import read_rows, rows_of, run_here

ODD = [
    "36893488147419103233",
    "-9223372036854775809",
    "0.12345678901234567891",
    "1e400",
    "-1E+400",
    "1e-400",
    "12345678901234567890.5",
    "1e99999999999999999999",
    "9" * 5000,
    "0.1" + "0" * 40 + "1",
    "2.2250738585072012345e-308",
]
HELD = ["1", "-0.5", "9223372036854775808", "-9223372036854775808", "1.10", "1E5", "9007199254740993", "0e999999999999"]


def _lines(values: list[str]) -> bytes:
    return b"".join(f'{{"id":{value},"text":"a quiet day"}}\n'.encode() for value in values)


def _made(lines: bytes, folder: Path, to: str) -> list[dict[str, Any]]:
    (folder / "a.jsonl").write_bytes(lines)
    run_here(folder / "a.jsonl", folder / "out", RunOptions(to=to))
    return read_rows(folder / "out" / f"a.jsonl-00000.{to}")


@pytest.mark.parametrize("to", ["parquet", "csv"])
@pytest.mark.parametrize("literal", ODD, ids=lambda literal: literal[:24])
def test_a_number_that_no_type_holds_stands_as_it_was_written(tmp_path: Path, literal: str, to: str) -> None:
    rows = _made(_lines([literal, "7"]), tmp_path, to)
    assert [row["id"] for row in rows] == [literal, "7"]
    assert [row["status"] for row in rows] == ["ok", "ok"]


@pytest.mark.parametrize("literal", ODD, ids=lambda literal: literal[:24])
@pytest.mark.parametrize("shape", ['{{"n":[{}]}}', '{{"n":[{},"\\ud800"]}}'])
def test_within_a_value_too(tmp_path: Path, literal: str, shape: str) -> None:
    value = shape.format(literal)
    for to in ("parquet", "csv"):
        (row,) = _made(_lines([value]), tmp_path, to)
        assert row["id"] == value


@pytest.mark.parametrize("literal", ODD, ids=lambda literal: literal[:24])
def test_where_the_first_shard_has_numbers_the_record_stands_in_raw(tmp_path: Path, literal: str) -> None:
    first = _lines(["7", "0.5"] * 20)
    options = RunOptions(to="parquet", shard_bytes=len(first))
    (tmp_path / "a.jsonl").write_bytes(first + _lines([literal]))
    reports, _ = run_here(tmp_path / "a.jsonl", tmp_path / "out", options)
    (row,) = read_rows(tmp_path / "out" / "a.jsonl-00001.parquet")
    assert (row["id"], row["status"]) == (None, "misfit")
    assert row["raw"] == _lines([literal]).decode().strip()
    assert reports[1].statuses == {"misfit": 1}


def test_doubles_stay_doubles_however_they_are_written(tmp_path: Path) -> None:
    written = ["0.5", "0.10000000000000001", "0.1000000000000000055511151231257827021181583404541015625", "1e22"]
    rows = _made(_lines(written), tmp_path, "parquet")
    assert [row["id"] for row in rows] == [0.5, 0.1, 0.1, 1e22]


def test_nan_and_the_infinities_are_doubles_and_by_name_in_csv(tmp_path: Path) -> None:
    lines = _lines(["0.5", "NaN", "-Infinity"])
    assert [str(row["id"]) for row in _made(lines, tmp_path, "parquet")] == ["0.5", "nan", "-inf"]
    assert [row["id"] for row in _made(lines, tmp_path, "csv")] == ["0.5", "NaN", "-Infinity"]
    nested = _made(_lines(['[NaN,"x"]']), tmp_path, "csv")
    assert nested[0]["id"] == '[NaN,"x"]'


@pytest.mark.parametrize("literal", ODD, ids=lambda literal: literal[:24])
def test_a_line_that_stays_json_keeps_its_bytes_and_the_log_the_number(tmp_path: Path, literal: str) -> None:
    line = f'{{"id":{literal},"text":"a tele\u200bvision and a quiet day"}}\n'
    (tmp_path / "a.jsonl").write_text(line)
    run_here(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(id_column="id"))
    head = f'{{"id":{literal},"text":"a television and a quiet day",'.encode()
    assert (tmp_path / "out" / "a.jsonl-00000.jsonl").read_bytes().startswith(head)
    log = (tmp_path / "out" / "_edits" / "a.jsonl-00000.jsonl").read_bytes()
    assert f'"id":{literal},'.encode() in log


def test_a_text_that_is_such_a_number_is_of_the_wrong_type(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text":1e400}\n')
    reports, _ = run_here(tmp_path / "a.jsonl", tmp_path / "out")
    assert rows_of(tmp_path / "out" / "a.jsonl-00000.jsonl")[0]["error"] == "member 'text' is of type float"
    assert reports[0].statuses == {"wrong-type": 1}


def test_such_an_id_of_a_bad_record_can_be_read_back(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"".join(f'{{"id":{literal}}}\n'.encode() for literal in ODD))
    (report,), _ = run_here(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(id_column="id"))
    read = read_report(tmp_path / "out" / "_manifest" / "a.jsonl-00000.json")
    assert read is not None
    assert read.bad == report.bad


@given(st.from_regex(r"\A-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,4})?\Z"))
def test_every_number_is_held_or_a_literal(literal: str) -> None:
    value = exact(literal)
    if isinstance(value, Number):
        assert dumps([value]) == f"[{literal}]".encode()
        assert copy.deepcopy(value) == value
    else:
        assert exact(json.dumps(value)) == value
        assert may_be_long(literal.encode()) or exact(literal, doubles=True) == value


@given(st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_is_what_it_was(value: float) -> None:
    assert exact(json.dumps(value)) == value


@given(st.from_regex(r"\A-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,4})?\Z"))
def test_no_number_that_needs_a_literal_escapes_the_search(literal: str) -> None:
    if not may_be_long(f'{{"n":{literal}}}'.encode()):
        assert not isinstance(exact(literal), Number)


@pytest.mark.parametrize("literal", HELD)
def test_usual_numbers_are_numbers(literal: str) -> None:
    assert exact(literal) == json.loads(literal)
