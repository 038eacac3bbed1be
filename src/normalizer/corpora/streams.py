"""Compressed streams that give what they hold, also when they are damaged.

In flows a file, plain, gzip or Zstandard. Out flow its bytes; where a member of the stream is broken,
everything before that place comes out, a line end, and then what the next whole member holds;
:attr:`Stream.damage` says what is wrong.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from normalizer.errors import ConfigError

# So much is decompressed at once that it stays in memory's bounds however little of it there is: gzip expands
# up to a thousandfold, Zstandard thirty thousandfold.
_RAW_BYTES = {"gzip": 1 << 14, "zstd": 1 << 10}
_PLAIN_BYTES = 1 << 20
_BUFFER_BYTES = 1 << 18
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
# How a member begins: for gzip magic, method, flags without the reserved ones, time, extra flags, system.
_BEGIN = {
    "gzip": re.compile(rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]", re.DOTALL),
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd", re.DOTALL),
}
_BEGIN_BYTES = 10
_MAGIC = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
# The skippable frame with a dictionary: magic, then its size in four bytes.
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_DICTIONARY_HEAD = 8
_DICTIONARY_LIMIT = 1 << 26
_EMPTY = b"\x28\xb5\x2f\xfd\x20\x00\x01\x00\x00"  # a frame of nothing


class _Member(Protocol):
    """What a decompressor of one gzip member or Zstandard frame offers."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


def compression_of(name: str) -> str:
    """``gzip``, ``zstd`` or nothing, by the suffix of a file name."""
    return next((kind for suffix, kind in COMPRESSIONS.items() if name.lower().endswith(suffix)), "")


class Stream:
    """The decompressed bytes of a file: ``read()`` gives some, and nothing at the end.

    ``damage`` is empty, or says at which byte of the file the stream broke first, how, and how many more
    times; ``breaks`` are the places in what was given at which something is missing; ``position`` is the
    number of bytes of the file that were read.
    """

    def __init__(self, path: Path, compression: str = "") -> None:
        self._path = path
        self._file = path.open("rb", buffering=_BUFFER_BYTES)
        self._compression = compression
        self._step = _RAW_BYTES.get(compression, _PLAIN_BYTES)
        self._dictionary = _dictionary(self._file) if compression == "zstd" else b""
        self._member: _Member | None = None
        self._began = self._given = self._total = 0
        self._rest = b""
        self._last = b""
        self._faults: list[str] = []
        self.breaks: list[int] = []
        self.position = 0

    @property
    def damage(self) -> str:
        """What is wrong with the stream, as far as it was read."""
        more = len(self._faults) - 1
        times = f", and {more} more time{'s' * (more > 1)} after that" if more > 0 else ""
        return f"{self._faults[0]}{times}" if self._faults else ""

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self) -> bytes:
        """The next bytes, empty at the end."""
        if not self._compression:
            return self._raw(self._step)
        while True:
            raw, self._rest = self._rest or self._raw(self._step), b""
            if self._member is None:  # members may be padded with zeros
                while raw and not raw.strip(b"\0"):
                    raw = self._raw(self._step)
                raw = raw.lstrip(b"\0")
            if not raw:
                if not self.position and not self._faults:
                    self._break("is not there: the file is empty")
                elif self._member is not None:
                    self._break(f"ends early, at byte {self.position}")
                return b""
            found = self._decompressed(raw)
            if found:
                self._total += len(found)
                self._last = found[-1:]
                return found

    def _raw(self, size: int) -> bytes:
        data = self._file.read(size)
        self.position += len(data)
        return data

    def _break(self, how: str) -> None:
        self._faults.append(f"the {self._compression} stream {how}")
        self.breaks.append(self._total)
        self._member = None

    def _decompressed(self, raw: bytes) -> bytes:
        if self._member is None:
            self._member = _decompressor(self._compression, self._dictionary)
            self._began, self._given = self.position - len(raw), 0
        try:
            data = self._member.decompress(raw)
        except _errors(self._compression) as error:
            return self._mended(raw, error)
        self._given += len(data)
        if self._member.eof:
            self._rest, self._member = self._member.unused_data, None
        return data

    def _mended(self, raw: bytes, error: Exception) -> bytes:
        """What a broken member held before the break; after it reading goes on at the next member."""
        start = self.position - len(raw)
        alien = self._began > 0 and start == self._began and not _BEGIN[self._compression].match(raw)
        data, place = (b"", start) if alien else self._before_break(raw, start)
        self._total += len(data)
        if start == 0 and not raw.startswith(_MAGIC[self._compression]):
            self._break("is none: rename the file if it is not compressed")
        else:
            how = "is followed by something else" if alien else "is broken"
            self._break(f"{how} at byte {place} ({error})")
        self._total -= len(data)
        found = self._next_member()
        if found and (data or self._last)[-1:] not in (b"", b"\n"):
            data += b"\n"
        return data

    def _before_break(self, raw: bytes, start: int) -> tuple[bytes, int]:
        """What a decompressor that is fed at once keeps to itself, and the byte of the file that it broke at."""
        member, errors = _decompressor(self._compression, self._dictionary), _errors(self._compression)
        parts: list[bytes] = []
        known, place = self._given, start
        with contextlib.suppress(errors):  # the one that is known already
            for piece in self._pieces(raw, start):
                data = member.decompress(piece)
                parts.append(data[known:])
                known -= min(known, len(data))
                place += len(piece) == 1
        return b"".join(parts), place

    def _pieces(self, raw: bytes, start: int) -> Iterator[bytes]:
        """The broken member again: what was sound as it was, the rest byte by byte."""
        with self._path.open("rb", buffering=_BUFFER_BYTES) as file:
            file.seek(self._began)
            left = start - self._began
            while left > 0:
                piece = file.read(min(left, self._step))
                if not piece:
                    return
                left -= len(piece)
                yield piece
        for at in range(len(raw)):
            yield raw[at : at + 1]

    def _next_member(self) -> bool:
        """Go on at the next beginning of a member, which a broken one may have run into; whether there is one."""
        begin = _BEGIN[self._compression]
        self.position = self._file.seek(self._began + 1)
        window = self._raw(self._step)
        while window:
            found = begin.search(window)
            if found:
                self._rest = window[found.start() :]
                return True
            more = self._raw(self._step)
            window = window[-_BEGIN_BYTES:] + more if more else b""
        return False


