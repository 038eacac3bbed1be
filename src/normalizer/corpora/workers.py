"""Workers: processes that make shards, each replaced by itself when it dies.

In flow tasks, taken one at a time when a worker is free. Out flow reports, and the names of shards
that no worker could make. Every worker has its own pipe, so it is known which shard a death belongs to
(an executor loses all that it runs), and a worker whose parent has died ends.
"""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from normalizer._parent import follow_parent
from normalizer.corpora.outcomes import Examiner
from normalizer.corpora.shards import OnRecord, ShardReport, run_shard
from normalizer.corpora.sinks import OutputError
from normalizer.corpora.tasks import RunOptions, ShardTask

ShardFunction = Callable[[ShardTask, Examiner, OnRecord], ShardReport]

# Deaths of a worker before what it worked on is quarantined.
DEFAULT_ATTEMPTS = 3
# Progress is looked at so often while nothing else happens.
_TICK_SECONDS = 0.5
_NONE_YET = -1


class Crew(NamedTuple):
    """How many processes make shards, how often one may die of the same task, and what they run."""

    workers: int = 1
    attempts: int = DEFAULT_ATTEMPTS
    function: ShardFunction = run_shard


class Lost(NamedTuple):
    """A shard that could not be made, and why."""

    shard: str
    reason: str


class _Fault(NamedTuple):
    """An exception in a worker, as text; whether the disk refused a file, or the system an input."""

    reason: str
    disk: bool = False
    unread: bool = False


@dataclass
class _Attempts:
    """What happened to one task so far."""

    task: ShardTask
    deaths: list[int] = field(default_factory=list)


class _Worker:
    """One process and the task that it has."""

    def __init__(self, context: Any, function: ShardFunction, options: RunOptions) -> None:
        self.connection, theirs = context.Pipe()
        self.at = context.RawValue("q", _NONE_YET)
        self.process = context.Process(target=_serve, args=(theirs, self.at, function, options), daemon=True)
        self.process.start()
        theirs.close()
        self.attempts: _Attempts | None = None

    def take(self, attempts: _Attempts) -> None:
        """Give the worker a task; that it is dead shows when its answer is read."""
        self.attempts = attempts
        self.at.value = _NONE_YET
        try:
            # The data goes by itself: within a pickle it would be copied once more on either side.
            self.connection.send(replace(attempts.task, data=b""))
            self.connection.send_bytes(attempts.task.data)
        except (BrokenPipeError, ConnectionResetError):
            self.process.join()

    def answer(self) -> ShardReport | _Fault | None:
        """Its answer, or nothing if it died."""
        try:
            found: ShardReport | _Fault = self.connection.recv()
        except (EOFError, ConnectionResetError):
            return None
        return found

    def stop(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self.process.kill()
        self.process.join()


class Pool:
    """Makes shards with the processes of a :class:`Crew`.

    A task whose worker died ``attempts`` times is run without the record that was being normalized, if it
    was the same each time, otherwise with all of its records left as they are; after as many deaths more
    it is given up. An exception counts as that many deaths, and stands in ``faults``.
    """

    def __init__(self, crew: Crew, options: RunOptions) -> None:
        self._crew = crew
        self._options = options
        # Forked children would inherit the pipes of their elders, and outlive the parent by them.
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._again: deque[_Attempts] = deque()
        self.replaced = 0
        self.faults: list[Lost] = []

    def run(self, tasks: Iterator[ShardTask], tick: Callable[[int], None]) -> Iterator[ShardReport | Lost]:
        """The reports as they come. ``tick`` is told how many records of unfinished shards are done.

        Raises :class:`OutputError` when the disk refuses a file.
        """
        try:
            while True:
                self._hand_out(tasks)
                busy = {worker.connection: worker for worker in self._workers if worker.attempts is not None}
                if not busy:
                    return
                for ready in wait(list(busy), _TICK_SECONDS):
                    if isinstance(ready, Connection):
                        yield from self._collect(busy[ready])
                tick(sum(max(0, worker.at.value) for worker in busy.values()))
        finally:
            for worker in self._workers:
                worker.stop()
            self._workers = []

    def _hand_out(self, tasks: Iterator[ShardTask]) -> None:
        idle = deque(worker for worker in self._workers if worker.attempts is None)
        while idle or len(self._workers) < self._crew.workers:
            attempts = self._again.popleft() if self._again else _first(tasks)
            if attempts is None:
                return
            if not idle:
                idle.append(_Worker(self._context, self._crew.function, self._options))
                self._workers.append(idle[0])
            idle.popleft().take(attempts)

    def _collect(self, worker: _Worker) -> Iterator[ShardReport | Lost]:
        attempts, found = worker.attempts, worker.answer()
        worker.attempts = None
        if attempts is None:
            return
        if isinstance(found, ShardReport):
            yield found
            return
        if found is None:
            attempts.deaths.append(worker.at.value)
            worker.stop()
            self._workers.remove(worker)
            self.replaced += 1
            following, reason = self._after_death(attempts), _cause(worker, attempts)
        else:
            if found.disk:
                raise OutputError(found.reason)
            # The same task would fail the same way again.
            following, reason = None if found.unread else self._untouched(attempts), found.reason
            if not found.unread:
                self.faults.append(Lost(attempts.task.name, reason))
        if following is None:
            yield Lost(attempts.task.name, reason)
        else:
            self._again.append(following)

    def _after_death(self, attempts: _Attempts) -> _Attempts | None:
        if len(attempts.deaths) < self._crew.attempts:
            return attempts
        record = attempts.deaths[0]
        if record != _NONE_YET and set(attempts.deaths) == {record}:
            refused = attempts.task.refused | {record}
            if len(refused) <= self._crew.attempts:
                return _Attempts(replace(attempts.task, refused=refused))
        return self._untouched(attempts)

    def _untouched(self, attempts: _Attempts) -> _Attempts | None:
        if attempts.task.untouched:
            return None
        return _Attempts(replace(attempts.task, untouched=True))


def _first(tasks: Iterator[ShardTask]) -> _Attempts | None:
    task = next(tasks, None)
    return None if task is None else _Attempts(task)


def _cause(worker: _Worker, attempts: _Attempts) -> str:
    code = worker.process.exitcode
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    return f"its worker died {len(attempts.deaths)} times (last by {how}), also with its records left as they are"


def _serve(connection: Connection, at: Any, function: ShardFunction, options: RunOptions) -> None:
    """The life of a worker: one task after another until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    follow_parent()
    examiner = Examiner(options.config, max_bytes=options.max_bytes)

    def on_record(number: int) -> None:
        at.value = number

    while True:
        try:
            task = connection.recv()
            task = replace(task, data=connection.recv_bytes())
        except (EOFError, ConnectionResetError):
            return
        connection.send(_answer(function, task, examiner, on_record))
        del task


def _answer(function: ShardFunction, task: ShardTask, examiner: Examiner, on_record: OnRecord) -> ShardReport | _Fault:
    try:
        return function(task, examiner, on_record)
    except OutputError as error:
        return _Fault(str(error), disk=True)
    except OSError as error:
        return _Fault(f"its input cannot be read: {error}", unread=True)
    except Exception:  # noqa: BLE001 - whatever it is, it must reach the parent, and the worker must live on
        return _Fault(traceback.format_exc(limit=-4))
