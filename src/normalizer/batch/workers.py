"""Work shared out to processes: results in order, whatever happens to a worker.

In flow tasks and a function. Out flows one result a task, in the order of the tasks. Where processes
are forked the workers inherit tasks and loaded tables; only numbers and results go through the pipes.
A worker that dies (killed, out of memory) costs the one task that killed it.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from normalizer._parent import follow_parent

Task = TypeVar("Task")
Done = TypeVar("Done")
Chunk = tuple[int, int]
"""A run of tasks by their numbers, half-open."""

_JOIN_SECONDS = 10
_TERMINATED = 128 + signal.SIGTERM


class Crew(Generic[Task, Done]):
    """Processes that run ``work`` on ``tasks``; ``lost(task, why)`` is the result of one whose worker died."""

    def __init__(
        self, work: Callable[[Task], Done], lost: Callable[[Task, str], Done], tasks: Sequence[Task], workers: int
    ) -> None:
        self._work = work
        self._lost = lost
        self._tasks = tasks
        self._size = workers
        # Forked workers share what is loaded; where forking is not to be trusted they load it themselves.
        self._forks = sys.platform == "linux"
        self._context: Any = multiprocessing.get_context("fork" if self._forks else "spawn")
        self._processes: dict[Connection, BaseProcess] = {}
        self._busy: dict[Connection, Chunk] = {}
        self._waiting: deque[Chunk] = deque()
        self._done: dict[int, list[Done]] = {}

    def run(self, chunks: Iterable[Chunk]) -> Iterator[Done]:
        """The results of all ``chunks``, which cover the tasks in order.

        An exception that ``work`` raises is raised here. However this ends, the workers are ended with it.
        """
        self._waiting.extend(chunks)
        try:
            for _ in range(min(self._size, len(self._waiting))):
                self._hire()
            position = 0
            while self._busy or position in self._done:
                while position in self._done:
                    results = self._done.pop(position)
                    yield from results
                    position += len(results)
                if self._busy:
                    self._collect()
        finally:
            self._dismiss()

    def _hire(self) -> None:
        ours, theirs = self._context.Pipe()
        # Until the worker has said what it does about an interruption, none may reach it.
        held = hasattr(signal, "pthread_sigmask") and signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            # What a forked worker inherits would keep the pipes of the others open after our end.
            inherited = (*self._processes, ours) if self._forks else ()
            arguments = (theirs, self._work, self._tasks, inherited)
            process = self._context.Process(target=_serve, args=arguments, daemon=True)
            process.start()
            self._processes[ours] = process
        finally:
            theirs.close()
            if held is not False:
                signal.pthread_sigmask(signal.SIG_SETMASK, held)
        self._give(ours)

    def _give(self, pipe: Connection) -> None:
        chunk = self._waiting.popleft() if self._waiting else None
        if chunk is not None:
            self._busy[pipe] = chunk
        try:
            pipe.send(chunk)
        except OSError:
            if chunk is not None:
                self._bury(pipe)

    def _collect(self) -> None:
        for pipe in wait(list(self._busy)):
            if not isinstance(pipe, Connection):
                continue
            try:
                results = pipe.recv()
            except (EOFError, OSError):
                self._bury(pipe)
                continue
            if isinstance(results, BaseException):
                raise results
            self._done[self._busy.pop(pipe)[0]] = results
            self._give(pipe)

    def _bury(self, pipe: Connection) -> None:
        """A worker died: try its tasks one by one in a new worker, give up the one that is left alone."""
        pipe.close()
        process = self._processes.pop(pipe)
        process.join(_JOIN_SECONDS)
        first, end = self._busy.pop(pipe)
        if end - first == 1:
            self._done[first] = [self._lost(self._tasks[first], _cause(process.exitcode))]
        else:
            self._waiting.extendleft((number, number + 1) for number in reversed(range(first, end)))
        if self._waiting:
            self._hire()

    def _dismiss(self) -> None:
        for process in self._processes.values():
            process.terminate()
        for pipe, process in self._processes.items():
            process.join(_JOIN_SECONDS)
            pipe.close()
        self._processes.clear()


def _serve(
    pipe: Connection, work: Callable[[Task], Done], tasks: Sequence[Task], inherited: Iterable[Connection]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us decides, and tells by SIGTERM
    signal.signal(signal.SIGTERM, _leave)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for connection in inherited:
        connection.close()
    follow_parent()  # a pipe that closes is noticed only between two tasks
    while (chunk := _received(pipe)) is not None:
        first, end = chunk
        try:
            results: object = [work(tasks[number]) for number in range(first, end)]
        except Exception as error:  # noqa: BLE001 - raised again where the results are awaited
            results = error
        try:
            pipe.send(results)
        except OSError:
            return


def _received(pipe: Connection) -> Chunk | None:
    """The next tasks; nothing when there are none left, or nobody to work for."""
    try:
        chunk: Chunk | None = pipe.recv()
    except (EOFError, OSError):
        return None
    return chunk


def _leave(_signal: int, _frame: object) -> None:
    """End by an exception, so that temporary files are taken away."""
    raise SystemExit(_TERMINATED)


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        return f"the process that worked on it was killed by signal {-code}"
    return f"the process that worked on it ended with code {code}"
