"""A run seen from its log: its edits counted by rule and file, some of each as examples.

In flow logs: JSON lines as ``--log``, ``--format jsonl`` and ``newsnorm run`` write them, or the output folder
of a run, whose own account (records, statuses, languages) is taken too. Out flows a :class:`Review`.
A log may be longer than memory: it is read line by line, and a few examples of each rule are kept.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

from normalizer.errors import ConfigError

EDITS, ACCOUNT = "_edits", "_manifest.json"
_COUNTED = ("statuses", "languages")
_NAMED = 10  # lines that are no edits are counted, the first ones named


class Review:
    """The sums of one or more logs.

    ``edits`` are counted by rule (``rules``; an edit of two rules counts for both) and by file (``files``);
    ``documents`` are files or records that an edit changed, ``documents_of`` the same by rule. ``examples``
    holds the first records of each rule. ``statuses`` and ``languages`` count records, where the logs tell.
    ``bad`` are the places of lines that are no edits, ``bad_lines`` their number.
    """

    def __init__(self, examples: int) -> None:
        self.edits = self.documents = self.records = self.bad_lines = 0
        self.rules: Counter[str] = Counter()
        self.documents_of: Counter[str] = Counter()
        self.files: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.examples: dict[str, list[dict[str, Any]]] = {}
        self.bad: list[str] = []
        self._most = examples
        self._document: tuple[object, object] | None = None
        self._rules_here: set[str] = set()

    def read(self, path: str) -> None:
        """Take in a log, or the folder of a run. Raises :class:`ConfigError` for a path that is neither."""
        if not os.path.isdir(path):
            self._read_log(path)
            return
        logs = sorted(_logs(os.path.join(path, EDITS)))
        account = os.path.join(path, ACCOUNT)
        if not logs and not os.path.isfile(account):
            raise ConfigError(
                f"{path}: not the folder of a run, there is no {EDITS} in it: name a log or such a folder"
            )
        for log in logs:
            self._read_log(log)
        if os.path.isfile(account):
            self._read_account(account)

    def _read_log(self, path: str) -> None:
        self._document = None
        try:
            with open(path, "rb") as file:
                for number, line in enumerate(file, 1):
                    if line.strip() and not self._take(line):
                        self._refuse(f"{path}:{number}: not an edit of a log")
        except FileNotFoundError as error:
            raise ConfigError(f"{path}: no such file or folder: check the spelling") from error

    def _take(self, line: bytes) -> bool:
        """Count one line; whether it could be understood."""
        try:
            record = json.loads(line)
        except ValueError:
            return False
        if not isinstance(record, dict) or not isinstance(record.get("file"), str):
            return False
        if isinstance(record.get("status"), str):
            self.statuses[record["status"]] += 1
            return True
        rules = record.get("rules")
        if not isinstance(rules, list) or not rules or not all(isinstance(rule, str) for rule in rules):
            return False
        if not isinstance(record.get("before"), str) or not isinstance(record.get("after"), str):
            return False
        self._count(record, rules)
        return True

    def _count(self, record: dict[str, Any], rules: list[str]) -> None:
        document = (record["file"], record.get("record"))
        if document != self._document:
            self._document, self._rules_here = document, set()
            self.documents += 1
        self.edits += 1
        self.files[record["file"]] += 1
        for rule in dict.fromkeys(rules):
            self.rules[rule] += 1
            if rule not in self._rules_here:
                self._rules_here.add(rule)
                self.documents_of[rule] += 1
            kept = self.examples.setdefault(rule, [])
            if len(kept) < self._most:
                kept.append(record)

    def _read_account(self, path: str) -> None:
        try:
            with open(path, "rb") as file:
                account = json.load(file)
            self.records += int(account["records"])
            for name in _COUNTED:
                getattr(self, name).update({str(key): int(count) for key, count in account.get(name, {}).items()})
        except (ValueError, KeyError, TypeError, AttributeError):
            self._refuse(f"{path}: not the account of a run")

    def _refuse(self, why: str) -> None:
        self.bad_lines += 1
        if len(self.bad) < _NAMED:
            self.bad.append(why)

    def top_files(self, most: int) -> list[tuple[str, int]]:
        """The files with the most edits."""
        return ordered(self.files)[:most]

    def as_dict(self, most: int) -> dict[str, Any]:
        """Plain values, ready for JSON; of the files the ``most`` edited."""
        return {
            "edits": self.edits,
            "documents": self.documents,
            "records": self.records or None,
            "statuses": dict(ordered(self.statuses)),
            "languages": dict(ordered(self.languages)),
            "rules": {
                rule: {"edits": count, "documents": self.documents_of[rule], "examples": self.examples[rule]}
                for rule, count in ordered(self.rules)
            },
            "files": dict(self.top_files(most)),
            "bad_lines": self.bad_lines,
        }


def ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    """Names and counts, the largest first, then by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def sentence(review: Review) -> str:
    """The sum in one line."""
    files, documents = len(review.files), review.documents
    where = f"{files:,} file{'s' * (files != 1)}"
    if documents != files:
        where = f"{documents:,} document{'s' * (documents != 1)} of {where}"
    return f"{review.edits:,} edit{'s' * (review.edits != 1)} in {where}"


def counted(counts: Counter[str]) -> str:
    """Counts in a line: ``en 12, uk 3``."""
    return ", ".join(f"{name} {count:,}" for name, count in ordered(counts))


def _logs(folder: str) -> Iterator[str]:
    for base, _, names in os.walk(folder):
        yield from (os.path.join(base, name) for name in names if name.endswith(".jsonl"))
