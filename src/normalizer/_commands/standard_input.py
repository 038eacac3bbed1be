"""``newsnorm check -`` and ``newsnorm fix -``: one document through standard input."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from normalizer._commands.options import resolver_of
from normalizer.batch import outcome as state
from normalizer.batch.atomic import UnsafeWriteError
from normalizer.batch.discover import NO_FIELDS, lacks_fields
from normalizer.batch.formats import kind_of
from normalizer.batch.job import Job, digest
from normalizer.batch.judge import Verdict, judge_bytes
from normalizer.batch.outcome import Outcome
from normalizer.batch.run import with_ignored
from normalizer.errors import ConfigError
from normalizer.reports import report_of
from normalizer.reports.output import Output, message
from normalizer.reports.summary import Summary

if TYPE_CHECKING:
    from collections import Counter

    from normalizer.batch.baseline import Key
    from normalizer.batch.settings import Settings

_SHOWN = "<stdin>"


def run_stdin(options: argparse.Namespace) -> int:
    """Judge standard input; ``fix`` writes the result to standard output. The exit code."""
    fix = options.command == "fix"
    if fix and options.diff:
        raise ConfigError("fix - writes the text to standard output: for the differences use check --diff -")
    if getattr(options, "write_baseline", None) is not None:
        raise ConfigError("--write-baseline accepts findings in files: name files instead of -")
    settings = resolver_of(options).of_folder(os.path.dirname(_place(options)))
    job, left_out = _job(options, settings, fix=fix)
    raw = _read(job.max_bytes)
    shown = options.stdin_filename or _SHOWN
    accepted = _accepted(options, settings)
    says = options.verbose or (left_out == NO_FIELDS and not options.quiet)
    untouched = Verdict(Outcome(shown, state.CLEAN, left_out if says else ""))
    verdict = untouched if left_out else _judged(shown, raw, job, accepted)
    outcome = verdict.outcome._replace(sha256=digest(raw) if verdict.outcome.findings else "")
    if fix and verdict.data is not None:
        outcome = outcome._replace(status=state.FIXED)
    summary = Summary()
    summary.add(outcome)
    output = Output()
    if not fix:
        report = report_of(options, output, os.getcwd())
        report.add(outcome)
        report.finish(summary)
        if options.statistics and options.format == "text":
            output.write(summary.statistics())
    elif outcome.status not in state.TROUBLE:
        output.write_bytes(raw if verdict.data is None else verdict.data)
    output.check()
    if options.log is not None:
        _write_log(options.log, outcome, fix=fix)
    if outcome.message or outcome.status in state.SKIPPED:
        message(f"{shown}: {outcome.message or outcome.status}")
    return summary.exit_code(fix=fix, non_zero_on_fix=getattr(options, "exit_non_zero_on_fix", False))


def _place(options: argparse.Namespace) -> str:
    return os.path.abspath(options.stdin_filename or "stdin")


def _job(options: argparse.Namespace, settings: Settings, *, fix: bool) -> tuple[Job, str]:
    """What to do with the text, and why it is left out, if it is."""
    name, named = _place(options), bool(options.stdin_filename)
    patterns = settings.patterns
    kind = patterns.kind(name) or (kind_of(name) if named else None) or "text"
    fields = patterns.fields(name)
    job = Job(
        with_ignored(settings.config, patterns.ignored(name) if named else ()),
        kind,
        fields,
        fix=fix,
        diff=options.diff,
        max_bytes=settings.max_bytes,
        detected=settings.detected,
        to=settings.to,
    )
    if named and patterns.excluded(name):
        return job, "left out: the configuration excludes it"
    return job, NO_FIELDS if lacks_fields(kind, fields) else ""


def _accepted(options: argparse.Namespace, settings: Settings) -> Counter[Key] | None:
    """What the baseline accepts in the file that standard input stands for."""
    if settings.baseline is None or not options.stdin_filename:
        return None
    from normalizer.batch.baseline import Baseline

    return Baseline.load(settings.baseline).of_file(os.path.realpath(_place(options)))


def _write_log(path: str, outcome: Outcome, *, fix: bool) -> None:
    from normalizer.reports.jsonl import EditLogFile

    log = EditLogFile(path)
    if not fix or outcome.status == state.FIXED:
        log.add(outcome)
    log.close()


def _read(limit: int | None) -> bytes:
    if sys.stdin is None:  # as a shell's <&- makes it
        raise ConfigError("standard input is closed: name files, or pipe a text in")
    return sys.stdin.buffer.read() if limit is None else sys.stdin.buffer.read(limit + 1)


def _judged(shown: str, raw: bytes, job: Job, accepted: Counter[Key] | None) -> Verdict:
    if job.max_bytes is not None and len(raw) > job.max_bytes:
        return Verdict(
            Outcome(shown, state.REFUSED, f"more than {job.max_bytes} bytes: raise the limit with --max-bytes")
        )
    try:
        return judge_bytes(shown, raw, job, accepted)
    except UnsafeWriteError as error:
        return Verdict(Outcome(shown, state.REFUSED, str(error)))
