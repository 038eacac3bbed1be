"""Shard functions that fail, for workers to run: each at the records whose text says so."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from normalizer.corpora.outcomes import Examiner, Outcome
from normalizer.corpora.shards import OnRecord, ShardReport, run_shard
from normalizer.corpora.sinks import OutputError
from normalizer.corpora.tasks import ShardTask

KILLER = "this one kills its worker"
WEAK = "this one kills its worker once"


class _Fatal(Examiner):
    """Dies of one text as a process does that runs out of memory."""

    def __call__(self, source: str | bytes, *, kind: str | None = None, charset: str | None = None) -> Outcome:
        if source == KILLER:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(source, kind=kind, charset=charset)

    def serves(self, _config: object, _max_bytes: int) -> bool:
        return True


def killed_by_a_record(task: ShardTask, _examiner: Examiner, on_record: OnRecord) -> ShardReport:
    return run_shard(task, _Fatal(task.options.config), on_record)


def killed_at_once(task: ShardTask, examiner: Examiner, on_record: OnRecord) -> ShardReport:
    """The whole of a shard that holds the killer is fatal, until its records are left alone."""
    if KILLER.encode() in task.data and not task.untouched:
        os.kill(os.getpid(), signal.SIGKILL)
    return run_shard(task, examiner, on_record)


def always_killed(task: ShardTask, examiner: Examiner, on_record: OnRecord) -> ShardReport:
    if KILLER.encode() in task.data:
        os.kill(os.getpid(), signal.SIGKILL)
    return run_shard(task, examiner, on_record)


def killed_once(task: ShardTask, examiner: Examiner, on_record: OnRecord) -> ShardReport:
    """Every shard kills its first worker, in the middle of writing."""
    mark = Path(f"{task.folder}.marks") / task.name
    if not mark.exists():
        mark.parent.mkdir(exist_ok=True)
        mark.touch()

        def then_die(number: int) -> None:
            if number == 3:
                os.kill(os.getpid(), signal.SIGKILL)

        return run_shard(task, examiner, then_die)
    return run_shard(task, examiner, on_record)


def faulty(task: ShardTask, examiner: Examiner, on_record: OnRecord) -> ShardReport:
    if KILLER.encode() in task.data and not task.untouched:
        raise ValueError("a fault of the code")
    return run_shard(task, examiner, on_record)


def no_room(task: ShardTask, examiner: Examiner, on_record: OnRecord) -> ShardReport:
    if task.name.endswith("3"):
        raise OutputError("No space left on device")
    return run_shard(task, examiner, on_record)


def growing(task: ShardTask, examiner: Examiner, on_record: OnRecord) -> ShardReport:
    """The input gets a line more while its first shard is made."""
    if task.first:
        with (task.folder.parent / "in" / task.input).open("ab") as file:
            file.write(b'{"id": 60, "text": "calm sea"}\n')
    return run_shard(task, examiner, on_record)
