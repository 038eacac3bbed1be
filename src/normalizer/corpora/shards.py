"""One shard: a function from a task to three files, whole or not there at all.

In flows a :class:`ShardTask`. Out flow the shard, its edit log and, last, its manifest, and a
:class:`ShardReport` with the same content. It knows of no pool and no other shard: an engine that calls
it twice, or on two machines, gets the same bytes twice.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import BinaryIO

from normalizer.corpora.outcomes import (
    DAMAGED,
    GOOD,
    NULL,
    OK,
    QUARANTINED,
    RAGGED,
    UNREADABLE,
    Examiner,
    Outcome,
    left_alone,
    null,
)
from normalizer.corpora.readers import Record, original, records
from normalizer.corpora.seals import sealed
from normalizer.corpora.sinks import OutputError, Sink, compressing, write_whole
from normalizer.corpora.splice import dumps
from normalizer.corpora.tasks import ShardTask
from normalizer.corpora.writers import row_writer

# An edit is quoted in the log with this many code points before and after it.
CONTEXT = 32
# A manifest names so many of its bad records; it counts them all.
EXAMPLES = 20
_SOURCE_IN_NO_COLUMN = ("warc", "files")
REFUSED = "left as it was: the workers that took it died or failed"


@dataclass
class ShardReport:
    """What became of a shard, as its manifest says it.

    ``files`` gives size and checksum of each file. ``statuses``, ``languages`` and ``rules`` count rows and edits,
    ``passed`` the records that hold no text; ``bad`` are the first records that were not normalized.
    """

    shard: str
    input: str
    key: str
    fingerprint: str
    files: dict[str, dict[str, object]] = field(default_factory=dict)
    records: int = 0
    changed: int = 0
    edits: int = 0
    passed: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    bad: list[dict[str, object]] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether every record was normalized."""
        return GOOD.issuperset(self.statuses)

    @property
    def is_quarantined(self) -> bool:
        """Whether a record was left alone because workers died of it."""
        return QUARANTINED in self.statuses

    def as_json(self) -> bytes:
        """The manifest."""
        return sealed(asdict(self))


OnRecord = Callable[[int], None]


def run_shard(task: ShardTask, examiner: Examiner | None = None, on_record: OnRecord | None = None) -> ShardReport:
    """Make one shard.

    ``examiner`` may be shared by the shards of one process, and is used where its settings are the
    task's; ``on_record`` is told the number of every record (from 0) before it is normalized. Raises
    :class:`OutputError` when the disk refuses, and then leaves nothing behind.
    """
    report = ShardReport(task.name, task.input, task.key, task.fingerprint)
    if examiner is None or not examiner.serves(task.options.config, task.options.max_bytes):
        examiner = Examiner(task.options.config, max_bytes=task.options.max_bytes)
    shard, log = Sink(task.folder, task.file_name), Sink(task.folder, task.edits_name)
    try:
        with compressing(log, task.edits_name) as file:
            _fill(shard, _Rows(task, examiner, on_record, report, file))
        report.files = {sink.name: sink.commit() for sink in (shard, log)}
    except Exception as error:
        failure = shard.failure or log.failure
        if failure is None:
            raise
        raise OutputError(f"{shard.target}: {failure.strerror or failure}") from error
    finally:
        shard.discard()
        log.discard()
    write_whole(task.folder, task.manifest_name, report.as_json())
    return report


def _fill(shard: Sink, rows: _Rows) -> None:
    if rows.task.format == "parquet":
        from normalizer.corpora.columns import write_groups

        write_groups(rows.task, shard, rows.judge)
    else:
        rows.write(shard)
    rows.finish()


