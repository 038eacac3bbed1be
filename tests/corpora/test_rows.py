"""Rows in, rows out: every record of every format, good or bad, with its other columns as they were."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import zstandard

from normalizer import Config
from normalizer.corpora.surrogates import unescape
from normalizer.corpora.tasks import RunOptions
from tests.corpora.making import (
    COMPRESS,
    DAMAGED,
    MENDED,
    http_response,
    json_lines,
    rows_of,
    run_here,
    tree,
    warc_record,
)


def _statuses(reports: list) -> dict[str, int]:  # type: ignore[type-arg]
    found: dict[str, int] = {}
    for report in reports:
        for status, count in report.statuses.items():
            found[status] = found.get(status, 0) + count
    return found


BAD_LINES = [
    (b"not json", "invalid"),
    (b'{"text": "cut off', "invalid"),
    (b"[1, 2]", "invalid"),
    (b'{"id": 7}', "missing"),
    (b'{"text": 3}', "wrong-type"),
    (b'{"text": null}', "null"),
    (b'{"text": {"a": 1}}', "wrong-type"),
    (b"[" * 100_000, "invalid"),
    (b'{"text": "\xd2\xee \xf7\xe0\xf1"}', "ok"),
]


def test_bad_lines_are_rows_with_their_original(tmp_path: Path) -> None:
    good = json.dumps({"text": DAMAGED}).encode()
    (tmp_path / "a.jsonl").write_bytes(b"".join(line + b"\n" + good + b"\n" for line, _ in BAD_LINES))
    reports, damage = run_here(tmp_path / "a.jsonl", tmp_path / "out")
    rows = rows_of(tmp_path / "out" / "a.jsonl-00000.jsonl")
    assert damage == []
    assert [row["status"] for row in rows[::2]] == [status for _, status in BAD_LINES]
    assert [row["text"] for row in rows[1::2]] == [MENDED] * len(BAD_LINES)
    for row, (line, status) in zip(rows[::2], BAD_LINES, strict=True):
        assert bool(row["error"]) == (status not in ("ok", "null"))
        if status == "invalid":
            assert row["raw"].encode("utf-8", "surrogateescape") == line
    assert not reports[0].is_good
    assert reports[0].records == 2 * len(BAD_LINES)


def test_a_line_keeps_every_byte_but_those_of_its_text(tmp_path: Path) -> None:
    head, tail = b'{ "big": 12345678901234567890123, "text" : ', b' , "f":1.10, "e": 1E5, "u": "\\u00e9"'
    line = head + json.dumps(DAMAGED, ensure_ascii=False).encode() + tail + b"}\n"
    (tmp_path / "a.jsonl").write_bytes(line)
    run_here(tmp_path / "a.jsonl", tmp_path / "out")
    written = (tmp_path / "out" / "a.jsonl-00000.jsonl").read_bytes()
    assert written.startswith(head + json.dumps(MENDED).encode() + tail + b',"language":')


def test_columns_that_have_our_names_are_kept(tmp_path: Path) -> None:
    row = {"body": DAMAGED, "language": "theirs", "newsnorm_language": "also", "text": "another", "edits": 1}
    (tmp_path / "a.jsonl").write_bytes(json_lines([row]))
    run_here(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(text_column="body"))
    (made,) = rows_of(tmp_path / "out" / "a.jsonl-00000.jsonl")
    assert {name: made[name] for name in row} == row
    assert made["newsnorm_text"] == MENDED
    assert made["newsnorm_newsnorm_language"] == "en"
    assert len(made["newsnorm_edits"]) == 1
    assert made["status"] == "ok"


def test_a_prefix_for_all_that_is_added(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines([{"text": DAMAGED}]))
    run_here(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(prefix="nn_"))
    (made,) = rows_of(tmp_path / "out" / "a.jsonl-00000.jsonl")
    assert (made["text"], made["nn_text"], made["nn_status"]) == (DAMAGED, MENDED, "ok")


@pytest.mark.parametrize("to", ["jsonl", "parquet"])
def test_lone_surrogates_come_through(tmp_path: Path, to: str) -> None:
    row = {"title": "a\ud800b\ufdd0d800", "text": "One \udfff two, and the sea was calm."}
    (tmp_path / "a.jsonl").write_bytes(json.dumps(row).encode() + b"\n")
    reports, _ = run_here(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(to=to))
    path = tmp_path / "out" / reports[0].shard
    if to == "jsonl":
        (made,) = rows_of(path.with_name(path.name + ".jsonl"))
    else:
        (made,) = pq.read_table(path.with_name(path.name + ".parquet")).to_pylist()
        made["title"] = unescape(made["title"])
        made["edits"] = [{**edit, "before": unescape(edit["before"])} for edit in made["edits"]]
    assert made["title"] == row["title"]
    (edit,) = made["edits"]
    assert row["text"][edit["start"] : edit["end"]] == edit["before"]
    assert row["text"].replace(edit["before"], edit["after"]) == made["text"]


@pytest.mark.parametrize("suffix", list(COMPRESS))
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_output_has_the_format_of_the_input(tmp_path: Path, form: str, suffix: str) -> None:
    data = json_lines([{"text": DAMAGED}]) if form == "jsonl" else f"text\n{DAMAGED}\n".encode()
    (tmp_path / f"a.{form}{suffix}").write_bytes(COMPRESS[suffix](data))
    run_here(tmp_path / f"a.{form}{suffix}", tmp_path / "out")
    written = (tmp_path / "out" / f"a.{form}{suffix}-00000.{form}{suffix}").read_bytes()
    if suffix == ".gz":
        written = gzip.decompress(written)
    elif suffix == ".zst":
        written = zstandard.ZstdDecompressor().decompressobj().decompress(written)
    assert MENDED.encode() in written


def test_csv_cells_stay_and_bad_rows_are_told(tmp_path: Path) -> None:
    rows = [["1", DAMAGED, "x,y"], ["2", 'He said "no",\nand went.', "\n"], ["3", "", "last"]]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["id", "text", "note"], *rows])
    data = b"\xef\xbb\xbf" + buffer.getvalue().encode() + b'4,"open\n5,five,\xff\n6,short\n7,a,b,c\n'
    (tmp_path / "a.csv").write_bytes(data)
    reports, _ = run_here(tmp_path / "a.csv", tmp_path / "out", RunOptions(id_column="id"))
    text = (tmp_path / "out" / "a.csv-00000.csv").read_bytes().decode("utf-8", "surrogateescape")
    made = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in made[:3]] == ["1", "2", "3"]
    assert [row["note"] for row in made[:3]] == ["x,y", "\n", "last"]
    assert made[0]["text"] == MENDED
    assert json.loads(made[0]["edits"])[0]["before"] == "\u200b"
    assert made[1]["text"] == rows[1][1]
    assert [(row["status"], row["raw"]) for row in made[3:]] == [
        ("ragged", '4,"open'),
        ("ok", ""),
        ("ragged", "6,short"),
        ("ragged", "7,a,b,c"),
    ]
    assert made[4]["note"] == "\udcff"
    assert reports[0].records == 7


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"id,body\n1,x\n", "no column 'text' among id, body"),
        ("a.csv", "id,text\n".encode("utf-16"), "UTF-16"),
        ("a.parquet", b"PAR1 nothing of the kind", "arquet"),
        ("a.parquet", b"", "arquet"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    reports, (damage,) = run_here(tmp_path / name, tmp_path / "out")
    assert reports == []
    assert reason in damage


def test_a_truncated_gzip_gives_what_it_holds(tmp_path: Path) -> None:
    rows = [{"id": k, "text": f"Story {k * 2654435761 % 2**32} of the harbour."} for k in range(20_000)]
    whole = gzip.compress(json_lines(rows))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    options = RunOptions(to="jsonl", config=Config(profile="minimal"))
    reports, (damage,) = run_here(tmp_path / "a.jsonl.gz", tmp_path / "out", options)
    made = rows_of(tmp_path / "out" / "a.jsonl.gz-00000.jsonl")
    assert "ends early" in damage
    assert [row["id"] for row in made[:-1]] == list(range(len(made) - 1))
    assert len(made) > 5000
    assert made[-1]["status"] in ("invalid", "ok")
    assert reports[0].records == len(made)


def test_warc_pages_are_rows(tmp_path: Path) -> None:
    page = f"<html><body><p class='a'>{DAMAGED}</p></body></html>"
    data = (
        warc_record("urn:info", b"software: x", kind="warcinfo", media="application/warc-fields")
        + http_response("http://a/1", page.encode())
        + http_response("http://a/2", gzip.compress(page.encode()), Content_Encoding="gzip")
        + http_response("http://a/3", b"\x89PNG", "image/png")
        + warc_record("http://a/4", DAMAGED.encode(), length=7)
        + warc_record("http://a/5", DAMAGED.encode())
        + http_response("http://a/6", "<p>Тихий день у гавані</p>".encode("cp1251"), "text/html; charset=windows-1251")
        + warc_record("http://a/7", b"cut", length=500)
    )
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(data))
    reports, _ = run_here(tmp_path / "a.warc.gz", tmp_path / "out")
    made = pq.read_table(tmp_path / "out" / "a.warc.gz-00000.parquet").to_pylist()
    mended = page.replace(DAMAGED, MENDED)
    assert [(row["url"], row["status"], row["text"]) for row in made] == [
        ("http://a/1", "ok", mended),
        ("http://a/2", "ok", mended),
        (None, "invalid", None),
        ("http://a/5", "ok", MENDED),
        ("http://a/6", "ok", "<p>Тихий день у гавані</p>"),
        (None, "invalid", None),
    ]
    assert made[0]["http_status"] == 200
    assert "http://a/4" in made[2]["raw"]
    assert made[4]["encoding"] == "cp1251"
    assert reports[0].passed == 2


def test_folders_of_documents(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_bytes(DAMAGED.encode())
    (folder / "b" / "c.html").write_bytes(f"<p title='x'>{DAMAGED}</p>".encode())
    (folder / "b" / "d.txt").write_bytes("Рада зібралася в гавані у вівторок".encode("cp1251"))
    (folder / "b" / "picture.png").write_bytes(b"\x89PNG")
    (folder / "e.txt").write_bytes(b"")
    (folder / "f.md").write_bytes(f"{DAMAGED}\n\n`tele\u200bvision`\n".encode())
    reports, _ = run_here(folder, tmp_path / "out")
    made = pq.read_table(tmp_path / "out" / "in-00000.parquet").to_pylist()
    assert [(row["path"], row["text"]) for row in made] == [
        ("a.txt", MENDED),
        ("b/c.html", f"<p title='x'>{MENDED}</p>"),
        ("b/d.txt", "Рада зібралася в гавані у вівторок"),
        ("e.txt", ""),
        ("f.md", f"{MENDED}\n\n`tele\u200bvision`\n"),
    ]
    assert _statuses(reports) == {"ok": 5}


def test_rows_that_do_not_fit_a_parquet_column_stand_in_raw(tmp_path: Path) -> None:
    options = RunOptions(to="parquet", shard_bytes=3000)
    rows: list[dict[str, object]] = [{"id": k, "text": "calm sea", "tags": ["a"], "at": {"x": 1.5}} for k in range(100)]
    rows += [{"id": "seven", "text": "calm sea"}, {"id": 8, "text": "calm sea", "new": 1}, {"id": 9, "text": 5}]
    (tmp_path / "a.jsonl").write_bytes(json_lines(rows))
    run_here(tmp_path / "a.jsonl", tmp_path / "out", options)
    made = [row for path in sorted((tmp_path / "out").glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    assert [row["id"] for row in made[:100]] == list(range(100))
    assert made[0]["tags"] == ["a"]
    assert made[0]["at"] == {"x": 1.5}
    assert [row["status"] for row in made[100:]] == ["misfit", "misfit", "wrong-type"]
    assert [json.loads(row["raw"]) for row in made[100:]] == rows[100:]
    assert [row["text"] for row in made[100:]] == ["calm sea", "calm sea", None]


def test_the_edit_log_quotes_the_source(tmp_path: Path) -> None:
    row = {"key": "k1", "at": "http://a/1", "text": DAMAGED}
    (tmp_path / "a.jsonl").write_bytes(json_lines([row, row]))
    run_here(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(id_column="key", url_column="at"))
    logged = rows_of(tmp_path / "out" / "_edits" / "a.jsonl-00000.jsonl")
    assert [entry["record"] for entry in logged] == [0, 1]
    entry = logged[0]
    assert (entry["file"], entry["id"], entry["url"]) == ("a.jsonl", "k1", "http://a/1")
    assert entry["prefix"] + entry["before"] + entry["suffix"] in DAMAGED
    assert entry["rules"]
    assert entry["detail"]


def test_a_record_beyond_all_limits_is_kept_in_pieces(tmp_path: Path) -> None:
    long = json_lines([{"text": "x" * 100_000}])
    (tmp_path / "a.jsonl").write_bytes(json_lines([{"text": DAMAGED}]) + long + json_lines([{"text": DAMAGED}]))
    options = RunOptions(max_bytes=10_000, shard_bytes=5_000)
    reports, _ = run_here(tmp_path / "a.jsonl", tmp_path / "out", options)
    made = [row for report in reports for row in rows_of(tmp_path / "out" / f"{report.shard}.jsonl")]
    assert [row["status"] for row in made if row["text"] is not None] == ["ok", "ok"]
    pieces = "".join(row["raw"] for row in made if row["text"] is None)
    assert pieces.encode() == long.strip()


def test_a_document_above_the_limit_is_left_alone(tmp_path: Path) -> None:
    text = DAMAGED * 10
    (tmp_path / "a.jsonl").write_bytes(json_lines([{"text": text}, {"text": DAMAGED}]))
    run_here(tmp_path / "a.jsonl", tmp_path / "out", RunOptions(max_bytes=len(DAMAGED)))
    large, small = rows_of(tmp_path / "out" / "a.jsonl-00000.jsonl")
    assert (large["status"], large["text"]) == ("too-large", text)
    assert (small["status"], small["text"]) == ("ok", MENDED)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json_lines({"text": DAMAGED, "n": k} for k in range(50))))
    for to in ("jsonl.gz", "jsonl.zst", "csv.gz", "parquet"):
        if to != "csv.gz":
            run_here(tmp_path / "a.jsonl.gz", tmp_path / f"1.{to}", RunOptions(to=to))
            run_here(tmp_path / "a.jsonl.gz", tmp_path / f"2.{to}", RunOptions(to=to))
            assert tree(tmp_path / f"1.{to}") == tree(tmp_path / f"2.{to}")


def test_a_short_row_with_a_quoted_cell_of_several_lines_is_one_record(tmp_path: Path) -> None:
    short = '1,"line one\n2,fake &amp; row,x\nend"'
    (tmp_path / "a.csv").write_text(f"id,text,x\n{short}\n3,good,y\n")
    run_here(tmp_path / "a.csv", tmp_path / "out", RunOptions(to="jsonl"))
    rows = rows_of(tmp_path / "out" / "a.csv-00000.jsonl")
    assert [(row["id"], row["status"]) for row in rows] == [("1", "ragged"), ("3", "ok")]
    assert rows[0]["raw"] == short
    assert rows[0]["error"] == "2 cells, the header has 3"
