"""Bad records, broken files and odd values: each is told, and what it was stands in the output."""

from __future__ import annotations

import csv
import gzip
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from normalizer import Config, Normalizer
from normalizer.corpora.surrogates import unescape
from normalizer.corpora.tasks import RunOptions
from tests.corpora.making import DAMAGED, MENDED, NO_TEXT, all_rows, as_bytes, json_lines, read_rows, run_here

NO_TEXT_IN_A_CELL = bytes(range(128, 256))
LIGHT = Config(profile="minimal", language="en")


@pytest.mark.parametrize("to", ["parquet", "jsonl", "csv"])
def test_documents_that_are_left_alone_stand_in_raw(tmp_path: Path, to: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(NO_TEXT)
    (folder / "b.txt").write_bytes(b"x" * 30)
    (folder / "c.html").write_bytes(b"y" * 100)
    made = all_rows(folder, tmp_path / "out", RunOptions(to=to, max_bytes=20, shard_bytes=64))
    assert [(row["path"], row["status"]) for row in made] == [
        ("a.txt", "undecodable"),
        ("b.txt", "too-large"),
        ("c.html", "too-large"),
        ("c.html", "too-large"),
    ]
    assert [as_bytes(row["raw"]) for row in made] == [NO_TEXT, b"x" * 30, b"y" * 64, b"y" * 36]
    assert "part of a document of 100 bytes" in made[2]["error"]


@pytest.mark.parametrize("to", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("column", ["text", "body"])
def test_what_cannot_be_decoded_stays_in_its_column(tmp_path: Path, column: str, to: str) -> None:
    cell = NO_TEXT_IN_A_CELL
    options = RunOptions(to=to, text_column=column)
    (tmp_path / "a.csv").write_bytes(b"n," + column.encode() + b"\n1," + cell + b"\n2,calm sea\n")
    (tmp_path / "b.jsonl").write_bytes(b'{"n": "1", "%b": "%b"}\n' % (column.encode(), cell))
    values = pa.array([cell], pa.binary()).buffers()
    strings = pa.Array.from_buffers(pa.string(), 1, values)
    pq.write_table(pa.table({"n": ["1"], column: strings}), tmp_path / "c.parquet")
    for name in ("a.csv", "b.jsonl", "c.parquet"):
        if (name, to, column) == ("c.parquet", "parquet", "body"):
            continue  # the column stays as it came, and Python cannot show it
        row = all_rows(tmp_path / name, tmp_path / "out", options)[0]
        assert (row["status"], row["n"], as_bytes(row[column])) == ("undecodable", "1", cell), name


def test_strings_that_are_no_utf8_in_a_batch() -> None:
    values = pa.array([NO_TEXT_IN_A_CELL], pa.binary())
    batch = pa.record_batch({"text": pa.Array.from_buffers(pa.string(), 1, values.buffers())})
    made = Normalizer().normalize_batch(batch)
    assert as_bytes(unescape(made.column("text")[0].as_py())) == values[0].as_py()


def _stories(count: int) -> bytes:
    return json_lines({"id": k, "text": f"Story {k * 2654435761 % 2**32} of the harbour."} for k in range(count))


def test_a_gzip_with_a_wrong_checksum_costs_no_row(tmp_path: Path) -> None:
    whole = gzip.compress(_stories(500))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[:-8] + b"\1\2\3\4" + whole[-4:])
    reports, damage = run_here(tmp_path / "a.jsonl.gz", tmp_path / "out", RunOptions(to="jsonl", config=LIGHT))
    assert sum(report.records for report in reports) == 500
    assert reports[0].statuses == {"ok": 500}
    assert "broken at byte" in damage[0]


def test_a_gzip_with_a_broken_byte_gives_the_rows_before_it(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(_stories(2000)))
    place = len(whole) * 3 // 4
    whole[place : place + 4] = b"\xff\xff\xff\xff"
    (tmp_path / "a.jsonl.gz").write_bytes(bytes(whole))
    made = all_rows(tmp_path / "a.jsonl.gz", tmp_path / "out", RunOptions(to="jsonl", config=LIGHT))
    sound = [row for row in made if row["status"] == "ok"]
    assert [row["id"] for row in sound[:1400]] == list(range(1400))
    assert all(row["raw"] for row in made if row["status"] == "invalid")


def test_the_halves_of_a_csv_row_at_a_break_are_told(tmp_path: Path) -> None:
    head, tail = b"id,text\n1,calm sea\n2,the ship left the har", b"bour,and more\n3,high sea\n"
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(head)[:-8] + b"12345678" + gzip.compress(tail))
    made = all_rows(tmp_path / "a.csv.gz", tmp_path / "out", RunOptions(to="csv"))
    assert [(row["id"], row["status"]) for row in made] == [
        ("1", "ok"),
        ("2", "damaged"),
        ("bour", "damaged"),
        ("3", "ok"),
    ]
    assert [row["raw"] for row in made[1:3]] == ["2,the ship left the har", "bour,and more"]
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(head)[:-8])
    made = all_rows(tmp_path / "b.csv.gz", tmp_path / "cut", RunOptions(to="csv"))
    assert [row["status"] for row in made] == ["ok", "damaged"]


