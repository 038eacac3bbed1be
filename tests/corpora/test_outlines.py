"""Footers of Parquet files, read in a process that may die of them."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from normalizer.corpora.outlines import Prober, outline

FOOTER_TAIL = 8


def _file(path: Path) -> bytes:
    pq.write_table(pa.table({"n": range(100), "text": ["calm sea"] * 100}), path, row_group_size=40)
    return path.read_bytes()


def test_an_outline_has_what_a_plan_needs(tmp_path: Path) -> None:
    data = _file(tmp_path / "a.parquet")
    found = outline(tmp_path / "a.parquet", "text")
    assert (found.names, found.error, len(found.groups)) == (("n", "text"), "", 3)
    assert [group.start for group in found.groups] == sorted(group.start for group in found.groups)
    assert all(4 <= group.start < group.start + group.stored < len(data) for group in found.groups)
    assert "no column 'body'" in outline(tmp_path / "a.parquet", "body").error


def test_a_process_that_dies_of_a_footer_is_replaced(tmp_path: Path) -> None:
    _file(tmp_path / "a.parquet")
    prober = Prober()
    try:
        whole = prober(tmp_path / "a.parquet", "text")
        assert whole == outline(tmp_path / "a.parquet", "text")
        prober._process.kill()  # as a footer does of which Arrow dies
        assert "ended with -9" in prober(tmp_path / "a.parquet", "text").error
        assert prober(tmp_path / "a.parquet", "text") == whole
        with pytest.raises(FileNotFoundError):
            prober(tmp_path / "b.parquet", "text")
    finally:
        prober.close()


def test_any_footer_has_an_outline_or_an_error(tmp_path: Path) -> None:
    data = _file(tmp_path / "a.parquet")
    size = int.from_bytes(data[-FOOTER_TAIL : -FOOTER_TAIL // 2], "little")
    chance = random.Random(1)  # noqa: S311 - chance, not secrets
    prober = Prober()
    try:
        for _ in range(60):
            made = bytearray(data)
            for _ in range(3):
                made[chance.randrange(len(data) - FOOTER_TAIL - size, len(data))] = chance.randrange(256)
            (tmp_path / "b.parquet").write_bytes(bytes(made))
            found = prober(tmp_path / "b.parquet", "text")
            assert found.error or found.schema
    finally:
        prober.close()
