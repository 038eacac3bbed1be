"""A text as pieces between spaces, and the runs of them in which undoing a mistake pays.

In flow texts and gains a piece, out flow runs of pieces: the best path through two states, sound and
damaged, where changing the state costs much inside a line and little between lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from normalizer.encoding.models import table
from normalizer.encoding.plausibility import Token, together, token

_PIECE, _BREAK = re.compile(r"[^ \t\r\n]+"), re.compile(r"[\r\n]")
_SWITCH, _LINE_SWITCH = 24, 4  # quarters of a nat: what a change costs in a line and between lines
_IMPOSSIBLE = -(10**6)


_CONTEXT = 60  # pieces that tell the language


class Pieces:
    """A text cut at spaces: the pieces, where they stand, and whether a line begins before each."""

    def __init__(self, texts: list[str], spans: list[tuple[int, int]], opens: list[bool]) -> None:
        self.texts, self.spans, self.opens = texts, spans, opens

    def token(self, number: int) -> Token:
        """What a piece costs as it is."""
        return token(self.texts[number])

    @cached_property
    def plain(self) -> Token:
        """The first pieces in ASCII, as one."""
        return together(" ".join(islice(filter(str.isascii, self.texts), _CONTEXT)))

    @cached_property
    def sound(self) -> list[Token]:
        """The first pieces that read well, or are ASCII."""
        tokens = (piece for text in self.texts if (piece := token(text)).sound or text.isascii())
        return [*islice(tokens, _CONTEXT)]


def pieces_of(text: str, spans: Sequence[tuple[int, int]]) -> Pieces:
    """Cut the spans of ``text`` at spaces, tabs and line ends (a hard space may be damage)."""
    matches = [match for start, end in spans for match in _PIECE.finditer(text, start, end)]
    places = [match.span() for match in matches]
    ends = [0, *(end for _, end in places)]
    opens = [not end or bool(_BREAK.search(text, end, start)) for end, (start, _) in zip(ends, places, strict=False)]
    return Pieces([match.group() for match in matches], places, opens)


def best_languages(tokens: Sequence[Token]) -> dict[str, int]:
    """For each script the number of the language in which these tokens cost least."""
    sums: dict[str, int] = {}
    for costs in tokens:
        for script, packed in costs.words:
            sums[script] = sums.get(script, 0) + packed
    chosen = {}
    for script, packed in sums.items():
        by_language = table(script).costs(packed)
        chosen[script] = by_language.index(min(by_language))
    return chosen


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
