"""Corpora made for the tests, and runs over them without a pool."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import zstandard

from normalizer.corpora.inputs import find_inputs
from normalizer.corpora.outcomes import Examiner
from normalizer.corpora.plan import Plan
from normalizer.corpora.shards import ShardReport, run_shard
from normalizer.corpora.tasks import RunOptions, ShardTask

EXAMINER = Examiner()
# A hidden character inside a word: damage that is mended the same way in every language.
DAMAGED = "The tele\u200bvision reported on the harbour and its ships this week."
MENDED = "The television reported on the harbour and its ships this week."
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
