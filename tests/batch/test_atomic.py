"""Replacing a file: at any moment the old one or the new one, and nothing of it lost."""

from __future__ import annotations

import os
import resource
import stat
from pathlib import Path

import pytest

from normalizer.batch import atomic
from normalizer.batch.job import Job
from normalizer.batch.judge import judge_file
from normalizer.config import Config

OLD, NEW = b"old content\n", b"new content, longer than the old\n"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_bytes(OLD)
    return path


def _names(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir()]


def test_mode_and_attributes_stay(target: Path) -> None:
    target.chmod(0o640)
    try:
        os.setxattr(target, "user.origin", b"feed 7")
    except OSError:
        pytest.skip("the file system of the test has no extended attributes")
    atomic.replace(atomic.read(str(target)), NEW)
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert os.getxattr(target, "user.origin") == b"feed 7"
    assert _names(target) == ["news.txt"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_owner_and_group_stay(target: Path) -> None:
    os.chown(target, 12, 34)
    atomic.replace(atomic.read(str(target)), NEW)
    assert (target.stat().st_uid, target.stat().st_gid) == (12, 34)


def test_a_file_of_others_is_refused_when_it_would_change_hands(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = atomic.read(str(target))
    other = list(snapshot.state)
    other[stat.ST_UID] += 1
    snapshot.state = os.stat_result(other)

    def forbidden(*_arguments: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", forbidden)
    with pytest.raises(atomic.UnsafeWriteError, match="another user"):
        atomic.replace(snapshot, NEW)
    assert _names(target) == ["news.txt"]


@pytest.mark.parametrize("change", ["content", "same size", "vanished", "another file", "mode"])
def test_a_file_that_changed_under_us_is_left_alone(change: str, target: Path) -> None:
    snapshot = atomic.read(str(target))
    if change == "content":
        target.write_bytes(b"edited\n")
    elif change == "same size":
        target.write_bytes(OLD.upper())
        os.utime(target, ns=(snapshot.state.st_atime_ns, snapshot.state.st_mtime_ns))
    elif change == "mode":
        target.chmod(0o600)
    elif change == "vanished":
        target.unlink()
    else:
        other = target.with_name("other")
        other.write_bytes(OLD)
        other.rename(target)
    left = target.read_bytes() if target.exists() else None
    with pytest.raises((atomic.UnsafeWriteError, FileNotFoundError)):
        atomic.replace(snapshot, NEW)
    assert (target.read_bytes() if target.exists() else None) == left
    assert _names(target) == ([] if left is None else ["news.txt"])


def test_a_full_disk_leaves_the_old_file(target: Path) -> None:
    # A limit on the size of files makes writing fail half-way, as a full disk does.
    target.write_text("Tele\u200bvision reported it. " * 4_000)
    before = target.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        outcome = judge_file("news.txt", str(target), Job(Config(profile="minimal"), fix=True))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert outcome.status == "failed"
    assert "file too large" in outcome.message
    assert target.read_bytes() == before
    assert _names(target) == ["news.txt"]


def test_any_failure_while_writing_leaves_nothing_behind(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        atomic.replace(atomic.read(str(target)), NEW)
    assert target.read_bytes() == OLD
    assert _names(target) == ["news.txt"]


def test_sweeping_takes_what_nobody_writes_and_leaves_the_rest(tmp_path: Path) -> None:
    stale, young, locked, other = (
        tmp_path / name
        for name in (".newsnorm-1-aa.tmp", ".newsnorm-2-bb.tmp", ".newsnorm-3-cc.tmp", ".newsnorm-notes.txt")
    )
    for path in (stale, young, locked, other):
        path.write_bytes(b"")
    for path in (stale, locked, other):
        os.utime(path, (1, 1))
    with locked.open("rb") as held:
        assert atomic._lock(held.fileno())
        assert atomic.sweep(str(tmp_path)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in (young, locked, other))


def test_what_vanishes_between_finding_and_reading_is_reported(tmp_path: Path) -> None:
    outcome = judge_file("gone.txt", str(tmp_path / "gone.txt"), Job(Config(), fix=True))
    assert (outcome.status, outcome.message) == ("failed", "vanished before it was read: run again")
