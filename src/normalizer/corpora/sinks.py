"""Sinks: files that appear whole or not at all.

In flow bytes. Out flows a file under a temporary name, then, synced to the disk, under its own; its
size and checksum are known without reading it again.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from normalizer.errors import ConfigError, NormalizerError

TEMPORARY = "_tmp"
_BUFFER = 1 << 18
_GZIP_LEVEL = 1  # of isal's 0 to 3: twice the speed of 2 at 2% more bytes
_ZSTD_LEVEL = 3


class OutputError(NormalizerError):
    """The disk refused what was written; what stood before still stands."""


class Sink(io.RawIOBase):
    """A file below ``folder`` that is written under a temporary name and counted on the way.

    ``failure`` is what the disk said when it refused something: libraries in between may say less.
    Raises :class:`OutputError` when it refuses the file itself.
    """

    failure: OSError | None = None

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.target = folder / name
        self.bytes = 0
        self._digest = hashlib.sha256()
        temporary = folder / TEMPORARY
        self.temporary = temporary / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            temporary.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = self.temporary.open("xb", buffering=0)
        except OSError as error:
            raise OutputError(f"{self.target}: {error.strerror or error}") from error

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: object, /) -> int:
        """Write all of ``data``."""
        view = memoryview(data).cast("B")  # type: ignore[arg-type]
        self._digest.update(view)
        self.bytes += len(view)
        done = 0
        try:
            while done < len(view):
                done += self._file.write(view[done:])
        except OSError as error:
            self.failure = error
            raise
        return len(view)

    def tell(self) -> int:
        """How many bytes were written."""
        return self.bytes

    def commit(self) -> dict[str, object]:
        """Put the file under its own name, durably; its size and checksum."""
        try:
            os.fsync(self._file.fileno())
            self._file.close()
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self.temporary.replace(self.target)
            sync_folder(self.target.parent)
        except OSError as error:
            self.failure = error
            raise
        return {"bytes": self.bytes, "sha256": self._digest.hexdigest()}

    def discard(self) -> None:
        """Forget what was written."""
        self._file.close()
        with contextlib.suppress(FileNotFoundError):
            self.temporary.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(folder: Path, name: str, data: bytes) -> None:
    """Write a small file atomically and durably."""
    sink = Sink(folder, name)
    try:
        sink.write(data)
        sink.commit()
    except OSError as error:
        raise OutputError(f"{sink.target}: {error.strerror or error}") from error
    finally:
        sink.discard()


@contextlib.contextmanager
def compressing(sink: Sink, name: str) -> Iterator[BinaryIO]:
    """A buffered writer into ``sink``, compressed as the suffix of ``name`` says."""
    buffered = io.BufferedWriter(_Uncloseable(sink), _BUFFER)
    if name.endswith(".gz"):
        igzip = _library("isal.igzip")
        with igzip.GzipFile(filename="", fileobj=buffered, mode="wb", compresslevel=_GZIP_LEVEL, mtime=0) as file:
            yield file
    elif name.endswith(".zst"):
        zstandard = _library("zstandard")
        with zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(buffered, closefd=False) as file:
            yield file
    else:
        yield buffered
    buffered.flush()


class _Uncloseable(io.RawIOBase):
    """Passes writes on, and leaves its sink open when it is closed."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        return self._sink.write(data)


def _library(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise ConfigError(f"{name} is not installed: pip install newsnorm[corpus] ({error})") from error
