"""A run over many files: what the cache knows is not read, the rest is shared out, results come in order."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from normalizer.batch.cache import Cache, configuration_of
from normalizer.batch.discover import Found
from normalizer.batch.job import Job, config_of
from normalizer.batch.outcome import FAILED, Outcome

if TYPE_CHECKING:
    from collections import Counter

    from normalizer.batch.baseline import Baseline, Key
    from normalizer.config import Config

# Below this much work the processes cost more than they save (30 ms to start them, 10 MB/s a core).
_SERIAL_BYTES = 1_500_000
_CHUNK_BYTES = 400_000
_CHUNK_FILES = 64
_CHUNKS_A_WORKER = 4


class Mode(NamedTuple):
    """What a run does: ``fix`` or only look, with or without a ``diff`` of each file."""

    fix: bool = False
    diff: bool = False
    workers: int = 0


class Task(NamedTuple):
    """One file to be judged in a worker."""

    path: str
    real: str
    size: int
    job: Job
    accepted: Counter[Key] | None
    known: frozenset[str] | None


def outcomes(
    files: Sequence[Found], mode: Mode, cache: Cache, baseline_of: dict[str | None, Baseline] | None = None
) -> Generator[Outcome, None, None]:
    """One outcome a file, in order. Raises :class:`ConfigError` for tables and packs before a file is touched."""
    plan = _Plan(files, mode, cache, baseline_of or {})
    judged = _judged(plan.tasks, mode.workers)
    try:
        for found, known in zip(files, plan.known, strict=True):
            if known is not None:
                yield known
                continue
            outcome = next(judged)
            if (configuration := plan.cacheable.get(found.real)) is not None:
                cache.put(found.real, outcome, configuration)
            yield outcome
    finally:
        judged.close()
        cache.save()


class _Plan:
    """Which files are known from the cache, and the tasks for the others."""

    def __init__(
        self, files: Sequence[Found], mode: Mode, cache: Cache, baseline_of: dict[str | None, Baseline]
    ) -> None:
        self.tasks: list[Task] = []
        self.known: list[Outcome | None] = []
        self.cacheable: dict[str, str] = {}
        self._mode = mode
        self._cache = cache
        self._jobs: dict[tuple[object, ...], tuple[Job, str, frozenset[str] | None]] = {}
        for found in files:
            baseline = baseline_of.get(found.settings.baseline)
            accepted = baseline.of_file(found.real) if baseline is not None else None
            self.known.append(self._add(found, accepted))

    def _add(self, found: Found, accepted: Counter[Key] | None) -> Outcome | None:
        job, configuration, clean = self._job(found)
        if accepted is None and self._cache.path is not None:
            self.cacheable[found.real] = configuration
            if found.state is not None and not (job.max_bytes and found.state.st_size > job.max_bytes):
                known = self._cache.get(found.path, found.real, found.state, configuration)
                if known is not None and (known.status != "changed" or not (self._mode.fix or self._mode.diff)):
                    return known
        size = found.state.st_size if found.state is not None else 0
        self.tasks.append(Task(found.path, found.real, size, job, accepted, clean))
        return None

    def _job(self, found: Found) -> tuple[Job, str, frozenset[str] | None]:
        settings = found.settings
        ignored = settings.patterns.ignored(found.real)
        key = (id(settings), found.kind, found.fields, ignored)
        made = self._jobs.get(key)
        if made is None:
            job = _job_of(found, ignored, self._mode)
            _try(job)
            configuration = configuration_of(job) if self._cache.path is not None else ""
            made = self._jobs[key] = (job, configuration, self._cache.clean_contents(configuration))
        return made


def _try(job: Job) -> None:
    """Raises :class:`ConfigError` for what is wrong with tables, packs and detector, before a file is touched."""
    config = job.config
    if config.tables or config.packs or config.language_backend != "default":
        from normalizer.batch.judge import normalizer_of

        run = normalizer_of(config_of(job))
        run("")
        run.language_of("A text.")


def _job_of(found: Found, ignored: tuple[str, ...], mode: Mode) -> Job:
    settings = found.settings
    return Job(
        with_ignored(settings.config, ignored),
        found.kind,
        found.fields,
        fix=mode.fix,
        diff=mode.diff,
        max_bytes=settings.max_bytes,
        detected=settings.detected,
        break_links=settings.break_links,
        to=settings.to,
    )


def with_ignored(config: Config, ignored: tuple[str, ...]) -> Config:
    """``config`` with some more rules off."""
    if not ignored:
        return config
    from dataclasses import replace

    return replace(config, ignore=(*config.ignore, *ignored))


def _judged(tasks: Sequence[Task], asked: int) -> Generator[Outcome, None, None]:
    """Judge the tasks in as many processes as were ``asked`` for; 0 leaves it to the amount of work."""
    total = sum(task.size for task in tasks)
    workers = min(len(tasks), asked or (1 if total < _SERIAL_BYTES else _cores()))
    if workers <= 1:
        yield from map(_judge, tasks)
        return
    from normalizer.batch.workers import Crew

    _warm(tasks)
    chunks = _chunks(tasks, min(_CHUNK_BYTES, total // (workers * _CHUNKS_A_WORKER)))
    yield from Crew(_judge, _lost, tasks, workers).run(chunks)


def _warm(tasks: Sequence[Task]) -> None:
    """Load the tables before the workers are forked, so that they share them."""
    from normalizer.batch.judge import normalizer_of

    for config in {config_of(task.job) for task in tasks}:
        normalizer_of(config)("Warm.")


def _judge(task: Task) -> Outcome:
    from normalizer.batch.judge import judge_file

    return judge_file(task.path, task.real, task.job, task.accepted, task.known)


def _lost(task: Task, why: str) -> Outcome:
    return Outcome(task.path, FAILED, f"{why}: try it by itself, perhaps with more memory")


def _chunks(tasks: Sequence[Task], most: int) -> Iterator[tuple[int, int]]:
    first, size = 0, 0
    for number, task in enumerate(tasks):
        if number > first and (size + task.size > most or number - first == _CHUNK_FILES):
            yield first, number
            first, size = number, 0
        size += task.size
    if first < len(tasks):
        yield first, len(tasks)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
