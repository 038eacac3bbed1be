"""Output folders: whose they are, what in them is trusted, what becomes of what stands there already."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from normalizer import Config, ConfigError
from normalizer.corpora import manifest
from normalizer.corpora.driver import Run
from normalizer.corpora.inputs import find_inputs
from normalizer.corpora.outcomes import Examiner
from normalizer.corpora.shards import OnRecord, ShardReport
from normalizer.corpora.sinks import OutputError
from normalizer.corpora.tasks import RunOptions, ShardTask
from normalizer.corpora.workers import Crew
from tests.corpora import faults
from tests.corpora.making import LIGHT_RUN as OPTIONS
from tests.corpora.making import corpus, rows_in, run_over, tree

OTHER = {
    "to": RunOptions(config=OPTIONS.config, shard_bytes=2000, to="parquet"),
    "sample": RunOptions(config=OPTIONS.config, shard_bytes=2000, sample=3),
    "profile": RunOptions(config=Config(profile="standard", language="en"), shard_bytes=2000),
}


@pytest.mark.parametrize("options", list(OTHER.values()), ids=list(OTHER))
def test_other_settings_throw_no_finished_shard_away(tmp_path: Path, options: RunOptions) -> None:
    source = corpus(tmp_path / "in", 20)
    run_over(source, tmp_path / "out", workers=1)
    before = tree(tmp_path / "out")
    with pytest.raises(ConfigError, match=r"2 finished shards of a run with other settings.*name a new folder"):
        run_over(source, tmp_path / "out", options=options, workers=1)
    assert tree(tmp_path / "out") == before
    assert run_over(source, tmp_path / "out", workers=1).made == 0


def test_other_settings_where_nothing_is_finished(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 20)
    with pytest.raises(OutputError):
        run_over(source, tmp_path / "out", _refusing)
    run_over(source, tmp_path / "out", options=OTHER["to"], workers=1)
    run_over(source, tmp_path / "fresh", options=OTHER["to"], workers=1)
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def _refusing(task: ShardTask, _examiner: Examiner, _on_record: OnRecord) -> ShardReport:
    """As if killed between the shard and its manifest, then a full disk."""
    (task.folder / task.file_name).write_bytes(b"half")
    raise OutputError("No space left on device")


def test_a_table_that_changed_is_another_setting(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 5)
    table = tmp_path / "table.jsonl"
    table.write_text('{"id":"user:1","type":"place","canonical":{"en":"Harborough"},"aliases":[]}\n')
    options = RunOptions(config=Config(language="en", tables=(str(table),)))
    run_over(source, tmp_path / "out", options=options, workers=1)
    assert run_over(source, tmp_path / "out", options=options, workers=1).made == 0
    table.write_text('{"id":"user:1","type":"place","canonical":{"en":"Harbury"},"aliases":[]}\n')
    with pytest.raises(ConfigError, match="other settings"):
        run_over(source, tmp_path / "out", options=options, workers=1)


def test_a_new_version_makes_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = corpus(tmp_path / "in", 20)
    made = run_over(source, tmp_path / "out", workers=1).made
    before = tree(tmp_path / "out")
    monkeypatch.setattr("normalizer.api.fingerprint", lambda: "of the next version")
    assert run_over(source, tmp_path / "out", workers=1).made == made
    monkeypatch.undo()
    assert run_over(source, tmp_path / "out", workers=1).made == made
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
    source = corpus(tmp_path / "in", 30)
    run_over(source, tmp_path / "out", workers=1)
    before = tree(tmp_path / "out")
    spoil(tmp_path / "out" / name)
    report = run_over(source, tmp_path / "out", workers=1)
    assert report.made == (1 if "/" in name else 0)
    assert tree(tmp_path / "out") == before


@pytest.mark.parametrize("name", ["_edits", "_manifest"])
def test_a_file_where_a_folder_was_is_made_good(tmp_path: Path, name: str) -> None:
    source = corpus(tmp_path / "in", 30)
    run_over(source, tmp_path / "out", workers=1)
    before = tree(tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / name)
    (tmp_path / "out" / name).touch()
    run_over(source, tmp_path / "out", workers=1)
    assert tree(tmp_path / "out") == before


def test_damaged_bookkeeping_opens_no_folder_to_other_runs(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 5)
    run_over(source, tmp_path / "out", workers=1)
    (tmp_path / "out" / "_run.json").write_bytes(b"[")
    with pytest.raises(ConfigError, match="other settings"):
        run_over(source, tmp_path / "out", options=OTHER["to"], workers=1)
    shutil.copy(source, tmp_path / "in" / "b.jsonl")
    with pytest.raises(ConfigError, match="other inputs"):
        run_over(tmp_path / "in" / "b.jsonl", tmp_path / "out", workers=1)


def test_what_a_run_does_not_know_stays(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 30)
    run_over(source, tmp_path / "out", workers=1)
    notes = [tmp_path / "out" / name for name in ("notes.txt", "b.jsonl-00000.jsonl", "_edits/mine.jsonl")]
    for path in notes:
        path.write_text("keep me")
    (tmp_path / "out" / "a.jsonl-00077.parquet").write_text("a stray of an earlier run")
    corpus(tmp_path / "in", 10)
    run_over(source, tmp_path / "out", workers=1)
    assert all(path.exists() for path in notes)
    assert sorted(path.name for path in (tmp_path / "out").glob("a.*")) == ["a.jsonl-00000.jsonl"]


def test_an_input_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 60)
    inputs = find_inputs([source])
    run = Run(inputs, tmp_path / "out", OPTIONS, Crew(1, 2, faults.growing))
    report = run.run()
    assert "changed while it was read" in report.damage["a.jsonl"]
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    again = run_over(source, tmp_path / "out")
    assert (again.is_clean, again.records) == (True, 61)
    run_over(source, tmp_path / "fresh")
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_an_input_that_is_gone_keeps_what_was_made_of_it(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 20)
    run_over(source, tmp_path / "out", workers=1)
    inputs = find_inputs([source])
    source.rename(tmp_path / "aside")
    report = Run(inputs, tmp_path / "out", OPTIONS, Crew(1)).run()
    assert "cannot be read" in report.damage["a.jsonl"]
    assert len(rows_in(tmp_path / "out")) == 20
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    (tmp_path / "aside").rename(source)
    assert run_over(source, tmp_path / "out").made == 0
    assert (tmp_path / "out" / "_SUCCESS").exists()


def test_folders_that_are_not_ours_are_refused(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 5)
    other = tmp_path / "other"
    other.mkdir()
    (other / "precious.txt").write_text("keep me")
    with pytest.raises(ConfigError, match=r"precious\.txt"):
        run_over(source, other)
    assert [path.name for path in other.iterdir()] == ["precious.txt"]


def test_a_run_over_other_inputs_is_refused(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 5)
    run_over(source, tmp_path / "out", workers=1)
    shutil.copy(source, tmp_path / "in" / "b.jsonl")
    before = tree(tmp_path / "out")
    with pytest.raises(ConfigError, match="other inputs"):
        run_over(tmp_path / "in" / "b.jsonl", tmp_path / "out", workers=1)
    assert tree(tmp_path / "out") == before
    report = run_over(tmp_path / "in", tmp_path / "out", workers=1)
    assert (report.made, report.stood) == (1, 1)


def test_two_runs_into_one_folder_are_refused(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 5)
    with (
        manifest.claimed(tmp_path / "out", manifest.Claim(("a.jsonl",), "x")),
        pytest.raises(ConfigError, match="another run"),
    ):
        run_over(source, tmp_path / "out", workers=1)
