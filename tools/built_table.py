"""What the builders of name tables share: the records of core.jsonl, and writing or checking a built table.

In flow the curated records and the lines of a table. Out flows the file, or whether it is as built.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

NAMES = Path(__file__).parents[1] / "src/normalizer/data/names"

Record = dict[str, Any]


def core() -> list[Record]:
    """The records of core.jsonl that have canonical forms."""
    lines = (NAMES / "core.jsonl").read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if "canonical" in record]


def family_of(record: Record, language: str) -> str:
    """The family name in a language."""
    stated: str = record.get("family", {}).get(language, "")
    return stated or str(record["canonical"][language]).split()[-1]


def surface(alias: str | Record) -> str:
    """The spelling of an alias, which may be a plain string."""
    return alias if isinstance(alias, str) else str(alias["s"])


def line(record: Record) -> str:
    """A record as its line of the table."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def write_or_check(name: str, tool: str, lines: Iterable[str], *, check: bool) -> int:
    """Write a table, or only say whether it is as built; the exit code."""
    built = "".join(lines)
    path = NAMES / name
    if check:
        same = path.exists() and path.read_text(encoding="utf-8") == built
        print(f"{name} is as built" if same else f"{name} differs: run tools/{tool}")
        return 0 if same else 1
    path.write_text(built, encoding="utf-8")
    print(f"{name}: {built.count(chr(10))} records, {len(built.encode()) // 1024} KiB")
    return 0


def parser(description: str | None) -> argparse.ArgumentParser:
    """The command line that all builders have."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--check", action="store_true", help="write nothing, exit 1 if the table is not as built")
    return made
