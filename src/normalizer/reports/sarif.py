"""SARIF 2.1.0 (OASIS Standard), for code hosts and editors; each result carries its fix."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from typing import Any
from urllib.parse import quote_from_bytes

from normalizer._version import __version__
from normalizer.batch import outcome as state
from normalizer.batch.outcome import Finding, Outcome
from normalizer.reports.output import Output, quoted
from normalizer.reports.summary import FAULT, TROUBLE, Summary

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class SarifReport:
    """One log of one run, written at the end. Lines may end at CR, columns are code points."""

    def __init__(self, output: Output, folder: str) -> None:
        self._output = output
        self._folder = folder
        self._results: list[dict[str, Any]] = []
        self._notifications: list[dict[str, Any]] = []
        self._rules: dict[str, int] = {}
        self._seen: Counter[tuple[str, str, str, str]] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Report one file."""
        location = {"uri": self._uri(outcome.path)}
        if not os.path.isabs(outcome.path):
            location["uriBaseId"] = "ROOT"
        self._results += [self._result(outcome, finding, location) for finding in outcome.findings]
        if outcome.message:
            level = "note" if outcome.status not in state.TROUBLE | {state.FAULT} else "error"
            self._notifications.append(
                {
                    "level": level,
                    "message": {"text": outcome.message},
                    "locations": [{"physicalLocation": {"artifactLocation": location}}],
                }
            )

    def finish(self, summary: Summary) -> None:
        """Write the log."""
        code = summary.exit_code(fix=False)
        invocation = {"executionSuccessful": code not in (TROUBLE, FAULT)}
        run = {
            "tool": {"driver": {"name": "newsnorm", "version": __version__, "rules": self._descriptors()}},
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {"ROOT": {"uri": f"file://{_path(self._folder.rstrip('/'))}/"}},
            "invocations": [{**invocation, "toolExecutionNotifications": self._notifications}],
            "results": self._results,
        }
        document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        self._output.write(json.dumps(document, indent=1) + "\n")

    def _result(self, outcome: Outcome, finding: Finding, location: dict[str, str]) -> dict[str, Any]:
        after = quoted(finding.after) if finding.after else "nothing"
        text = f"{quoted(finding.before)} → {after}"
        region = _region(finding)
        fixed = outcome.status == state.FIXED
        replacement: dict[str, Any] = {
            "deletedRegion": {"charOffset": finding.start, "charLength": len(finding.before)}
        }
        if finding.after:
            replacement["insertedContent"] = {"text": finding.after}
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": self._rules.setdefault(finding.rule, len(self._rules)),
            "level": "note" if fixed else "warning",
            "message": {"text": f"{text} ({finding.detail})" if finding.detail else text},
            "locations": [{"physicalLocation": {"artifactLocation": location, "region": region}}],
            "partialFingerprints": {"quotedText/v1": self._fingerprint(outcome.path, finding)},
            "properties": {"sha256": outcome.sha256, **finding.as_dict()},
        }
        if not fixed:
            change = {"artifactLocation": location, "replacements": [replacement]}
            result["fixes"] = [{"description": {"text": text}, "artifactChanges": [change]}]
        return result

    def _fingerprint(self, path: str, finding: Finding) -> str:
        """The same for the same text in the same file, wherever it moves; occurrences are counted."""
        key = (path, finding.rule, finding.before, finding.after)
        self._seen[key] += 1
        return hashlib.sha256(repr((*key, self._seen[key])).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _descriptors(self) -> list[dict[str, Any]]:
        from normalizer.rules import all_rules

        catalogue = {rule.id: rule for rule in all_rules()}
        made = []
        for name in self._rules:
            rules = [catalogue[part] for part in name.split("+") if part in catalogue]
            made.append(
                {
                    "id": name,
                    "shortDescription": {"text": " ".join(rule.summary for rule in rules) or name},
                    "fullDescription": {"text": " ".join(rule.rationale for rule in rules) or name},
                }
            )
        return made

    def _uri(self, path: str) -> str:
        return f"file://{_path(path)}" if os.path.isabs(path) else _path(path)


def _path(path: str) -> str:
    return quote_from_bytes(os.fsencode(path.replace(os.sep, "/")), safe="/")


def _region(finding: Finding) -> dict[str, Any]:
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }
