"""Compressed streams that give what they hold, also when they are damaged.

In flows a file, plain, gzip or Zstandard. Out flow its bytes; where the stream ends early or is broken,
everything before that place comes out and :attr:`Stream.damage` says what is wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from normalizer.errors import ConfigError

# Small enough that a member which expands a thousandfold stays in memory's bounds.
_RAW_BYTES = 1 << 18
_PLAIN_BYTES = 1 << 20
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}


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

    ``damage`` is empty, or says at which byte of the file the stream broke and how; ``position`` is the
    number of bytes of the file that were read.
    """

    def __init__(self, path: Path, compression: str = "") -> None:
        self._file = path.open("rb", buffering=0)
        self._compression = compression
        self._member: _Member | None = None
        self._rest = b""
        self.position = 0
        self.damage = ""

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self) -> bytes:
        """The next bytes, empty at the end or where the stream is broken."""
        if not self._compression:
            return self._raw(_PLAIN_BYTES)
        while not self.damage:
            raw, self._rest = self._rest or self._raw(_RAW_BYTES), b""
            if self._member is None:
                raw = raw.lstrip(b"\0")  # members may be padded with zeros
            if not raw:
                if self._member is not None:
                    self.damage = f"the {self._compression} stream ends early, at byte {self.position}"
                return b""
            found = self._decompressed(raw)
            if found:
                return found
        return b""

    def _raw(self, size: int) -> bytes:
        data = self._file.read(size)
        self.position += len(data)
        return data

    def _decompressed(self, raw: bytes) -> bytes:
        first = self._member is None
        self._member = self._member or _decompressor(self._compression)
        try:
            data = self._member.decompress(raw)
        except _errors(self._compression) as error:
            where = "is followed by something else" if first and self.position > len(raw) else "is broken"
            self.damage = f"the {self._compression} stream {where} before byte {self.position} ({error})"
            return b""
        if self._member.eof:
            self._rest, self._member = self._member.unused_data, None
        return data


def _decompressor(compression: str) -> _Member:
    try:
        if compression == "zstd":
            import zstandard

            member: _Member = zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj()
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
