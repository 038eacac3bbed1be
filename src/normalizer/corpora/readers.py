"""Readers of rows: the records of a block, one :class:`Record` each, bad ones included.

In flows a :class:`ShardTask` with whole records. Out flow records in their order; one that cannot be
read comes with a status, a reason and its original.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import orjson

from normalizer.batch.formats import kind_of
from normalizer.corpora.framing import CsvFrame, csv_frames, warc_frames
from normalizer.corpora.inputs import DOCUMENTS
from normalizer.corpora.numbers import Number, exact, may_be_long
from normalizer.corpora.outcomes import DAMAGED, INVALID, MISSING, NULL, OK, RAGGED, TOO_LARGE, UNREADABLE, WRONG_TYPE
from normalizer.corpora.tasks import ShardTask
from normalizer.errors import ConfigError

Columns = dict[str, Any]
BOM = b"\xef\xbb\xbf"

WARC_COLUMNS = ("url", "date", "record_id", "record_type", "content_type", "http_status")
FILE_COLUMNS = ("path",)


class Record(NamedTuple):
    """A record as it was read.

    ``columns`` are its members, ``line`` its original JSON line. ``source`` is the document. Where
    ``status`` is not ``ok``, ``error`` says why; ``raw`` is the original of what no column holds, with
    bytes that are not UTF-8 as surrogates (PEP 383). A document is examined if it has a source.
    """

    columns: Columns
    source: str | bytes | None = None
    line: bytes = b""
    status: str = OK
    error: str | None = None
    raw: str | None = None
    kind: str | None = None
    charset: str | None = None


def records(task: ShardTask) -> Iterator[Record | None]:
    """The records of a task; ``None`` stands for what is none: a blank line, a WARC request."""
    if task.oversize:
        return iter([Record(_no_columns(task), status=TOO_LARGE, error=task.oversize, raw=original(task.data))])
    return READERS[task.format](task)


def _no_columns(task: ShardTask) -> Columns:
    if task.format == "csv":
        return dict.fromkeys(task.header, "")
    return dict.fromkeys(WARC_COLUMNS) if task.format == "warc" else {}


def original(data: bytes) -> str:
    """Bytes as a string that gives them back: ``original(data).encode("utf-8", "surrogateescape") == data``."""
    return data.decode("utf-8", "surrogateescape")


def _jsonl(task: ShardTask) -> Iterator[Record | None]:
    for line in _lines(task.data.removeprefix(BOM) if task.first else task.data):
        yield json_record(line, task) if line else None


def _lines(data: bytes) -> Iterator[bytes]:
    """The lines without their ends, each copied once: a line may be the larger part of memory."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        yield data[start:end].strip(b" \t\r")
        start = end + 1


def json_record(line: bytes, task: ShardTask) -> Record:
    """The record of one JSON line."""
    foreign = False
    doubles = task.output == "parquet"
    try:
        columns = orjson.loads(line)
        if _shows_numbers(task) and may_be_long(line):
            columns = exact(line.decode(), doubles=doubles)
    except orjson.JSONDecodeError as error:
        # The standard library also reads lone surrogates, NaN and numbers of any length.
        try:
            columns = exact(original(line), doubles=doubles)
        except (ValueError, RecursionError):
            hint = " (UTF-16? convert it to UTF-8 first)" if b"\0" in line else ""
            return Record({}, status=INVALID, error=f"not JSON: {error}{hint}", raw=original(line))
        foreign = not _is_utf8(line)
    if not isinstance(columns, dict):
        return Record({}, status=INVALID, error="not a JSON object", raw=original(line))
    return _located(columns, task.options.text_column, line, foreign)


def _shows_numbers(task: ShardTask) -> bool:
    """Whether any value is written other than as the bytes that it was."""
    options = task.options
    return not task.output.startswith("jsonl") or bool(options.id_column or options.url_column)


