"""What is to be done with a file, and what identifies a file and its content; light, for cached runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normalizer.batch.formats import MARKUP

if TYPE_CHECKING:
    from normalizer.config import Config


class Job(NamedTuple):
    """What to do with one file; equal values for most files of a run, and picklable."""

    config: Config
    kind: str = "text"
    fields: tuple[str, ...] = ()
    fix: bool = False
    diff: bool = False
    max_bytes: int | None = None
    detected: bool = False
    break_links: bool = False
    to: str | None = None


def config_of(job: Job) -> Config:
    """The configuration under which the text of this kind is normalized."""
    from dataclasses import replace

    config = job.config
    if job.kind in MARKUP:
        config = replace(config, kind=job.kind)
    elif job.kind in ("srt", "vtt"):
        config = replace(config, kind="html")  # cues carry tags
    if job.kind in ("html", "srt", "vtt"):  # their lines are not the document's lines
        config = replace(config, ignore=(*config.ignore, "chrome"))
    return config


def stamp_of(stat: object) -> tuple[int, ...]:
    """What tells that a file is the same as before without reading it: size, times, inode.

    The time of the last change of status is part of it, since tools set the time of writing back.
    """
    return tuple(getattr(stat, name) for name in ("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino"))


def digest(data: bytes) -> str:
    """The sha256 of ``data``, hexadecimal."""
    import hashlib

    return hashlib.sha256(data).hexdigest()
