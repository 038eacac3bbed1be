"""The report for people: a line an edit, in colour on a terminal; or the differences."""

from __future__ import annotations

from normalizer.batch.outcome import Finding, Outcome
from normalizer.reports.output import Output, quoted, safe
from normalizer.reports.summary import Summary

_BOLD, _CYAN, _RED, _GREEN, _DIM, _RESET = "\x1b[1m", "\x1b[36m", "\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[0m"
_DIFF_COLOURS = {"+": _GREEN, "-": _RED, "@": _CYAN}


class TextReport:
    """``path:line:column: rule "before" → "after" (detail)``."""

    def __init__(self, output: Output, *, diff: bool = False, colour: bool = False) -> None:
        self._output = output
        self._diff = diff
        self._colour = colour

    def add(self, outcome: Outcome) -> None:
        """Report one file."""
        if self._diff:
            self._output.write(self._coloured_diff(outcome.diff) if self._colour else outcome.diff)
            return
        for finding in outcome.findings:
            self._output.write(self._line(outcome.path, finding))

    def finish(self, summary: Summary) -> None:
        """Nothing: the sum goes to standard error."""

    def _line(self, path: str, finding: Finding) -> str:
        place = self._in(_BOLD, f"{safe(path)}:{finding.line}:{finding.column}:")
        change = self._in(_RED, quoted(finding.before))
        change += f" → {self._in(_GREEN, quoted(finding.after))}" if finding.after else " → nothing"
        detail = self._in(_DIM, f" ({safe(finding.detail)})") if finding.detail else ""
        return f"{place} {self._in(_CYAN, finding.rule)} {change}{detail}\n"

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_RESET}" if self._colour else text

    def _coloured_diff(self, diff: str) -> str:
        lines = (
            f"{colour}{line}{_RESET}" if (colour := _DIFF_COLOURS.get(line[:1])) else line for line in diff.split("\n")
        )
        return "\n".join(lines)
