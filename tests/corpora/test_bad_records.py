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
import zstandard

from normalizer import Config, Normalizer
from normalizer.corpora.surrogates import unescape
from normalizer.corpora.tasks import RunOptions
from tests.corpora.making import COMPRESS, DAMAGED, MENDED, http_response, json_lines, run_here, warc_record

# Bytes that no codec explains.
NO_TEXT = b"\0\x81\xfe\x8d\0\1"
NO_TEXT_IN_A_CELL = bytes(range(128, 256))
LIGHT = Config(profile="minimal", language="en")


def _rows(source: Path, folder: Path, options: RunOptions | None = None) -> list[dict[str, Any]]:
    """All rows that a run over ``source`` makes, of whatever output format, strings unescaped as Arrow's are."""
    reports, _ = run_here(source, folder, options)
    return [row for report in reports for row in _rows_of(folder / next(iter(report.files)))]


def _rows_of(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
        return [{k: unescape(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            return list(csv.DictReader(file))
    return [json.loads(line.decode("utf-8", "surrogateescape")) for line in path.read_bytes().splitlines()]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("to", ["parquet", "jsonl", "csv"])
def test_payloads_that_are_left_alone_stand_in_raw(tmp_path: Path, to: str) -> None:
    records = [
        warc_record("http://a/1", NO_TEXT),
        warc_record("http://a/2", DAMAGED.encode()),
        warc_record("http://a/3", b"calm sea"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    made = _rows(tmp_path / "a.warc", tmp_path / "out", RunOptions(to=to, max_bytes=20))
    assert [row["status"] for row in made] == ["undecodable", "too-large", "ok"]
    assert [_bytes(row["raw"]) for row in made[:2]] == [NO_TEXT, DAMAGED.encode()]
    assert made[2].get("raw") in (None, "")


@pytest.mark.parametrize("to", ["parquet", "jsonl", "csv"])
def test_documents_that_are_left_alone_stand_in_raw(tmp_path: Path, to: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(NO_TEXT)
    (folder / "b.txt").write_bytes(b"x" * 30)
    (folder / "c.html").write_bytes(b"y" * 100)
    made = _rows(folder, tmp_path / "out", RunOptions(to=to, max_bytes=20, shard_bytes=64))
    assert [(row["path"], row["status"]) for row in made] == [
        ("a.txt", "undecodable"),
        ("b.txt", "too-large"),
        ("c.html", "too-large"),
        ("c.html", "too-large"),
    ]
    assert [_bytes(row["raw"]) for row in made] == [NO_TEXT, b"x" * 30, b"y" * 64, b"y" * 36]
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
        row = _rows(tmp_path / name, tmp_path / "out", options)[0]
        assert (row["status"], row["n"], _bytes(row[column])) == ("undecodable", "1", cell), name


def test_strings_that_are_no_utf8_in_a_batch() -> None:
    values = pa.array([NO_TEXT_IN_A_CELL], pa.binary())
    batch = pa.record_batch({"text": pa.Array.from_buffers(pa.string(), 1, values.buffers())})
    made = Normalizer().normalize_batch(batch)
    assert _bytes(unescape(made.column("text")[0].as_py())) == values[0].as_py()


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
    made = _rows(tmp_path / "a.jsonl.gz", tmp_path / "out", RunOptions(to="jsonl", config=LIGHT))
    sound = [row for row in made if row["status"] == "ok"]
    assert [row["id"] for row in sound[:1400]] == list(range(1400))
    assert all(row["raw"] for row in made if row["status"] == "invalid")


def test_after_a_broken_member_the_other_records_of_a_warc_are_rows(tmp_path: Path) -> None:
    members = [gzip.compress(warc_record(f"http://a/{k}", f"{DAMAGED} {k}".encode())) for k in range(4)]
    members[1] = members[1][:-12] + b"\xff\xff\xff\xff" + members[1][-8:]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(members))
    _, damage = run_here(tmp_path / "a.warc.gz", tmp_path / "other")
    made = _rows(tmp_path / "a.warc.gz", tmp_path / "out")
    assert [row["url"] for row in made if row["status"] == "ok"] == ["http://a/0", "http://a/2", "http://a/3"]
    assert [row["status"] for row in made] == ["ok", "invalid", "ok", "ok"]
    assert "http://a/1" in made[1]["raw"]
    assert "broken at byte" in damage[0]


def test_the_halves_of_a_csv_row_at_a_break_are_told(tmp_path: Path) -> None:
    head, tail = b"id,text\n1,calm sea\n2,the ship left the har", b"bour,and more\n3,high sea\n"
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(head)[:-8] + b"12345678" + gzip.compress(tail))
    made = _rows(tmp_path / "a.csv.gz", tmp_path / "out", RunOptions(to="csv"))
    assert [(row["id"], row["status"]) for row in made] == [
        ("1", "ok"),
        ("2", "damaged"),
        ("bour", "damaged"),
        ("3", "ok"),
    ]
    assert [row["raw"] for row in made[1:3]] == ["2,the ship left the har", "bour,and more"]
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(head)[:-8])
    made = _rows(tmp_path / "b.csv.gz", tmp_path / "cut", RunOptions(to="csv"))
    assert [row["status"] for row in made] == ["ok", "damaged"]


def test_a_csv_cell_may_be_as_long_as_a_document(tmp_path: Path) -> None:
    text = "the sea was calm " * 20_000
    (tmp_path / "a.csv").write_text(f'id,text\n1,"{text}"\n2,calm\n')
    made = _rows(tmp_path / "a.csv", tmp_path / "out", RunOptions(config=LIGHT))
    csv.field_size_limit(1 << 20)
    assert [(row["id"], row["text"], row["status"]) for row in made] == [("1", text, "ok"), ("2", "calm", "ok")]


def test_a_csv_row_beyond_all_limits_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"id,text\n1,{'x' * 5000}\n2,calm\n")
    made = _rows(tmp_path / "a.csv", tmp_path / "out", RunOptions(max_bytes=100, shard_bytes=50))
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
    first, second, third = _rows(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(to="csv", shard_bytes=1000))
    assert (first["id"], first["text"], first["tags"], first["on"]) == ("1", MENDED, '["a","b"]', "true")
    assert (second["status"], json.loads(second["at"])) == ("null", {"x": 1.5})
    assert (third["status"], json.loads(third["raw"])) == ("misfit", late)
    assert third["error"] == "no column for member 'new'"


@pytest.mark.parametrize("to", ["csv", "parquet"])
@pytest.mark.parametrize("line", [b'{"text": "one", "text": "two"}', b'{"text": "a", "x": {"b": 1, "b": [2]}}'])
def test_a_member_that_stands_twice_is_told(tmp_path: Path, line: bytes, to: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "a\\":b: \\":c", "x": {"b": 1}}\n' + line + b"\n")
    first, second = _rows(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(to=to))
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
            row["path"]: (row["status"], row["error"]) for row in _rows_of(tmp_path / "out" / next(iter(report.files)))
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
    made = _rows(path, tmp_path / "out")
    assert len(made) == 400
    assert {row["status"] for row in made[:250]} == {"ok"}
    assert [row["text"] for row in made[:250]] == texts[:250]
    assert made[-1]["status"] == "unreadable"
    assert "column 'note' cannot be read" in made[-1]["error"]


BROTLI = b"\x0b\x02\x80hello\x03"
PAYLOADS = [
    ({"Content_Encoding": "br"}, BROTLI, "ok"),
    ({"Content_Encoding": "br"}, b"no brotli", "invalid"),
    ({"Content_Encoding": "zstd"}, zstandard.ZstdCompressor().compress(b"hello"), "ok"),
    ({"Content_Encoding": "gzip"}, gzip.compress(b"hello"), "ok"),
    ({"Content_Encoding": "gzip"}, b"no gzip at all", "invalid"),
    ({"Content_Encoding": "unheard-of"}, b"hello", "invalid"),
    ({"Transfer_Encoding": "chunked"}, b"5\r\nhello\r\n0\r\n\r\n", "ok"),
    ({"Transfer_Encoding": "chunked"}, b"xyz\r\nhello\r\n0\r\n\r\n", "invalid"),
]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_payloads_of_every_encoding_and_none(tmp_path: Path, suffix: str) -> None:
    records = [http_response("http://a", payload, **headers) for headers, payload, _ in PAYLOADS]
    data = b"".join(COMPRESS[suffix](record) for record in records)
    (tmp_path / f"a.warc{suffix}").write_bytes(data)
    made = _rows(tmp_path / f"a.warc{suffix}", tmp_path / "out")
    assert [row["status"] for row in made] == [status for _, _, status in PAYLOADS]
    assert {row["text"] for row in made if row["status"] == "ok"} == {"hello"}
    for row, record in zip(made, records, strict=True):
        assert row["status"] == "ok" or _bytes(row["raw"]) == record
