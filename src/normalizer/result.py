"""What a normalization gives back: the text, every change to it, and what was seen on the way."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from normalizer.edits import Edit, EditLog

if TYPE_CHECKING:
    from normalizer.pipeline import Normalizer


class Language(NamedTuple):
    """A detected language: ISO 639-1 ``code`` (``und`` when unsure), ``confidence`` 0–1, ISO 15924 ``script``."""

    code: str
    confidence: float
    script: str
    backend: str = "default"


class Decoding(NamedTuple):
    """How bytes became text: the ``codec`` (Python's name), ``how`` it was found (bom, strict, declared,
    detected, kept), whether a ``bom`` was taken off, and how sure that is (0–1).
    """

    codec: str
    how: str
    bom: bool = False
    confidence: float = 1.0


class Block(NamedTuple):
    """A block of the source, half-open in code points of ``source``; ``credit`` is a caption's credit line."""

    start: int
    end: int
    kind: str
    language: str = "und"
    credit: str = ""


class Mention(NamedTuple):
    """A name that was recognised, half-open in code points of ``text``.

    ``surface`` is what stood there, ``canonical`` the form that the table asks for, ``entity`` its id,
    ``decision`` what was done (``rewritten``, ``kept``, ``reported``) and ``reason`` why.
    """

    start: int
    end: int
    surface: str
    canonical: str
    entity: str
    decision: str
    reason: str


class Course(NamedTuple):
    """The course of a normalization: the ``log`` composed over all passes, the first pass's log of ``repair``
    alone, the mentions that were ``rewritten`` (in code points of the text) and whether the passes ``settled``.
    """

    log: EditLog
    repair: EditLog
    rewritten: tuple[Mention, ...] = ()
    settled: bool = True


class Result:
    """A normalized text with its provenance. Immutable; picklable; what costs is computed when asked for."""

    def __init__(self, course: Course, normalizer: Normalizer, origin: tuple[bytes, Decoding] | None = None) -> None:
        self.log = course.log
        self.settled = course.settled
        self.raw: bytes | None = origin[0] if origin else None
        self.encoding: Decoding | None = origin[1] if origin else None
        self._normalizer = normalizer
        self._repair = course.repair
        self._rewritten = course.rewritten

    @property
    def text(self) -> str:
        """The normalized text; ``result.text is result.source`` where nothing changed."""
        return self.log.text

    @property
    def source(self) -> str:
        """The text that came in, decoded, without its byte order mark."""
        return self.log.source

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All changes, sorted and disjoint, in code points of ``source``."""
        return self.log.edits

    @cached_property
    def language(self) -> Language:
        """The language of ``text``."""
        return self._normalizer.language_of(self.text)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Headings, paragraphs, captions … of the source, dropped ones included, in its coordinates."""
        repair = self._repair
        blocks = self._normalizer.blocks_of(repair.text)
        return tuple(
            block._replace(start=start, end=end)
            for block in blocks
            for start, end in [repair.to_source(block.start, block.end, tight=True)]
        )

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Names that were recognised, rewritten or left as they are, in code points of ``text``."""
        rewritten = {(mention.start, mention.end) for mention in self._rewritten}
        seen = [m for m in self._normalizer.mentions_of(self.text) if (m.start, m.end) not in rewritten]
        return tuple(sorted([*seen, *self._rewritten]))

    def revert(self) -> str:
        """The source again, made from ``text`` by undoing every edit."""
        return self.log.invert().text

    def to_source(self, start: int, end: int, *, tight: bool = False) -> tuple[int, int]:
        """The span of ``source`` that covers ``text[start:end]``; see :meth:`EditLog.to_source`."""
        return self.log.to_source(start, end, tight=tight)

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``text`` that covers ``source[start:end]``; see :meth:`EditLog.to_text`."""
        return self.log.to_text(start, end)

    def as_dict(self) -> dict[str, object]:
        """Everything as plain values, ready for JSON (``raw`` is left out)."""
        return {
            "text": self.text,
            "source": self.source,
            "edits": [change.as_dict() for change in self.edits],
            "language": self.language._asdict(),
            "encoding": self.encoding._asdict() if self.encoding else None,
            "blocks": [block._asdict() for block in self.blocks],
            "mentions": [mention._asdict() for mention in self.mentions],
            "settled": self.settled,
        }

    def __repr__(self) -> str:
        return f"Result(text={self.text[:60]!r}, edits={len(self.edits)}, settled={self.settled})"
