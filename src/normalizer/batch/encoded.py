"""Bytes that a text came from, and the bytes that a changed text goes back to: only where that is exact."""

from __future__ import annotations

import codecs

from normalizer.batch.atomic import UnsafeWriteError
from normalizer.encoding.decode import declared_in
from normalizer.result import Decoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def is_binary(raw: bytes, charset: str | None = None) -> bool:
    """Whether ``raw`` holds NUL bytes without the mark of UTF-16 or UTF-32, and ``charset`` is none of them."""
    if b"\0" not in raw or _mark(raw)[1] not in ("", "utf-8"):
        return False
    return charset is None or not codecs.lookup(charset).name.startswith(("utf-16", "utf-32"))


def is_empty(raw: bytes) -> bool:
    """Whether ``raw`` holds nothing but ASCII white space."""
    return not raw or raw.isspace()


def written_back(raw: bytes, source: str, text: str, decoding: Decoding, *, detected: bool, to: str | None) -> bytes:
    """The bytes of ``text`` in the codec that ``raw`` was read in, or in ``to``.

    Raises :class:`UnsafeWriteError` when encoding ``source`` does not give ``raw`` again, when the codec was
    only detected and that was not allowed by ``detected``, and when the codec cannot hold ``text``.
    """
    if decoding.how == "detected" and not detected:
        raise UnsafeWriteError(
            f"its charset was only guessed ({decoding.codec}): name it with --charset or accept it with --detected"
        )
    mark, codec = _mark(raw) if decoding.bom else (b"", "")
    codec = codec or decoding.codec
    errors = "surrogateescape" if decoding.how == "kept" else "strict"
    if _encoded(source, codec, errors, mark) != raw:
        raise UnsafeWriteError(f"does not come out of {codec} byte for byte as it went in: convert it to UTF-8 first")
    if to is not None and not _same(to, codec):
        mark, codec = b"", to
    data = _encoded(text, codec, errors, mark)
    if data is None:
        raise UnsafeWriteError(f"{codec} cannot hold the result: convert the file with --to utf-8")
    return data


def differs(decoding: Decoding, raw: bytes, to: str | None) -> bool:
    """Whether ``to`` asks for another codec than ``raw`` is in."""
    if to is None:
        return False
    codec = (_mark(raw)[1] if decoding.bom else "") or decoding.codec
    return not _same(to, codec) and not (raw.isascii() and _same(to, "utf-8"))


def declares_otherwise(raw: bytes, to: str) -> str:
    """The charset that a page declares where that is not ``to``, into which it was converted; empty otherwise."""
    label = declared_in(raw)
    try:
        return "" if not label or _same(label, to) else label
    except LookupError:
        return label


def _mark(raw: bytes) -> tuple[bytes, str]:
    return next(((mark, codec) for mark, codec in _MARKS if raw.startswith(mark)), (b"", ""))


def _encoded(text: str, codec: str, errors: str, mark: bytes) -> bytes | None:
    if codec.startswith("sloppy-"):
        import ftfy.bad_codecs  # noqa: F401 - registers the codec
    try:
        return mark + text.encode(codec, errors)
    except UnicodeError:
        return None


def _same(one: str, other: str) -> bool:
    return codecs.lookup(one).name == codecs.lookup(other).name
