"""Where results go: standard output as UTF-8, whose reader may leave before the end; shown safely."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import TextIO

# Controls, line and bidirectional formatting: what a terminal would obey instead of show.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SHOWN = 60  # code points of a text in a line for people
_SHOWN_EACH_SIDE = 28


class Output:
    """Standard output. After its reader has gone, ``closed`` is true and writing does nothing."""

    def __init__(self) -> None:
        self.closed = False
        self.before_writing: Callable[[], None] | None = None
        self._stream = sys.stdout.buffer

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
            self._stream.write(data)
        except BrokenPipeError:
            self._close()

    def flush(self) -> None:
        """Hand over what was written."""
        if self.closed:
            return
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._close()

    def _close(self) -> None:
        self.closed = True
        # What is still buffered would fail again, with a message, when the interpreter ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def encoded(text: str) -> bytes:
    """``text`` in UTF-8, also where it holds lone surrogates."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def message(text: str) -> None:
    """One line to standard error."""
    sys.stderr.buffer.write(encoded(f"newsnorm: {safe(text)}\n"))
    sys.stderr.flush()


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


def coloured(choice: str, stream: TextIO) -> bool:
    """Whether to colour what goes to ``stream``: ``always``, ``never``, or ``auto`` for terminals.

    ``NO_COLOR`` and ``FORCE_COLOR`` hold as at https://no-color.org and https://force-color.org.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")
