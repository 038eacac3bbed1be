"""``newsnorm report``: what a run did, from its log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.process import CLEAN, DIRTY, complaints, newsnorm


def _fixed(folder: Path) -> None:
    """A log of three edits in two files."""
    (folder / "a.txt").write_text(DIRTY * 2)
    (folder / "b.txt").write_text(f"<script>alert(1)</script> {DIRTY}")
    (folder / "c.txt").write_text(CLEAN)
    newsnorm("fix", "--select", "encoding", "--log", "log.jsonl", "a.txt", "b.txt", "c.txt", cwd=folder)


def _json(folder: Path, *arguments: str) -> dict[str, Any]:
    done = newsnorm("report", "--format", "json", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_edits_are_counted_by_rule_and_file(tmp_path: Path) -> None:
    _fixed(tmp_path)
    done = newsnorm("report", "log.jsonl", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        "3 edits in 2 files",
        "",
        "edits  documents  rule",
        "    3          2  encoding.invisible",
        "",
        "edits  file",
        "    2  a.txt",
        "    1  b.txt",
    ]


def test_json_has_examples_and_as_many_files_as_asked_for(tmp_path: Path) -> None:
    _fixed(tmp_path)
    document = _json(tmp_path, "log.jsonl", "--top", "1", "--examples", "2")
    assert (document["edits"], document["documents"], document["files"]) == (3, 2, {"a.txt": 2})
    examples = document["rules"]["encoding.invisible"]["examples"]
    assert [(example["file"], example["line"], example["prefix"][-4:]) for example in examples] == [
        ("a.txt", 1, "Tele"),
        ("a.txt", 2, "Tele"),
    ]


def test_the_page_shows_examples_and_obeys_nothing_in_them(tmp_path: Path) -> None:
    _fixed(tmp_path)
    done = newsnorm("report", "log.jsonl", "-o", "review", cwd=tmp_path)
    assert complaints(done) == ["newsnorm: review/report.html: written"]
    page = (tmp_path / "review/report.html").read_text()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Tele<del>\\u200b</del>vision" in page
    assert "<h2>encoding.invisible</h2>" in page


def test_a_run_s_folder_adds_statuses_and_languages(tmp_path: Path) -> None:
    rows = [{"text": f"{DIRTY}The harbour was quiet and the boats stayed in all day."}, {"text": None}, {"text": 3}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert newsnorm("run", "a.jsonl", "-o", "out", "-q", cwd=tmp_path).returncode == 3
    document = _json(tmp_path, "out")
    assert (document["records"], document["edits"], document["documents"]) == (3, 1, 1)
    assert document["statuses"] == {"null": 1, "ok": 1, "wrong-type": 1}
    assert document["languages"] == {"en": 1}
    said = newsnorm("report", "out", cwd=tmp_path).stdout.decode()
    assert "records: 3\nstatuses: null 1, ok 1, wrong-type 1\nlanguages: en 1\n" in said


def test_the_report_for_programs_is_a_log_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00\xd8x\x00")
    (tmp_path / "log").write_bytes(newsnorm("check", "--format", "jsonl", "a.txt", "b.txt", cwd=tmp_path).stdout)
    document = _json(tmp_path, "log")
    assert (document["edits"], document["statuses"]) == (1, {"failed": 1})


def test_lines_that_are_no_edits_are_named_and_the_others_counted(tmp_path: Path) -> None:
    _fixed(tmp_path)
    log = (tmp_path / "log.jsonl").read_bytes()
    (tmp_path / "log.jsonl").write_bytes(b'\xff\n[1]\n{"file": 3}\n\n' + log + log[:50])
    done = newsnorm("report", "log.jsonl", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout.startswith(b"3 edits in 2 files\n")
    assert [line.split(": ", 1)[1] for line in complaints(done)] == [
        f"log.jsonl:{number}: not an edit of a log" for number in (1, 2, 3, 8)
    ]


def test_an_empty_log_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").touch()
    done = newsnorm("report", "log.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"0 edits in 0 files\n")


@pytest.mark.parametrize(("name", "said"), [("gone", "gone: no such file or folder"), (".", "not the folder of a run")])
def test_what_is_no_log_is_refused(name: str, said: str, tmp_path: Path) -> None:
    done = newsnorm("report", name, cwd=tmp_path)
    assert done.returncode == 2
    assert len(complaints(done)) == 1
    assert said in complaints(done)[0]
