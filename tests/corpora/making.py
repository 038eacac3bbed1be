"""Corpora made for the tests, and runs over them without a pool."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import zstandard

from normalizer import Config
from normalizer.corpora.driver import Run, RunReport
from normalizer.corpora.inputs import find_inputs
from normalizer.corpora.outcomes import Examiner
from normalizer.corpora.plan import Plan
from normalizer.corpora.shards import ShardReport, run_shard
from normalizer.corpora.surrogates import unescape
from normalizer.corpora.tasks import RunOptions, ShardTask
from normalizer.corpora.workers import Crew, ShardFunction

EXAMINER = Examiner()
# A hidden character inside a word: damage that is mended the same way in every language.
DAMAGED = "The tele\u200bvision reported on the harbour and its ships this week."
MENDED = "The television reported on the harbour and its ships this week."
# Bytes that no codec explains.
NO_TEXT = b"\0\x81\xfe\x8d\0\1"
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".zst": lambda data: zstandard.ZstdCompressor().compress(data),
}


def story(number: int) -> str:
    """A story of its own for every number, every third one damaged."""
    text = f"Story {number}: the council met on day {number % 28 + 1} and spoke of the harbour, its ships and its fish."
    return text.replace("harbour", "har\u200bbour") if number % 3 == 0 else text


def json_lines(rows: Iterable[object]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def tasks_of(source: Path, folder: Path, options: RunOptions | None = None) -> tuple[list[ShardTask], list[str]]:
    """The tasks of all inputs at ``source``, and what was wrong with them as a whole."""
    options = options or RunOptions()
    tasks: list[ShardTask] = []
    damage: list[str] = []
    for item in find_inputs([source]):
        plan = Plan(item, options, folder, "fingerprint")
        tasks += plan.tasks()
        damage += [plan.damage] if plan.damage else []
    return tasks, damage


def run_here(source: Path, folder: Path, options: RunOptions | None = None) -> tuple[list[ShardReport], list[str]]:
    """Make all shards of ``source`` in this process."""
    tasks, damage = tasks_of(source, folder, options)
    return [run_shard(task, EXAMINER) for task in tasks], damage


def tree(folder: Path) -> dict[str, str]:
    """Every file below ``folder``, by name, with its checksum."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def warc_record(
    url: str, body: bytes, *, kind: str = "conversion", media: str = "text/plain", length: int | None = None
) -> bytes:
    size = len(body) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{url}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2024-05-01T00:00:00Z\r\nContent-Type: {media}\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def http_response(url: str, body: bytes, media: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n{more}\r\n".encode()
    return warc_record(url, head + body, kind="response", media="application/http; msgtype=response")


# Runs that are quick, in shards of a few records.
LIGHT_RUN = RunOptions(config=Config(profile="minimal", language="en"), shard_bytes=2000)


def corpus(folder: Path, count: int = 60, *extra: str) -> Path:
    """A corpus of stories, the ``extra`` texts after the seventh."""
    texts = [story(number) for number in range(count)]
    for position, text in enumerate(extra):
        texts.insert(7 + position, text)
    folder.mkdir(exist_ok=True)
    path = folder / "a.jsonl"
    path.write_bytes(json_lines({"id": number, "text": text} for number, text in enumerate(texts)))
    return path


def run_over(
    source: Path, folder: Path, function: ShardFunction = run_shard, options: RunOptions = LIGHT_RUN, workers: int = 2
) -> RunReport:
    """A run with workers, two deaths allowed."""
    return Run(find_inputs([source]), folder, options, Crew(workers, 2, function)).run()


def rows_in(folder: Path) -> list[dict[str, object]]:
    """The rows of all JSONL shards in a folder."""
    return [row for path in sorted(folder.glob("*.jsonl")) for row in rows_of(path)]


def all_rows(source: Path, folder: Path, options: RunOptions | None = None) -> list[dict[str, Any]]:
    """All rows that a run over ``source`` makes, of whatever output format, strings unescaped as Arrow's are."""
    reports, _ = run_here(source, folder, options)
    return [row for report in reports for row in read_rows(folder / next(iter(report.files)))]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a shard of any format, bytes that are not UTF-8 as surrogates."""
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
        return [{k: unescape(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            return list(csv.DictReader(file))
    return [json.loads(line.decode("utf-8", "surrogateescape")) for line in path.read_bytes().splitlines()]


def as_bytes(text: str) -> bytes:
    """The bytes that a string with surrogates for them stands for."""
    return text.encode("utf-8", "surrogateescape")
