"""Real kills: whenever a signal hits, every file is old or new, whole, and the next run ends the job."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from normalizer.batch.workers import Crew
from tests.cli.process import command, environment, newsnorm

FILES = 40
OLD = ("Tele\u200bvision reported it at noon. " * 40 + "\n") * 8
NEW = OLD.replace("\u200b", "")


def _write(folder: Path) -> list[Path]:
    paths = [folder / f"{number:03}.txt" for number in range(FILES)]
    for path in paths:
        path.write_text(OLD)
    return paths


def _seconds_of_a_run(folder: Path) -> float:
    _write(folder)
    start = time.monotonic()
    process = _fix(folder, 2)
    process.communicate(timeout=60)
    assert process.returncode == 0
    return time.monotonic() - start


def _fix(folder: Path, workers: int) -> subprocess.Popen[bytes]:
    arguments = command("fix", "--select", "encoding", "--workers", str(workers), "--no-cache", "-q", ".")
    out = subprocess.DEVNULL
    return subprocess.Popen(arguments, cwd=folder, env=environment(folder), stdout=out, stderr=subprocess.PIPE)


def _trials(folder: Path, how: signal.Signals, trials: int, seed: int) -> tuple[int, int]:
    """How many files were damaged, and in how many trials the run was really cut short."""
    moments = random.Random(seed)  # noqa: S311 - moments, not secrets
    length = _seconds_of_a_run(folder)
    damaged = cut = 0
    for trial in range(trials):
        paths = _write(folder)
        process = _fix(folder, workers=1 + trial % 2)
        time.sleep(moments.uniform(0.1, 1.0) * length)
        process.send_signal(how)
        _, said = process.communicate(timeout=60)
        contents = [path.read_text() for path in paths]
        damaged += sum(content not in (OLD, NEW) for content in contents)
        cut += OLD in contents
        if how == signal.SIGINT:
            # Before our first line runs, Python itself answers: by the signal, or by a fatal error of its start.
            assert process.returncode in (0, 130, -signal.SIGINT) or b"Fatal Python error" in said, said
            assert process.returncode != 130 or (b"interrupted" in said and b"Traceback" not in said), said
        assert {path.name for path in paths} <= {path.name for path in folder.iterdir()}
    return damaged, cut


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM], ids=lambda how: how.name)
def test_a_few_kills_damage_nothing(how: signal.Signals, tmp_path: Path) -> None:
    damaged, _ = _trials(tmp_path, how, 5, seed=1)
    assert damaged == 0
    assert newsnorm("fix", "--select", "encoding", ".", cwd=tmp_path).returncode == 0
    assert {path.read_text() for path in tmp_path.glob("*.txt")} == {NEW}


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
def test_two_hundred_kills_damage_nothing(how: signal.Signals, tmp_path: Path) -> None:
    damaged, cut = _trials(tmp_path, how, 200, seed=2)
    assert damaged == 0
    assert cut > 50, "most kills came too late to cut anything short: the trials prove nothing"


def test_leftovers_of_a_kill_are_ignored_and_swept(tmp_path: Path) -> None:
    _write(tmp_path)
    leftover = tmp_path / ".newsnorm-99999-abcd.tmp"
    leftover.write_text(OLD)
    os.utime(leftover, (1, 1))
    assert b".newsnorm" not in newsnorm("check", "--select", "encoding", ".", cwd=tmp_path).stdout
    assert leftover.exists()
    assert newsnorm("fix", "--select", "encoding", "000.txt", cwd=tmp_path).returncode == 0
    assert not leftover.exists()


_SLEEPERS = """
import os, time
from normalizer.batch.workers import Crew

def work(number):
    print(os.getpid(), flush=True)
    time.sleep(60)

if __name__ == "__main__":
    list(Crew(work, lambda number, why: None, range(3), 3).run([(0, 1), (1, 2), (2, 3)]))
"""


def test_workers_do_not_outlive_the_run(tmp_path: Path) -> None:
    script = tmp_path / "sleepers.py"
    script.write_text(_SLEEPERS)
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    workers = [int(process.stdout.readline()) for _ in range(3)]
    process.kill()
    process.wait(10)
    process.stdout.close()
    deadline = time.monotonic() + 10
    while (left := [pid for pid in workers if _is_alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def _is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked about does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


def test_a_worker_that_is_killed_costs_one_file() -> None:
    def work(number: int) -> int:
        if number == 7:
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number

    crew: Crew[int, int | str] = Crew(work, lambda number, why: f"{number}: {why}", range(20), 2)
    results = list(crew.run([(first, first + 5) for first in range(0, 20, 5)]))
    assert results[7] == "7: the process that worked on it was killed by signal 9"
    assert [value for number, value in enumerate(results) if number != 7] == [n * n for n in range(20) if n != 7]
