"""The driver of a run: plans, hands out what does not stand yet, accounts for every record.

In flow inputs and options. Out flows an output folder of shards, edit logs and manifests, and a
:class:`RunReport`. Killed at any moment and started again, it ends with the same bytes.
"""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from normalizer.corpora.inputs import Input
from normalizer.corpora.manifest import SUCCESS, Claim, claimed, finish, standing, withdraw_others
from normalizer.corpora.outcomes import GOOD
from normalizer.corpora.outlines import Prober
from normalizer.corpora.plan import Plan
from normalizer.corpora.progress import Progress
from normalizer.corpora.shards import EXAMPLES, ShardReport
from normalizer.corpora.tasks import RunOptions, ShardTask
from normalizer.corpora.workers import Crew, Lost, Pool


@dataclass
class RunReport:
    """What a run did. ``damage`` names inputs that could not be read to their end, and why.

    ``unread`` are those of which another run may read more: files that the system did not give, or that changed.
    """

    made: int = 0
    stood: int = 0
    records: int = 0
    changed: int = 0
    edits: int = 0
    passed: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    damage: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    quarantined: list[str] = field(default_factory=list)
    bad: list[dict[str, object]] = field(default_factory=list)
    replaced: int = 0
    faults: list[Lost] = field(default_factory=list)

    def add(self, report: ShardReport) -> None:
        """Count a shard in."""
        self.records += report.records
        self.changed += report.changed
        self.edits += report.edits
        self.passed += report.passed
        self.statuses.update(report.statuses)
        self.rules.update(report.rules)
        self.languages.update(report.languages)
        if report.is_quarantined:
            self.quarantined.append(report.shard)
        room = EXAMPLES - len(self.bad)
        self.bad += [{"shard": report.shard, **example} for example in report.bad[:room]]

    @property
    def bad_records(self) -> int:
        """How many records were not normalized."""
        return sum(count for status, count in self.statuses.items() if status not in GOOD)

    @property
    def is_complete(self) -> bool:
        """Whether every record that could be read stands in a row, and another run could not read more."""
        return not self.lost and not self.unread

    @property
    def is_clean(self) -> bool:
        """Whether nothing at all went wrong."""
        return not (self.lost or self.damage or self.bad_records)

    def summary(self, inputs: list[Input], fingerprint: str) -> dict[str, object]:
        """The account of the whole output, the same for any history of kills and resumptions."""
        return {
            "fingerprint": fingerprint,
            "inputs": [
                {"name": item.name, "format": item.format, "damage": self.damage.get(item.name)} for item in inputs
            ],
            "shards": self.made + self.stood,
            "records": self.records,
            "changed": self.changed,
            "edits": self.edits,
            "passed": self.passed,
            "statuses": dict(sorted(self.statuses.items())),
            "rules": dict(sorted(self.rules.items())),
            "languages": dict(sorted(self.languages.items())),
            "quarantined": sorted(self.quarantined),
            "lost": [lost._asdict() for lost in sorted(self.lost)],
        }


class Run:
    """One run over ``inputs`` into ``folder``; :meth:`run` may be called once."""

    def __init__(
        self,
        inputs: list[Input],
        folder: Path,
        options: RunOptions | None = None,
        crew: Crew | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.inputs = inputs
        self.folder = folder
        self.options = options or RunOptions()
        self.report = RunReport()
        self._fingerprint = self.options.fingerprint()
        self._crew = crew or Crew()
        self._progress = progress or Progress(sum(item.size for item in inputs))
        self._probe = Prober()
        self._wanted: set[str] = set()
        self._states: dict[str, tuple[int, ...]] = {}
        self._before = 0
        self._plan: Plan | None = None

    def run(self) -> RunReport:
        """Do it.

        Raises :class:`ConfigError` for a folder that cannot be used or an extra that is not installed,
        :class:`OutputError` when the disk refuses; what stands then is whole, and the same call resumes.
        """
        names = tuple(item.name for item in self.inputs)
        with claimed(self.folder, Claim(names, self._fingerprint, self.options.settings())):
            # It says that the last run accounted for every record, which this one has yet to do.
            (self.folder / SUCCESS).unlink(missing_ok=True)
            pool = Pool(self._crew, self.options)
            try:
                for found in pool.run(self._open_tasks(), self._tick):
                    self._account(found)
            finally:
                self._probe.close()
                self.report.replaced, self.report.faults = pool.replaced, pool.faults
                self._progress.clear()
            self._look_for_changes()
            read = [name for name in names if name not in self.report.unread]
            withdraw_others(self.folder, read, self._wanted)
            summary = self.report.summary(self.inputs, self._fingerprint)
            finish(self.folder, summary, complete=self.report.is_complete)
        return self.report

    def _account(self, found: ShardReport | Lost) -> None:
        if isinstance(found, Lost):
            self.report.lost.append(found)
        else:
            self.report.made += 1
            self.report.add(found)

    def _open_tasks(self) -> Iterator[ShardTask]:
        """The tasks whose shards do not stand whole."""
        for item in self.inputs:
            self._plan = Plan(item, self.options, self.folder, self._fingerprint, self._probe)
            self._states[item.name] = _state(item.path)
            for task in self._plan.tasks():
                self._wanted.update((task.file_name, task.edits_name, task.manifest_name))
                report = standing(task)
                if report is not None:
                    self.report.stood += 1
                    self.report.add(report)
                    self._progress.stood(self._before + self._plan.position)
                    self._tick(0)
                    continue
                self._progress.made(self._before + self._plan.position)
                yield task
            if self._plan.damage:
                self.report.damage[item.name] = self._plan.damage
            if self._plan.is_unread:
                self.report.unread.append(item.name)
            self._before += item.size

    def _look_for_changes(self) -> None:
        """What an input says after it was changed cannot be vouched for by what was read before."""
        for item in self.inputs:
            if _state(item.path) != self._states.get(item.name) and item.name not in self.report.damage:
                self.report.damage[item.name] = "it changed while it was read: run the same command again"
                self.report.unread.append(item.name)

    def _tick(self, under_way: int) -> None:
        position = self._before + (self._plan.position if self._plan else 0)
        self._progress.show(position, self.report.records + under_way, self.report.bad_records)


def _state(path: Path) -> tuple[int, ...]:
    """What changes with the content of a file; nothing for a folder, whose documents are read once."""
    try:
        about = path.stat()
    except OSError:
        return ()
    return (about.st_ino, about.st_size, about.st_mtime_ns) if stat.S_ISREG(about.st_mode) else ()
