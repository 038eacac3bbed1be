"""Swaps: text of one single-byte charset that was read as another.

In flows a text, out flows the likeliest mistake and the stretches of words that show it. Every byte is a
letter in all of these charsets, so nothing checks itself and plausibility alone decides: repaired words
must read well in one language, the damaged ones badly in every language, by a clear margin.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from normalizer.encoding.charsets import UNDEFINED, Charset, charsets, holding, likely_mistake
from normalizer.encoding.homoglyphs import TO_LATIN
from normalizer.encoding.pieces import Pieces, best_runs, switching
from normalizer.encoding.plausibility import GOOD, SUSPECT, Token, table, token

# Thresholds in quarters of a nat, measured on the damaged and the clean development lines.
_GAIN = 32  # what a run must gain over the best language for each word as it stands
_FAIR, _PLAIN = 12, 64  # or this much so, and that much over the language of the text as it stands
_MOST_ODD = 4  # of so many repaired pieces one may still hold something odd
_USUAL = 12  # the prior up to which a mistake is a usual one
_DENSITY = 2  # twice that where it is not: how much better each letter must be, on average over the changed pieces
_ABROAD = 4  # what a mistake between regions costs
_LETTERS_ABROAD = 4  # changed characters that a repair into another script needs
_WORD, _LONELY = 3, 3  # letters that make a word; how much more its rarity weighs where one letter changes
# Letters that texts of a language hold so often in the place of others that corpora taken for sound are full of
# them (windows-1254, 1250 and ISO 8859-2 read as a neighbour). A text that uses both letters is left, one that
# uses only the wrong ones needs this much gain: a line alone is left, a document is repaired.
_HABITS = {
    "tr": "þýðÞÝÐ",
    "az": "þýðÞÝÐ",
    "hu": "õûÕÛ",
    "cs": "ąľĄĽ®©",
    "sk": "ąľĄĽ®©",
    "ro": "ãþºÃÞª",
    "sl": "èæðÈÆÐ",
    "hr": "èæðÈÆÐ",
}
_HABIT_GAIN = 1200
_SAMPLE = 60  # pieces that choose among mistakes
_KEPT = 4  # mistakes that the trigrams judge after the quick ranking


class Mistake(NamedTuple):
    """Text in ``right`` was read as ``wrong``."""

    right: Charset
    wrong: Charset

    @property
    def prior(self) -> int:
        """What the mistake costs before anything is seen, in quarters of a nat."""
        return self.right.rarity + self.wrong.rarity + (0 if self.right.region == self.wrong.region else _ABROAD)

    def undo(self, piece: str) -> str | None:
        """The piece as it was, or nothing where the charsets do not fit."""
        try:
            undone = self.right.decode(self.wrong.encode(piece))
        except UnicodeError:
            return None
        return None if UNDEFINED in undone else undone


class Swap(NamedTuple):
    """A mistake, the half-open runs of pieces (numbers) that it damaged, and what undoing it gains."""

    mistake: Mistake
    runs: list[tuple[int, int]]
    gain: int
    languages: dict[str, int]  # the number of the language by script


@cache
def _quick(name: str) -> bytes:
    """A cost for each byte read in a charset: letters by frequency, symbols and controls high."""
    charset = next(charset for charset in charsets() if charset.name == name)
    letters: dict[str, int] = {}
    for script in _SCRIPTS[charset.region]:
        letters |= table(script).letters
    return bytes(_quick_cost(character, letters) for character in charset.decoding)


_SCRIPTS = {"cyrillic": ("cyrl",), "greek": ("grek",), "hebrew": ("hebr",), "arabic": ("arab",)} | dict.fromkeys(
    ("west", "central", "baltic", "turkish"), ("latn",)
)


def _quick_cost(character: str, letters: dict[str, int]) -> int:
    if character < "\x80":
        return 0
    if character in letters:
        return letters[character]
    if character.lower() in letters:
        return letters[character.lower()] + 8
    if character == UNDEFINED:
        return 120
    return 14 if character in "«»“”„‘’–—…№\xa0" else 40


def suspects(pieces: Pieces) -> list[int]:
    """Numbers of the pieces that read badly in every language."""
    return [n for n, text in enumerate(pieces.texts) if not text.isascii() and not pieces.tokens[n].sound]


def find_swap(pieces: Pieces, bad: list[int]) -> Swap | None:
    """The mistake that explains most, with the runs it damaged; nothing where none is clear.

    ``bad`` are the numbers of the pieces that read badly, as ``suspects`` gives them.
    """
    if sum(pieces.tokens[n].excess for n in bad) < SUSPECT or _only_habits(pieces, bad):
        return None
    sample = bad[:_SAMPLE]
    swaps = [_swap(pieces, mistake, sample) for mistake in _promising(pieces, sample)]
    best = max((swap for swap in swaps if swap.runs), key=lambda swap: swap.gain, default=None)
    return None if best is None or _is_habit(pieces, best) or _are_twins(pieces, best) else best


def _are_twins(pieces: Pieces, swap: Swap) -> bool:
    """Whether Cyrillic letters in Latin words read better as the Latin letters that they look like."""
    cost = {"swap": 0, "twins": 0}
    for start, end in swap.runs:
        for piece in pieces.texts[start:end]:
            twins = "".join(TO_LATIN.get(letter, letter) for letter in piece)
            undone = None if piece.isascii() else swap.mistake.undo(piece)
            if undone is not None and undone != piece:
                cost["swap"] += token(undone).cost(swap.languages)
                cost["twins"] += token(twins).cost(swap.languages)
    return cost["twins"] < cost["swap"]


def _promising(pieces: Pieces, sample: list[int]) -> list[Mistake]:
    """The one or two mistakes that do best on a few pieces of the sample, by the models."""
    ranked = _ranked([pieces.texts[n] for n in sample])
    if len(ranked) < 2:
        return ranked
    few = sample[:: max(1, len(sample) // _FEW)][:_FEW]
    costs: list[tuple[int, int]] = []
    for number, mistake in enumerate(ranked):
        cost = mistake.prior
        for n in few:
            undone = mistake.undo(pieces.texts[n])
            cost += _MISFIT if undone is None else token(undone).free
        costs.append((cost, number))
    costs.sort()
    least = costs[0][0] + _CLOSE * len(few)
    return [ranked[number] for cost, number in costs[:_TRIED] if cost <= least]


# Pieces that sift the mistakes, what one costs that does not fit, how much worse a piece a mistake may be on
# average that is still tried, and how many are.
_FEW, _MISFIT, _CLOSE, _TRIED = 6, 200, 4, 2


# The letters beyond ASCII that these languages write.
_OWN = {
    "tr": "çğıöşüÇĞİÖŞÜâîû", "hu": "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "cs": "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ", "ro": "ăâîșțşţĂÂÎȘȚŞŢ",
}  # fmt: skip


def _only_habits(pieces: Pieces, bad: list[int]) -> bool:
    """Whether the bad pieces are a few words with nothing but one language's habits: nothing to search for."""
    if sum(pieces.tokens[n].free for n in bad) >= _HABIT_GAIN:
        return False
    letters = {letter for n in bad for letter in pieces.texts[n] if letter >= "\x80" and letter.isalpha()}
    habits = [
        language
        for language, own in _OWN.items()
        if not letters.isdisjoint(_HABITS[language]) and letters <= {*_HABITS[language], *own}
    ]
    return bool(habits) and _context_language(pieces) in habits


