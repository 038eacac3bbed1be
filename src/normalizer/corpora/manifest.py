"""The manifest: what stands in an output folder, and the proof that it is whole.

In flow tasks and the files of earlier runs. Out flow the reports of shards that need not be made
again, because the key of their input, the fingerprint and the checksum of every file agree.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from normalizer.corpora.inputs import RUN
from normalizer.corpora.shards import ShardReport
from normalizer.corpora.sinks import TEMPORARY, write_whole
from normalizer.corpora.splice import dumps
from normalizer.corpora.tasks import ShardTask
from normalizer.errors import ConfigError

SUCCESS = "_SUCCESS"
SUMMARY = "_manifest.json"
SHARDS = "_manifest"


@contextlib.contextmanager
def claimed(folder: Path, inputs: Iterable[str], fingerprint: str) -> Iterator[None]:
    """Hold ``folder`` for one run, made if need be; what a killed run left half-done is swept.

    Raises :class:`ConfigError` when another run holds it, when it holds anything that no run wrote, or
    a run over other inputs.
    """
    names = sorted(inputs)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        _check_folder(folder, set(names))
        shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
        try:
            write_whole(folder, RUN, dumps({"inputs": names, "fingerprint": fingerprint}) + b"\n")
            yield
        finally:
            shutil.rmtree(folder / TEMPORARY, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows: two runs into one folder are the user's to avoid
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConfigError(f"{folder}: another run writes into this folder; wait for it or name another") from error
        yield
    finally:
        os.close(descriptor)


def _check_folder(folder: Path, inputs: set[str]) -> None:
    earlier = _json(folder / RUN)
    if earlier is None:
        found = sorted(entry.name for entry in folder.iterdir() if entry.name != TEMPORARY)
        if found:
            raise ConfigError(f"{folder} holds {found[0]!r}, which no run wrote: name an empty or a new folder")
        return
    gone = sorted(set(earlier.get("inputs", [])) - inputs)
    if gone:
        raise ConfigError(f"{folder} holds a run over other inputs ({gone[0]}, ...): name another folder")


def standing(task: ShardTask) -> ShardReport | None:
    """The report of the shard of ``task`` if it stands whole; otherwise what stands in its place is removed."""
    report = read_report(task.folder / task.manifest_name)
    if report is None:
        return None
    if (report.key, report.fingerprint) == (task.key, task.fingerprint) and not report.is_quarantined:
        expected = {task.file_name, task.edits_name}
        if expected == report.files.keys() and all(_is_whole(task.folder, *item) for item in report.files.items()):
            return report
    withdraw(task.folder, task.manifest_name, report)
    return None


def read_report(path: Path) -> ShardReport | None:
    """The report of a manifest, nothing if there is none that can be read."""
    found = _json(path)
    try:
        return ShardReport(**found) if found is not None else None
    except TypeError:
        return None


def _json(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _is_whole(folder: Path, name: str, about: dict[str, object]) -> bool:
    path = folder / name
    try:
        if path.stat().st_size != about["bytes"]:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == about["sha256"]
    except FileNotFoundError:
        return False


def withdraw(folder: Path, manifest: str, report: ShardReport) -> None:
    """Remove a shard that is not wanted: first what vouches for it, then its files."""
    (folder / SUCCESS).unlink(missing_ok=True)
    (folder / manifest).unlink(missing_ok=True)
    for name in report.files:
        target = folder / name
        if target.resolve().is_relative_to(folder.resolve()):
            target.unlink(missing_ok=True)


def withdraw_others(folder: Path, wanted: set[str]) -> None:
    """Remove the shards of earlier runs that this one does not make, since an input shrank."""
    for path in sorted((folder / SHARDS).rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        if name not in wanted:
            report = read_report(path)
            if report is not None:
                withdraw(folder, name, report)


def finish(folder: Path, summary: dict[str, object], *, complete: bool) -> None:
    """Write the summary and, if every record is accounted for, ``_SUCCESS`` as the last file."""
    write_whole(folder, SUMMARY, dumps(summary) + b"\n")
    if complete:
        write_whole(folder, SUCCESS, b"")