def _located(columns: Columns, text_column: str, line: bytes, foreign: bool) -> Record:
    if text_column not in columns:
        return Record(columns, line=line, status=MISSING, error=f"no member {text_column!r}")
    source = columns[text_column]
    if source is None:
        return Record(columns, line=line, status=NULL)
    if not isinstance(source, str):
        kind = "float" if isinstance(source, Number) else type(source).__name__
        return Record(columns, line=line, status=WRONG_TYPE, error=f"member {text_column!r} is of type {kind}")
    return Record(columns, _as_bytes(source) if foreign else source, line)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_bytes(text: str) -> str | bytes:
    """The bytes that a text with surrogates for them stands for; the text itself where it has none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            return text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            return text
    return text


def _csv(task: ShardTask) -> Iterator[Record | None]:
    header, head = task.header, task.first
    position = header.index(task.options.text_column)
    for row in csv_frames(task.data, delimiter_of(task), len(header), final=True):
        if not (row.cells or row.error):
            yield None
        elif head:
            head = False
        else:
            broken = _beside_break(task, row)
            error = row.error or broken
            cells = (row.cells + [""] * len(header))[: len(header)]
            source = _as_bytes(row.cells[position]) if position < len(row.cells) else None
            status = RAGGED if row.error else DAMAGED if broken else OK
            raw = original(task.data[row.start : row.end]).rstrip("\r\n") if error else None
            yield Record(dict(zip(header, cells, strict=True)), source, status=status, error=error or None, raw=raw)


def _beside_break(task: ShardTask, row: CsvFrame) -> str:
    """Why a row that looks sound may be half of one: its file breaks off within or right before it."""
    for place in task.breaks:
        ended = task.data[place - 1 : place] in (b"", b"\n")
        if row.start < place <= row.end and not ended:
            return "the file is broken within this row"
        if row.start == (place if ended else place + 1):
            return "the file is broken before this row, which may be the end of one"
    return ""


def delimiter_of(task: ShardTask) -> str:
    """The delimiter of a CSV task: the one given, a tab for ``.tsv``, otherwise a comma."""
    return task.options.delimiter or ("\t" if ".tsv" in task.input.lower()[-8:] else ",")


def _warc(task: ShardTask) -> Iterator[Record | None]:
    for frame in warc_frames(task.data, final=True):
        data = task.data[frame.start : frame.end]
        if frame.error:
            yield _broken_warc(data, frame.error)
        else:
            yield _warc_record(data)


def _broken_warc(data: bytes, reason: str) -> Record:
    return Record(dict.fromkeys(WARC_COLUMNS), status=INVALID, error=reason, raw=original(data))


def _warc_record(data: bytes) -> Record | None:
    iterator = _warc_library()
    try:
        record = next(iterator(io.BytesIO(data), auto_decode="all", stream_detect=False), None)
        if record is None:
            return _broken_warc(data, "no WARC record")
        kind = record.headers.get("WARC-Type", "")
        if kind not in ("response", "resource", "conversion"):
            return None
        http = record.http_headers
        if kind == "response" and (http is None or http.status_code is None):
            return _broken_warc(data, "a response without an HTTP header")
        content = (record.http_content_type if http is not None else None) or record.headers.get("Content-Type", "")
        media = content.split(";")[0].strip().lower()
        if not _is_text(media):
            return None
        charset = record.http_charset if http is not None else None
        columns: Columns = {
            "url": record.headers.get("WARC-Target-URI"),
            "date": record.headers.get("WARC-Date"),
            "record_id": record.headers.get("WARC-Record-ID"),
            "record_type": kind,
            "content_type": media,
            "http_status": http.status_code if http is not None else None,
        }
        payload = record.reader.read()
        cut = "its gzip payload ends early" if http is not None and _is_cut(data, http, len(payload)) else None
    except Exception as error:  # noqa: BLE001 - whatever the library makes of one record must not cost the others
        return _broken_warc(data, f"its payload cannot be read: {error}")
    made = Record(columns, payload, kind="html" if "html" in media else None, charset=charset or None)
    return made._replace(status=DAMAGED, error=cut, raw=original(data)) if cut else made


def _is_cut(data: bytes, http: Any, size: int) -> bool:
    """Whether the gzip of a payload of ``size`` bytes lacks its end, of which the library says nothing."""
    if http.get("Content-Encoding", "").lower() not in ("gzip", "x-gzip") or "Transfer-Encoding" in http:
        return False
    packed = data.split(b"\r\n\r\n", 2)[-1].removesuffix(b"\r\n\r\n")
    if not packed.startswith(b"\x1f\x8b") or int.from_bytes(packed[-4:], "little") == size % 2**32:
        return False
    member = zlib.decompressobj(wbits=31)
    member.decompress(packed)
    return not member.eof


def _warc_library() -> Any:
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as error:
        raise ConfigError(f"WARC needs an extra: pip install newsnorm[warc] ({error})") from error
    return ArchiveIterator


def _is_text(media: str) -> bool:
    return media.startswith("text/") or media in ("", "application/xhtml+xml")


def _files(task: ShardTask) -> Iterator[Record]:
    for file in task.files:
        columns: Columns = {"path": file.name}
        if file.data is None:
            yield Record(columns, status=UNREADABLE, error=file.error)
        elif file.error:
            yield Record(columns, status=TOO_LARGE, error=file.error, raw=original(file.data))
        else:
            kind = kind_of(file.name)
            yield Record(columns, file.data, kind=kind if kind in DOCUMENTS else None)


READERS: dict[str, Callable[[ShardTask], Iterator[Record | None]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "warc": _warc,
    "files": _files,
}
