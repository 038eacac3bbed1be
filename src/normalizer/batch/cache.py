"""What is known of files since the last run: a stat tells that nothing changed, a hash that nothing did inside.

One JSON file a repository (or working folder) in the user's cache folder; safe to delete at any time. An
entry holds for one state of a file (size, times, inode) under one configuration; all entries hold for
one fingerprint of package, tables and libraries.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

from normalizer._version import __version__
from normalizer.batch.job import Job, digest
from normalizer.batch.outcome import BINARY, CHANGED, CLEAN, EMPTY, Finding, Outcome

_FORMAT = 1
_SHORT = 16  # hexadecimal digits of a configuration's digest; enough to tell a few apart
_DAYS_KEPT = 30
_SECONDS_A_DAY = 86_400
# A file written again within one tick of its clock looks unchanged: such a young entry is not trusted.
_TICK_NS = 20_000_000
_COARSE_TICK_NS = 2_000_000_000  # FAT, and what stands for it: times in whole (two) seconds
_REMEMBERED = frozenset({CLEAN, CHANGED, EMPTY, BINARY})
_ITEMS = 9

Entry = list[Any]  # [stamp, configuration, sha256, day, findings or None, status, codec, how, message]


class Cache:
    """Outcomes by path. ``Cache(None)`` knows nothing and keeps nothing."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self._entries: dict[str, Entry] = {}
        self._dirty = False
        self._day = int(time.time()) // _SECONDS_A_DAY
        self._stamp = ""
        self._fingerprint = ""
        if path is not None:
            self._load(path)

    def _load(self, path: str) -> None:
        import json

        self._stamp = _installation()
        document: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError), open(path, encoding="ascii") as file:
            loaded = json.load(file)
            document = loaded if isinstance(loaded, dict) and loaded.get("format") == _FORMAT else {}
        self._fingerprint = document.get("fingerprint", "")
        if document.get("installation") != self._stamp:
            self._dirty = True
            now = _fingerprint()
            if now != self._fingerprint:
                self._fingerprint, document = now, {}
        entries = document.get("entries", {})
        self._entries = entries if isinstance(entries, dict) and all(map(_is_sound, entries.values())) else {}

    def get(self, shown: str, real: str, state: os.stat_result, configuration: str) -> Outcome | None:
        """The outcome of the file at ``real`` if it is as it was under the same configuration."""
        entry = self._entries.get(real)
        if (
            entry is None
            or entry[1] != configuration
            or entry[0] != [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
        ):
            return None
        if self._day - entry[3] >= 1:
            entry[3], self._dirty = self._day, True
        if entry[5] == CLEAN and not entry[8]:
            return Outcome(shown, CLEAN)
        findings = tuple(Finding._make((*row[:4], tuple(row[4]), *row[5:])) for row in entry[4] or ())
        return Outcome(shown, entry[5], entry[8], findings, entry[6], entry[7], entry[2])

    def clean_contents(self, configuration: str) -> frozenset[str] | None:
        """The sha256 of contents that are clean under that configuration; ``None`` where nothing is kept."""
        if self.path is None:
            return None
        return frozenset(
            entry[2]
            for entry in self._entries.values()
            if entry[1] == configuration and entry[5] == CLEAN and not entry[8]
        )

    def put(self, real: str, outcome: Outcome, configuration: str) -> None:
        """Remember an outcome; of a file so young that it could change unseen, only for its content."""
        status = CLEAN if outcome.status == "fixed" else outcome.status
        if self.path is None or status not in _REMEMBERED or not outcome.stamp:
            return
        stamp = [] if _is_young(outcome.stamp) else list(outcome.stamp)
        findings = [list(item) for item in outcome.findings] if status == CHANGED else None
        message = "" if status != outcome.status else outcome.message
        sha256 = outcome.written or outcome.sha256
        self._entries[real] = [
            stamp, configuration, sha256, self._day, findings, status, outcome.codec, outcome.how,
            message,
        ]  # fmt: skip
        self._dirty = True

    def save(self) -> None:
        """Write what is known, whole or not at all; a folder that cannot be written is no error."""
        if self.path is None or not self._dirty:
            return
        import json

        kept = {path: entry for path, entry in self._entries.items() if self._day - entry[3] < _DAYS_KEPT}
        document = {
            "format": _FORMAT,
            "installation": self._stamp,
            "fingerprint": self._fingerprint,
            "entries": kept,
        }
        temporary = f"{self.path}.{os.getpid()}.tmp"
        with contextlib.suppress(OSError):
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            with open(temporary, "w", encoding="ascii") as file:
                file.write(json.dumps(document, separators=(",", ":")))
            os.replace(temporary, self.path)


def cache_file(folder: str, cache_folder: str | None = None) -> str:
    """Where the cache of runs in ``folder`` (a repository's root, or the working folder) is kept."""
    base = cache_folder or os.environ.get("NEWSNORM_CACHE_DIR")
    if not base:
        home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
        base = os.path.join(home, "newsnorm")
    return os.path.join(base, f"{digest(os.fsencode(folder))[:32]}.json")


def configuration_of(job: Job) -> str:
    """What of ``job`` decides an outcome, as one word; overlays and packs by their state."""
    files = []
    for path in (*job.config.tables, *job.config.packs):
        with contextlib.suppress(OSError):
            state = os.stat(path)
            files.append((path, state.st_size, state.st_mtime_ns, state.st_ino))
    parts = (repr(job.config), job.kind, job.fields, job.to if job.fix else None, files)
    return digest(repr(parts).encode("utf-8", "surrogatepass"))[:_SHORT]


def _is_sound(entry: object) -> bool:
    """Whether an entry has the form that :meth:`Cache.put` gives it; others may have been at the file."""
    if type(entry) is not list or len(entry) != _ITEMS:
        return False
    stamp, configuration, sha256, day, findings, *words = entry
    return (
        type(stamp) is list
        and type(day) is int
        and type(configuration) is type(sha256) is str
        and all(type(word) is str for word in words)
        and (findings is None or (type(findings) is list and all(map(_is_finding, findings))))
    )


def _is_finding(row: object) -> bool:
    return type(row) is list and len(row) == len(Finding._fields) and type(row[4]) is list


def _is_young(stamp: tuple[int, ...]) -> bool:
    written = max(stamp[1], stamp[2])
    tick = _COARSE_TICK_NS if stamp[1] % 1_000_000_000 == 0 else _TICK_NS
    return time.time_ns() - written < tick


def _fingerprint() -> str:
    from normalizer.api import fingerprint

    code = [_content(path) for path in _files() if path.endswith(".py")]
    return digest("\n".join([fingerprint(), *code]).encode())


def _content(path: str) -> str:
    with open(path, "rb") as file:
        return digest(file.read())


def _installation() -> str:
    """Cheap evidence that the same fingerprint would come out again: states of files and folders.

    An upgraded library renames its metadata, so the folder that it stands in changes.
    """
    parts = [__version__, sys.version]
    for path in (*_files(), *filter(os.path.isdir, sys.path)):
        state = os.stat(path)
        parts.append(f"{path}:{state.st_mtime_ns}:{state.st_size if path not in sys.path else 0}")
    return digest("\n".join(parts).encode("utf-8", "surrogatepass"))


def _files() -> Iterator[str]:
    waiting = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                else:
                    yield entry.path
