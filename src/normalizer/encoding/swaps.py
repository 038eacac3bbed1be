"""Swaps: text of one single-byte charset that was read as another.

In flow the pieces of doubtful lines, out flow the likeliest mistake and the stretches of pieces that show it. Every
byte is a letter in all of these charsets, so nothing checks itself and plausibility alone decides: repaired words
must read well in one language, the damaged ones badly in every language, by a clear margin.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from normalizer.encoding.drawings import is_drawing, is_drawn, is_monotonous
from normalizer.encoding.habits import are_habits, is_habit
from normalizer.encoding.homoglyphs import TO_LATIN
from normalizer.encoding.mistakes import Mistake, misplaced, promising
from normalizer.encoding.pieces import Pieces, best_languages, best_runs, switching
from normalizer.encoding.plausibility import GOOD, SUSPECT, token

# Thresholds in quarters of a nat, measured on the damaged and the clean development lines.
_GAIN = 32  # what a run must gain over the best language for each word as it stands
_FAIR, _PLAIN = 12, 64  # or this much so, and that much over the language of the text as it stands
_MOST_ODD = 4  # of so many repaired pieces one may still hold something odd
_USUAL = 12  # the prior up to which a mistake is a usual one
_DENSITY = 2  # twice that where it is not: how much better each letter must be, on average over the changed pieces
_CONTEXT = 6  # pieces of a text that say what kind of words stand in it
_LETTERS_ABROAD = 4  # changed characters that a repair into another script needs
_WORD, _LONELY = 3, 3  # letters that make a word; how much more its rarity weighs where one character changes
_ONE_LETTER = 8  # and how much more where one letter becomes another throughout
_SAMPLE = 60  # pieces that choose among mistakes


class Swap(NamedTuple):
    """A mistake, the half-open runs of pieces (numbers) that it damaged, and what undoing it gains."""

    mistake: Mistake
    runs: list[tuple[int, int]]
    gain: int
    languages: dict[str, int]  # the number of the language by script


def suspects(pieces: Pieces) -> list[int]:
    """Numbers of the pieces that read badly in every language."""
    return [n for n, text in enumerate(pieces.texts) if not text.isascii() and not pieces.token(n).sound]


def find_swap(pieces: Pieces, bad: list[int]) -> Swap | None:
    """The mistake that explains most, with the runs it damaged; nothing where none is clear.

    ``bad`` are the numbers of the pieces that read badly, as ``suspects`` gives them.
    """
    if sum(pieces.token(n).excess for n in bad) < SUSPECT or are_habits(pieces, bad):
        return None
    sample = bad[:_SAMPLE]
    swaps = [_swap(pieces, mistake, sample) for mistake in promising([pieces.texts[n] for n in sample])]
    best = max((swap for swap in swaps if swap.runs), key=lambda swap: swap.gain, default=None)
    if best is None or _is_foreign(pieces, best) or is_habit(pieces, best) or _are_twins(pieces, best):
        return None
    return best


def _is_foreign(pieces: Pieces, swap: Swap) -> bool:
    """Whether the words around read badly in the language of the repaired ones: it may be one without a model."""
    plain = pieces.plain
    return swap.gain < _CERTAIN and plain.cost(swap.languages) > _FAMILIAR * plain.size + _SLACK


# What a letter of words in the language costs at most on average, with some slack; a gain that needs no such words.
_FAMILIAR, _SLACK, _CERTAIN = 10, 20, 250


def _are_twins(pieces: Pieces, swap: Swap) -> bool:
    """Whether Cyrillic letters in Latin words read better as the Latin letters that they look like."""
    texts = [text for start, end in swap.runs for text in pieces.texts[start:end] if not text.isascii()]
    mixed = [text for text in texts if _LATIN.search(text)]
    if 2 * len(mixed) < len(texts):
        return False
    swapped = twinned = 0
    for piece in mixed:
        twins = "".join(TO_LATIN.get(letter, letter) for letter in piece)
        undone = swap.mistake.undo(piece)
        if undone is not None and undone != piece:
            swapped += token(undone).cost(swap.languages)
            twinned += token(twins).cost(swap.languages)
    return twinned < swapped


_LATIN = re.compile("[A-Za-z]")


def _swap(pieces: Pieces, mistake: Mistake, sample: list[int]) -> Swap:
    """The runs in which undoing the mistake pays."""
    undone = [None if text.isascii() else mistake.undo(text) for text in pieces.texts]
    languages = best_languages([pieces.plain, *(token(text) for n in sample if (text := undone[n]) is not None)])
    gains = [
        None if after is None else _NOTHING if after == before else _gain(before, after, languages)
        for before, after in zip(pieces.texts, undone, strict=True)
    ]
    runs: list[tuple[int, int]] = []
    total = -mistake.prior
    for start, end in best_runs([None if gain is None else (gain.free + gain.plain) // 2 for gain in gains], pieces):
        run = _Run(pieces, undone, start, end)
        gain = _sum(gains[start:end], switching(pieces, start, end))
        if _enough(gain, mistake) and run.reads_well(gain, mistake, languages):
            runs.append((start, end))
            total += gain.free
    return Swap(mistake, runs, total, languages)


class _Gain(NamedTuple):
    """What a repair gains over each word's best language, and over the language of the text."""

    free: int
    plain: int


