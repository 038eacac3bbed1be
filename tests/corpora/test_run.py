"""Runs: every record once, whatever dies; what stands is proven before it is skipped."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from normalizer.corpora.sinks import OutputError
from normalizer.corpora.tasks import RunOptions
from normalizer.corpora.workers import ShardFunction
from tests.corpora import faults
from tests.corpora.making import LIGHT_RUN, corpus, rows_in, run_over, tree


def test_a_run_is_complete_and_a_second_one_makes_nothing(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    first = run_over(source, tmp_path / "out")
    before = tree(tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.jsonl")}
    second = run_over(source, tmp_path / "out")
    assert first.is_clean
    assert (second.made, second.stood) == (0, first.made)
    assert (first.records, second.records) == (60, 60)
    assert [row["id"] for row in rows_in(tmp_path / "out")] == list(range(60))
    assert tree(tmp_path / "out") == before
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert "_SUCCESS" in before
    assert "_tmp" not in {path.name for path in (tmp_path / "out").iterdir()}


def test_the_number_of_workers_does_not_show(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    run_over(source, tmp_path / "1", workers=1)
    run_over(source, tmp_path / "2", workers=2)
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


def test_a_worker_that_dies_is_replaced_and_nothing_shows(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    run_over(source, tmp_path / "undisturbed")
    report = run_over(source, tmp_path / "out", faults.killed_once)
    assert report.replaced == report.made
    assert report.is_clean
    assert tree(tmp_path / "out") == tree(tmp_path / "undisturbed")


def test_a_record_that_kills_its_worker_is_quarantined_alone(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 60, faults.KILLER)
    report = run_over(source, tmp_path / "out", faults.killed_by_a_record)
    rows = rows_in(tmp_path / "out")
    assert [row["id"] for row in rows] == list(range(61))
    assert [row["text"] for row in rows if row["status"] != "ok"] == [faults.KILLER]
    assert len(report.quarantined) == 1
    assert report.is_complete
    assert not report.is_clean
    # The next run tries again, and has its way.
    again = run_over(source, tmp_path / "out")
    assert (again.made, again.is_clean) == (1, True)
    run_over(source, tmp_path / "undisturbed")
    assert tree(tmp_path / "out") == tree(tmp_path / "undisturbed")


def test_a_shard_that_kills_its_worker_is_written_as_it_was(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 60, faults.KILLER)
    report = run_over(source, tmp_path / "out", faults.killed_at_once)
    rows = rows_in(tmp_path / "out")
    left = [row for row in rows if row["status"] == "quarantined"]
    assert [row["id"] for row in rows] == list(range(61))
    assert faults.KILLER in [row["text"] for row in left]
    assert 1 < len(left) < 30
    assert report.quarantined == ["a.jsonl-00000"]


@pytest.mark.parametrize("function", [faults.always_killed])
def test_a_shard_that_cannot_be_made_is_told_and_the_rest_is_done(tmp_path: Path, function: ShardFunction) -> None:
    source = corpus(tmp_path / "in", 60, faults.KILLER)
    report = run_over(source, tmp_path / "out", function)
    assert [lost.shard for lost in report.lost] == ["a.jsonl-00000"]
    assert "signal 9" in report.lost[0].reason
    assert len(rows_in(tmp_path / "out")) > 30
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    again = run_over(source, tmp_path / "out")
    assert (again.made, again.is_clean) == (1, True)
    assert (tmp_path / "out" / "_SUCCESS").exists()


def test_a_fault_of_the_code_costs_no_row(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 60, faults.KILLER)
    report = run_over(source, tmp_path / "out", faults.faulty)
    assert [row["id"] for row in rows_in(tmp_path / "out")] == list(range(61))
    assert report.quarantined == ["a.jsonl-00000"]
    assert "a fault of the code" in report.faults[0].reason


def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    with pytest.raises(OutputError, match="No space left"):
        run_over(source, tmp_path / "out", faults.no_room)
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    report = run_over(source, tmp_path / "out")
    assert report.stood > 0
    assert report.records == 60
    run_over(source, tmp_path / "undisturbed")
    assert tree(tmp_path / "out") == tree(tmp_path / "undisturbed")


def _spoil_bytes(folder: Path) -> None:
    path = folder / "a.jsonl-00001.jsonl"
    data = bytearray(path.read_bytes())
    data[50] ^= 1
    path.write_bytes(bytes(data))


def _drop_file(folder: Path) -> None:
    (folder / "a.jsonl-00001.jsonl").unlink()


def _drop_log(folder: Path) -> None:
    (folder / "_edits" / "a.jsonl-00001.jsonl").unlink()


def _cut_manifest(folder: Path) -> None:
    path = folder / "_manifest" / "a.jsonl-00001.json"
    path.write_bytes(path.read_bytes()[:40])


def _foreign_manifest(folder: Path) -> None:
    path = folder / "_manifest" / "a.jsonl-00001.json"
    path.write_text('{"shard": "x"}')


@pytest.mark.parametrize("spoil", [_spoil_bytes, _drop_file, _drop_log, _cut_manifest, _foreign_manifest])
def test_what_is_not_whole_is_made_again(tmp_path: Path, spoil: object) -> None:
    source = corpus(tmp_path / "in")
    run_over(source, tmp_path / "out", workers=1)
    before = tree(tmp_path / "out")
    assert callable(spoil)
    spoil(tmp_path / "out")
    report = run_over(source, tmp_path / "out", workers=1)
    assert report.made == 1
    assert tree(tmp_path / "out") == before


def test_a_changed_input_is_made_again_and_leaves_nothing_behind(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    run_over(source, tmp_path / "out", workers=1)
    lines = source.read_bytes().splitlines(keepends=True)
    source.write_bytes(b"".join(lines[:40]))
    report = run_over(source, tmp_path / "out", workers=1)
    assert report.stood > 0
    run_over(source, tmp_path / "fresh", workers=1)
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_the_output_of_a_run_is_the_input_of_another(tmp_path: Path) -> None:
    run_over(corpus(tmp_path / "in", 30), tmp_path / "1", workers=1)
    report = run_over(tmp_path / "1", tmp_path / "2", workers=1)
    assert (report.records, report.edits) == (30, 0)
    assert min(path.name for path in (tmp_path / "2").glob("*.jsonl")) == "a.jsonl-00000.jsonl-00000.jsonl"


def test_the_summary_counts_everything(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 30)
    with source.open("ab") as file:
        file.write(b"not json\n")
    report = run_over(source, tmp_path / "out", workers=1)
    summary = json.loads((tmp_path / "out" / "_manifest.json").read_bytes())
    assert summary["records"] == 31
    assert summary["statuses"] == {"invalid": 1, "ok": 30}
    assert summary["edits"] == report.edits == sum(summary["rules"].values()) == 10
    assert summary["shards"] == report.made
    assert not report.is_clean


def test_a_sample_takes_the_first_records_of_each_input(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 30)
    shutil.copy(source, tmp_path / "in" / "b.jsonl")
    options = RunOptions(config=LIGHT_RUN.config, sample=4)
    report = run_over(tmp_path / "in", tmp_path / "out", options=options, workers=1)
    assert report.records == 8
    assert [row["id"] for row in rows_in(tmp_path / "out")] == [0, 1, 2, 3] * 2
