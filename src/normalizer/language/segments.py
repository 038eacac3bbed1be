"""Segments: the language of each block, line and quotation of a text.

In flows text, and where they are known its blocks. Out flow segments, or the blocks with their languages. News
quotes foreign speech, so a quotation is judged by itself, and what is too short to be told takes the
language of the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from normalizer.language.detect import language_of
from normalizer.language.evidence import judge
from normalizer.language.quotes import quoted_spans
from normalizer.result import Block, Language

# A quotation of fewer letters is a name or a word, in the language of its sentence.
_QUOTE_LETTERS = 12
_LINE = re.compile(r"[^\r\n]+")


class Segment(NamedTuple):
    """A piece of a text, half-open in code points; ``kind`` is ``text`` or ``quote``."""

    start: int
    end: int
    kind: str
    language: Language


def segments(text: str, language: str | None = None) -> tuple[Segment, ...]:
    """The quotations of ``text`` and the stretches between them, line by line, each with its language.

    ``language`` is the code of the document's language where it is known; otherwise it is detected. Blank lines
    are in no segment, and white space at the ends of a stretch belongs to it.
    """
    code = language or judge(text).code
    return tuple(Segment(start, end, kind, _language(text[start:end], code)) for start, end, kind in _stretches(text))


def label_blocks(text: str, blocks: Iterable[Block], language: str | None = None) -> tuple[Block, ...]:
    """The blocks, each with the code of its language; their offsets are code points of ``text``.

    ``language`` is the code of the document's language where it is known; otherwise it is detected.
    """
    blocks = tuple(blocks)
    if not blocks:
        return ()
    code = language or judge(text).code
    return tuple(block._replace(language=_language(text[block.start : block.end], code).code) for block in blocks)


def _language(text: str, around: str) -> Language:
    return language_of(judge(text, around))


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