def test_a_csv_cell_may_be_as_long_as_a_document(tmp_path: Path) -> None:
    text = "the sea was calm " * 20_000
    (tmp_path / "a.csv").write_text(f'id,text\n1,"{text}"\n2,calm\n')
    made = all_rows(tmp_path / "a.csv", tmp_path / "out", RunOptions(config=LIGHT))
    csv.field_size_limit(1 << 20)
    assert [(row["id"], row["text"], row["status"]) for row in made] == [("1", text, "ok"), ("2", "calm", "ok")]


@pytest.mark.parametrize("cell", ["a\rb", "a\r\nb", "\n", "\r", '"', ',"', "\ufdd0d800", "a\x00b", " b ", "#"])
def test_any_cell_of_a_csv_comes_back(tmp_path: Path, cell: str) -> None:
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(
            [["a", "text", "b"], [cell, "calm sea", "c"], ["d", "e", cell]]
        )
    first, second = all_rows(tmp_path / "a.csv", tmp_path / "out")
    assert [unescape(value) for value in (first["a"], first["b"], second["b"])] == [cell, "c", cell]
    assert (first["text"], second["text"], second["status"]) == ("calm sea", "e", "ok")


def test_a_csv_row_beyond_all_limits_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"id,text\n1,{'x' * 5000}\n2,calm\n")
    made = all_rows(tmp_path / "a.csv", tmp_path / "out", RunOptions(max_bytes=100, shard_bytes=50))
    assert {row["status"] for row in made[:-1]} <= {"too-large", "ragged"}
    assert "".join(row["raw"] for row in made[:-1]) == "1," + "x" * 5000
    assert made[-1]["text"] == "calm"


def test_json_lines_to_csv_keep_their_members(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": 1, "text": DAMAGED, "tags": ["a", "b"], "on": True},
        {"id": 2, "text": None, "at": {"x": 1.5}},
    ]
    late = {"id": 3, "text": "calm sea", "new": "é"}
    (tmp_path / "a.jsonl").write_bytes(json_lines(rows) + b" " * 2000 + b"\n" + json_lines([late]))
    first, second, third = all_rows(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(to="csv", shard_bytes=1000))
    assert (first["id"], first["text"], first["tags"], first["on"]) == ("1", MENDED, '["a","b"]', "true")
    assert (second["status"], json.loads(second["at"])) == ("null", {"x": 1.5})
    assert (third["status"], json.loads(third["raw"])) == ("misfit", late)
    assert third["error"] == "no column for member 'new'"


@pytest.mark.parametrize("to", ["csv", "parquet"])
@pytest.mark.parametrize("line", [b'{"text": "one", "text": "two"}', b'{"text": "a", "x": {"b": 1, "b": [2]}}'])
def test_a_member_that_stands_twice_is_told(tmp_path: Path, line: bytes, to: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "a\\":b: \\":c", "x": {"b": 1}}\n' + line + b"\n")
    first, second = all_rows(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(to=to))
    assert (first["status"], second["status"], second["raw"]) == ("ok", "misfit", line.decode())
    assert "stands more than once" in second["error"]


