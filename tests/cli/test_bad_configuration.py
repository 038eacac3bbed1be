"""Bad configuration: exit code 2, one line that names the file, nothing touched; nothing is ignored in silence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.process import DIRTY, MENDED, complaints, newsnorm


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("newsnorm.toml", "profile = ", "not valid TOML"),
        ("newsnorm.toml", "profil = 'body'", "no key 'profil' (did you mean profile"),
        ("newsnorm.toml", "extend_selct = []", "did you mean extend-select"),
        ("newsnorm.toml", "profile = 3", "must be a string, not 3"),
        ("newsnorm.toml", "select = 'chrome'", "must be a list of strings"),
        ("newsnorm.toml", "select = ['chrom']", "no rule 'chrom'"),
        ("newsnorm.toml", "tables = ['gone.jsonl']", "gone.jsonl: no such file"),
        ("newsnorm.toml", "max-bytes = 0", "must be a size"),
        ("newsnorm.toml", "workers = -1", "whole number"),
        ("newsnorm.toml", "kinds = {'*.x' = 'word'}", "must be a table"),
        ("newsnorm.toml", "ignore = []\n'per-file-ignores' = {'*.txt' = ['nams']}", "no rule 'nams'"),
        ("newsnorm.toml", "extend-select = []\nextend_select = []", "stands twice"),
        ("newsnorm.toml", "style = 'nostyle'", "no style 'nostyle'"),
        ("newsnorm.toml", "ignore = ['']", "no rule ''"),
        ("pyproject.toml", "[tool.newsnorm\nprofile = 'body'", "not valid TOML"),
        ("pyproject.toml", "[tool.newsnorm]\nprofil = 'body'", "no key 'profil'"),
        ("pyproject.toml", "[tool]\nnewsnorm = 3", "must be a table"),
    ],
)
def test_bad_configuration_names_file_and_key(name: str, text: str, said: str, tmp_path: Path) -> None:
    _write(tmp_path, {name: text.encode(), "sub/a.txt": DIRTY.encode()})
    done = newsnorm("fix", "sub", cwd=tmp_path)
    assert done.returncode == 2
    assert len(complaints(done)) == 1
    assert name in complaints(done)[0]
    assert said in complaints(done)[0]
    assert (tmp_path / "sub/a.txt").read_text() == DIRTY


def test_configuration_that_is_not_utf8(tmp_path: Path) -> None:
    _write(tmp_path, {"newsnorm.toml": b"profile = '\xff'", "a.txt": DIRTY.encode()})
    done = newsnorm("check", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "not UTF-8 at byte 11" in complaints(done)[0]


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize(
    "make",
    [Path.mkdir, os.mkfifo, _loop, lambda path: path.symlink_to("nowhere")],
    ids=["folder", "pipe", "loop", "nowhere"],
)
def test_a_configuration_that_is_no_file_is_never_ignored(make: Callable[[Path], None], tmp_path: Path) -> None:
    _write(tmp_path, {"sub/a.txt": DIRTY.encode()})
    make(tmp_path / "newsnorm.toml")
    for words in (("fix", "sub"), ("check", "--config", "newsnorm.toml", "sub"), ("config", "sub")):
        done = newsnorm(*words, cwd=tmp_path)
        assert done.returncode == 2
        assert len(complaints(done)) == 1
        assert "newsnorm.toml: not a file" in complaints(done)[0]
    assert (tmp_path / "sub/a.txt").read_text() == DIRTY


def test_a_broken_pyproject_of_somebody_else_is_theirs(tmp_path: Path) -> None:
    _write(tmp_path, {"pyproject.toml": b"[tool.other", "a.txt": DIRTY.encode()})
    assert newsnorm("fix", "a.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.txt").read_text() == MENDED
