"""The manifest: what stands in an output folder, and the proof that it is whole.

In flow tasks and the files of earlier runs. Out flow the reports of shards that need not be made
again, because the key of their input, the fingerprint and the checksum of every file agree.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from normalizer.corpora.inputs import RUN
from normalizer.corpora.naming import shard_stem
from normalizer.corpora.seals import sealed, unsealed
from normalizer.corpora.shards import ShardReport
from normalizer.corpora.sinks import TEMPORARY, write_whole
from normalizer.corpora.splice import dumps
from normalizer.corpora.tasks import OUTPUTS, ShardTask
from normalizer.errors import ConfigError

SUCCESS = "_SUCCESS"
SUMMARY = "_manifest.json"
SHARDS = "_manifest"
EDITS = "_edits"
# The files of a shard, below the folder of their kind.
_SHARD = re.compile(rf"(?P<stem>.+)-\d{{5,}}\.(?:json|{'|'.join(map(re.escape, OUTPUTS))})", re.DOTALL)
_OURS = {SUCCESS, SUMMARY, SHARDS, EDITS, RUN, TEMPORARY}


class Claim(NamedTuple):
    """What a run wants a folder for: the names of its inputs, its fingerprint, and its settings alone."""

    inputs: tuple[str, ...]
    fingerprint: str
    settings: str = ""


@contextlib.contextmanager
def claimed(folder: Path, claim: Claim) -> Iterator[None]:
    """Hold ``folder`` for one run, made if need be; what a killed run left half-done is swept.

    Raises :class:`ConfigError` when another run holds it, when it holds anything that no run wrote, a run
    over other inputs, or finished shards of a run with other settings, which this one would replace.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        _check_folder(folder, claim)
        shutil.rmtree(folder / TEMPORARY, ignore_errors=True)
        for name in (EDITS, SHARDS):
            if (folder / name).is_file():  # where only a folder of ours can be
                (folder / name).unlink()
        try:
            write_whole(folder, RUN, sealed({**claim._asdict(), "inputs": sorted(claim.inputs)}))
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


def _check_folder(folder: Path, claim: Claim) -> None:
    earlier = unsealed(folder / RUN) or _rebuilt(folder, claim)
    if earlier is None:
        return
    gone = sorted(set(earlier["inputs"]) - set(claim.inputs))
    if gone:
        raise ConfigError(f"{folder} holds a run over other inputs ({gone[0]}, ...): name another folder")
    shards = sum(1 for _ in _manifests(folder)) if earlier["settings"] != claim.settings else 0
    if shards:
        raise ConfigError(
            f"{folder} holds {shards} finished shards of a run with other settings (rules, columns, --sample, --to, "
            "sizes), which would be lost: name a new folder, repeat that run's settings, or remove the folder yourself"
        )


def _rebuilt(folder: Path, claim: Claim) -> dict[str, Any] | None:
    """What the run file would say, from the shards that are vouched for; nothing for an empty folder.

    Raises :class:`ConfigError` for a folder that no run wrote.
    """
    reports = [report for report in map(read_report, _manifests(folder)) if report is not None]
    strange = sorted(entry.name for entry in folder.iterdir() if entry.name not in _OURS)
    if strange and not reports and not (folder / RUN).exists():
        raise ConfigError(f"{folder} holds {strange[0]!r}, which no run wrote: name an empty or a new folder")
    same = all(report.fingerprint == claim.fingerprint for report in reports)
    inputs = sorted({report.input for report in reports})
    return {"inputs": inputs, "settings": claim.settings if same else None} if reports else None


def _manifests(folder: Path) -> Iterator[Path]:
    return (path for path in sorted((folder / SHARDS).rglob("*.json")) if path.is_file())


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
    """The report of a manifest, nothing if there is none that is as it was written."""
    found = unsealed(path)
    try:
        return ShardReport(**found) if found is not None else None
    except TypeError:  # of another version, with other fields
        return None


def _is_whole(folder: Path, name: str, about: dict[str, object]) -> bool:
    path = folder / name
    try:
        if path.stat().st_size != about["bytes"]:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == about["sha256"]
    except OSError:
        return False


def withdraw(folder: Path, manifest: str, report: ShardReport) -> None:
    """Remove a shard that is not wanted: first what vouches for it, then its files."""
    (folder / SUCCESS).unlink(missing_ok=True)
    (folder / manifest).unlink(missing_ok=True)
    for name in report.files:
        target = folder / name
        if target.resolve().is_relative_to(folder.resolve()):
            target.unlink(missing_ok=True)


def withdraw_others(folder: Path, inputs: Iterable[str], wanted: set[str]) -> None:
    """Remove the shards of ``inputs`` that stand and are not ``wanted``: an input shrank, or a run was killed.

    ``wanted`` are the names of all files that belong to the run. What else stands in the folder stays.
    """
    known = set(map(shard_stem, inputs))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found = _SHARD.fullmatch(name.removeprefix(f"{EDITS}/").removeprefix(f"{SHARDS}/"))
        if found and found["stem"] in known and name not in wanted and path.is_file():
            (folder / SUCCESS).unlink(missing_ok=True)
            path.unlink()


def finish(folder: Path, summary: dict[str, object], *, complete: bool) -> None:
    """Write the summary and, if every record is accounted for, ``_SUCCESS`` as the last file."""
    write_whole(folder, SUMMARY, dumps(summary) + b"\n")
    if complete:
        write_whole(folder, SUCCESS, b"")
