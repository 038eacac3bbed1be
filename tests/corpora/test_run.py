"""Runs: every record once, whatever dies; what stands is proven before it is skipped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from normalizer import Config, ConfigError
from normalizer.corpora import manifest
from normalizer.corpora.driver import Run, RunReport
from normalizer.corpora.inputs import find_inputs
from normalizer.corpora.outcomes import Examiner
from normalizer.corpora.shards import OnRecord, ShardReport, run_shard
from normalizer.corpora.sinks import OutputError
from normalizer.corpora.tasks import RunOptions, ShardTask
from normalizer.corpora.workers import Crew, ShardFunction
from tests.corpora import faults
from tests.corpora.making import json_lines, rows_of, story, tree

OPTIONS = RunOptions(config=Config(profile="minimal", language="en"), shard_bytes=2000)


def _corpus(folder: Path, count: int = 60, *extra: str) -> Path:
    texts = [story(number) for number in range(count)]
    for position, text in enumerate(extra):
        texts.insert(7 + position, text)
    folder.mkdir(exist_ok=True)
    path = folder / "a.jsonl"
    path.write_bytes(json_lines({"id": number, "text": text} for number, text in enumerate(texts)))
    return path


def _run(
    source: Path, folder: Path, function: ShardFunction = run_shard, options: RunOptions = OPTIONS, workers: int = 2
) -> RunReport:
    return Run(find_inputs([source]), folder, options, Crew(workers, 2, function)).run()


def _rows(folder: Path) -> list[dict[str, object]]:
    return [row for path in sorted(folder.glob("*.jsonl")) for row in rows_of(path)]


def test_a_run_is_complete_and_a_second_one_makes_nothing(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in")
    first = _run(source, tmp_path / "out")
    before = tree(tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.jsonl")}
    second = _run(source, tmp_path / "out")
    assert first.is_clean
    assert (second.made, second.stood) == (0, first.made)
    assert (first.records, second.records) == (60, 60)
    assert [row["id"] for row in _rows(tmp_path / "out")] == list(range(60))
    assert tree(tmp_path / "out") == before
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert "_SUCCESS" in before
    assert "_tmp" not in {path.name for path in (tmp_path / "out").iterdir()}


def test_the_number_of_workers_does_not_show(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in")
    _run(source, tmp_path / "1", workers=1)
    _run(source, tmp_path / "2", workers=2)
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


def test_a_worker_that_dies_is_replaced_and_nothing_shows(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in")
    _run(source, tmp_path / "undisturbed")
    report = _run(source, tmp_path / "out", faults.killed_once)
    assert report.replaced == report.made
    assert report.is_clean
    assert tree(tmp_path / "out") == tree(tmp_path / "undisturbed")


def test_a_record_that_kills_its_worker_is_quarantined_alone(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 60, faults.KILLER)
    report = _run(source, tmp_path / "out", faults.killed_by_a_record)
    rows = _rows(tmp_path / "out")
    assert [row["id"] for row in rows] == list(range(61))
    assert [row["text"] for row in rows if row["status"] != "ok"] == [faults.KILLER]
    assert len(report.quarantined) == 1
    assert report.is_complete
    assert not report.is_clean
    # The next run tries again, and has its way.
    again = _run(source, tmp_path / "out")
    assert (again.made, again.is_clean) == (1, True)
    _run(source, tmp_path / "undisturbed")
    assert tree(tmp_path / "out") == tree(tmp_path / "undisturbed")


def test_a_shard_that_kills_its_worker_is_written_as_it_was(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 60, faults.KILLER)
    report = _run(source, tmp_path / "out", faults.killed_at_once)
    rows = _rows(tmp_path / "out")
    left = [row for row in rows if row["status"] == "quarantined"]
    assert [row["id"] for row in rows] == list(range(61))
    assert faults.KILLER in [row["text"] for row in left]
    assert 1 < len(left) < 30
    assert report.quarantined == ["a.jsonl-00000"]


@pytest.mark.parametrize("function", [faults.always_killed])
def test_a_shard_that_cannot_be_made_is_told_and_the_rest_is_done(tmp_path: Path, function: ShardFunction) -> None:
    source = _corpus(tmp_path / "in", 60, faults.KILLER)
    report = _run(source, tmp_path / "out", function)
    assert [lost.shard for lost in report.lost] == ["a.jsonl-00000"]
    assert "signal 9" in report.lost[0].reason
    assert len(_rows(tmp_path / "out")) > 30
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    again = _run(source, tmp_path / "out")
    assert (again.made, again.is_clean) == (1, True)
    assert (tmp_path / "out" / "_SUCCESS").exists()


def test_a_fault_of_the_code_costs_no_row(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 60, faults.KILLER)
    report = _run(source, tmp_path / "out", faults.faulty)
    assert [row["id"] for row in _rows(tmp_path / "out")] == list(range(61))
    assert report.quarantined == ["a.jsonl-00000"]
    assert "a fault of the code" in report.faults[0].reason


def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in")
    with pytest.raises(OutputError, match="No space left"):
        _run(source, tmp_path / "out", faults.no_room)
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    report = _run(source, tmp_path / "out")
    assert report.stood > 0
    assert report.records == 60
    _run(source, tmp_path / "undisturbed")
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
    source = _corpus(tmp_path / "in")
    _run(source, tmp_path / "out", workers=1)
    before = tree(tmp_path / "out")
    assert callable(spoil)
    spoil(tmp_path / "out")
    report = _run(source, tmp_path / "out", workers=1)
    assert report.made == 1
    assert tree(tmp_path / "out") == before


def test_a_changed_input_is_made_again_and_leaves_nothing_behind(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in")
    _run(source, tmp_path / "out", workers=1)
    lines = source.read_bytes().splitlines(keepends=True)
    source.write_bytes(b"".join(lines[:40]))
    report = _run(source, tmp_path / "out", workers=1)
    assert report.stood > 0
    _run(source, tmp_path / "fresh", workers=1)
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


OTHER = {
    "to": RunOptions(config=OPTIONS.config, shard_bytes=2000, to="parquet"),
    "sample": RunOptions(config=OPTIONS.config, shard_bytes=2000, sample=3),
    "profile": RunOptions(config=Config(profile="standard", language="en"), shard_bytes=2000),
}


@pytest.mark.parametrize("options", list(OTHER.values()), ids=list(OTHER))
def test_other_settings_throw_no_finished_shard_away(tmp_path: Path, options: RunOptions) -> None:
    source = _corpus(tmp_path / "in", 20)
    _run(source, tmp_path / "out", workers=1)
    before = tree(tmp_path / "out")
    with pytest.raises(ConfigError, match=r"2 finished shards of a run with other settings.*name a new folder"):
        _run(source, tmp_path / "out", options=options, workers=1)
    assert tree(tmp_path / "out") == before
    assert _run(source, tmp_path / "out", workers=1).made == 0


def test_other_settings_where_nothing_is_finished(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 20)
    with pytest.raises(OutputError):
        _run(source, tmp_path / "out", _refusing)
    _run(source, tmp_path / "out", options=OTHER["to"], workers=1)
    _run(source, tmp_path / "fresh", options=OTHER["to"], workers=1)
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def _refusing(task: ShardTask, _examiner: Examiner, _on_record: OnRecord) -> ShardReport:
    """As if killed between the shard and its manifest, then a full disk."""
    (task.folder / task.file_name).write_bytes(b"half")
    raise OutputError("No space left on device")


def test_a_table_that_changed_is_another_setting(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 5)
    table = tmp_path / "table.jsonl"
    table.write_text('{"id":"user:1","type":"place","canonical":{"en":"Harborough"},"aliases":[]}\n')
    options = RunOptions(config=Config(language="en", tables=(str(table),)))
    _run(source, tmp_path / "out", options=options, workers=1)
    assert _run(source, tmp_path / "out", options=options, workers=1).made == 0
    table.write_text('{"id":"user:1","type":"place","canonical":{"en":"Harbury"},"aliases":[]}\n')
    with pytest.raises(ConfigError, match="other settings"):
        _run(source, tmp_path / "out", options=options, workers=1)


def test_a_new_version_makes_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = _corpus(tmp_path / "in", 20)
    made = _run(source, tmp_path / "out", workers=1).made
    before = tree(tmp_path / "out")
    monkeypatch.setattr("normalizer.api.fingerprint", lambda: "of the next version")
    assert _run(source, tmp_path / "out", workers=1).made == made
    monkeypatch.undo()
    assert _run(source, tmp_path / "out", workers=1).made == made
    assert tree(tmp_path / "out") == before


BOOKKEEPING = ["_run.json", "_manifest.json", "_SUCCESS", "_edits/a.jsonl-00001.jsonl", "_manifest/a.jsonl-00001.json"]


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes()) or bytearray(b"x")
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("name", BOOKKEEPING)
@pytest.mark.parametrize(
    "spoil",
    [_flipped, lambda path: path.write_bytes(b"["), lambda path: path.write_bytes(b'{"inputs": 5}'), Path.unlink],
    ids=["flipped", "cut", "foreign", "gone"],
)
def test_damaged_bookkeeping_is_made_good(tmp_path: Path, name: str, spoil: Callable[[Path], object]) -> None:
    source = _corpus(tmp_path / "in", 30)
    _run(source, tmp_path / "out", workers=1)
    before = tree(tmp_path / "out")
    spoil(tmp_path / "out" / name)
    report = _run(source, tmp_path / "out", workers=1)
    assert report.made == (1 if "/" in name else 0)
    assert tree(tmp_path / "out") == before


def test_damaged_bookkeeping_opens_no_folder_to_other_runs(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 5)
    _run(source, tmp_path / "out", workers=1)
    (tmp_path / "out" / "_run.json").write_bytes(b"[")
    with pytest.raises(ConfigError, match="other settings"):
        _run(source, tmp_path / "out", options=OTHER["to"], workers=1)
    shutil.copy(source, tmp_path / "in" / "b.jsonl")
    with pytest.raises(ConfigError, match="other inputs"):
        _run(tmp_path / "in" / "b.jsonl", tmp_path / "out", workers=1)


def test_what_a_run_does_not_know_stays(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 30)
    _run(source, tmp_path / "out", workers=1)
    notes = [tmp_path / "out" / name for name in ("notes.txt", "b.jsonl-00000.jsonl", "_edits/mine.jsonl")]
    for path in notes:
        path.write_text("keep me")
    (tmp_path / "out" / "a.jsonl-00077.parquet").write_text("a stray of an earlier run")
    _corpus(tmp_path / "in", 10)
    _run(source, tmp_path / "out", workers=1)
    assert all(path.exists() for path in notes)
    assert sorted(path.name for path in (tmp_path / "out").glob("a.*")) == ["a.jsonl-00000.jsonl"]


def test_an_input_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 60)
    inputs = find_inputs([source])
    run = Run(inputs, tmp_path / "out", OPTIONS, Crew(1, 2, faults.growing))
    report = run.run()
    assert "changed while it was read" in report.damage["a.jsonl"]
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    again = _run(source, tmp_path / "out")
    assert (again.is_clean, again.records) == (True, 61)
    _run(source, tmp_path / "fresh")
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_an_input_that_is_gone_keeps_what_was_made_of_it(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 20)
    _run(source, tmp_path / "out", workers=1)
    inputs = find_inputs([source])
    source.rename(tmp_path / "aside")
    report = Run(inputs, tmp_path / "out", OPTIONS, Crew(1)).run()
    assert "cannot be read" in report.damage["a.jsonl"]
    assert len(_rows(tmp_path / "out")) == 20
    (tmp_path / "aside").rename(source)
    assert _run(source, tmp_path / "out").made == 0


def test_folders_that_are_not_ours_are_refused(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 5)
    other = tmp_path / "other"
    other.mkdir()
    (other / "precious.txt").write_text("keep me")
    with pytest.raises(ConfigError, match=r"precious\.txt"):
        _run(source, other)
    assert [path.name for path in other.iterdir()] == ["precious.txt"]


def test_a_run_over_other_inputs_is_refused(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 5)
    _run(source, tmp_path / "out", workers=1)
    shutil.copy(source, tmp_path / "in" / "b.jsonl")
    before = tree(tmp_path / "out")
    with pytest.raises(ConfigError, match="other inputs"):
        _run(tmp_path / "in" / "b.jsonl", tmp_path / "out", workers=1)
    assert tree(tmp_path / "out") == before
    report = _run(tmp_path / "in", tmp_path / "out", workers=1)
    assert (report.made, report.stood) == (1, 1)


def test_two_runs_into_one_folder_are_refused(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 5)
    with (
        manifest.claimed(tmp_path / "out", manifest.Claim(("a.jsonl",), "x")),
        pytest.raises(ConfigError, match="another run"),
    ):
        _run(source, tmp_path / "out", workers=1)


def test_the_output_of_a_run_is_the_input_of_another(tmp_path: Path) -> None:
    _run(_corpus(tmp_path / "in", 30), tmp_path / "1", workers=1)
    report = _run(tmp_path / "1", tmp_path / "2", workers=1)
    assert (report.records, report.edits) == (30, 0)
    assert min(path.name for path in (tmp_path / "2").glob("*.jsonl")) == "a.jsonl-00000.jsonl-00000.jsonl"


def test_the_summary_counts_everything(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 30)
    with source.open("ab") as file:
        file.write(b"not json\n")
    report = _run(source, tmp_path / "out", workers=1)
    summary = json.loads((tmp_path / "out" / "_manifest.json").read_bytes())
    assert summary["records"] == 31
    assert summary["statuses"] == {"invalid": 1, "ok": 30}
    assert summary["edits"] == report.edits == sum(summary["rules"].values()) == 10
    assert summary["shards"] == report.made
    assert not report.is_clean


def test_a_sample_takes_the_first_records_of_each_input(tmp_path: Path) -> None:
    source = _corpus(tmp_path / "in", 30)
    shutil.copy(source, tmp_path / "in" / "b.jsonl")
    options = RunOptions(config=OPTIONS.config, sample=4)
    report = _run(tmp_path / "in", tmp_path / "out", options=options, workers=1)
    assert report.records == 8
    assert [row["id"] for row in _rows(tmp_path / "out")] == [0, 1, 2, 3] * 2
