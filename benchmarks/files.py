"""Files as hook and batch tool see them: 4,000 files, 51 MB, cold and cached, beside typos, codespell and ruff.

Each tool runs as a process, ``--rounds`` times in turn, and the best wall time counts. typos and codespell
read the same text files; ruff formats the same text as comments of Python files. The text is made of the
sentences of clean articles in ``fixtures/``, one language a file, shuffled into new paragraphs: ``check``
exits 0 on it, and that is printed. There are two corpora: *clean news* leaves out the articles that were
written to try the names stage; *dense with names* is made of all of them, with a name in every second
sentence and most of them traps. ``--corpus`` takes text files of your own instead.
With ``--line`` a file of a single line of that many bytes is judged, with its peak of memory: clean news,
and with ``--names`` one of sentences in each of which names are rewritten.
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
# Articles that try the names stage: every other word of them is a name, a namesake or a trap.
TRAPS = re.compile(r"names|namen|noms|odessa|kiev|handles|all_damage|envoy|bylines|hidden")
# Every sentence holds names that come out otherwise.
RENAMED = [
    "President Volodymyr Zelensky arrived in Kiev on Monday.",
    "Trains from Kharkov to Lvov were late again, the railway said.",
    "The mayor of Dnepropetrovsk met President Zelenskiy in Kiev.",
]
FILES, FILE_BYTES = 4_000, 12_750
SENTENCE = 40  # characters: shorter ones are headings and credits
LANGUAGE_SENTENCES = 12  # languages with fewer would repeat themselves


class Contestant(NamedTuple):
    """A command line, run in the folder that holds the corpus, after ``before`` has made it cold."""

    name: str
    command: list[str]
    before: Callable[[], None]


def sentences(*, dense: bool) -> dict[str, list[str]]:
    """The sentences of the clean articles by language, each once; ``dense``: also of those that try the names."""
    found: dict[str, dict[str, None]] = {}
    for path in sorted(ARTICLES.glob("*.txt")):
        if TRAPS.search(path.stem) and not dense:
            continue
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


def write_corpus(folder: Path, files: int, corpus: Path | None, *, dense: bool) -> int:
    """Write the corpus as text and as Python comments; the bytes of the text."""
    draw = random.Random(8)
    pools = sentences(dense=dense)
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


class Run(NamedTuple):
    """Wall and processor seconds of one run, all its processes counted, and its exit code."""

    wall: float
    processor: float
    code: int


def run_of(contestant: Contestant, folder: Path) -> Run:
    contestant.before()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    out = subprocess.DEVNULL
    done = subprocess.run(contestant.command, cwd=folder, env=environment, stdout=out, stderr=out, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.returncode)


def compare(folder: Path, title: str, total: int, rounds: int) -> None:
    print(f"{title}: {total / 1e6:.1f} MB, {os.cpu_count()} cores, best of {rounds}")
    runs: dict[str, list[Run]] = {}
    available = [one for one in contestants(folder) if one.name.startswith("newsnorm") or shutil.which(one.command[0])]
    for _ in range(rounds):
        for contestant in available:
            runs.setdefault(contestant.name, []).append(run_of(contestant, folder))
    typos = min(runs["typos"]) if "typos" in runs else None
    for name, found in runs.items():
        best = min(found)
        least = min(run.processor for run in found)
        ratios = f"  {best.wall / typos.wall:5.2f} × typos" if typos else ""
        rate = total / 1e6 / best.wall
        print(f"{name:<20} {best.wall:7.2f} s  {least:7.2f} s CPU  {rate:7.1f} MB/s{ratios}  exit {best.code}")


def one_line(folder: Path, size: int, *, names: bool) -> None:
    draw = random.Random(9)
    parts = RENAMED if names else sentences(dense=False)["en"]
    path = folder / "line.txt"
    with path.open("w") as file:
        while file.tell() < size:
            file.write("".join(draw.choice(parts) + " " for _ in range(500)))
    command = [sys.executable, "-m", "normalizer.cli", "check", "-q", "--no-cache", "line.txt"]
    for limit in ([], ["--max-bytes", "1G"]):
        start = time.perf_counter()
        done = subprocess.run(
            [*command, *limit], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
        )
        wall = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        said = done.stderr.strip().split("\n")[0]
        title = f"{path.stat().st_size / 1e6:.0f} MB line {' '.join(limit)}"
        print(f"{title}: {wall:.1f} s, peak {peak:.2f} GB, exit {done.returncode} {said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpus", type=Path, help="a folder of text files to use instead")
    parser.add_argument("--line", type=int, metavar="BYTES", help="a single line of so many bytes instead")
    parser.add_argument("--names", action="store_true", help="with --line: names to rewrite in every sentence")
    options = parser.parse_args()
    if options.line:
        with tempfile.TemporaryDirectory() as name:
            one_line(Path(name), options.line, names=options.names)
        return
    for title in [str(options.corpus)] if options.corpus else ["clean news", "dense with names"]:
        with tempfile.TemporaryDirectory() as name:
            total = write_corpus(Path(name), options.files, options.corpus, dense=title == "dense with names")
            compare(Path(name), f"{title}, {options.files} files", total, options.rounds)
