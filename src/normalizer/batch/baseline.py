"""Baselines: findings that are accepted, told by rule, path and quoted text, never by line number."""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from normalizer.errors import ConfigError

if TYPE_CHECKING:
    from normalizer.batch.outcome import Finding
    from normalizer.edits import Edit

Key = tuple[str, str]
"""The rules of a finding, joined by ``+``, and the text that it would change."""

_FORMAT = 1


class Baseline:
    """The accepted findings of each file, seen from the folder that the baseline stands in."""

    def __init__(self, path: str, entries: dict[str, Counter[Key]]) -> None:
        self.path = path
        self.entries = entries
        self._folder = os.path.dirname(os.path.realpath(path))

    @classmethod
    def load(cls, path: str) -> Baseline:
        """Read a baseline. Raises :class:`ConfigError` when it cannot be read."""
        try:
            with open(path, encoding="utf-8") as file:
                document = json.load(file)
            entries: dict[str, Counter[Key]] = {}
            for name, accepted in document["files"].items():
                entries[name] = Counter({(item["rule"], item["text"]): int(item.get("times", 1)) for item in accepted})
        except OSError as error:
            raise ConfigError(
                f"{path}: the baseline cannot be read ({error.strerror}): make it with --write-baseline"
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(f"{path}: not a baseline ({error!r}): make it anew with --write-baseline") from error
        return cls(path, entries)

    def name_of(self, real: str) -> str:
        """The name under which the file at ``real`` stands in the baseline."""
        return os.path.relpath(real, self._folder).replace(os.sep, "/")

    def of_file(self, real: str) -> Counter[Key] | None:
        """What is accepted in the file at ``real``."""
        return self.entries.get(self.name_of(real))

    def gone(self) -> list[str]:
        """The names of files with entries that do not exist any more."""
        return [name for name in self.entries if not os.path.lexists(os.path.join(self._folder, name))]


def without(edits: Sequence[Edit], accepted: Counter[Key]) -> tuple[tuple[Edit, ...], tuple[Key, ...]]:
    """The edits that are not ``accepted``, and the entries that no edit asked for any more.

    An entry holds for as many edits as it counts.
    """
    left = Counter(accepted)
    kept = []
    for change in edits:
        key = ("+".join(change.rules), change.before)
        if left[key] > 0:
            left[key] -= 1
        else:
            kept.append(change)
    return tuple(kept), tuple(sorted(key for key, times in left.items() if times > 0))


def write(path: str, findings: Iterable[tuple[str, Sequence[Finding]]]) -> int:
    """Write a baseline of the findings of files (by their real paths); how many there are."""
    baseline = Baseline(path, {})
    files: dict[str, list[dict[str, object]]] = {}
    total = 0
    for real, found in findings:
        counts = Counter((item.rule, item.before) for item in found)
        total += len(found)
        if counts:
            files[baseline.name_of(real)] = [
                {"rule": rule, "text": text, "times": times} for (rule, text), times in sorted(counts.items())
            ]
    document = {"format": _FORMAT, "files": dict(sorted(files.items()))}
    _replace(path, json.dumps(document, indent=1) + "\n")
    return total


def _replace(path: str, text: str) -> None:
    """Write a file whole or not at all. Raises :class:`ConfigError`, the old file untouched."""
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "w", encoding="ascii") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise ConfigError(f"{path}: the baseline cannot be written ({error.strerror}): it is as it was") from error
