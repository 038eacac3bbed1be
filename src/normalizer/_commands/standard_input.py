"""``newsnorm check -`` and ``newsnorm fix -``: one document through standard input."""

from __future__ import annotations

import argparse
import os
import sys

from normalizer._commands.options import resolver_of
from normalizer.batch import outcome as state
from normalizer.batch.atomic import UnsafeWriteError
from normalizer.batch.formats import kind_of
from normalizer.batch.job import Job, digest
from normalizer.batch.judge import Verdict, judge_bytes
from normalizer.batch.outcome import Outcome
from normalizer.batch.run import with_ignored
from normalizer.errors import ConfigError
from normalizer.reports import report_of
from normalizer.reports.output import Output, message
from normalizer.reports.summary import Summary

_SHOWN = "<stdin>"


def run_stdin(options: argparse.Namespace) -> int:
    """Judge standard input; ``fix`` writes the result to standard output. The exit code."""
    fix = options.command == "fix"
    if fix and options.diff:
        raise ConfigError("fix - writes the text to standard output: for the differences use check --diff -")
    job, excluded = _job(options, fix=fix)
    raw = _read(job.max_bytes)
    shown = options.stdin_filename or _SHOWN
    verdict = Verdict(Outcome(shown, state.CLEAN)) if excluded else _judged(shown, raw, job)
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
    if outcome.message or outcome.status in state.SKIPPED:
        message(f"{shown}: {outcome.message or outcome.status}")
    return summary.exit_code(fix=fix, non_zero_on_fix=getattr(options, "exit_non_zero_on_fix", False))


def _job(options: argparse.Namespace, *, fix: bool) -> tuple[Job, bool]:
    name = os.path.abspath(options.stdin_filename or "stdin")
    settings = resolver_of(options).of_folder(os.path.dirname(name))
    patterns = settings.patterns
    kind = patterns.kind(name) or (kind_of(name) if options.stdin_filename else None) or "text"
    job = Job(
        with_ignored(settings.config, patterns.ignored(name) if options.stdin_filename else ()),
        kind,
        patterns.fields(name),
        fix=fix,
        diff=options.diff,
        max_bytes=settings.max_bytes,
        detected=settings.detected,
        to=settings.to,
    )
    return job, bool(options.stdin_filename) and patterns.excluded(name)


def _read(limit: int | None) -> bytes:
    if sys.stdin is None:  # as a shell's <&- makes it
        raise ConfigError("standard input is closed: name files, or pipe a text in")
    return sys.stdin.buffer.read() if limit is None else sys.stdin.buffer.read(limit + 1)


def _judged(shown: str, raw: bytes, job: Job) -> Verdict:
    if job.max_bytes is not None and len(raw) > job.max_bytes:
        return Verdict(
            Outcome(shown, state.REFUSED, f"more than {job.max_bytes} bytes: raise the limit with --max-bytes")
        )
    try:
        return judge_bytes(shown, raw, job)
    except UnsafeWriteError as error:
        return Verdict(Outcome(shown, state.REFUSED, str(error)))
