"""The cache: an unchanged file costs a stat, a changed one is always seen."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from normalizer.batch import atomic, judge
from normalizer.batch import cache as cache_module
from normalizer.batch.cache import Cache, cache_file
from normalizer.batch.discover import Discovery
from normalizer.batch.outcome import Outcome
from normalizer.batch.run import Mode, outcomes
from normalizer.batch.settings import Resolver

DIRTY, CLEAN = "Tele\u200bvision reported it.\n", "A quiet day in the harbour.\n"
_IS_YOUNG = cache_module._is_young
FLAGS: dict[str, object] = {"select": ("encoding",)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("a.txt", DIRTY), ("b.txt", CLEAN), ("c.txt", "x\0y")):
        (tmp_path / name).write_text(text)
        _age(tmp_path / name)
    return tmp_path


def _age(path: Path, seconds: float = 100) -> None:
    then = time.time_ns() - int(seconds * 1e9) + 1
    os.utime(path, ns=(then, then))


@pytest.fixture(autouse=True)
def _trust_status_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests cannot age a file's status time; what is young is tested by itself."""
    monkeypatch.setattr(cache_module, "_is_young", lambda _stamp: False)


def _run(folder: Path, *, fix: bool = False, flags: dict[str, object] | None = None) -> tuple[list[Outcome], list[str]]:
    """The outcomes of a run, and the names of the files that it read."""
    read: list[str] = []
    original = atomic.read

    def watched(path: str, limit: int | None = None) -> atomic.Snapshot:
        read.append(Path(path).name)
        return original(path, limit)

    atomic.read = watched
    try:
        discovery = Discovery(Resolver({**FLAGS, **(flags or {})}))
        discovery.add_all([str(folder)])
        cache = Cache(cache_file(str(folder), str(folder / ".cache")))
        return list(outcomes(discovery.files, Mode(fix=fix), cache)), read
    finally:
        atomic.read = original


def test_a_second_run_reads_nothing_and_says_the_same(folder: Path) -> None:
    first, read = _run(folder)
    assert read == ["a.txt", "b.txt", "c.txt"]
    second, read = _run(folder)
    assert read == []
    assert [(item.path, item.status, item.findings) for item in second] == [
        (item.path, item.status, item.findings) for item in first
    ]


def test_a_change_of_one_file_is_seen(folder: Path) -> None:
    _run(folder)
    (folder / "b.txt").write_text(DIRTY)
    results, read = _run(folder)
    assert read == ["b.txt"]
    assert [item.status for item in results] == ["changed", "changed", "binary"]


def test_a_change_that_keeps_size_and_time_is_seen_by_the_status_time(folder: Path) -> None:
    _run(folder)
    state = (folder / "b.txt").stat()
    (folder / "b.txt").write_text(DIRTY[: len(CLEAN) - 2].ljust(len(CLEAN) - 2))
    os.utime(folder / "b.txt", ns=(state.st_atime_ns, state.st_mtime_ns))
    assert _run(folder)[1] == ["b.txt"]


def test_a_touched_file_is_read_but_not_normalized(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(folder)
    _age(folder / "b.txt", 50)
    monkeypatch.setattr(judge, "judge_bytes", _never)
    results, read = _run(folder)
    assert read == ["b.txt"]
    assert results[1].status == "clean"


def test_another_configuration_is_another_question(folder: Path) -> None:
    _run(folder)
    results, read = _run(folder, flags={"ignore": ("encoding.invisible",)})
    assert read == ["a.txt", "b.txt", "c.txt"]
    assert results[0].status == "clean"


def test_a_changed_overlay_is_another_question(folder: Path) -> None:
    record = {"id": "x:1", "type": "place", "canonical": {"en": "Harbourtown"}, "aliases": [{"s": "Harbortown"}]}
    table = folder / "mine.jsonl"
    table.write_text(json.dumps(record) + "\n")
    flags: dict[str, object] = {"tables": (str(table),)}
    _run(folder, flags=flags)
    assert _run(folder, flags=flags)[1] == []
    table.write_text(json.dumps({**record, "id": "x:22"}) + "\n")
    assert _run(folder, flags=flags)[1] == ["a.txt", "b.txt", "c.txt"]


def test_fix_does_the_work_and_remembers_the_result(folder: Path) -> None:
    _run(folder)
    results, read = _run(folder, fix=True)
    assert results[0].status == "fixed"
    assert "a.txt" in read
    assert "b.txt" not in read
    results, read = _run(folder)
    assert [item.status for item in results] == ["clean", "clean", "binary"]
    assert read == []


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"format": 1, "entries": 3}', '{"format": 1, "entries": {"a.txt": 3}}', '{"format": 99}', "\0\0"],
)
def test_a_broken_cache_is_no_cache(content: str, folder: Path) -> None:
    _run(folder)
    path = Path(cache_file(str(folder), str(folder / ".cache")))
    path.write_text(content)
    results, read = _run(folder)
    assert [item.status for item in results] == ["changed", "clean", "binary"]
    assert read == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize("place", range(9))
def test_an_entry_of_another_form_is_no_entry(place: int, folder: Path) -> None:
    _run(folder)
    path = Path(cache_file(str(folder), str(folder / ".cache")))
    document = json.loads(path.read_text())
    for entry in document["entries"].values():
        entry[place] = [[1, 2]] if place == 4 else {"x": 1}
    path.write_text(json.dumps(document))
    results, _ = _run(folder)
    assert [item.status for item in results] == ["changed", "clean", "binary"]


def test_an_upgrade_forgets_everything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(folder)
    monkeypatch.setattr(cache_module, "_installation", lambda: "moved, with the same content")
    assert _run(folder)[1] == []
    monkeypatch.setattr(cache_module, "_installation", lambda: "upgraded")
    monkeypatch.setattr(cache_module, "_fingerprint", lambda: "new tables")
    assert _run(folder)[1] == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_that_cannot_be_written_is_no_error(folder: Path) -> None:
    (folder / ".cache").write_text("a file where the folder should be")
    assert [item.status for item in _run(folder)[0]] == ["changed", "clean", "binary"]


def test_a_young_file_is_read_again_but_not_normalized_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_is_young", lambda _stamp: True)
    _run(folder, fix=True)
    monkeypatch.setattr(judge, "judge_bytes", _never)
    (folder / "c.txt").unlink()
    results, read = _run(folder)
    assert read == ["a.txt", "b.txt"]
    assert [item.status for item in results] == ["clean", "clean"]


def _never(*_arguments: object) -> None:
    raise AssertionError("normalized although its content is known")


def test_what_is_young_is_not_trusted() -> None:
    fresh = _IS_YOUNG
    now = time.time_ns()
    assert fresh((1, now, now, 1))
    assert fresh((1, now - 10**9, now, 1))
    assert not fresh((1, now - 10**9 + 1, now - 10**9 + 1, 1))
    whole_seconds = (now // 10**9) * 10**9
    assert fresh((1, whole_seconds, whole_seconds, 1))
