"""Files as hook and batch tool see them: 4,000 files, 51 MB, cold and cached, beside typos, codespell and ruff.

Each tool runs as a process, ``--rounds`` times in turn, and the best wall time counts. typos and codespell
read the same text files; ruff formats the same text as comments of Python files. The text is made of the
sentences of the expected articles in ``fixtures/``, one language a file, shuffled into new paragraphs, so
that next to nothing is found and everything is read. ``--corpus`` takes text files of your own instead.
With ``--line`` one file of a single line of that many bytes is judged, with its peak of memory.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ARTICLES = Path(__file__).parent.parent / "fixtures" / "expected" / "standard"
FILES, FILE_BYTES = 4_000, 12_750
SENTENCE = 40  # characters: shorter ones are headings and credits
LANGUAGE_SENTENCES = 20  # languages with fewer would repeat themselves


class Contestant(NamedTuple):
    """A command line, run in the folder that holds the corpus, after ``before`` has made it cold."""

    name: str
    command: list[str]
    before: Callable[[], None]


def sentences() -> dict[str, list[str]]:
    """The sentences of the expected articles by language, each once."""
    found: dict[str, dict[str, None]] = {}
    for path in sorted(ARTICLES.glob("*.txt")):
        for line in path.read_bytes().decode("utf-8-sig").splitlines():
            parts = re.split(r"(?<=[.!?])\s+", line)
            found.setdefault(path.name[:2], {}).update((part, None) for part in parts if len(part) > SENTENCE)
    return {language: list(parts) for language, parts in found.items() if len(parts) >= LANGUAGE_SENTENCES}


def article(draw: random.Random, pool: list[str]) -> str:
    paragraphs: list[str] = []
    size = 0
    while size < FILE_BYTES:
        paragraphs.append(" ".join(draw.sample(pool, 4)))
        size += len(paragraphs[-1].encode()) + 2
    return "\n\n".join(paragraphs) + "\n"


def write_corpus(folder: Path, files: int, corpus: Path | None) -> int:
    """Write the corpus as text and as Python comments; the bytes of the text."""
    draw = random.Random(8)
    pools = sentences()
    own = sorted(corpus.rglob("*.txt")) if corpus else []
    total = 0
    for number in range(files):
        text = own[number % len(own)].read_text() if own else article(draw, pools[draw.choice(sorted(pools))])
        path = folder / "text" / f"{number // 200:02}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        total += path.stat().st_size
        code = folder / "code" / f"{number // 200:02}" / f"{number}.py"
        code.parent.mkdir(parents=True, exist_ok=True)
        code.write_text("".join(f"# {line}".rstrip() + "\n" for line in text.split("\n")))
    return total


def contestants(folder: Path) -> list[Contestant]:
    def empty(name: str) -> Callable[[], None]:
        return lambda: shutil.rmtree(folder / name, ignore_errors=True)

    def nothing() -> None:
        return

    ours = [sys.executable, "-m", "normalizer.cli", "check", "-q", "--cache-dir", str(folder / "cache"), "text"]
    ruff = ["ruff", "format", "--check", "-q", "--isolated", "--cache-dir", str(folder / "ruff"), "code"]
    return [
        Contestant("newsnorm", ours, empty("cache")),
        Contestant("newsnorm, cached", ours, nothing),
        Contestant("typos", ["typos", "text"], nothing),
        Contestant("codespell", ["codespell", "-q", "3", "text"], nothing),
        Contestant("ruff format", ruff, empty("ruff")),
        Contestant("ruff format, cached", ruff, nothing),
    ]


def seconds(contestant: Contestant, folder: Path) -> tuple[float, float]:
    """Wall and processor time of one run, all its processes counted."""
    contestant.before()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    out = subprocess.DEVNULL
    subprocess.run(contestant.command, cwd=folder, env=environment, stdout=out, stderr=out, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(folder: Path, files: int, rounds: int, corpus: Path | None) -> None:
    total = write_corpus(folder, files, corpus)
    print(f"{files} files, {total / 1e6:.1f} MB, {os.cpu_count()} cores, best of {rounds}")
    runs: dict[str, list[tuple[float, float]]] = {}
    available = [one for one in contestants(folder) if one.name.startswith("newsnorm") or shutil.which(one.command[0])]
    for _ in range(rounds):
        for contestant in available:
            runs.setdefault(contestant.name, []).append(seconds(contestant, folder))
    typos = min(runs["typos"])[0] if "typos" in runs else None
    for name, times in runs.items():
        wall, processor = min(times)
        ratio = f"  {wall / typos:5.2f} × typos" if typos else ""
        print(f"{name:<20} {wall:7.2f} s  {processor:7.2f} s CPU  {total / 1e6 / wall:7.1f} MB/s{ratio}")


def one_line(folder: Path, size: int) -> None:
    draw = random.Random(9)
    parts = sentences()["en"]
    path = folder / "line.txt"
    with path.open("w") as file:
        while file.tell() < size:
            file.write("".join(draw.choice(parts) + " " for _ in range(500)))
    command = [sys.executable, "-m", "normalizer.cli", "check", "--no-cache", "line.txt"]
    for limit in ([], ["--max-bytes", "1G"]):
        start = time.perf_counter()
        done = subprocess.run([*command, *limit], cwd=folder, capture_output=True, text=True, check=False)
        wall = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        said = done.stderr.strip().split("\n")[0]
        print(f"{path.stat().st_size / 1e6:.0f} MB line {' '.join(limit)}: {wall:.1f} s, peak {peak:.2f} GB: {said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpus", type=Path, help="a folder of text files to use instead")
    parser.add_argument("--line", type=int, metavar="BYTES", help="a single line of so many bytes instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if options.line:
            one_line(Path(name), options.line)
        else:
            compare(Path(name), options.files, options.rounds, options.corpus)
