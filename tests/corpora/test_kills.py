"""Real kills: whatever is killed, at whatever moment, resumed it is the undisturbed output to the byte."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import command, environment
from tests.corpora.making import json_lines, story, tree
from tests.disk import grow, small_disk

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds workers through /proc")

RECORDS = 2000
DEADLINE = 120.0


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A corpus of some seconds, and the output of an undisturbed run over it."""
    folder = tmp_path_factory.mktemp("kills")
    source = folder / "in"
    source.mkdir()
    rows = [{"id": number, "text": " ".join(map(story, range(number, number + 6)))} for number in range(RECORDS)]
    (source / "a.jsonl").write_bytes(json_lines(rows[: RECORDS // 2]))
    (source / "b.jsonl").write_bytes(json_lines(rows[RECORDS // 2 :]) + b"not json\n")
    _finish(_start(source, folder / "undisturbed"))
    return source, tree(folder / "undisturbed")


def _start(source: Path, output: Path, limit: int | None = None) -> subprocess.Popen[bytes]:
    arguments: list[str | Path] = ["run", source, "-o", output, "-j", "2", "--profile", "minimal", "--language", "en"]

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        command(*arguments, "--shard-bytes", "50k"),
        cwd=source.parent,
        env=environment(source.parent),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=limited,  # noqa: PLW1509 - the test process has no threads
    )


def _finish(process: subprocess.Popen[bytes], expected: int = 3) -> bytes:
    """Wait for the end. The corpus has one bad record, so a run that is done exits with 3."""
    _, said = process.communicate(timeout=DEADLINE)
    assert b"Traceback" not in said, said.decode()
    assert process.returncode == expected, said.decode()
    return said


def _children(pid: int) -> list[int]:
    """The workers of a run: its children that hold no helper of multiprocessing's."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False


def _until(process: subprocess.Popen[bytes], output: Path, shards: int) -> None:
    """Wait until so many shards stand, or the run is over."""
    end = time.monotonic() + DEADLINE
    while process.poll() is None and time.monotonic() < end:
        if sum(1 for _ in (output / "_manifest").glob("*.json")) >= shards:
            return
        time.sleep(0.005)


def _kill_worker(source: Path, output: Path, chance: random.Random) -> None:
    process = _start(source, output)
    for _ in range(chance.randint(1, 3)):
        _until(process, output, chance.randint(0, 20))
        time.sleep(chance.random() * 0.1)
        for child in _children(process.pid)[: chance.randint(1, 2)]:
            os.kill(child, signal.SIGKILL)
    _finish(process)


def _kill_driver(source: Path, output: Path, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 3)):
        process = _start(source, output)
        _until(process, output, chance.randint(0, 20))
        time.sleep(chance.random() * 0.1)
        children = _children(process.pid)
        process.kill()
        process.communicate()
        end = time.monotonic() + 10
        while any(map(_is_alive, children)) and time.monotonic() < end:
            time.sleep(0.01)
        assert not [child for child in children if _is_alive(child)], "a worker outlived its run"
    _finish(_start(source, output))


def _interrupt(source: Path, output: Path, chance: random.Random) -> None:
    process = _start(source, output)
    _until(process, output, chance.randint(1, 20))
    process.send_signal(signal.SIGINT)
    if process.poll() is None:
        assert b"again" in _finish(process, 130)
    _finish(_start(source, output))


def _fill_disk(source: Path, output: Path, chance: random.Random) -> None:
    said = _finish(_start(source, output, limit=chance.randint(1000, 60_000)))
    assert b"File too large" in said
    assert not (output / "_SUCCESS").exists()
    _finish(_start(source, output))


@pytest.mark.parametrize("room", ["60k", "300k", "700k"])
def test_a_disk_that_fills_up_stops_the_run_until_there_is_room(
    corpus: tuple[Path, dict[str, str]], tmp_path: Path, room: str
) -> None:
    source, expected = corpus
    with small_disk(tmp_path / "out", room) as output:
        said = _finish(_start(source, output))
        assert b"No space left on device" in said
        assert b"make room" in said
        assert not (output / "_SUCCESS").exists()
        grow(output, "64m")
        _finish(_start(source, output))
        assert tree(output) == expected


DISTURBANCES = {"worker": _kill_worker, "driver": _kill_driver, "interrupt": _interrupt, "disk": _fill_disk}


def _trial(corpus: tuple[Path, dict[str, str]], folder: Path, kind: str, seed: int) -> Iterator[str]:
    source, expected = corpus
    DISTURBANCES[kind](source, folder / "out", random.Random(seed))  # noqa: S311 - chance, not secrets
    found = tree(folder / "out")
    yield from (name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


@pytest.mark.parametrize("kind", list(DISTURBANCES))
def test_killed_and_resumed_it_is_the_same_output(
    corpus: tuple[Path, dict[str, str]], tmp_path: Path, kind: str
) -> None:
    assert list(_trial(corpus, tmp_path, kind, 1)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 7))
@pytest.mark.parametrize("kind", list(DISTURBANCES))
def test_killed_and_resumed_many_times(
    corpus: tuple[Path, dict[str, str]], tmp_path: Path, kind: str, seed: int
) -> None:
    assert list(_trial(corpus, tmp_path, kind, seed)) == []
