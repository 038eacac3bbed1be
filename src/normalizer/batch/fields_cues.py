"""The text of subtitles: SubRip (SRT) and WebVTT (W3C) cues; numbers, times, styles and notes are no text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalizer.batch.fields import Piece, Value

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TIMES = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]+-->[ \t]+(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}")


def srt_values(source: str, _names: tuple[str, ...] = ()) -> Iterator[Value]:
    """One value: the lines of all cues, so that names in one cue help to read those in the next."""
    pieces: list[Piece] = []
    text: list[str] = []
    at = position = 0
    in_cue = False
    while position < len(source):
        match = _LINE.match(source, position)
        assert match is not None
        line = match[0].rstrip("\r\n")
        if in_cue and line.strip():
            pieces.append(Piece(at, len(line), position, position + len(line)))
            text.append(line + "\n")
            at += len(line) + 1
        elif in_cue:
            text.append("\n")
            at += 1
            in_cue = False
        elif _TIMES.match(line):
            in_cue = True
        position = match.end()
    if pieces:
        yield Value("".join(text), tuple(pieces), _written, lines=True)


def vtt_values(source: str, _names: tuple[str, ...] = ()) -> Iterator[Value]:
    """The same for WebVTT, whose header, notes and styles have no times and so are no cues."""
    return srt_values(source)


def _written(text: str) -> str | None:
    return None if "\n" in text or "\r" in text or "-->" in text else text
