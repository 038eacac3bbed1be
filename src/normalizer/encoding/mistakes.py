"""Mistakes among single-byte charsets, and a quick ranking of those that a sample may show.

In flow pieces that read badly, out flow the few mistakes that would make them likeliest, judged first by the
frequency of single letters, in bytes, and then by the models on a few pieces.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from normalizer.encoding.charsets import UNDEFINED, Charset, charsets, likely_mistake, mask_of
from normalizer.encoding.models import table
from normalizer.encoding.plausibility import token

_ABROAD = 4  # what a mistake between regions costs, in quarters of a nat
_KEPT = 4  # mistakes that the models judge after the quick ranking


class Mistake(NamedTuple):
    """Text in ``right`` was read as ``wrong``."""

    right: Charset
    wrong: Charset

    @property
    def prior(self) -> int:
        """What the mistake costs before anything is seen, in quarters of a nat."""
        return self.right.rarity + self.wrong.rarity + (0 if self.right.region == self.wrong.region else _ABROAD)

    def undo(self, text: str) -> str | None:
        """The text as it was, or nothing where the charsets do not fit."""
        try:
            undone = self.right.decode(self.wrong.encode(text))
        except UnicodeError:
            return None
        return None if UNDEFINED in undone else undone

    def changes(self, letters: set[str]) -> dict[str, str]:
        """Those of the letters that change, with what they were; letters that do not fit are left out."""
        found = {letter: self.undo(letter) for letter in letters if letter >= "\x80"}
        return {letter: undone for letter, undone in found.items() if undone is not None and undone != letter}


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


def misplaced(text: str) -> int:
    """What marks cost that stand where none can: a capital of Mac Cyrillic is one of windows-1251, and the reverse."""
    if text.isalpha() or _SUSPECTED.isdisjoint(text):
        return 0
    count = len(_MISPLACED.findall(text))
    if len(_QUOTES.findall(text)) == 1 and _LONE.search(text):
        count += 1  # in a text of several words, one quotation mark by itself has no partner
    return _MISPLACED_COST * count


_SUSPECTED = frozenset("‚‘’“”„\xa0¬√†‡")
_QUOTES, _LONE = re.compile("[“”„]"), re.compile("(?:^|(?<= ))[“”](?= )")

_MISPLACED = re.compile(
    "(?:^|(?<=[ (]))(?:[‚‘’\xa0¬√](?=$| )|[\xa0¬√](?=[^\\W\\d_])|‚(?=[^\\W\\d_])(?!.*[‘’]))|[†‡](?=[^\\W\\d_])"
)
_MISPLACED_COST = 48


def promising(sample: list[str]) -> list[Mistake]:
    """The one or two mistakes that do best on a few pieces of the sample, by the models."""
    ranked = likeliest(_holders(sample))
    if len(ranked) < 2:
        return ranked
    few = sample[:: max(1, len(sample) // _FEW)][:_FEW]
    lone = [piece for piece in sample if len(piece) == 1 and piece not in few]
    costs: list[tuple[int, int]] = []
    for number, mistake in enumerate(ranked):
        cost = mistake.prior
        for piece in few:
            undone = mistake.undo(piece)
            cost += _MISFIT if undone is None else token(undone).free + misplaced(undone)
        cost += sum(misplaced(undone) for piece in lone if (undone := mistake.undo(piece)))
        costs.append((cost, number))
    costs.sort()
    least = costs[0][0] + _CLOSE * len(few)
    return [ranked[number] for cost, number in costs[:_TRIED] if cost <= least]


# Pieces that sift the mistakes, what one costs that does not fit, how much worse a piece a mistake may be on
# average that is still tried, and how many are.
_FEW, _MISFIT, _CLOSE, _TRIED = 6, 200, 4, 2


def likeliest(holders: list[tuple[Charset, str]], line: str = "") -> list[Mistake]:
    """The mistakes that give the likeliest letters, each with its own result.

    ``holders`` are charsets that may be the wrong one, each with the text that it holds; ``line`` is the text whose
    results tell mistakes apart, if it is another.
    """
    costs: list[tuple[int, int, Charset, Charset, str]] = []
    tried: set[tuple[str, bytes, str]] = set()
    for wrong, held in holders[:_HOLDERS]:
        raw = wrong.encode(held).translate(None, _ASCII)[:_BYTES]
        if (held, raw, wrong.region) in tried:
            continue
        tried.add((held, raw, wrong.region))
        latin = is_latin(held)
        # Among other scripts than Latin the letters alone rule most mistakes out.
        most = 10**9 if latin else sum(raw.translate(_quick(wrong.name)))
        for right, prior, quick in _rights(wrong, latin):
            cost = sum(raw.translate(quick)) + prior
            if cost < most + prior + _NEARLY:
                costs.append((cost * _SHARES // len(raw), len(costs), right, wrong, held))
    costs.sort(key=lambda one: one[:2])
    # Letters of other scripts than Latin, where there are enough of them, tell mistakes apart by themselves.
    sure = bool(costs) and len(costs[0][4]) >= _LONG and is_latin(costs[0][4]) is False
    far = _FAR if sure else _FARTHER if line else max(costs, default=(0,))[0]
    seen: dict[tuple[str, str], Mistake] = {}
    for cost, _, right, wrong, held in costs:
        if cost > costs[0][0] + far:
            break
        mistake = Mistake(right, wrong)
        undone = mistake.undo(line or held)
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


def is_latin(text: str) -> bool | None:
    """Whether the text was in Latin letters, by the ASCII letters between the others; nothing if unclear."""
    ascii_only = text.encode("ascii", "ignore")
    plain, above = len(ascii_only.translate(None, _NO_LETTERS)), len(text) - len(ascii_only)
    return True if plain > above else False if plain * 10 < above else None


_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
_HOLDERS = 8  # charsets that are tried as the wrong one
_NEARLY = 8  # quarters of a nat by which letters may be less likely than as they stand
_SHARES = 1000  # keeps the average of whole numbers whole
_LONG = 40  # characters of a sample that are enough
# How much less likely a byte may be than by the best mistake, on average: where there are enough, and in whole lines.
_FAR, _FARTHER = 3 * _SHARES, 5 * _SHARES


def _holders(sample: list[str]) -> list[tuple[Charset, str]]:
    """Charsets that hold most pieces of the sample, each with the pieces it holds."""
    masks = [mask_of(piece) for piece in sample]
    found: list[tuple[int, Charset, list[str]]] = []
    for number, charset in enumerate(charsets()):
        held = [piece for piece, mask in zip(sample, masks, strict=True) if mask >> number & 1]
        if held:
            found.append((sample.index(held[0]), charset, held))
    most = max((len(held) for _, _, held in found), default=0)
    found.sort(key=lambda one: one[0])  # those that hold the first piece come first
    return [(charset, " ".join(held)) for _, charset, held in found if 2 * len(held) > most]
