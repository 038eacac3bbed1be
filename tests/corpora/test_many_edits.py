"""A document with many edits: written in parts, it is the row that it would be at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalizer import Config
from normalizer.corpora import writers
from normalizer.corpora.tasks import RunOptions
from normalizer.engines import arrow
from tests.corpora.making import run_here, tree

CONFIG = Config(select=("encoding.entity",), language="en")
ROWS = [
    {"id": 1, "text": "calm"},
    {"id": 2, "text": 'the "ship" &amp; the harbour, ' * 40},
    {"text": "\ud800 &amp; ї" * 5, "id": 3, "body": "x &amp; y"},
    {"id": 4, "text": "one &amp; two", "later": 1, "body": None},
]


@pytest.mark.parametrize("size", [1, 3, 40])
@pytest.mark.parametrize("to", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("column", ["text", "body"])
def test_the_size_of_a_part_does_not_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str, column: str, size: int
) -> None:
    rows = [row | {"body": row["text"]} if column == "body" else row for row in ROWS]
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    lines = lines.replace(b'{"id": 4', b'{"id": 4, "id": 4')  # a record that stands in raw
    (tmp_path / "a.jsonl").write_bytes(lines)
    options = RunOptions(config=CONFIG, to=to, text_column=column)
    run_here(tmp_path / "a.jsonl", tmp_path / "whole", options)
    monkeypatch.setattr(writers, "_BATCH_EDITS", size)
    monkeypatch.setattr(arrow, "EDITS_AT_ONCE", size)
    run_here(tmp_path / "a.jsonl", tmp_path / "parts", options)
    made = [tree(tmp_path / folder) for folder in ("whole", "parts")]
    assert made[0] == made[1]
