"""Stretches of words that are UTF-8 read as a single-byte charset, in lines that are not so as a whole.

In flow the pieces of doubtful lines, out flow the charset in whose characters they spell UTF-8 and the runs of
pieces that do. A sequence proves less here than in a whole line, so plausibility must agree.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import NamedTuple

from normalizer.encoding.charsets import Charset, charsets
from normalizer.encoding.pieces import Pieces, best_runs
from normalizer.encoding.plausibility import ODD, Token, token
from normalizer.encoding.trace import Undone, beginnings
from normalizer.encoding.utf8 import BONUS, LEAST, PROOF, count_sequences


class Found(NamedTuple):
    """A charset whose characters spell UTF-8 sequences in a line, and how many of them do."""

    charset: Charset
    pattern: re.Pattern[str]
    covered: int


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Runs of UTF-8 sequences, spelled in the characters of a charset."""
    decoding = next(charset.decoding for charset in charsets() if charset.name == name)
    tail = _class(decoding, 0x80, 0xC0)
    two, three, four = _class(decoding, 0xC2, 0xE0), _class(decoding, 0xE0, 0xF0), _class(decoding, 0xF0, 0xF5)
    return re.compile(f"(?:{two}{tail}|{three}{tail}{tail}|{four}{tail}{tail}{tail})+")


def _class(decoding: str, first: int, last: int) -> str:
    characters = sorted(set(decoding[first:last]) - {"\ufffe"})
    return "[" + "".join(f"\\U{ord(character):08x}" for character in characters) + "]"


def spelled(text: str) -> list[Found]:
    """Charsets in whose characters ``text`` spells UTF-8 sequences, those that cover most first."""
    found: list[Found] = []
    present = {character for character in text if character >= "\x80"}
    for charset in charsets():
        leads, tails = _ends(charset.name)
        if present.isdisjoint(leads) or present.isdisjoint(tails):
            continue
        pattern = _pattern(charset.name)
        covered = sum(map(len, pattern.findall(text)))
        if covered:
            found.append(Found(charset, pattern, covered))
    found.sort(key=lambda one: -one.covered)
    # One that covers little beside the best is chance.
    return [one for one in found if 2 * one.covered >= found[0].covered]


@cache
def _ends(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What first and what further bytes of UTF-8 look like in a charset."""
    decoding = next(charset.decoding for charset in charsets() if charset.name == name)
    return frozenset(decoding[0xC2:0xF5]), frozenset(decoding[0x80:0xC0])


def undo_piece(text: str, found: Found) -> Undone | None:
    """A piece with its UTF-8 sequences decoded; nothing where they are no valid UTF-8."""
    parts: list[str] = []
    position = 0
    for match in found.pattern.finditer(text):
        try:
            undone = found.charset.encode(match.group()).decode("utf-8")
        except UnicodeError:
            continue
        parts += [text[position : match.start()], undone]
        position = match.end()
    if not parts:
        return None
    parts.append(text[position:])
    return Undone("".join(parts), f"UTF-8 read as {found.charset.label}", partial(_places, parts))


def _places(parts: list[str]) -> list[int]:
    """Where the groups of the parts begin, which are by turns as they were and decoded from UTF-8."""
    places: list[int] = []
    position = 0
    for number, part in enumerate(parts):
        inner = beginnings(part) if number % 2 else range(len(part))
        places += [position + place for place in inner]
        position += len(part.encode()) if number % 2 else len(part)
    return places


class Spelled(NamedTuple):
    """Half-open runs of pieces (numbers) that spell UTF-8 in one charset, and what decoding them gains."""

    found: Found
    runs: list[tuple[int, int]]
    gain: int


def find_spelled(pieces: Pieces, bad: list[int]) -> Spelled | None:
    """The charset in whose characters most pieces spell UTF-8, with the runs that do; ``bad`` as for swaps."""
    best: Spelled | None = None
    suspicious = set(bad)
    for found in spelled(" ".join(pieces.texts[n] for n in bad))[:_TRIED]:
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
    if sequences < _ENOUGH and not all(piece.sound for piece in after):
        layered = _LAYER.search(" ".join(piece.text if piece else "" for piece in undone))
        if not layered:
            return False
    cost, before = sum(piece.free for piece in after), sum(token(text).free for text in texts)
    return cost <= _TOLERABLE * sum(piece.size for piece in after) + _SLACK or 2 * cost <= before


def _in_one_script(piece: Token) -> bool:
    return not piece.unmodelled and len({script for script, _ in piece.words}) == 1


def _script_count(piece: str) -> int:
    return len({script for script, _ in token(piece).words})


_LAYER = re.compile("[ÂÃÄÅÐÑâ][\x80-\xbf\u0152-\u0192\u02c6-\u2122]")  # UTF-8 misread, under another layer
_ENOUGH = 6  # sequences from which on one word may read badly
_TOLERABLE, _SLACK = 18, 40  # quarters of a nat a letter, and in all, that decoded text may cost
_TRIED = 2  # charsets whose stretches are compared
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
