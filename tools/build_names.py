"""Compile the reviewed name tables into the one generated file that the package reads.

    python tools/build_names.py [--check]

In flow ``src/normalizer/data/names/*.jsonl`` (``core.jsonl``, ``places.jsonl``, then the others by name;
a record with a known id is merged into it). Out flows ``compiled.bin``. With ``--check`` nothing is
written, and the exit code is 1 when the file on disk is another.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from normalizer.names.building import layer_of
from normalizer.names.check import read_records
from normalizer.names.layer import Layer, Record
from normalizer.names.table import merge

FOLDER = Path(__file__).parents[1] / "src/normalizer/data/names"
FIRST = ("core.jsonl", "places.jsonl")
# Fields for reviewers; a run-time table needs none of them.
REVIEW = ("examples", "note")


def sources() -> list[Path]:
    files = sorted(FOLDER.glob("*.jsonl"))
    return sorted(files, key=lambda path: (path.name not in FIRST, path.name))


def records() -> Iterator[Record]:
    merged: dict[str, Record] = {}
    for path in sources():
        for record in read_records(path, partial=path.name not in FIRST):
            old = merged.get(record["id"])
            merged[record["id"]] = record if old is None else merge(old, record)
    for identity in sorted(merged):
        yield slim(merged[identity])


def slim(record: Record) -> Record:
    kept = {name: value for name, value in record.items() if name not in REVIEW}
    if "aliases" in kept:
        kept["aliases"] = [
            {name: value for name, value in alias.items() if name not in {"src", "note"}}
            if isinstance(alias, dict)
            else alias
            for alias in kept["aliases"]
        ]
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is out of date")
    options = parser.parse_args()
    target = FOLDER / "compiled.bin"
    data = layer_of(records()).to_bytes()
    if options.check:
        if not target.is_file() or target.read_bytes() != data:
            print(f"{target.name} is out of date: run python tools/build_names.py", file=sys.stderr)
            return 1
        return 0
    target.write_bytes(data)
    print(f"{target.name}: {len(data)} bytes, {len(Layer.from_bytes(data))} records")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