def test_blank_lines_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\n{"text": "calm"}\n \t\r\n{"text": "sea"}\n\n')
    (tmp_path / "b.csv").write_bytes(b"\nid,text\n\n1,calm\n\n")
    for name, counts in {"a.jsonl": (2, 3), "b.csv": (1, 3)}.items():
        (report,), _ = run_here(tmp_path / name, tmp_path / "out")
        assert (report.records, report.passed) == counts


@pytest.mark.parametrize(("name", "data"), [("a.jsonl", b'{"text": "a"}\n{"text": "b"}'), ("a.csv", b"text\na\nb")])
def test_a_last_line_without_an_end_makes_no_shard_of_its_own(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (report,), _ = run_here(tmp_path / name, tmp_path / "out")
    assert report.records == 2


def test_a_csv_with_old_line_ends_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,text\r1,calm\r")
    reports, (damage,) = run_here(tmp_path / "a.csv", tmp_path / "out")
    assert reports == []
    assert "the first line cannot be read: " in damage


def test_names_that_no_column_can_have(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"x\\ud800": 7, "text": "calm"}\n')
    (tmp_path / "b.csv").write_bytes("назва,text\n7,calm\n".encode("cp1251"))
    for name in ("a.jsonl", "b.csv"):
        (path,) = [
            tmp_path / "out" / next(iter(r.files))
            for r in run_here(tmp_path / name, tmp_path / "out", RunOptions(to="parquet"))[0]
        ]
        table = pq.read_table(path)
        assert str(table.column(0)[0].as_py()) == "7"
        assert unescape(table.schema.names[0]) in (
            "x\ud800",
            "назва".encode("cp1251").decode("utf-8", "surrogateescape"),
        )


def test_links_to_nothing_and_what_is_no_file_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("calm sea")
    (folder / "b.txt").symlink_to(folder / "nothing")
    os.mkfifo(folder / "c.txt")
    (folder / "d.jsonl").symlink_to(folder / "nothing")
    os.mkfifo(folder / "e.jsonl")
    made: dict[str, tuple[str, str | None]] = {}
    reports, damage = run_here(folder, tmp_path / "out")
    for report in reports:
        made |= {
            row["path"]: (row["status"], row["error"]) for row in read_rows(tmp_path / "out" / next(iter(report.files)))
        }
    assert made == {
        "a.txt": ("ok", None),
        "b.txt": ("unreadable", "No such file or directory"),
        "c.txt": ("unreadable", "not a regular file"),
    }
    assert "No such file" in damage[0]
    assert "not a regular file" in damage[1]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    (folder / "closed").mkdir(parents=True)
    (folder / "a.txt").write_text("calm sea")
    listing = os.scandir

    def refusing(path: Path) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", refusing)
    reports, (damage,) = run_here(folder, tmp_path / "out")
    assert [report.records for report in reports] == [1]
    assert "Permission denied" in damage


def test_a_corrupt_page_of_a_column_that_must_not_be_null(tmp_path: Path) -> None:
    texts = [f"Day {k} in the harbour was calm, said number {k * 2654435761 % 2**32}." for k in range(400)]
    fields = [pa.field("text", pa.string(), nullable=False), pa.field("note", pa.string(), nullable=False)]
    path = tmp_path / "a.parquet"
    table = pa.table([texts, texts[::-1]], schema=pa.schema(fields))
    pq.write_table(
        table,
        path,
        row_group_size=200,
        compression="zstd",
        use_dictionary=False,
        data_page_size=1000,
        write_batch_size=20,
    )
    data = bytearray(path.read_bytes())
    for column in (0, 1):
        about = pq.read_metadata(path).row_group(1).column(column)
        start = about.data_page_offset + about.total_compressed_size * 2 // 3
        data[start : start + 200] = bytes(200)
    path.write_bytes(bytes(data))
    made = all_rows(path, tmp_path / "out")
    assert len(made) == 400
    assert {row["status"] for row in made[:250]} == {"ok"}
    assert [row["text"] for row in made[:250]] == texts[:250]
    assert made[-1]["status"] == "unreadable"
    assert "column 'note' cannot be read" in made[-1]["error"]
