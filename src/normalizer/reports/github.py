"""Annotations for GitHub Actions: workflow commands, one an edit or a file that made trouble."""

from __future__ import annotations

from normalizer.batch import outcome as state
from normalizer.batch.outcome import Outcome
from normalizer.reports.output import Output, quoted
from normalizer.reports.summary import Summary


class GithubReport:
    """``::warning file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message``."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def add(self, outcome: Outcome) -> None:
        """Report one file."""
        for finding in outcome.findings:
            places = {
                "file": outcome.path,
                "line": finding.line,
                "col": finding.column,
                "endLine": finding.end_line,
                "endColumn": finding.end_column,
                "title": f"newsnorm {finding.rule}",
            }
            after = quoted(finding.after) if finding.after else "nothing"
            self._write(
                "notice" if outcome.status == state.FIXED else "warning", places, f"{quoted(finding.before)} → {after}"
            )
        if outcome.status in state.TROUBLE or outcome.status == state.FAULT:
            self._write("error", {"file": outcome.path}, outcome.message)

    def finish(self, summary: Summary) -> None:
        """Nothing: every line stands by itself."""

    def _write(self, level: str, places: dict[str, object], message: str) -> None:
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
        self._output.write(f"::{level} {properties}::{_data(message)}\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
