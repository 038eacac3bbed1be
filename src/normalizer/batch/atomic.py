"""Reading a file whole and replacing it whole: at any moment it is either the old one or the new one.

In flow a path and bytes. Out flows a file of the same mode, owner and extended attributes in the
place of the old one, or an :class:`UnsafeWriteError` that says why nothing was touched.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from types import ModuleType

from normalizer.errors import NormalizerError

TEMPORARY_PREFIX = ".newsnorm-"
TEMPORARY_SUFFIX = ".tmp"
# A temporary file is locked as soon as it is made; this covers the moment in between.
_UNLOCKED_SECONDS = 2.0
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class UnsafeWriteError(NormalizerError):
    """A file that is left as it was, because replacing it would lose something."""


class Snapshot:
    """The bytes of a file and the state in which they were read."""

    __slots__ = ("data", "path", "state")

    def __init__(self, path: str, data: bytes, state: os.stat_result) -> None:
        self.path = path
        self.data = data
        self.state = state


def read(path: str, limit: int | None = None) -> Snapshot:
    """Read a regular file whole, symlinks followed.

    Raises :class:`OSError`, or :class:`UnsafeWriteError` for what is not a regular file or has more than
    ``limit`` bytes.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb", buffering=0) as file:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise UnsafeWriteError("not a regular file: pipe its content in and pass - instead")
        if limit is not None and state.st_size > limit:
            raise UnsafeWriteError(
                f"has {state.st_size} bytes, more than the limit of {limit}: raise it with --max-bytes {state.st_size}"
            )
        return Snapshot(path, file.readall(), state)


def replace(snapshot: Snapshot, data: bytes, *, break_links: bool = False) -> os.stat_result:
    """Put ``data`` in the place of the file that was read as ``snapshot``; its new state.

    Mode, owner, group and extended attributes stay; a symlink stays and its target is replaced. Raises
    :class:`UnsafeWriteError` when the file is read-only (by its mode bits, whoever asks), stands in a
    read-only folder, has hard links (unless ``break_links``), would change hands, or is not any more
    what was read; :class:`OSError` when the system fails. In every case the old file is whole.
    """
    target = os.path.realpath(snapshot.path)
    folder = os.path.dirname(target)
    _check_replaceable(snapshot.state, target, folder, break_links=break_links)
    name = os.path.join(folder, f"{TEMPORARY_PREFIX}{os.getpid()}-{os.urandom(4).hex()}{TEMPORARY_SUFFIX}")
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(descriptor, "wb") as file:
            _lock(descriptor)
            file.write(data)
            file.flush()
            _dress(descriptor, target, snapshot.state)
            os.fsync(descriptor)
        _check_unchanged(snapshot, target)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise
    return os.stat(target)


def _check_replaceable(state: os.stat_result, target: str, folder: str, *, break_links: bool) -> None:
    if not state.st_mode & _WRITABLE or not os.access(target, os.W_OK):
        raise UnsafeWriteError("read-only: make it writable (chmod u+w) and run again")
    if not os.stat(folder).st_mode & _WRITABLE or not os.access(folder, os.W_OK):
        raise UnsafeWriteError("stands in a read-only folder: make that writable (chmod u+w) and run again")
    if state.st_nlink > 1 and not break_links:
        raise UnsafeWriteError(
            f"has {state.st_nlink} hard links, which replacing it would part: allow it with --break-links"
        )


def _check_unchanged(snapshot: Snapshot, target: str) -> None:
    try:
        now = read(target)
    except FileNotFoundError as error:
        raise UnsafeWriteError("vanished while it was being read: run again") from error
    if _identity(now.state) != _identity(snapshot.state) or now.data != snapshot.data:
        raise UnsafeWriteError("was changed by someone else in the meantime: run again")


def _identity(state: os.stat_result) -> tuple[int, ...]:
    return (state.st_dev, state.st_ino, state.st_mode, state.st_uid, state.st_gid, state.st_nlink)


def _dress(descriptor: int, target: str, state: os.stat_result) -> None:
    """Give the new file the owner, mode and extended attributes of the old one."""
    made = os.fstat(descriptor)
    if hasattr(os, "fchown") and (made.st_uid, made.st_gid) != (state.st_uid, state.st_gid):
        try:
            os.fchown(descriptor, state.st_uid, state.st_gid)
        except PermissionError as error:
            raise UnsafeWriteError(
                "belongs to another user or group, which replacing would change: run as its owner"
            ) from error
    _copy_attributes(descriptor, target)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(state.st_mode))


def _copy_attributes(descriptor: int, target: str) -> None:
    if not hasattr(os, "listxattr"):
        return
    try:
        attributes = os.listxattr(target)
    except OSError:  # a file system without them has none to lose
        return
    for attribute in attributes:
        try:
            os.setxattr(descriptor, attribute, os.getxattr(target, attribute))
        except OSError as error:
            if not attribute.startswith("security."):  # the system sets those by itself
                raise UnsafeWriteError(f"has the attribute {attribute}, which replacing it would lose") from error


def is_temporary(name: str) -> bool:
    """Whether a file of that base name is one that :func:`replace` makes."""
    return name.startswith(TEMPORARY_PREFIX) and name.endswith(TEMPORARY_SUFFIX)


def sweep(folder: str) -> int:
    """Delete the temporary files in ``folder`` that nobody is writing any more; how many."""
    stale = [entry for entry in _temporary(folder) if _is_stale(entry)]
    for entry in stale:
        with contextlib.suppress(OSError):  # another run may sweep the same folder
            os.unlink(entry.path)
    return len(stale)


def _temporary(folder: str) -> Iterator[os.DirEntry[str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_temporary(entry.name) and entry.is_file(follow_symlinks=False):
                yield entry


def _is_stale(entry: os.DirEntry[str]) -> bool:
    try:
        if time.time() - entry.stat(follow_symlinks=False).st_mtime < _UNLOCKED_SECONDS:
            return False
        descriptor = os.open(entry.path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Take the lock that says "being written"; whether nobody else holds it."""
    fcntl = _fcntl()
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _fcntl() -> ModuleType | None:
    try:
        import fcntl
    except ImportError:  # Windows refuses to delete what is open, which serves the same end
        return None
    return fcntl