def _dictionary(file: BinaryIO) -> bytes:
    """The dictionary that a ``.warc.zst`` holds before its records, compressed or not; empty for other files.

    As in the IIPC's "Zstandard compression for WARC files" 1.0; the file is left where it was.
    """
    head = file.read(_DICTIONARY_HEAD)
    data = b""
    if head.startswith(_DICTIONARY) and len(head) == _DICTIONARY_HEAD:
        data = file.read(min(int.from_bytes(head[4:], "little"), _DICTIONARY_LIMIT))
    file.seek(0)
    return data and _usable(data)


def _usable(data: bytes) -> bytes:
    """A dictionary as it was before it was compressed, nothing if it is none: what needs it will be broken."""
    import zstandard

    try:
        if _BEGIN["zstd"].match(data):
            data = zstandard.ZstdDecompressor().decompressobj().decompress(data)
        zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(data)).decompressobj().decompress(_EMPTY)
    except zstandard.ZstdError:
        return b""
    return data


def _decompressor(compression: str, dictionary: bytes) -> _Member:
    try:
        if compression == "zstd":
            import zstandard

            learned = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
            maker = zstandard.ZstdDecompressor(dict_data=learned, max_window_size=1 << 31)
            member: _Member = maker.decompressobj()
            return member
        from isal import isal_zlib
    except ImportError as error:
        raise ConfigError(f"{compression} needs an extra: pip install newsnorm[corpus] ({error})") from error
    made: _Member = isal_zlib.decompressobj(wbits=31)
    return made


def _errors(compression: str) -> type[Exception]:
    if compression == "zstd":
        import zstandard

        return zstandard.ZstdError
    from isal import isal_zlib

    made: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # the stub calls the class an instance
    return made
