"""One document, one outcome: whatever comes in, a row goes out that says how it went.

In flows the text or the bytes of a record. Out flows an :class:`Outcome` with the fields that a run
adds to every row. Nothing here raises for what a document holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from normalizer.config import Config
from normalizer.edits import Edit
from normalizer.errors import DecodeError
from normalizer.pipeline import Normalizer
from normalizer.result import Decoding, Result

# The fields that a run adds, in their order.
ADDED = ("text", "language", "score", "encoding", "status", "error", "edits")
# Where the original of a record stands that no column can hold.
RAW = "raw"

OK = "ok"
NULL = "null"  # the record has no text, and says so
UNSETTLED = "unsettled"  # no fixpoint: left as it was
MISSING = "missing"  # no such member in the record
WRONG_TYPE = "wrong-type"  # the text is no string
INVALID = "invalid"  # the record cannot be parsed
RAGGED = "ragged"  # more or fewer cells than the header
MISFIT = "misfit"  # a value that does not fit the column's type; the record stands in ``raw``
UNDECODABLE = "undecodable"  # no codec explains the bytes
UNREADABLE = "unreadable"  # the storage of the text is damaged
DAMAGED = "damaged"  # the storage of another column is damaged
TOO_LARGE = "too-large"  # above the limit: kept, not normalized
FAILED = "failed"  # the pipeline raised: kept, not normalized
QUARANTINED = "quarantined"  # its worker died again and again: kept, not normalized

GOOD = frozenset({OK, NULL, UNSETTLED})

DEFAULT_MAX_BYTES = 256 << 20


class Outcome(NamedTuple):
    """What a run adds to a record.

    ``text`` is the normalized text, or the original where ``status`` says that it was left alone.
    ``language`` is an ISO 639-1 code and ``score`` its confidence (0-1); ``encoding`` is the codec of
    bytes. ``edits`` are in code points of ``source``, the decoded original.
    """

    text: str | None
    status: str
    language: str | None = None
    score: float | None = None
    encoding: str | None = None
    error: str | None = None
    edits: tuple[Edit, ...] = ()
    source: str = ""

    def added(self, text_field: bool = True, *, edits: bool = True) -> dict[str, object]:
        """The fields under their own names, as plain values; ``edits`` empty where those are written by themselves."""
        values: dict[str, object] = {"text": self.text} if text_field else {}
        values["language"] = self.language
        values["score"] = self.score
        values["encoding"] = self.encoding
        values["status"] = self.status
        values["error"] = self.error
        values["edits"] = [change.as_dict() for change in self.edits] if edits else []
        return values


def added_names(existing: Iterable[str], *, in_place: bool, prefix: str = "") -> dict[str, str]:
    """The name in the output of every added field: its own, with ``newsnorm_`` where a column has that.

    ``in_place``: the column ``text`` is the one that is normalized, and takes the result.
    """
    taken = set(existing)
    names: dict[str, str] = {}
    for field in (*ADDED, RAW):
        name = prefix + field
        while name in taken and not (field == name == "text" and in_place):
            name = f"newsnorm_{name}"
        names[field] = name
    return names


class Examiner:
    """Normalizes documents one by one: ``examiner(source) -> Outcome``."""

    def __init__(self, config: Config | None = None, *, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self.config = config or Config()
        self.max_bytes = max_bytes
        self._normalizers: dict[str, Normalizer] = {}

    @classmethod
    def around(cls, normalizer: Normalizer, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Examiner:
        """An examiner that uses ``normalizer`` for documents of its own kind."""
        examiner = cls(normalizer.config, max_bytes=max_bytes)
        examiner._normalizers[normalizer.config.kind] = normalizer
        return examiner

    def serves(self, config: Config, max_bytes: int) -> bool:
        """Whether it does what a new one with these settings would."""
        return (self.config, self.max_bytes) == (config, max_bytes)

    def _normalizer(self, kind: str) -> Normalizer:
        if kind not in self._normalizers:
            self._normalizers[kind] = Normalizer(replace(self.config, kind=kind))
        return self._normalizers[kind]

    def __call__(self, source: str | bytes, *, kind: str | None = None, charset: str | None = None) -> Outcome:
        """The outcome of one document.

        ``kind`` says what must not be touched in it (that of the configuration where it is not given),
        ``charset`` is the one its transport declares.
        """
        if len(source) > self.max_bytes:
            reason = f"{len(source)} bytes or characters, more than the limit of {self.max_bytes}"
            return left_alone(source, TOO_LARGE, reason)
        normalizer = self._normalizer(kind or self.config.kind)
        try:
            decoding: Decoding | None = None
            text = source
            if isinstance(text, bytes):
                from normalizer.encoding import decode

                text, decoding = decode(text, charset=charset or self.config.charset, errors=self.config.errors)
            return _outcome(normalizer(text), decoding)
        except DecodeError as error:
            return left_alone(source, UNDECODABLE, str(error))
        except Exception as error:  # noqa: BLE001 - a fault in one document must not cost the others
            return left_alone(source, FAILED, f"{type(error).__name__}: {error}")


def _outcome(result: Result, decoding: Decoding | None) -> Outcome:
    language = result.language
    return Outcome(
        result.text,
        OK if result.settled else UNSETTLED,
        language.code,
        language.confidence,
        decoding.codec if decoding else None,
        None if result.settled else "no fixpoint within the limit of passes",
        result.edits,
        result.source,
    )


def left_alone(source: str | bytes | None, status: str, reason: str) -> Outcome:
    """The outcome of a document that stays as it is, and why; bytes have no text."""
    text = source if isinstance(source, str) else None
    return Outcome(text, status, error=reason, source=text or "")


def null() -> Outcome:
    """The outcome of a record without a text."""
    return Outcome(None, NULL)


Progress = Callable[[int], None]