def _context_language(pieces: Pieces) -> str:
    """The language of the sound words in Latin letters."""
    sound = [costs for text, costs in zip(pieces.texts, pieces.tokens, strict=True) if text.isascii() or costs.sound]
    number = _languages(sound[:_SAMPLE]).get("latn")
    return "" if number is None else table("latn").languages[number]


def _is_habit(pieces: Pieces, swap: Swap) -> bool:
    """Whether the swap would only undo what writers of the language commonly do."""
    sound = [costs for text, costs in zip(pieces.texts, pieces.tokens, strict=True) if text.isascii() or costs.sound]
    numbers = {_languages(sound[:_SAMPLE]).get("latn"), swap.languages.get("latn")} - {None}
    habit = "".join(_HABITS.get(table("latn").languages[number], "") for number in numbers if number is not None)
    wrong: set[str] = set()
    right: set[str] = set()
    for start, end in swap.runs:
        for before in pieces.texts[start:end]:
            after = before if before.isascii() else swap.mistake.undo(before) or before
            changes = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
            wrong.update(a for a, _ in changes)
            right.update(b for _, b in changes)
    if not wrong.issubset(habit):
        return False
    return swap.gain < _HABIT_GAIN or any(not right.isdisjoint(text) for text in pieces.texts)


def _ranked(sample: list[str]) -> list[Mistake]:
    """The mistakes that give the likeliest letters, each with its own result."""
    costs: list[tuple[int, int, Charset, Charset, str]] = []
    for wrong, held in _holders(sample):
        raw = wrong.encode(held).translate(None, _ASCII)[:_BYTES]
        latin = _is_latin(held)
        # Among other scripts than Latin the letters alone rule most mistakes out.
        most = 10**9 if latin else sum(raw.translate(_quick(wrong.name)))
        for right, prior, quick in _rights(wrong, latin):
            cost = sum(raw.translate(quick)) + prior
            if cost < most + prior + _NEARLY:
                costs.append((cost * _SHARES // len(raw), len(costs), right, wrong, held))
    costs.sort(key=lambda one: one[:2])
    seen: dict[tuple[str, str], Mistake] = {}
    for _, _, right, wrong, held in costs:
        mistake = Mistake(right, wrong)
        undone = mistake.undo(held)
        if undone is not None and undone != held:
            seen.setdefault((held, undone), mistake)
            if len(seen) == _KEPT:
                break
    return list(seen.values())


@cache
def _rights(wrong: Charset, latin: bool | None) -> list[tuple[Charset, int, bytes]]:
    """What may have been read as ``wrong``, with its prior and its costs by byte."""
    return [
        (right, Mistake(right, wrong).prior, _quick(right.name))
        for right in charsets()
        if likely_mistake(right, wrong) and latin in {None, right.region in _LATIN_REGIONS}
    ]


_ASCII, _BYTES = bytes(range(128)), 48  # the ranking looks at so many bytes beyond ASCII
_LATIN_REGIONS = frozenset({"west", "central", "baltic", "turkish"})


def _is_latin(text: str) -> bool | None:
    """Whether the text was in Latin letters, by the ASCII letters between the others; nothing if unclear."""
    plain = len(_ASCII_LETTER.findall(text))
    above = len(text) - len(text.encode("ascii", "ignore"))
    return True if plain > above else False if plain * 10 < above else None


_ASCII_LETTER = re.compile("[A-Za-z]")
_HOLDERS = 8  # charsets that are tried as the wrong one
_NEARLY = 8  # quarters of a nat by which letters may be less likely than as they stand
_SHARES = 1000  # keeps the average of whole numbers whole


def _holders(sample: list[str]) -> list[tuple[Charset, str]]:
    """Charsets that hold most pieces of the sample, each with the pieces it holds."""
    held: dict[str, tuple[Charset, list[str]]] = {}
    for piece in sample:
        for charset in holding(piece):
            held.setdefault(charset.name, (charset, []))[1].append(piece)
    most = max((len(pieces) for _, pieces in held.values()), default=0)
    best = [(charset, " ".join(pieces)) for charset, pieces in held.values() if 2 * len(pieces) > most]
    return best[:_HOLDERS]


def _languages(tokens: list[Token]) -> dict[str, int]:
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


def _swap(pieces: Pieces, mistake: Mistake, sample: list[int]) -> Swap:
    """The runs in which undoing the mistake pays."""
    undone = [None if text.isascii() else mistake.undo(text) for text in pieces.texts]
    context = [costs for text, costs in zip(pieces.texts, pieces.tokens, strict=True) if text.isascii()][:_SAMPLE]
    languages = _languages(context + [token(text) for n in sample if (text := undone[n]) is not None])
    gains = [
        _NOTHING if after == before else None if after is None else _gain(before, costs, after, languages)
        for before, costs, after in zip(pieces.texts, pieces.tokens, undone, strict=True)
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


_NOTHING = _Gain(0, 0)


def _gain(piece: str, before: Token, after: str, languages: dict[str, int]) -> _Gain:
    cost = token(after).cost(languages)
    for match in _JOINED.finditer(piece):
        if not after[match.start()].isalpha():
            cost += _UNLETTERED
    return _Gain(before.free - cost, before.cost(languages) - cost)


# A letter that follows a small Latin letter and becomes something else: seldom right, cheap for a model of letters.
_JOINED, _UNLETTERED = re.compile("(?<=[a-zß-öø-ÿ])[À-ÖØ-öø-ɏ]"), 60


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

    def reads_well(self, gain: _Gain, mistake: Mistake, languages: dict[str, int]) -> bool:
        """Whether the pieces read well in the language chosen, and much better than they did."""
        tokens = [token(after) for _, after in self.pairs]
        size = sum(costs.size for costs in tokens)
        density = _DENSITY if mistake.prior <= _USUAL else 2 * _DENSITY
        if gain.plain < density * size or sum(costs.cost(languages) for costs in tokens) > GOOD * size:
            return False
        if _MOST_ODD * sum(costs.odd for costs in tokens) > len(tokens):
            return False
        changes = [(a, b) for before, after in self.pairs for a, b in zip(before, after, strict=True) if a != b]
        letters = sum(b.isalpha() for _, b in changes)
        lost = sum(a.isalpha() and not b.isalpha() for a, b in changes)
        if lost > letters or max(len(after) for _, after in self.pairs) < _WORD:
            return False
        if self._moves():
            most = max(sum(a != b for a, b in zip(before, after, strict=True)) for before, after in self.pairs)
            return len(changes) >= _LETTERS_ABROAD and most >= _WORD
        return len(changes) > 1 or ("latn" in languages and gain.free >= _GAIN + _LONELY * mistake.prior)

    def _moves(self) -> bool:
        """Whether most pieces go from one script to another, words of mixed scripts apart."""
        scripts = [(_scripts(before), _scripts(after)) for before, after in self.pairs]
        return 2 * sum(bool(before and after and not after <= before) for before, after in scripts) > len(scripts)


def _scripts(piece: str) -> frozenset[str]:
    return frozenset(script for script, _ in token(piece).words)
