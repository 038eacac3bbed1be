"""``newsnorm check`` and ``newsnorm fix``."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from normalizer._commands.options import resolver_of
from normalizer.batch import outcome as state
from normalizer.batch.cache import Cache, cache_file
from normalizer.batch.discover import Discovery
from normalizer.batch.outcome import Outcome
from normalizer.batch.run import Mode, outcomes
from normalizer.batch.tree import repository
from normalizer.errors import ConfigError
from normalizer.reports import Report, report_of
from normalizer.reports.output import Output, message, safe
from normalizer.reports.progress import progress_of
from normalizer.reports.summary import TROUBLE, Summary

if TYPE_CHECKING:
    from normalizer.batch.baseline import Baseline
    from normalizer.reports.jsonl import EditLogFile

_TERMINATED = 143
_LOUD = state.TROUBLE | {state.FAULT}


def run(options: argparse.Namespace) -> int:
    """Check or fix what the command line names; the exit code."""
    with suppress(ValueError):  # in a thread of another program the signal is not ours
        signal.signal(signal.SIGTERM, _leave)
    if options.diff and options.format != "text":
        raise ConfigError(f"--diff is for people, --format {options.format} for programs: choose one")
    if "-" in options.paths:
        if options.paths != ["-"] or options.files_from:
            raise ConfigError("- (standard input) stands alone: name files in another run")
        from normalizer._commands.standard_input import run_stdin

        return run_stdin(options)
    return _Run(options).all()


class _Run:
    """One run over files."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.fix = options.command == "fix"
        self.write_baseline: str | None = getattr(options, "write_baseline", None)
        self.resolver = resolver_of(options)
        self.found: list[tuple[str, Outcome]] = []

    def all(self) -> int:
        options = self.options
        discovery = Discovery(self.resolver, use_git=not options.no_git)
        discovery.add_all(self._paths())
        if options.verbose:
            for path, note in discovery.notes:
                message(f"{path}: {note}")
        self._check_own_files(discovery)
        baselines = self._baselines(discovery)
        cache = Cache(None if options.no_cache else _cache_path(options))
        summary = Summary(discovery.skipped)
        output = Output()
        report = report_of(options, output, os.getcwd())
        if self.fix:
            self._sweep(discovery)
        with ExitStack() as stack:
            log = self._log(stack)
            mode = Mode(self.fix, options.diff, self._workers(discovery))
            results = outcomes(discovery.files, mode, cache, baselines)
            stack.callback(results.close)
            progress = progress_of(options, len(discovery.files))
            output.before_writing = progress.hide
            stack.callback(progress.hide)
            for found, outcome in zip(discovery.files, results, strict=True):
                if outcome.message or outcome.stale:
                    progress.hide()
                self._take(outcome, found.real, found.named, summary, report, log)
                progress.step()
                if output.closed and not self.fix:
                    break
        report.finish(summary)
        for baseline in baselines.values() if not options.quiet else ():
            for name in baseline.gone():
                message(f"{baseline.path}: stale: {name} is gone: write it again")
        return self._end(discovery, summary, output)

    def _check_own_files(self, discovery: Discovery) -> None:
        """Raises :class:`ConfigError` when what is to be written is one of the files to be judged."""
        for path in filter(None, (self.options.log, self.write_baseline)):
            real = os.path.realpath(path)
            if any(found.real == real for found in discovery.files):
                raise ConfigError(f"{path}: is one of the files to be judged, and would be overwritten: name another")

    def _paths(self) -> list[str]:
        options = self.options
        paths = list(options.paths)
        if options.files_from:
            paths += _paths_from(options.files_from)
        elif not paths:
            raise ConfigError("nothing named: give files, folders or - for standard input")
        return paths

    def _baselines(self, discovery: Discovery) -> dict[str | None, Baseline]:
        if self.write_baseline is not None:
            return {}
        named = {found.settings.baseline for found in discovery.files} - {None}
        if not named:
            return {}
        from normalizer.batch.baseline import Baseline

        return {path: Baseline.load(path) for path in sorted(filter(None, named))}

    def _workers(self, discovery: Discovery) -> int:
        return max((found.settings.workers for found in discovery.files), default=0)

    def _sweep(self, discovery: Discovery) -> None:
        from normalizer.batch.atomic import sweep

        folders = {os.path.dirname(found.real) for found in discovery.files} | discovery.temporary
        removed = sum(sweep(folder) for folder in sorted(folders))
        if removed and self.options.verbose:
            message(f"took away {removed} temporary files of interrupted runs")

    def _log(self, stack: ExitStack) -> EditLogFile | None:
        if self.options.log is None:
            return None
        from normalizer.reports.jsonl import EditLogFile

        log = EditLogFile(self.options.log)
        stack.callback(log.close)
        return log

    def _take(
        self, outcome: Outcome, real: str, named: bool, summary: Summary, report: Report, log: EditLogFile | None
    ) -> None:
        summary.add(outcome)
        if self.write_baseline is not None:
            self.found.append((real, outcome))
            return
        report.add(outcome)
        if log is not None and not (self.fix and outcome.status != state.FIXED):
            log.add(outcome)
        self._say(outcome, named=named)

    def _say(self, outcome: Outcome, *, named: bool) -> None:
        quiet, verbose = self.options.quiet, self.options.verbose
        for rule, text in outcome.stale if not quiet else ():
            message(f"{outcome.path}: stale in the baseline: {rule} {safe(text)[:60]!r}: write it again")
        if outcome.status in _LOUD or (outcome.message and not quiet):
            message(f"{outcome.path}: {outcome.message}")
        elif outcome.status in state.SKIPPED and ((named and not quiet) or verbose):
            reason = "binary" if outcome.status == state.BINARY else "without text"
            message(f"{outcome.path}: skipped: {reason}")

    def _end(self, discovery: Discovery, summary: Summary, output: Output) -> int:
        options = self.options
        if self.write_baseline is not None:
            return self._written_baseline(summary)
        if options.statistics and options.format == "text":
            output.write(summary.statistics())
        output.check()
        if output.left and not self.fix:
            pass  # its reader has gone: how far we came is of no use
        elif not discovery.files and not options.quiet:
            message(f"no text to {options.command}: {summary.sentence()}")
        elif not options.quiet:
            message(summary.sentence())
        return summary.exit_code(fix=self.fix, non_zero_on_fix=getattr(options, "exit_non_zero_on_fix", False))

    def _written_baseline(self, summary: Summary) -> int:
        from normalizer.batch.baseline import write

        assert self.write_baseline is not None
        total = write(self.write_baseline, [(real, outcome.findings) for real, outcome in self.found])
        message(f"{self.write_baseline}: {total} findings are accepted from now on")
        code = summary.exit_code(fix=True)
        return code if code >= TROUBLE else 0


def _paths_from(name: str) -> list[str]:
    if name == "-":
        data = sys.stdin.buffer.read()
    else:
        with open(name, "rb") as file:
            data = file.read()
    separator = b"\0" if b"\0" in data else b"\n"
    return [os.fsdecode(line.removesuffix(b"\r")) for line in data.split(separator) if line.strip()]


def _cache_path(options: argparse.Namespace) -> str:
    here = os.getcwd()
    return cache_file(repository(here) or here, options.cache_dir)


def _leave(_signal: int, _frame: object) -> None:
    """End by an exception, so that temporary files are taken away."""
    raise SystemExit(_TERMINATED)
