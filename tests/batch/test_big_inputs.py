"""Inputs at the limits: many tiny files, one endless line. The long forms run in their own environment."""

from __future__ import annotations

import resource
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.process import command, complaints, environment, newsnorm


def _tiny(folder: Path, count: int) -> None:
    for number in range(count):
        if number % 1000 == 0:
            (folder / f"{number // 1000:03}").mkdir()
        (folder / f"{number // 1000:03}" / f"{number}.txt").write_text("Quiet.\n")


def test_two_thousand_tiny_files(tmp_path: Path) -> None:
    _tiny(tmp_path, 2_000)
    done = newsnorm("check", "--select", "encoding", ".", cwd=tmp_path)
    assert (done.returncode, complaints(done)) == (0, ["newsnorm: 2000 files clean"])


@pytest.mark.slow
def test_a_hundred_thousand_tiny_files(tmp_path: Path) -> None:
    _tiny(tmp_path, 100_000)
    start = time.monotonic()
    for _ in range(2):
        done = newsnorm("check", ".", cwd=tmp_path)
        assert (done.returncode, complaints(done)) == (0, ["newsnorm: 100000 files clean"])
    # Measured: 18 s for both runs on two busy cores; ten times that would mean work that outgrows the files.
    assert time.monotonic() - start < 200


@pytest.mark.slow
def test_one_endless_line(tmp_path: Path) -> None:
    # Curly quotes make of every copy of the text two bytes a character, and names are looked at.
    sentence = "“A quiet day in Kyiv’s harbour,” said Volodymyr Zelenskyy’s adviser – and left. "
    times = []
    for size in (25_000_000, 200_000_000):
        (tmp_path / "line.txt").write_text(sentence * (size // len(sentence.encode())))
        arguments = command("check", "--no-cache", "--max-bytes", "1G", "line.txt")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run(arguments, cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        times.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    refused = newsnorm("check", "--no-cache", "line.txt", cwd=tmp_path)
    assert (refused.returncode, "--max-bytes" in complaints(refused)[0]) == (3, True)
    # Eight times the text, at most twice eight times the work.
    assert times[1] < 16 * times[0]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 3_000_000  # kibibytes
