"""The reports for programs: one JSON document, or one JSON line an edit; and the log, which is the latter."""

from __future__ import annotations

import json
from typing import Any

from normalizer.batch.outcome import CLEAN, Finding, Outcome
from normalizer.reports.output import Output, OutputError
from normalizer.reports.summary import Summary


def dumped(value: Any) -> str:
    """``value`` as compact JSON in valid Unicode; lone surrogates are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def edit_record(outcome: Outcome, finding: Finding) -> dict[str, Any]:
    """An edit in the log's schema. ``sha256`` is that of the file before the edit."""
    return {"file": outcome.path, "sha256": outcome.sha256, **finding.as_dict()}


class JsonReport:
    """One document: ``{"files": [...], "summary": {...}}``. Clean files are only counted."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._separator = '{"files":[\n'

    def add(self, outcome: Outcome) -> None:
        """Report one file."""
        if outcome.status == CLEAN and not outcome.message:
            return
        record = {
            "file": outcome.path,
            "status": outcome.status,
            "message": outcome.message,
            "encoding": outcome.codec,
            "edits": [edit_record(outcome, finding) for finding in outcome.findings],
        }
        self._output.write(self._separator + dumped(record))
        self._separator = ",\n"

    def finish(self, summary: Summary) -> None:
        """Close the document."""
        start = self._separator if self._separator != ",\n" else ""
        self._output.write(f'{start}\n],"summary":{dumped(summary.as_dict())}}}\n')


class JsonLinesReport:
    """One line an edit; one line with ``status`` and ``message`` for a file that made trouble."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def add(self, outcome: Outcome) -> None:
        """Report one file."""
        for finding in outcome.findings:
            self._output.write(dumped(edit_record(outcome, finding)) + "\n")
        if outcome.message:
            record = {"file": outcome.path, "status": outcome.status, "message": outcome.message}
            self._output.write(dumped(record) + "\n")

    def finish(self, summary: Summary) -> None:
        """Nothing: every line stands by itself."""


class EditLogFile:
    """A file of edits, one JSON line each, complete after every file of the run.

    Nothing is buffered, so that a run that is killed has logged what it did.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file = open(path, "wb", buffering=0)  # noqa: SIM115 - closed by close()

    def add(self, outcome: Outcome) -> None:
        """Log the edits of one file. Raises :class:`OutputError` when they cannot be written."""
        lines = [dumped(edit_record(outcome, finding)) + "\n" for finding in outcome.findings]
        left = memoryview("".join(lines).encode())
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise OutputError(f"{self._path}: the log cannot be written: {error.strerror}: stopped here") from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()
