"""What the name tables hold, and what they do to running text.

    python benchmarks/tables.py [counts]
    python benchmarks/tables.py edits LANGUAGE FILE…     every edit, to be read and judged
    python benchmarks/tables.py load                     CPU to load the tables in a fresh process

The edits come as tab-separated lines (language, before, after, entity, reason, file, context), the form of
tables_read.tsv without its verdicts. Texts are not part of the project: any licensed running text will do.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMES = Path(__file__).parents[1] / "src/normalizer/data/names"
CHUNK = 30_000  # characters: about the length of the longest articles
CONTEXT = 50
RUNS = 5

LOAD = """
import time
started = time.process_time()
from normalizer.names.table import AliasTable
from normalizer.names import NameStage
imported = time.process_time()
table = AliasTable.default()
loaded = time.process_time()
list(NameStage(table, "official", lambda rule: True).rewrites("Zelensky spoke.", lambda *text: "en"))
print(imported - started, loaded - imported, time.process_time() - loaded)
"""


def records(name: str) -> list[dict[str, Any]]:
    """The records of a table file."""
    return [json.loads(line) for line in (NAMES / name).read_text(encoding="utf-8").splitlines()]


def counts() -> None:
    """Print how many entities and aliases the tables hold."""
    for name in ("core.jsonl", "places.jsonl"):
        found = records(name)
        kinds = Counter(record["type"] for record in found)
        uses = Counter(alias.get("use", "guarded") for record in found for alias in _aliases(record))
        print(f"{name:14}", *(f"{kind} {count}" for kind, count in kinds.most_common()), sep="  ")
        print(f"{'':14}", "aliases:", *(f"{use} {count}" for use, count in uses.most_common()), sep="  ")
    forms = Counter(
        dict.fromkeys(("uk", "ru", "be", "pl", "cs"), 0)
        | Counter(code for record in records("forms.jsonl") for code, listed in record["forms"].items() for _ in listed)
    )
    print("case forms    ", *(f"{code} {count}" for code, count in forms.items()), sep="  ")
    styles = sorted(path.name for path in NAMES.glob("styles_*.jsonl"))
    print("styles        ", *(f"{name[7:-6]} {len(records(name))}" for name in styles), sep="  ")


def _aliases(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if record["type"] != "blocker":
        yield from (alias for alias in record.get("aliases", ()) if isinstance(alias, dict))


def edits(language: str, paths: list[Path]) -> None:
    """Print every edit in texts of one language."""
    from normalizer.names import NameStage
    from normalizer.names.table import AliasTable

    stage = NameStage(AliasTable.default(), "official", lambda _: True)
    words = made = 0
    for path in paths:
        for text in _chunks(path):
            words += len(text.split())
            for edit, mention in stage.rewrites(text, lambda *_: language):
                made += 1
                context = text[max(0, edit.start - CONTEXT) : edit.end + CONTEXT]
                cells = (language, edit.before, edit.after, mention.entity, mention.reason, path.name, context)
                print(*(" ".join(str(cell).split()) for cell in cells), sep="\t")
    print(f"{words} words, {made} edits", file=sys.stderr)


def _chunks(path: Path) -> Iterator[str]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = raw.decode("utf-8", errors="replace")
    for start in range(0, len(text), CHUNK):
        yield text[start : start + CHUNK]


def load() -> None:
    """Print the median milliseconds of CPU to import the engine, to load the tables and to use them first."""
    timings = [
        tuple(map(float, subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True).stdout.split()))
        for _ in range(RUNS)
    ]
    imported, loaded, used = (statistics.median(column) * 1000 for column in zip(*timings, strict=True))
    print(f"import {imported:.0f} ms   tables {loaded:.0f} ms   first use {used:.0f} ms   CPU, median of {RUNS}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("counts", "edits", "load"), default="counts")
    parser.add_argument("language", nargs="?")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    if options.what == "edits":
        if not options.language or not options.files:
            parser.error("edits needs a language and files")
        edits(options.language, options.files)
    elif options.what == "load":
        load()
    else:
        counts()


if __name__ == "__main__":
    main()
