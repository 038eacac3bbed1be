"""check and fix on files, folders and standard input, as processes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.process import CLEAN, DIRTY, MENDED, complaints, newsnorm


def test_check_says_where_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(DIRTY)
    done = newsnorm("check", "news.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.decode().startswith('news.txt:1:5: encoding.invisible "\\u200b" → nothing')
    assert (tmp_path / "news.txt").read_text() == DIRTY


def test_clean_files_exit_zero_and_are_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(CLEAN)
    os.utime(path, ns=(5_000_000_000, 5_000_000_000))
    before = path.stat()
    for command in ("check", "fix"):
        assert newsnorm(command, "news.txt", cwd=tmp_path).returncode == 0
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_fix_rewrites_and_the_next_check_is_content(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(DIRTY)
    done = newsnorm("fix", ".", cwd=tmp_path)
    assert done.returncode == 0
    assert "news.txt:1:5:" in done.stdout.decode()
    assert path.read_text() == MENDED
    assert newsnorm("check", ".", cwd=tmp_path).returncode == 0


def test_exit_non_zero_on_fix_is_for_hooks(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(DIRTY)
    assert newsnorm("fix", "--exit-non-zero-on-fix", "news.txt", cwd=tmp_path).returncode == 1
    assert newsnorm("fix", "--exit-non-zero-on-fix", "news.txt", cwd=tmp_path).returncode == 0


def test_diff_shows_the_change_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(f"One.\n{DIRTY}")
    done = newsnorm("check", "--diff", "news.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.decode() == f"--- a/news.txt\n+++ b/news.txt\n@@ -1,2 +1,2 @@\n One.\n-{DIRTY}+{MENDED}"


def test_diff_of_a_file_with_a_mark_applies(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_bytes(b"\xef\xbb\xbf" + DIRTY.encode() + b"Two.\r\n")
    done = newsnorm("check", "--diff", "news.txt", cwd=tmp_path)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=done.stdout, check=True)
    assert path.read_bytes() == b"\xef\xbb\xbf" + MENDED.encode() + b"Two.\r\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("final", [True, False], ids=["with final newline", "without"])
def test_line_ends_and_the_final_newline_stay(end: str, final: bool, tmp_path: Path) -> None:
    last = "Nobody was hurt." + end * final
    (tmp_path / "news.txt").write_bytes((DIRTY + last).replace("\n", end).encode())
    assert newsnorm("fix", "news.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "news.txt").read_bytes() == (MENDED + last).replace("\n", end).encode()


def test_json_holds_the_edit_in_the_log_schema(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(DIRTY)
    done = newsnorm("check", "--format", "json", ".", cwd=tmp_path)
    document = json.loads(done.stdout)
    (edit,) = document["files"][0]["edits"]
    assert (edit["file"], edit["start"], edit["end"], edit["before"], edit["after"]) == ("news.txt", 4, 5, "\u200b", "")
    assert edit["rules"] == ["encoding.invisible"]
    assert edit["sha256"] == hashlib.sha256(DIRTY.encode()).hexdigest()
    assert (edit["prefix"], edit["suffix"]) == ("Tele", "vision reported it.\n")
    assert document["summary"]["edits"] == 1


def test_json_of_clean_files_is_a_document_too(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(CLEAN)
    document = json.loads(newsnorm("check", "--format", "json", ".", cwd=tmp_path).stdout)
    assert document["files"] == []
    assert document["summary"]["files"] == {"clean": 1}


def test_standard_input_is_checked_and_fixed(tmp_path: Path) -> None:
    assert newsnorm("check", "-", cwd=tmp_path, stdin=DIRTY.encode()).returncode == 1
    assert newsnorm("check", "-", cwd=tmp_path, stdin=CLEAN.encode()).returncode == 0
    done = newsnorm("fix", "-", cwd=tmp_path, stdin=DIRTY.encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, MENDED.encode(), b"")


@pytest.mark.parametrize("raw", [CLEAN.encode(), b"", b"\n", b"a\0b", "\ufeffKyiv\r\n".encode("utf-16-le")])
def test_fix_passes_through_what_it_does_not_change(raw: bytes, tmp_path: Path) -> None:
    done = newsnorm("fix", "-", cwd=tmp_path, stdin=raw)
    assert (done.returncode, done.stdout) == (0, raw)


def test_stdin_filename_gives_kind_name_and_excludes(tmp_path: Path) -> None:
    text = f"Text `{DIRTY.strip()}`\n"
    assert newsnorm("check", "-", "--stdin-filename", "a.md", cwd=tmp_path, stdin=text.encode()).returncode == 0
    done = newsnorm("check", "-", "--stdin-filename", "a.txt", cwd=tmp_path, stdin=text.encode())
    assert done.stdout.startswith(b"a.txt:1:")
    excluded = ("check", "-", "--stdin-filename", "a.txt", "--exclude", "a.*")
    assert newsnorm(*excluded, cwd=tmp_path, stdin=text.encode()).returncode == 0


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (["--ignore", "encoding"], 0),
        (["--ignore", "encoding.invisible"], 0),
        (["--select", "encoding.mojibake"], 0),
        (["--select", "encoding.mojibake,encoding.invisible"], 1),
        (["--profile", "minimal"], 1),
        (["--select", "encoding.mojibake", "--extend-select", "encoding.invisible"], 1),
    ],
)
def test_flags_choose_rules(flags: list[str], code: int, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(DIRTY)
    assert newsnorm("check", *flags, "news.txt", cwd=tmp_path).returncode == code


def test_options_may_stand_between_paths(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "-c.txt"):
        (tmp_path / name).write_text(DIRTY)
    done = newsnorm("check", "a.txt", "--quiet", "b.txt", "--", "-c.txt", cwd=tmp_path)
    assert [line.split(b":")[0] for line in done.stdout.splitlines()] == [b"a.txt", b"b.txt", b"-c.txt"]


def test_files_from_reads_lines_and_nul(tmp_path: Path) -> None:
    for name in ("a.txt", "b c.txt"):
        (tmp_path / name).write_text(DIRTY)
    for separator in (b"\n", b"\r\n", b"\0"):
        listing = separator.join([b"a.txt", b"b c.txt", b""])
        done = newsnorm("check", "--files-from", "-", cwd=tmp_path, stdin=listing)
        assert len(done.stdout.splitlines()) == 2


def test_statistics_count_edits_and_files_by_rule(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY * 2)
    (tmp_path / "b.txt").write_text(DIRTY)
    done = newsnorm("check", "--statistics", "--select", "encoding", ".", cwd=tmp_path)
    assert done.stdout.decode().splitlines()[-1].split() == ["3", "2", "encoding.invisible"]


def test_log_holds_every_edit_that_was_made(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    (tmp_path / "b.txt").write_text(CLEAN)
    newsnorm("fix", "--log", "edits.jsonl", "a.txt", "b.txt", cwd=tmp_path)
    records = [json.loads(line) for line in (tmp_path / "edits.jsonl").read_text().splitlines()]
    assert [(record["file"], record["start"], record["before"]) for record in records] == [("a.txt", 4, "\u200b")]
    assert records[0]["sha256"] == hashlib.sha256(DIRTY.encode()).hexdigest()


def test_quiet_says_only_what_went_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    assert complaints(newsnorm("fix", "-q", "a.txt", cwd=tmp_path)) == []


def test_colour_only_where_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    assert b"\x1b[" not in newsnorm("check", "a.txt", cwd=tmp_path).stdout
    assert b"\x1b[" in newsnorm("check", "--color", "always", "a.txt", cwd=tmp_path).stdout


def test_terminal_controls_are_shown_not_obeyed(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J.txt").write_text("Tele\u200bvision \x1b[31m red\u202e\n")
    done = newsnorm("check", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout + done.stderr
