"""Which files a command line means."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from normalizer.batch.discover import Discovery
from normalizer.batch.settings import Resolver
from normalizer.errors import ConfigError


def _tree(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text\n")


def _found(folder: Path, *paths: str, flags: dict[str, object] | None = None, use_git: bool = True) -> list[str]:
    here = Path.cwd()
    os.chdir(folder)
    try:
        discovery = Discovery(Resolver(flags), use_git=use_git)
        discovery.add_all(paths)
    finally:
        os.chdir(here)
    return [found.path for found in discovery.files]


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def test_a_walk_takes_known_kinds_in_order(tmp_path: Path) -> None:
    _tree(tmp_path, "b.txt", "a.md", "c.py", "sub/d.RST", ".git-like/e.txt", "node_modules/f.txt", "sub/.hidden.txt")
    assert _found(tmp_path, ".") == ["a.md", "b.txt", "sub/.hidden.txt", "sub/d.RST"]


def test_paths_are_shown_as_they_were_named(tmp_path: Path) -> None:
    _tree(tmp_path, "sub/a.txt")
    assert _found(tmp_path, "sub") == _found(tmp_path, "sub/") == _found(tmp_path, "sub/a.txt") == ["sub/a.txt"]
    assert _found(tmp_path, str(tmp_path)) == [str(tmp_path / "sub/a.txt")]
    assert _found(tmp_path / "sub", "..") == ["../sub/a.txt"]


def test_a_walk_obeys_gitignore_files(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt", "out/b.txt", "sub/c.txt", "sub/keep/c.txt", "d.txt")
    (tmp_path / ".gitignore").write_text("/out/\nd.txt\n!sub/d.txt\n")
    (tmp_path / "sub/.gitignore").write_text("/c.txt\n")
    assert _found(tmp_path, ".", use_git=False) == ["a.txt", "sub/keep/c.txt"]


def test_in_a_repository_git_decides(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt", "b.txt", "ignored/c.txt", "ignored/forced.txt", "gone.txt", ".github/d.md", "sub/e.txt")
    (tmp_path / ".gitignore").write_text("ignored/\n")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-f", "a.txt", "gone.txt", "ignored/forced.txt")
    (tmp_path / "gone.txt").unlink()
    assert _found(tmp_path, ".") == [".github/d.md", "a.txt", "b.txt", "ignored/forced.txt", "sub/e.txt"]
    assert _found(tmp_path, "sub") == ["sub/e.txt"]
    assert "ignored/c.txt" in _found(tmp_path, "ignored/c.txt")


def test_a_folder_that_git_ignores_can_still_be_named(tmp_path: Path) -> None:
    _tree(tmp_path, "out/a.txt")
    (tmp_path / ".gitignore").write_text("out/\n")
    _git(tmp_path, "init", "-q")
    assert _found(tmp_path, "out") == ["out/a.txt"]


def test_the_repository_of_a_hook_is_not_mistaken_for_that_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        _tree(tmp_path, f"{name}/{name}.txt")
        _git(tmp_path / name, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "one/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "one"))
    assert _found(tmp_path / "two", ".") == ["two.txt"]


@pytest.mark.parametrize("missing", ["no git", "git refuses"])
def test_without_git_a_repository_is_walked(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _tree(tmp_path, "a.txt", "out/b.txt", ".git/c.txt", ".git/HEAD")
    (tmp_path / ".gitignore").write_text("out/\n")
    if missing == "no git":
        monkeypatch.setenv("PATH", "")
    assert _found(tmp_path, ".") == ["a.txt"]


def test_include_and_exclude_hold(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt", "b.txt", "old/c.txt", "note.news", "d.md")
    assert _found(tmp_path, ".", flags={"exclude": ("old/", "b.*")}) == ["a.txt", "d.md"]
    assert _found(tmp_path, ".", flags={"include": ("*.news", "*.txt")}) == ["a.txt", "b.txt", "note.news", "old/c.txt"]
    assert _found(tmp_path, ".", flags={"include": ("*.txt", "!b.txt")}) == ["a.txt", "old/c.txt"]


def test_excludes_hold_for_named_files_too(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt", "old/c.txt", "old/d.txt")
    (tmp_path / "newsnorm.toml").write_text('exclude = ["old/c.txt"]\n')
    assert _found(tmp_path, "a.txt", "old/c.txt", "old/d.txt") == ["a.txt", "old/d.txt"]
    assert _found(tmp_path, "old/d.txt", flags={"exclude": ("d.txt",)}) == []


def test_an_excluded_link_hides_no_file(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt")
    (tmp_path / "old").mkdir()
    (tmp_path / "old/l.txt").symlink_to("../a.txt")
    flags: dict[str, object] = {"exclude": ("old/",)}
    assert _found(tmp_path, "old/l.txt", "a.txt", flags=flags) == ["a.txt"]
    assert _found(tmp_path, "old/l.txt", "old/l.txt", ".", flags=flags) == ["a.txt"]


def test_the_nearest_configuration_applies(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt", "sub/b.txt", "sub/deep/c.txt", "other/d.txt")
    (tmp_path / "newsnorm.toml").write_text('profile = "minimal"\nexclude = ["*.txt"]\n')
    (tmp_path / "sub/pyproject.toml").write_text('[tool.newsnorm]\nprofile = "body"\n')
    (tmp_path / "other/pyproject.toml").write_text("[tool.black]\n")
    assert _found(tmp_path, ".") == ["sub/b.txt", "sub/deep/c.txt"]
    settings = Resolver().of_folder(str(tmp_path / "sub/deep"))
    assert (settings.config.profile, settings.origin) == ("body", str(tmp_path / "sub/pyproject.toml"))
    (tmp_path / "sub/newsnorm.toml").write_text('profile = "aggressive"\n')
    assert Resolver().of_folder(str(tmp_path / "sub")).config.profile == "aggressive"
    assert Resolver({"profile": "body"}).of_folder(str(tmp_path)).config.profile == "body"


def test_structured_files_need_fields(tmp_path: Path) -> None:
    _tree(tmp_path, "a.json", "b.csv", "c.srt", "d.po")
    assert _found(tmp_path, ".") == ["c.srt", "d.po"]
    assert _found(tmp_path, ".", flags={"fields": {"*": ("body",)}}) == ["a.json", "b.csv", "c.srt", "d.po"]
    assert _found(tmp_path, ".", "a.json", flags={"fields": {"*.csv": ("body",)}}) == ["b.csv", "c.srt", "d.po"]


def test_kinds_by_configuration(tmp_path: Path) -> None:
    _tree(tmp_path, "a.news", "b.txt", "c.page")
    discovery = Discovery(Resolver({"kinds": {"*.news": "text", "*.page": "html", "b.*": "markdown"}}))
    discovery.add_all([str(tmp_path)])
    assert [found.kind for found in discovery.files] == ["text", "markdown", "html"]


def test_all_missing_paths_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"(?s)one.*no such file.*two.*no such file"):
        _found(tmp_path, "one", "two")
