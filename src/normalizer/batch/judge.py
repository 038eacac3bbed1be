"""One file: read, normalized, compared, and for ``fix`` replaced.

In flows what discovery found. Out flows an :class:`Outcome`; whatever goes wrong with this file is in
it, so that the others are done all the same.
"""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from normalizer.batch import atomic, encoded
from normalizer.batch import outcome as state
from normalizer.batch.formats import STRUCTURED
from normalizer.batch.job import Job, config_of, digest, stamp_of
from normalizer.batch.outcome import Outcome
from normalizer.errors import ConfigError, DecodeError, NormalizerError
from normalizer.result import Decoding

if TYPE_CHECKING:
    from collections import Counter

    from normalizer.batch.baseline import Key
    from normalizer.config import Config
    from normalizer.edits import Edit
    from normalizer.pipeline import Normalizer


class Verdict(NamedTuple):
    """What normalizing bytes came to: their text, its edits, and the bytes to write (``None``: no change)."""

    outcome: Outcome
    data: bytes | None = None


def judge_file(
    path: str, real: str, job: Job, accepted: Counter[Key] | None = None, known: frozenset[str] | None = None
) -> Outcome:
    """Judge the file at ``real``, shown as ``path``; with ``job.fix`` replace it when it changes.

    ``accepted`` are the findings that a baseline accepts in this file, ``known`` the sha256 of contents
    that are clean; ``None`` says that nothing will be remembered of clean files. Never raises an
    :class:`Exception` but :class:`ConfigError`.
    """
    try:
        snapshot = atomic.read(real, job.max_bytes)
        stamp = stamp_of(snapshot.state)
        sha256 = digest(snapshot.data) if known is not None else ""
        if known and sha256 in known:
            return Outcome(path, state.CLEAN, sha256=sha256, stamp=stamp)
        verdict = judge_bytes(path, snapshot.data, job, accepted)
        if not sha256 and verdict.outcome.findings:
            sha256 = digest(snapshot.data)
        outcome = verdict.outcome._replace(sha256=sha256, stamp=stamp)
        if not job.fix or verdict.data is None:
            return outcome
        now = atomic.replace(snapshot, verdict.data, break_links=job.break_links)
        written = digest(verdict.data) if known is not None else ""
        return outcome._replace(status=state.FIXED, stamp=stamp_of(now), written=written)
    except atomic.UnsafeWriteError as error:
        return Outcome(path, state.REFUSED, str(error))
    except OSError as error:
        return Outcome(path, state.FAILED, _reason(error))
    except MemoryError:
        return Outcome(path, state.FAILED, "not enough memory for a file of this size: split it")
    except ConfigError:
        raise
    except Exception as error:  # noqa: BLE001 - the boundary: our fault in one file must not cost the others
        return Outcome(path, state.FAULT, fault(error))


def judge_bytes(path: str, raw: bytes, job: Job, accepted: Counter[Key] | None = None) -> Verdict:
    """Judge ``raw``. Raises :class:`UnsafeWriteError` when a fix would not be exact."""
    if encoded.is_binary(raw, job.config.charset):
        return Verdict(Outcome(path, state.BINARY))
    if encoded.is_empty(raw):
        return Verdict(Outcome(path, state.EMPTY))
    try:
        source, edits, decoding, note = _normalized(raw, job)
    except DecodeError as error:
        return Verdict(Outcome(path, state.FAILED, str(error)))
    except NormalizerError as error:
        if isinstance(error, ConfigError):
            raise
        return Verdict(Outcome(path, state.FAILED, str(error)))
    stale: tuple[Key, ...] = ()
    if accepted:
        from normalizer.batch.baseline import without

        edits, stale = without(edits, accepted)
    outcome = Outcome(path, state.CLEAN, note, codec=decoding.codec, how=decoding.how, stale=stale)
    if not edits and not (job.fix and encoded.differs(decoding, raw, job.to)):
        return Verdict(outcome)
    return _changed(outcome, raw, source, edits, decoding, job)


def _changed(
    outcome: Outcome, raw: bytes, source: str, edits: tuple[Edit, ...], decoding: Decoding, job: Job
) -> Verdict:
    from normalizer.batch.findings import findings_of
    from normalizer.edits import apply_edits

    data = None
    if job.fix:
        text = apply_edits(source, edits)
        data = encoded.written_back(raw, source, text, decoding, detected=job.detected, to=job.to)
        if data == raw:
            return Verdict(outcome)
        if job.to and (label := encoded.declares_otherwise(data, job.to)):
            outcome = outcome._replace(message=f"is {job.to} now but still declares {label}: change that in the file")
    if job.diff:
        from normalizer.reports.diff import unified

        mark = "\ufeff" if decoding.bom and raw.startswith(BOM_UTF8) else ""
        outcome = outcome._replace(diff=unified(outcome.path, source, edits, mark=mark))
    return Verdict(outcome._replace(status=state.CHANGED, findings=findings_of(source, edits)), data)


def _normalized(raw: bytes, job: Job) -> tuple[str, tuple[Edit, ...], Decoding, str]:
    """The decoded text, its edits, how it was decoded, and a note for the user."""
    from normalizer.encoding import decode

    source, decoding = decode(raw, charset=job.config.charset, errors=job.config.errors)
    run = normalizer_of(config_of(job))
    if job.kind in STRUCTURED:
        from normalizer.batch.fields import field_edits

        edits, settled = field_edits(source, job.kind, job.fields, run)
    else:
        result = run(source)
        edits, settled = result.edits, result.settled
    notes = []
    if decoding.how == "detected":
        notes.append(f"decoded as {decoding.codec}, a guess")
    if not settled:
        notes.append("its rules do not settle: left as it is; report this file")
    return source, edits, decoding, "; ".join(notes)


@cache
def normalizer_of(config: Config) -> Normalizer:
    """The normalizer of ``config``, made once."""
    from normalizer.pipeline import Normalizer

    return Normalizer(config)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "vanished before it was read: run again"
    if isinstance(error, PermissionError):
        return "permission denied: run as someone who may read it and write beside it"
    return f"{(error.strerror or str(error)).lower()}: the file is as it was; mend that and run again"


def fault(error: BaseException) -> str:
    """One line that tells us where we went wrong."""
    from normalizer._version import __version__

    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f" at {frame.tb_frame.f_code.co_qualname}:{frame.tb_lineno}" if frame is not None else ""
    python = ".".join(map(str, sys.version_info[:3]))
    return (
        f"a fault of newsnorm, please report it with this file: {type(error).__name__}: {error}{place} "
        f"(newsnorm {__version__}, Python {python})"
    ).replace("\n", " ")
