"""A text as pieces between spaces, and the runs of them in which undoing a mistake pays.

In flow texts and gains a piece, out flow runs of pieces: the best path through two states, sound and
damaged, where changing the state costs much inside a line and little between lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from normalizer.encoding.plausibility import Token, token

_PIECE, _BREAK = re.compile(r"[^ \t\r\n]+"), re.compile(r"[\r\n]")
_SWITCH, _LINE_SWITCH = 24, 4  # quarters of a nat: what a change costs in a line and between lines
_IMPOSSIBLE = -(10**6)


class Pieces(NamedTuple):
    """A text cut at spaces: the pieces, where they stand, and their costs as they are."""

    texts: list[str]
    spans: list[tuple[int, int]]
    tokens: list[Token]
    opens: list[bool]  # whether a line begins before the piece


def pieces_of(text: str, spans: Sequence[tuple[int, int]]) -> Pieces:
    """Cut the spans of ``text`` at spaces, tabs and line ends (a hard space may be damage)."""
    matches = [match for start, end in spans for match in _PIECE.finditer(text, start, end)]
    texts = [match.group() for match in matches]
    ends = [0, *(match.end() for match in matches)]
    opens = [
        not end or bool(_BREAK.search(text, end, match.start())) for end, match in zip(ends, matches, strict=False)
    ]
    return Pieces(texts, [match.span() for match in matches], [token(piece) for piece in texts], opens)


def best_runs(gains: Sequence[int | None], pieces: Pieces) -> list[tuple[int, int]]:
    """Half-open runs of pieces in the damaged state of the best path; ASCII pieces go with either state."""
    sound, damaged = 0, -_LINE_SWITCH
    came: list[tuple[bool, bool]] = []  # whether each state was entered from the other
    for number, gain in enumerate(gains):
        switch = _LINE_SWITCH if pieces.opens[number] else _SWITCH
        into_sound, into_damaged = damaged - switch > sound, sound - switch > damaged
        came.append((into_sound, into_damaged))
        step = (0 if pieces.texts[number].isascii() else _IMPOSSIBLE) if gain is None else gain
        sound, damaged = max(sound, damaged - switch), max(damaged, sound - switch) + step
    runs: list[tuple[int, int]] = []
    state, end = damaged > sound, len(gains)
    for number in range(len(gains) - 1, -1, -1):
        if came[number][state]:
            if state:
                runs.append((number, end))
            state, end = not state, number
    if state:
        runs.append((0, end))
    return runs[::-1]


def switching(pieces: Pieces, start: int, end: int) -> int:
    """What the changes of state around a run cost."""
    return sum(_LINE_SWITCH if pieces.opens[n] else _SWITCH for n in (start, end) if n < len(pieces.texts))
