"""Bytes in: byte order mark, strict UTF-8, declared charset, detection, in this order.

In flow bytes, out flow the text without its byte order mark and a :class:`Decoding` that says how the
codec was found and how sure that is.
"""

from __future__ import annotations

import codecs
import re

from normalizer.errors import DecodeError
from normalizer.result import Decoding

# UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_META_REACH = 4096  # bytes in which a page must declare its charset; HTML asks for the first 1024
_ISO_2022 = re.compile(rb"\x1b(?:\$[@B(]|\([BJI]|\$\))")

# What a label means to browsers (WHATWG Encoding Standard) where Python means something narrower.
_LABELS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
}  # fmt: skip
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x7f-\x9f]")
_CONTROL_SHARE = 20  # text has fewer than one control in so many characters


def decode(raw: bytes, *, charset: str | None = None, errors: str = "strict") -> tuple[str, Decoding]:
    """Decode ``raw`` and say how.

    ``charset`` is the declared charset, used when there is no byte order mark and the bytes are not
    UTF-8. ``errors`` is ``strict`` or ``keep``: bytes that no codec explains raise :class:`DecodeError`
    with the offset (bytes, 0-based) and the best guess, or become lone surrogates (PEP 383).
    """
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return _with_mark(raw[len(mark) :], codec, len(mark), errors)
    text = None if _ISO_2022.search(raw) else _decoded(raw, "utf-8")
    if text is not None and not _CONTROL.search(raw):
        return text, Decoding("utf-8", "strict")
    wide = _unmarked(raw)
    if wide is not None:
        return wide
    if text is not None:
        return text, Decoding("utf-8", "strict")
    declared = _declared(raw, charset)
    if declared is not None:
        return declared
    return _detected(raw, errors)


def _unmarked(raw: bytes) -> tuple[str, Decoding] | None:
    """UTF-16 without a byte order mark; its bytes are mostly no UTF-8, or ASCII between controls."""
    from normalizer.encoding.detect import unmarked_utf16

    wide = unmarked_utf16(raw)
    return None if wide is None else (wide.text, Decoding(wide.codec, "detected", confidence=0.9))


def _with_mark(body: bytes, codec: str, offset: int, errors: str) -> tuple[str, Decoding]:
    try:
        return body.decode(codec), Decoding(codec, "bom", bom=True)
    except UnicodeDecodeError as error:
        if errors == "keep" and codec == "utf-8":
            return body.decode(codec, "surrogateescape"), Decoding(codec, "kept", bom=True, confidence=0.5)
        raise DecodeError(
            f"byte {offset + error.start} does not fit {codec}, which the byte order mark announces: "
            "repair the file at its source, or name another charset after taking the mark off",
            offset=offset + error.start,
            guess=codec,
        ) from error


def declared_in(raw: bytes) -> str:
    """The charset label in the meta element or the XML declaration of ``raw``; empty without one."""
    meta = _META.search(raw, 0, _META_REACH)
    return meta[1].decode("ascii") if meta else ""


def _declared(raw: bytes, charset: str | None) -> tuple[str, Decoding] | None:
    meta = declared_in(raw)
    labels = [charset] if charset else []
    if meta:
        labels.append(meta)
    for label in labels:
        text = _decoded(raw, _python_name(label))
        if text is not None:
            return text, Decoding(_python_name(label), "declared", confidence=0.95)
    return None


def _python_name(label: str) -> str:
    try:
        name = codecs.lookup(label.strip()).name
    except LookupError:
        return label
    return _LABELS.get(name, name)


def _decoded(raw: bytes, codec: str) -> str | None:
    """The text, or nothing where the codec is unknown, is no charset, or does not fit."""
    try:
        return raw.decode(codec)
    except (LookupError, ValueError):
        return None


def _detected(raw: bytes, errors: str) -> tuple[str, Decoding]:
    from normalizer.encoding.detect import candidates, is_broken_utf8

    if is_broken_utf8(raw):
        return _undecided(raw, errors, "utf-8")
    found = candidates(raw)
    best = next((one for one in found if one.behind <= _CLOSE and _is_text(one.text)), None)
    if best is not None:
        other = next((one for one in found if one.text != best.text), None)
        behind = other.behind - best.behind if other else _SURE
        confidence = min(1.0, 0.5 + max(behind, 0) / (2 * _SURE))
        return best.text, Decoding(best.codec, "detected", confidence=round(confidence, 2))
    return _undecided(raw, errors, found[0].codec if found else None)


def _is_text(text: str) -> bool:
    from normalizer.encoding.detect import is_a_guess

    return len(_CONTROLS.findall(text)) * _CONTROL_SHARE <= len(text) and not is_a_guess(text)


def _undecided(raw: bytes, errors: str, guess: str | None) -> tuple[str, Decoding]:
    if errors == "keep":
        return raw.decode("utf-8", "surrogateescape"), Decoding("utf-8", "kept", confidence=0.0)
    offset = _first_misfit(raw)
    raise DecodeError(
        f"byte {offset} fits no charset that was tried (best guess: {guess or 'none'}): "
        "declare the charset, or keep the bytes with errors='keep'",
        offset=offset,
        guess=guess,
    )


_CLOSE = 4  # nats that a charset may read worse than the best one, where that would be a guess
_SURE = 20  # nats by which the second charset must read worse for full confidence


def _first_misfit(raw: bytes) -> int:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0
