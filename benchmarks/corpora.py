"""Runs over corpora: CPU a document with one worker and with two, memory, and what reading and writing cost.

    python -m benchmarks corpora [--megabytes 30] [--large 50] [--rounds 1] [--light] [--keep DIR]

The corpus is made from the fixtures: stories of four clean articles, every tenth with a dirty one. CPU is
that of the run and all of its processes; memory is the most that they held at one time, shared pages
counted once (PSS), and the largest single process, resident. A second corpus holds one document of
``--large`` MB. ``--light`` leaves of the pipeline one rule and no language detection, so that the run
itself is what is measured.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from normalizer import Config
from normalizer.corpora.inputs import find_inputs
from normalizer.corpora.outcomes import OK, Examiner, Outcome
from normalizer.corpora.plan import Plan
from normalizer.corpora.shards import run_shard
from normalizer.corpora.tasks import RunOptions, ShardTask

FIXTURES = Path(__file__).parents[1] / "fixtures"
FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst", "csv", "parquet")


@dataclass
class Cost:
    """Seconds of CPU and of the clock, and peaks of memory in MB."""

    cpu: float = 0.0
    wall: float = 0.0
    together: float = 0.0
    largest: float = 0.0


def articles(folder: str) -> list[str]:
    texts = []
    for path in sorted((FIXTURES / folder).glob("*.txt")):
        try:
            texts.append(path.read_bytes().decode("utf-8-sig"))
        except UnicodeDecodeError:
            continue  # a fixture in another charset is not for a JSON file
    return texts


def stories() -> Iterator[str]:
    """Stories without end, of four clean articles each, every tenth with a dirty one at its head."""
    clean, dirty = itertools.cycle(articles("clean")), itertools.cycle(articles("articles"))
    for number in itertools.count():
        parts = [*itertools.islice(clean, 4), f"This is story number {number}.\n"]
        yield "\n".join([next(dirty), *parts] if number % 10 == 9 else parts)


def corpus(path: Path, size: int, large: int = 0) -> int:
    """Write about ``size`` bytes of records, one of ``large`` bytes among them; how many."""
    source = stories()
    number = written = 0
    with path.open("wb") as file:
        while written < size or large:
            story = next(source)
            if large and written > size // 2:
                story, large = "".join(itertools.islice(source, large // len(story.encode()) + 1)), 0
            row = {"id": number, "url": f"https://news.example/{number}", "text": story}
            written += file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            number += 1
    return number


def processes(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield from processes(int(child))


def memory(pid: int) -> tuple[float, float]:
    """MB of a process and all below it, shared pages counted once; and the resident MB of the largest."""
    together = largest = 0.0
    for found in processes(pid):
        try:
            lines = Path(f"/proc/{found}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.endswith("kB")}
        together += sizes.get("Pss", 0.0)
        largest = max(largest, sizes.get("Rss", 0.0))
    return together, largest


def run(source: Path, output: Path, workers: int, *more: str) -> Cost:
    words = [sys.executable, "-m", "normalizer.cli", "run", str(source), "-o", str(output), "-q", "-j", str(workers)]
    before, start, cost = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), Cost()
    with subprocess.Popen([*words, *more]) as process:
        while process.poll() is None:
            together, largest = memory(process.pid)
            cost.together, cost.largest = max(cost.together, together), max(cost.largest, largest)
            time.sleep(0.1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cost.wall = time.perf_counter() - start
    if process.returncode != 0:
        sys.exit(f"the run over {source.name} ended with {process.returncode}")
    return cost


class Idle(Examiner):
    """Stands for the pipeline where only reading and writing are to be timed: its outcomes are known beforehand."""

    def __init__(self, config: Config, known: dict[str, Outcome]) -> None:
        super().__init__(config)
        self._known = known

    def __call__(self, source: str | bytes, **_context: object) -> Outcome:
        return self._known.get(str(source)) or Outcome(str(source), OK, "en", 1.0, source=str(source))


class Recording(Examiner):
    """The pipeline, its outcomes remembered."""

    known: dict[str, Outcome]

    def __call__(self, source: str | bytes, *, kind: str | None = None, charset: str | None = None) -> Outcome:
        found = super().__call__(source, kind=kind, charset=charset)
        self.known[str(source)] = found
        return found


def share(source: Path, folder: Path, config: Config, to: str) -> tuple[float, float]:
    """CPU seconds of one shard with the pipeline, and of reading and writing the same without it."""
    options = RunOptions(config=config, to=to, shard_bytes=4 << 20)
    (item,) = find_inputs([source])
    task: ShardTask = next(iter(Plan(item, options, folder / "warm", "benchmark").tasks()))
    recording = Recording(config)
    recording.known = {}
    run_shard(replace(task, limit=300), recording)
    spent = []
    for examiner in (recording, Idle(config, recording.known)):
        start = time.process_time()
        for made in itertools.islice(Plan(item, options, folder / to, "benchmark").tasks(), 1):
            run_shard(made, examiner)
        spent.append(time.process_time() - start)
    return spent[0], spent[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=30.0, help="of the corpus")
    parser.add_argument("--large", type=float, default=50.0, help="MB of the one large document, 0 for none")
    parser.add_argument("--rounds", type=int, default=1, help="runs with one worker and with two, in turn")
    parser.add_argument("--light", action="store_true", help="one rule only, so that the run itself is measured")
    parser.add_argument("--keep", type=Path, help="a folder for the corpora, which stay")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.keep) as name:
        measure(Path(name), options)


def measure(folder: Path, options: argparse.Namespace) -> None:
    config = Config(select=("encoding.invisible",), language="en") if options.light else Config()
    flags = ("--select", "encoding.invisible", "--language", "en") if options.light else ()
    source = folder / "corpus.jsonl"
    count = corpus(source, int(options.megabytes * 1e6))
    size = source.stat().st_size / 1e6
    rules = "one rule" if options.light else "profile standard"
    print(f"{count} records, {size:.0f} MB, {rules}, {os.cpu_count()} cores")
    costs: dict[int, list[Cost]] = {1: [], 2: []}
    for turn, workers in itertools.product(range(options.rounds), costs):
        cost = run(source, folder / f"{turn}.{workers}", workers, *flags)
        costs[workers].append(cost)
        print(
            f"  {workers} worker{'s' * (workers > 1)}: {cost.wall:7.1f} s, {cost.cpu:7.1f} s of CPU, "
            f"{1e3 * cost.cpu / count:6.3f} ms a record, {size / cost.wall:6.2f} MB/s, "
            f"{cost.together:4.0f} MB together, {cost.largest:4.0f} MB the largest"
        )
    one, two = (statistics.median(cost.cpu for cost in costs[workers]) for workers in (1, 2))
    print(f"  CPU a record, 2 workers to 1, medians: {two / one:.3f}")
    again = run(source, folder / "0.2", 2, *flags)
    print(f"  a second run, which proves that all stands: {again.wall:.1f} s, {again.cpu:.1f} s of CPU")
    for to in FORMATS:
        whole, idle = share(source, folder / "share", config, to)
        print(f"  reading and writing, {to:9}: {idle / (whole - idle):6.1%} of the pipeline's CPU")
    if options.large:
        corpus(folder / "large.jsonl", int(5e6), int(options.large * 1e6))
        cost = run(folder / "large.jsonl", folder / "large", 2, *flags)
        print(
            f"  one document of {options.large:.0f} MB among small ones: {cost.wall:.1f} s, "
            f"{cost.together:.0f} MB together, {cost.largest:.0f} MB the largest"
        )


if __name__ == "__main__":
    main()
