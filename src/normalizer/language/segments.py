"""Segments: the language of each block, line and quotation of a text.

In flows text, and where they are known its blocks. Out flow segments, or the blocks with their languages. News
quotes foreign speech, so a quotation is judged by itself, and what is too short to be told takes the
language of the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from normalizer.language.detect import DEFAULT, detect, language_of
from normalizer.language.evidence import judge
from normalizer.language.quotes import quoted_spans
from normalizer.language.scripts import script_of
from normalizer.result import Block, Language

# A quotation of fewer letters is a name or a word, in the language of its sentence.
_QUOTE_LETTERS = 12
_TOLD_LETTERS = 20  # with fewer another detector guesses, since it is not told what language stands around
_LINE = re.compile(r"[^\r\n]+")


class Segment(NamedTuple):
    """A piece of a text, half-open in code points; ``kind`` is ``text`` or ``quote``."""

    start: int
    end: int
    kind: str
    language: Language


def segments(text: str, language: str | None = None, backend: str = DEFAULT) -> tuple[Segment, ...]:
    """The quotations of ``text`` and the stretches between them, line by line, each with its language.

    ``language`` is the code of the document's language where it is known; otherwise it is detected. Blank lines
    are in no segment, and white space at the ends of a stretch belongs to it. ``backend`` names another detector,
    as for :func:`normalizer.language.detect`.
    """
    tell = _teller(language, text, backend)
    return tuple(Segment(start, end, kind, tell(text[start:end])) for start, end, kind in _stretches(text))


def label_blocks(
    text: str, blocks: Iterable[Block], language: str | None = None, backend: str = DEFAULT
) -> tuple[Block, ...]:
    """The blocks, each with the code of its language; their offsets are code points of ``text``.

    ``language`` is the code of the document's language where it is known; otherwise it is detected. ``backend`` names
    another detector, as for :func:`normalizer.language.detect`.
    """
    blocks = tuple(blocks)
    if not blocks:
        return ()
    tell = _teller(language, text, backend)
    return tuple(block._replace(language=tell(text[block.start : block.end]).code) for block in blocks)


def _teller(language: str | None, document: str, backend: str) -> Callable[[str], Language]:
    """What tells the language of a part of ``document``; what is too short to be told has that of the document."""
    if backend == DEFAULT:
        expected = language or judge(document).code
        return lambda part: language_of(judge(part, expected))
    around = detect(document, backend) if language is None else Language(language, 1.0, script_of(document), "given")
    return lambda part: detect(part, backend) if _letters(part) >= _TOLD_LETTERS else around


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    quotes = [(start, end) for start, end in quoted_spans(text) if _letters(text[start:end]) >= _QUOTE_LETTERS]
    place = 0
    for line in _LINE.finditer(text):
        position, end = line.span()
        while place < len(quotes) and quotes[place][1] <= end:
            start, stop = quotes[place]
            if text[position:start].strip():
                yield position, start, "text"
            yield start, stop, "quote"
            position, place = stop, place + 1
        if text[position:end].strip():
            yield position, end, "text"


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
