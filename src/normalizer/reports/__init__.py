"""What a run says: for people, for programs, for code hosts; each report is fed outcome by outcome."""

from __future__ import annotations

import argparse
import sys
from typing import Protocol

from normalizer.batch.outcome import Outcome
from normalizer.reports.output import Output, coloured
from normalizer.reports.summary import Summary


class Report(Protocol):
    """What every report can do."""

    def add(self, outcome: Outcome) -> None:
        """Report one file."""

    def finish(self, summary: Summary) -> None:
        """Report the end."""


def report_of(options: argparse.Namespace, output: Output, folder: str) -> Report:
    """The report that ``options`` ask for; its paths are seen from ``folder``."""
    name = options.format
    if name == "json":
        from normalizer.reports.jsonl import JsonReport

        return JsonReport(output)
    if name == "jsonl":
        from normalizer.reports.jsonl import JsonLinesReport

        return JsonLinesReport(output)
    if name == "github":
        from normalizer.reports.github import GithubReport

        return GithubReport(output)
    if name == "sarif":
        from normalizer.reports.sarif import SarifReport

        return SarifReport(output, folder)
    from normalizer.reports.text import TextReport

    return TextReport(output, diff=options.diff, colour=coloured(options.color, sys.stdout))
