"""``rules check`` and ``names check``: one's own packs and tables, tried before they are used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import complaints, environment, newsnorm

PACK = """
[[rule]]
family = "footer"
kind = "line"
where = ["tail"]
cues = ["the harbour letter, every friday in your inbox"]
strips = [{ tail = "The Harbour Letter, every Friday in your inbox" }]
keeps = ["The Harbour Letter, a weekly, closes after sixty years."]
"""
RECORD = {
    "id": "user:harbourtown",
    "type": "place",
    "canonical": {"en": "Harbourtown"},
    "aliases": [{"s": "Harbortown", "use": "safe", "src": "user"}],
}


def test_a_sound_pack_passes_and_is_used(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(PACK)
    done = newsnorm("rules", "check", "mine.toml", cwd=tmp_path)
    assert (done.returncode, complaints(done)) == (0, ["newsnorm: mine.toml: every example holds"])


def test_a_pack_that_breaks_its_examples_is_told(tmp_path: Path) -> None:
    text = PACK.replace('keeps = ["The', 'keeps = ["The Harbour Letter, every Friday in your inbox", "The')
    (tmp_path / "mine.toml").write_text(text)
    done = newsnorm("rules", "check", "mine.toml", cwd=tmp_path)
    assert done.returncode == 1
    assert complaints(done)
    assert all("mine.toml" in line for line in complaints(done))


def test_a_pack_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[rule]]\nfamliy = 'footer'\n")
    for words in (("rules", "check", "mine.toml"), ("check", "--pack", "mine.toml", "mine.toml")):
        done = newsnorm(*words, cwd=tmp_path)
        assert done.returncode == 2
        assert "mine.toml" in complaints(done)[0]


def test_a_sound_table_passes_and_is_used(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(json.dumps(RECORD) + "\n")
    assert newsnorm("names", "check", "mine.jsonl", cwd=tmp_path).returncode == 0
    text = "The ferry from Harbortown was late on Monday.\n"
    (tmp_path / "a.txt").write_text(text)
    assert newsnorm("check", "a.txt", cwd=tmp_path).returncode == 0
    assert newsnorm("fix", "--table", "mine.jsonl", "a.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.txt").read_text() == text.replace("Harbortown", "Harbourtown")


@pytest.mark.parametrize(("ending", "code"), [("| head -1", 0), (">&-", 0), (">/dev/full", 3)])
def test_the_report_of_a_table_ends_with_its_reader(ending: str, code: int, tmp_path: Path) -> None:
    letters = [f"{first}{second}" for first in "abcdefghijklmnop" for second in "abcdefghijklmnop"]
    records = [
        {
            "id": f"user:{ends}",
            "type": "place",
            "canonical": {"en": f"Harbourtown{ends}"},
            "aliases": [{"s": f"Harbortown{ends}", "use": "safe", "src": "user"}],
        }
        for ends in letters
    ]
    (tmp_path / "mine.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    line = f'"{sys.executable}" -m normalizer.cli names check --report mine.jsonl {ending}'
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert b"fault" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_wrong_table_is_told_line_by_line(tmp_path: Path) -> None:
    bad = {**RECORD, "aliasses": []}
    (tmp_path / "mine.jsonl").write_text(json.dumps(RECORD) + "\n" + json.dumps(bad) + "\n{\n")
    done = newsnorm("names", "check", "mine.jsonl", cwd=tmp_path)
    assert done.returncode == 2
    assert all("mine.jsonl" in line for line in complaints(done))
    assert any("aliasses" in line for line in complaints(done))
