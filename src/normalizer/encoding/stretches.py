"""Stretches of words that are UTF-8 read as a single-byte charset, in lines that are not so as a whole.

In flow the pieces of doubtful lines, out flow the charset in whose characters they spell UTF-8 and the runs of
pieces that do. A sequence proves less here than in a whole line, so plausibility must agree.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from normalizer.encoding.pieces import Pieces, best_runs
from normalizer.encoding.plausibility import GOOD, ODD, Token, token
from normalizer.encoding.spelling import Found, undo_piece
from normalizer.encoding.utf8 import BONUS, LEAST, PROOF, count_sequences


class Spelled(NamedTuple):
    """Half-open runs of pieces (numbers) that spell UTF-8 in one charset, and what decoding them gains."""

    found: Found
    runs: list[tuple[int, int]]
    gain: int


def find_spelled(pieces: Pieces, bad: list[int], charsets: list[Found]) -> Spelled | None:
    """The one of the charsets in whose characters most pieces spell UTF-8, with the runs that do.

    ``bad`` are the numbers of the pieces that read badly, as ``swaps.suspects`` gives them.
    """
    best: Spelled | None = None
    suspicious = set(bad)
    for found in charsets:
        gains = [
            _gain(text, found) if n in suspicious else 0 if text.isascii() else -_SOUND
            for n, text in enumerate(pieces.texts)
        ]
        runs = [
            (start, end)
            for start, end in best_runs(gains, pieces)
            if sum(gains[start:end]) >= _STRETCH_GAIN and _looks_wrong(pieces, start, end, found)
        ]
        total = sum(sum(gains[start:end]) for start, end in runs)
        if runs and (best is None or total > best.gain):
            best = Spelled(found, runs, total)
    return best


def _looks_wrong(pieces: Pieces, start: int, end: int, found: Found) -> bool:
    """Whether a run holds something odd, or is long, and decodes to text that reads well on the whole."""
    tokens = [*map(token, pieces.texts[start:end])]
    if not any(piece.odd for piece in tokens) and sum(not piece.sound for piece in tokens) < PROOF:
        return False
    texts = [text for text in pieces.texts[start:end] if not text.isascii()]
    undone = [undo_piece(text, found) for text in texts]
    after = [token(piece.text if piece else text) for piece, text in zip(undone, texts, strict=True)]
    changed = [(text, new) for text, piece, new in zip(texts, undone, after, strict=True) if piece]
    if all(_script_count(text) > 1 and _in_one_script(piece) for text, piece in changed):
        return True  # words of two scripts become words of one
    sequences = sum(count_sequences(found.charset.encode("".join(found.pattern.findall(text)))) for text in texts)
    if sequences < LEAST:
        return False
    if sequences < _ENOUGH and not all(piece.sound for piece in after) and not _are_mended(texts, after):
        layered = _LAYER.search(" ".join(piece.text if piece else "" for piece in undone))
        if not layered:
            return False
    cost, before = sum(piece.free for piece in after), sum(token(text).free for text in texts)
    return cost <= _TOLERABLE * sum(piece.size for piece in after) + _SLACK or 2 * cost <= before


def _are_mended(texts: list[str], after: list[Token]) -> bool:
    """Whether each piece held something odd and holds nothing odd now, and they read well together."""
    if not all(token(text).odd and not piece.odd for text, piece in zip(texts, after, strict=True)):
        return False
    return sum(piece.free for piece in after) <= GOOD * sum(piece.size for piece in after)


def _in_one_script(piece: Token) -> bool:
    return not piece.unmodelled and len({script for script, _ in piece.words}) == 1


def _script_count(piece: str) -> int:
    return len({script for script, _ in token(piece).words})


_LAYER = re.compile("[ÂÃÄÅÐÑâ][\x80-\xbf\u0152-\u0192\u02c6-\u2122]")  # UTF-8 misread, under another layer
_ENOUGH = 6  # sequences from which on one word may read badly
_TOLERABLE, _SLACK = 18, 40  # quarters of a nat a letter, and in all, that decoded text may cost
_STRETCH_GAIN = 40  # in quarters of a nat: what a stretch must gain
_LEFT_OVER = 24  # cost of each character above ASCII that no sequence explains
_SOUND, _EVEN = 40, 12  # cost of touching a piece that reads well, or that holds nothing odd, as it is
_SYMBOL = 24  # cost of each decoded symbol: bytes spell those by chance more often than writers use them


def _gain(piece: str, found: Found) -> int:
    """What decoding the UTF-8 sequences in a piece gains."""
    before = token(piece)
    above = len(piece) - len(piece.encode("ascii", "ignore"))
    runs = found.pattern.findall(piece)
    if not runs:
        return -_SOUND if before.sound else -_LEFT_OVER * above
    undone = piece
    try:
        for run in runs:
            undone = undone.replace(run, found.charset.encode(run).decode("utf-8"), 1)
    except UnicodeError:
        return -_SOUND if before.sound else -_LEFT_OVER * above
    spelled_out = "".join(runs)
    doubt = _SOUND if before.sound else 0 if before.odd else _EVEN
    bonus = BONUS * count_sequences(found.charset.encode(spelled_out))
    cost = token(undone).free + _SYMBOL * len(ODD.findall(undone))
    return before.free - cost + bonus - doubt - _LEFT_OVER * (above - len(spelled_out))