class _Rows:
    """Judges records in their order, and keeps count and log of what became of them."""

    def __init__(
        self, task: ShardTask, examiner: Examiner, on_record: OnRecord | None, report: ShardReport, log: BinaryIO
    ) -> None:
        self.task = task
        self._examiner = examiner
        self._on_record = on_record
        self._report = report
        self._log = log
        self._statuses: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()

    def finish(self) -> None:
        """Enter the counts into the report."""
        self._report.statuses = {name: count for name, count in sorted(self._statuses.items()) if count}
        self._report.rules = dict(sorted(self._rules.items()))
        self._report.languages = dict(sorted(self._languages.items()))

    def write(self, sink: Sink) -> None:
        """Write a row for every record of a stream."""
        writer = row_writer(self.task, sink)
        for record in self._records():
            outcome = self.judge(record)
            written = writer.write(self._with_original(record, outcome), outcome)
            if written.status != outcome.status:
                self._recount(record, outcome, written)
        writer.close()

    def _records(self) -> Iterator[Record]:
        taken = 0
        for record in records(self.task):
            if record is None:
                self._report.passed += 1
                continue
            if self.task.limit is not None and taken >= self.task.limit:
                return
            taken += 1
            yield record

    def _with_original(self, record: Record, outcome: Outcome) -> Record:
        """A document that is no text and stands in no column of its own keeps its bytes in ``raw``."""
        if outcome.text is None and isinstance(record.source, bytes) and self.task.format in _SOURCE_IN_NO_COLUMN:
            return record._replace(raw=record.raw or original(record.source))
        return record

    def judge(self, record: Record) -> Outcome:
        """The outcome of the next record, counted and logged."""
        number = self._report.records
        outcome = self._outcome(number, record)
        self._report.records += 1
        self._statuses[outcome.status] += 1
        if outcome.language is not None:
            self._languages[outcome.language] += 1
        if outcome.status not in GOOD:
            self._example(number, record, outcome.status, outcome.error)
        if outcome.edits:
            self._report.changed += 1
            self._report.edits += len(outcome.edits)
            self._write_edits(number, record, outcome)
        return outcome

    def _outcome(self, number: int, record: Record) -> Outcome:
        if record.source is None:
            return null() if record.status == NULL else left_alone(None, record.status, record.error or "")
        if record.status == UNREADABLE:
            return left_alone(record.source, UNREADABLE, record.error or "")
        if self.task.untouched or number in self.task.refused:
            return left_alone(record.source, QUARANTINED, REFUSED)
        if self._on_record is not None:
            self._on_record(number)
        outcome = self._examiner(record.source, kind=record.kind, charset=record.charset)
        if record.status in (RAGGED, DAMAGED) and outcome.status == OK:
            return outcome._replace(status=record.status, error=record.error)
        return outcome

    def _example(self, number: int, record: Record, status: str, error: str | None) -> None:
        if len(self._report.bad) < EXAMPLES:
            self._report.bad.append({"record": number, **self._names(record), "status": status, "error": error})

    def _recount(self, record: Record, outcome: Outcome, written: Outcome) -> None:
        """The writer found that a row does not fit after it was counted."""
        self._statuses[outcome.status] -= 1
        self._statuses[written.status] += 1
        self._example(self._report.records - 1, record, written.status, written.error)

    def _names(self, record: Record) -> dict[str, object]:
        options = self.task.options
        names = {"id": options.id_column, "url": options.url_column or ("url" if self.task.format == "warc" else None)}
        return {name: record.columns.get(column) for name, column in names.items() if column is not None}

    def _write_edits(self, number: int, record: Record, outcome: Outcome) -> None:
        source = outcome.source
        common = {
            "file": self.task.input,
            "shard": self.task.name,
            "record": number,
            **self._names(record),
            "sha256": hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
        }
        for change in outcome.edits:
            self._rules.update(change.rules)
            context = {
                "prefix": source[max(0, change.start - CONTEXT) : change.start],
                "suffix": source[change.end : change.end + CONTEXT],
            }
            self._log.write(dumps({**common, **change.as_dict(), **context}) + b"\n")
