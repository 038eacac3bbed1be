"""A table for a human reviewer: what an alias table says, entity by entity.

In flow the records of table files. Out flow lines of a Markdown table: canonical forms, aliases by use,
guards, what else bears the same spelling, examples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from normalizer.names.check import read_records
from normalizer.names.entity import Record
from normalizer.names.fold import fold
from normalizer.names.table import merge

HEAD = (
    *("entity", "canonical", "safe", "guarded", "evidence", "recognised only"),
    *("guards", "shares a spelling with", "examples", "source"),
)
USES = ("safe", "guarded", "evidence", "recognise")


def review(paths: Iterable[str | Path]) -> Iterator[str]:
    """Lines of a Markdown table over the records of ``paths``, merged by id, sorted by id.

    A file that cannot be read, or a record that is not well formed, raises :class:`ConfigError`.
    """
    merged: dict[str, Record] = {}
    sources: dict[str, list[str]] = {}
    for path in paths:
        for record in read_records(Path(path)):
            old = merged.get(record["id"])
            merged[record["id"]] = record if old is None else merge(old, record)
            known = sources.setdefault(record["id"], [])
            known += {record.get("src", "")} - {"", *known}
    bearers = _bearers(merged.values())
    yield _row(HEAD)
    yield _row("---" for _ in HEAD)
    for identity in sorted(merged):
        yield _row((*_cells(merged[identity], bearers), ", ".join(sources[identity])))


def _bearers(records: Iterable[Record]) -> dict[str, set[str]]:
    """The ids that list each spelling, canonical or alias."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for surface in _spellings(record):
            found[fold(surface)].add(record["id"])
    return found


def _spellings(record: Record) -> set[str]:
    return {*record.get("canonical", {}).values(), *(_alias(alias)["s"] for alias in record.get("aliases", ()))}


def _alias(alias: Any) -> dict[str, Any]:
    return {"s": alias} if isinstance(alias, str) else alias


def _cells(record: Record, bearers: dict[str, set[str]]) -> Iterator[str]:
    yield record["id"]
    yield "; ".join(f"{code} {surface}" for code, surface in record.get("canonical", {}).items())
    for use in USES:
        yield ", ".join(_told(alias) for alias in map(_alias, record.get("aliases", ())) if _use(record, alias) == use)
    yield "; ".join(f"{name} {', '.join(phrases)}" for name, phrases in record.get("guards", {}).items())
    yield ", ".join(sorted(set().union(*(bearers[fold(one)] for one in _spellings(record))) - {record["id"]}))
    yield " / ".join(example["text"] for example in record.get("examples", ()))


def _use(record: Record, alias: dict[str, Any]) -> str:
    """A blocker's aliases are never rewritten; anything else is guarded unless it says otherwise."""
    return "recognise" if record.get("type") == "blocker" else str(alias.get("use", "guarded"))


def _told(alias: dict[str, Any]) -> str:
    languages = "/".join(alias.get("lang", ()))
    return f"{alias['s']} ({languages})" if languages else str(alias["s"])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
