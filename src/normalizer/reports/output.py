"""Where results go: standard output as UTF-8, whose reader may leave before the end; shown safely."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import TextIO

from normalizer.errors import NormalizerError

# Controls, line and bidirectional formatting: what a terminal would obey instead of show.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SHOWN = 60  # code points of a text in a line for people
_SHOWN_EACH_SIDE = 28


class OutputError(NormalizerError):
    """Results or a log that could not be written; what was done to files stands."""


class Output:
    """Standard output. After its reader has gone (``left``), ``closed`` is true and writing does nothing.

    ``trouble`` says what went wrong when something else than that did.
    """

    def __init__(self) -> None:
        self.closed = sys.stdout is None  # as a shell's >&- makes it
        self.left = False
        self.trouble = ""
        self.before_writing: Callable[[], None] | None = None

    def write(self, text: str) -> None:
        """Write ``text`` as UTF-8; lone surrogates, which stand for bytes of file names, as those bytes."""
        self.write_bytes(encoded(text))

    def write_bytes(self, data: bytes) -> None:
        """Write bytes as they are."""
        if self.closed or not data:
            return
        if self.before_writing is not None:
            self.before_writing()
        try:
            sys.stdout.buffer.write(data)
        except OSError as error:
            self._close(error)

    def flush(self) -> None:
        """Hand over what was written."""
        if self.closed:
            return
        try:
            sys.stdout.buffer.flush()
        except OSError as error:
            self._close(error)

    def check(self) -> None:
        """Flush; raises :class:`OutputError` when not everything could be written."""
        self.flush()
        if self.trouble:
            raise OutputError(f"standard output: {self.trouble}: the results are incomplete")

    def _close(self, error: OSError) -> None:
        self.closed = self.left = True
        if not isinstance(error, BrokenPipeError):
            self.trouble = (error.strerror or str(error)).lower()
        _abandon(sys.stdout)


def encoded(text: str) -> bytes:
    """``text`` in UTF-8, also where it holds lone surrogates."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def message(text: str) -> None:
    """One line to standard error, if there is one that takes it: the exit code says the same."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.buffer.write(encoded(f"newsnorm: {safe(text)}\n"))
        sys.stderr.flush()
    except OSError:
        _abandon(sys.stderr)


def _abandon(stream: TextIO) -> None:
    """Lead a stream nowhere: what is still buffered would fail again when the interpreter ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def safe(text: str) -> str:
    """``text`` with what a terminal would obey written out."""
    return _UNSAFE.sub(_written_out, text)


def quoted(text: str) -> str:
    """``text`` in quotes for people: safe, the middle of a long one left out."""
    if len(text) > _SHOWN:
        return f'"{safe(text[:_SHOWN_EACH_SIDE])}" … "{safe(text[-_SHOWN_EACH_SIDE:])}" ({len(text)} characters)'
    return f'"{safe(text)}"'


def _written_out(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _NAMED.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def coloured(choice: str, stream: TextIO | None) -> bool:
    """Whether to colour what goes to ``stream``: ``always``, ``never``, or ``auto`` for terminals.

    ``NO_COLOR`` and ``FORCE_COLOR`` hold as at https://no-color.org and https://force-color.org.
    """
    if choice != "auto":
        return choice == "always"
    if stream is None:  # closed, as a shell's >&- makes it
        return False
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")
