"""``newsnorm run`` as users run it: what it says, where, and the exit code."""

from __future__ import annotations

import gzip
import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from normalizer.corpora.progress import Progress, duration, line
from tests.cli.process import command, complaints, environment, newsnorm
from tests.corpora.making import json_lines, rows_of, story


def _corpus(folder: Path, *extra: bytes) -> Path:
    path = folder / "a.jsonl"
    path.write_bytes(json_lines({"text": story(number)} for number in range(9)) + b"".join(extra))
    return path


def test_done(tmp_path: Path) -> None:
    done = newsnorm("run", _corpus(tmp_path), "-o", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == b""
    assert any("9 records, 3 changed by 3 edits in out" in said for said in complaints(done))
    again = newsnorm("run", "a.jsonl", "-o", "out", cwd=tmp_path)
    assert any("0 made, 1 stood whole already" in said for said in complaints(again))


def test_bad_records_are_named_and_exit_3(tmp_path: Path) -> None:
    _corpus(tmp_path, b"not json\n")
    done = newsnorm("run", "a.jsonl", "-o", "out", "-q", cwd=tmp_path)
    assert done.returncode == 3
    (said,) = complaints(done)
    assert said.startswith("newsnorm: a.jsonl-00000: record 9: invalid: not JSON")
    assert len(rows_of(tmp_path / "out" / "a.jsonl-00000.jsonl")) == 10


def test_a_file_that_cannot_be_read_leaves_the_others_to_be_done(tmp_path: Path) -> None:
    _corpus(tmp_path)
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    done = newsnorm("run", "a.jsonl", "b.parquet", "-o", "out", cwd=tmp_path)
    assert done.returncode == 3
    assert any(said.startswith("newsnorm: b.parquet: ") for said in complaints(done))
    assert (tmp_path / "out" / "a.jsonl-00000.jsonl").exists()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    _corpus(tmp_path)
    done = newsnorm("run", "a.jsonl", "-o", "out", "--dry-run", "--sample", "4", cwd=tmp_path)
    assert done.returncode == 0
    assert any("4 records, 2 changed" in said for said in complaints(done))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "a.jsonl"], "-o"),
        (["run", "nowhere.jsonl", "-o", "out"], "nowhere.jsonl: no such file"),
        (["run", "a.jsonl", "a.jsonl", "-o", "out"], "given twice"),
        (["run", "a.unknown", "-o", "out"], "give --format"),
        (["run", "empty", "-o", "out"], "no records and no documents"),
        (["run", "a.jsonl", "-o", "empty/.."], "which no run wrote"),
        (["run", "a.jsonl", "-o", "out", "--workers", "0"], "--workers must be 1 or more"),
        (["run", "a.jsonl", "-o", "out", "--shard-bytes", "lots"], "--shard-bytes must be a size"),
        (["run", "a.jsonl", "-o", "out", "--delimiter", "ab"], "--delimiter must be one"),
        (["run", "a.jsonl", "-o", "out", "--select", "chrome.capton"], "did you mean chrome.caption"),
    ],
    ids=lambda value: " ".join(value[2:]) if isinstance(value, list) else "",
)
def test_wrong_usage_touches_nothing(tmp_path: Path, arguments: list[str], said: str) -> None:
    _corpus(tmp_path)
    (tmp_path / "a.unknown").touch()
    (tmp_path / "empty").mkdir()
    done = newsnorm(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert not (tmp_path / "out").exists()


def test_an_extra_that_is_missing_is_named(tmp_path: Path) -> None:
    _corpus(tmp_path)
    code = "import sys; sys.modules['pyarrow'] = None; from normalizer.cli import main; sys.exit(main())"
    words = [sys.executable, "-c", code, "run", "a.jsonl", "-o", "out", "--to", "parquet"]
    done = subprocess.run(words, cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=False)
    assert done.returncode == 2
    assert b"pip install 'newsnorm[corpus]'" in done.stderr


def test_a_terminal_sees_progress_and_a_pipe_does_not(tmp_path: Path) -> None:
    rows = [{"text": " ".join(map(story, range(number, number + 30)))} for number in range(3000)]
    (tmp_path / "a.jsonl").write_bytes(json_lines(rows))
    ours, theirs = pty.openpty()
    words = command("run", "a.jsonl", "-o", "out", "-j", "1", "--profile", "minimal")
    with subprocess.Popen(words, cwd=tmp_path, env=environment(tmp_path), stderr=theirs) as process:
        os.close(theirs)
        said = b""
        while part := _read(ours):
            said += part
    os.close(ours)
    assert process.returncode == 0
    assert b" records" in said
    assert b" left" in said


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # how Linux says that the other side has gone
        return b""


def test_the_line_of_progress() -> None:
    said = line(position=50_000_000, total=200_000_000, skipped=10_000_000, records=8000, bad=2, seconds=20.0)
    assert said == " 25%  8,000 records, 2 bad  400/s  2.0 MB/s  1:15 left"
    assert duration(3725) == "1:02:05"


def test_no_progress_without_a_terminal() -> None:
    stream = io.StringIO()
    progress = Progress(100, stream)
    progress.show(10, 10, 0)
    progress.clear()
    assert stream.getvalue() == ""


def _unknown(folder: Path) -> None:
    folder.mkdir()
    for name in ("x.json", "y.json.gz", "z", "t.txt.gz", "_SUCCESS"):
        data = json_lines([{"text": story(3)}])
        (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)


def test_files_of_a_folder_with_unknown_names_are_counted(tmp_path: Path) -> None:
    _unknown(tmp_path / "col")
    done = newsnorm("run", "col", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "no records and no documents in there; 5 files left out, no format known by the name" in done.stderr.decode()
    _corpus(tmp_path / "col")
    done = newsnorm("run", "col", "-o", "out", "-q", cwd=tmp_path)
    assert done.returncode == 0
    (said,) = complaints(done)
    assert said.startswith("newsnorm: 5 files left out, no format known by the name: _SUCCESS, t.txt.gz, x.json, ... (")


def test_the_format_holds_for_unknown_names_in_folders(tmp_path: Path) -> None:
    _unknown(tmp_path / "col")
    _corpus(tmp_path / "col")
    (tmp_path / "col" / "d.txt").write_text(story(3))
    done = newsnorm("run", "col", "-o", "out", "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 0
    assert any(said.startswith("newsnorm: 15 records, 9 changed") for said in complaints(done))


def test_any_file_can_be_a_document(tmp_path: Path) -> None:
    (tmp_path / "col").mkdir()
    for name in ("x.json", "y.po", "z", "a.txt"):
        (tmp_path / "col" / name).write_text(story(3))
    done = newsnorm("run", "col", "-o", "out", "--format", "files", cwd=tmp_path)
    assert done.returncode == 0
    assert any(said.startswith("newsnorm: 4 records, 4 changed by 4 edits") for said in complaints(done))