_NOTHING, _DRAWING = _Gain(0, 0), _Gain(-24, -24)


def _gain(piece: str, after: str, languages: dict[str, int]) -> _Gain:
    if is_drawn(piece) and is_monotonous(after):
        return _DRAWING
    before = token(piece)
    cost = token(after).cost(languages) + misplaced(after)
    for match in _JOINED.finditer(piece):
        if not after[match.start()].isalpha():
            cost += _UNLETTERED
    return _Gain(before.free - cost, before.cost(languages) - cost)


# A letter that follows a small Latin letter and becomes something else: seldom right, cheap for a model of letters.
_JOINED, _UNLETTERED = re.compile("[À-ÖØ-öø-ɏ](?<=[a-zß-öø-ÿ].)"), 60


def _sum(gains: list[_Gain | None], switches: int) -> _Gain:
    known = [gain for gain in gains if gain is not None]
    return _Gain(sum(gain.free for gain in known) - switches, sum(gain.plain for gain in known) - switches)


def _enough(gain: _Gain, mistake: Mistake) -> bool:
    return gain.free >= _GAIN + mistake.prior or (gain.free >= _FAIR and gain.plain >= _PLAIN + mistake.prior)


class _Run:
    """The changed pieces of a run, before and after."""

    def __init__(self, pieces: Pieces, undone: list[str | None], start: int, end: int) -> None:
        pairs = [(pieces.texts[n], after) for n in range(start, end) if (after := undone[n]) is not None]
        self.pairs = [(before, after) for before, after in pairs if before != after]
        self._short = len(pieces.texts) < _CONTEXT

    def reads_well(self, gain: _Gain, mistake: Mistake, languages: dict[str, int]) -> bool:
        """Whether the pieces read well in the language chosen, and much better than they did."""
        tokens = [token(after) for _, after in self.pairs]
        size = sum(costs.size for costs in tokens)
        density = _DENSITY if mistake.prior <= _USUAL else 2 * _DENSITY
        if self._is_drawing() or self._is_alphabet():
            return False
        if gain.plain < density * size or sum(costs.cost(languages) for costs in tokens) > GOOD * size:
            return False
        if _MOST_ODD * sum(costs.odd for costs in tokens) > len(tokens):
            return False
        counts = Counter("".join(before for before, _ in self.pairs))
        changes = mistake.changes(set(counts))
        letters = sum(counts[letter] for letter, after in changes.items() if after.isalpha())
        lost = sum(counts[letter] for letter, after in changes.items() if letter.isalpha() and not after.isalpha())
        if lost > letters or max(sum(map(str.isalpha, after)) for _, after in self.pairs) < _WORD:
            return False
        alone = self._short and len(changes) == 1 and len({before for before, _ in self.pairs}) == 1
        if alone and _within_script(changes):
            return False  # one letter of one word, and next to nothing beside it: a foreign name more often
        if len(changes) == 1 and self._looks_sound(changes):
            return gain.free >= _GAIN + _ONE_LETTER * mistake.prior
        changed = sum(counts[letter] for letter in changes)
        if self._moves():
            most = max(sum(letter in changes for letter in before) for before, _ in self.pairs)
            return changed >= _LETTERS_ABROAD and most >= _WORD
        return changed > 1 or ("latn" in languages and gain.free >= _GAIN + _LONELY * mistake.prior)

    def _looks_sound(self, changes: dict[str, str]) -> bool:
        """Whether letters of words without a fault become other letters of their script, as in a foreign language."""
        return _within_script(changes) and not any(token(text).odd for text, _ in self.pairs)

    def _is_drawing(self) -> bool:
        """Whether lines and blocks of a table would become letters."""
        drawn = [(before, after) for before, after in self.pairs if is_drawn(before)]
        return len(drawn) == len(self.pairs) and is_drawing(
            " ".join(before for before, _ in drawn), " ".join(after for _, after in drawn)
        )

    def _is_alphabet(self) -> bool:
        """Whether the pieces only name the letters of an alphabet: ``ÅÄÖ``, ``ÕÄÖÜ õäöü``."""
        if not self._moves():
            return False
        words = {before.lower().strip(_AROUND) for before, _ in self.pairs}
        letters = set("".join(words))
        return all(len(word) <= _NAMED for word in words) and len(letters) <= _NAMED

    def _moves(self) -> bool:
        """Whether most pieces go from one script to another, words of mixed scripts apart."""
        scripts = [(_scripts(before), _scripts(after)) for before, after in self.pairs]
        return 2 * sum(bool(before and after and not after <= before) for before, after in scripts) > len(scripts)


_AROUND, _NAMED = ".,;:!?()[]\"'/-*«»“”„", 4  # what stands around words, and so many letters may be an alphabet's


def _within_script(changes: dict[str, str]) -> bool:
    """Whether letters become other letters of one script."""
    scripts = {_scripts(letter) for change in changes.items() for letter in change}
    return len(scripts) == 1 and scripts != {frozenset()}


def _scripts(piece: str) -> frozenset[str]:
    return frozenset(script for script, _ in token(piece).words)
