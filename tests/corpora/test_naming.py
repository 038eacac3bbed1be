"""Shards of all inputs stand side by side, whatever those are called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from normalizer.corpora.naming import shard_stem
from tests.corpora.making import json_lines, rows_in, rows_of, run_over, story, tree

OWN = ["_tmp", "_edits", "_manifest", "_SUCCESS", "_run.json", "_manifest.json", "_mine", "%5Ftmp"]


def _each(folder: Path, names: list[str]) -> None:
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(json_lines([{"id": number, "text": story(3 * number)}]))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [] if "_edits" in path.parts else rows_of(path)


def test_folders_that_have_a_name_of_the_run_lose_nothing(tmp_path: Path) -> None:
    names = ["a.jsonl", "_a.jsonl", "_tmp.jsonl", *(f"{name}/a.jsonl" for name in OWN)]
    _each(tmp_path / "in", names)
    report = run_over(tmp_path / "in", tmp_path / "out")
    before = tree(tmp_path / "out")
    shards = [name for name in before if name.endswith("-00000.jsonl") and not name.startswith("_")]
    found = [row["id"] for name in shards for row in rows_of(tmp_path / "out" / name)]
    assert sorted(found) == list(range(len(names)))
    assert len([name for name in before if name.startswith("_edits/")]) == report.made == len(names)
    assert run_over(tmp_path / "in", tmp_path / "out").stood == len(names)
    assert tree(tmp_path / "out") == before
    assert run_over(tmp_path / "out", tmp_path / "again").records == len(names)


def test_a_folder_of_documents_that_has_such_a_name(tmp_path: Path) -> None:
    (tmp_path / "_tmp").mkdir()
    (tmp_path / "_tmp" / "a.txt").write_text(story(3))
    run_over(tmp_path / "_tmp", tmp_path / "out", workers=1)
    assert (tmp_path / "out" / "%5Ftmp-00000.parquet").exists()


def test_shards_of_an_input_that_shrank_go_whatever_it_is_called(tmp_path: Path) -> None:
    for count in (60, 5):
        source = tmp_path / "in" / "_tmp" / "a.jsonl"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(json_lines({"id": number, "text": story(number)} for number in range(count)))
        (tmp_path / "in" / "b.jsonl").touch()
        run_over(tmp_path / "in", tmp_path / "out", workers=1)
    assert len(rows_in(tmp_path / "out" / "%5Ftmp")) == 5


@pytest.mark.parametrize("letter", ["a", "ї"])
def test_a_name_that_leaves_no_room_for_a_number_is_shortened(tmp_path: Path, letter: str) -> None:
    long = letter * (248 // len(letter.encode()))
    names = [f"{long}.jsonl", f"{long[:-1]}x.jsonl", "ok.jsonl", f"_{'f' * 254}/a.jsonl"]
    _each(tmp_path / "in", names)
    report = run_over(tmp_path / "in", tmp_path / "out")
    assert report.is_clean
    assert sorted(row["id"] for path in (tmp_path / "out").rglob("*-00000.jsonl") for row in _rows(path)) == [
        0,
        1,
        2,
        3,
    ]
    assert run_over(tmp_path / "in", tmp_path / "out").stood == 4


def test_usual_names_stay() -> None:
    assert shard_stem("crawl/b_c/_d.jsonl.gz") == "crawl/b_c/_d.jsonl.gz"
