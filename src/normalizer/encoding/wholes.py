"""Lines of which nearly all letters were read as others: a quick way where there is no doubt.

In flows a line, out flows the line as it was. A few long words choose the mistake; it is undone if they then read
well and nothing in the line looks wrong any more. Whatever is less plain is left to the search among stretches of
words: sound words in the line, letters of which only some were misread, mistakes that differ in a letter.
"""

from __future__ import annotations

from operator import ne
from typing import NamedTuple

from normalizer.encoding.charsets import Charset
from normalizer.encoding.drawings import is_drawing
from normalizer.encoding.gate import CHARACTERS, CLEAN, suspicion
from normalizer.encoding.mistakes import Mistake, is_latin, likeliest, misplaced
from normalizer.encoding.models import table
from normalizer.encoding.plausibility import GOOD, SCRIPT_OF, token
from normalizer.encoding.trace import Undone, in_place

_LEAST = 10  # characters in the words that choose
_CHANGED = 8  # characters of the line that change
_WORDS, _WEIGHED = 5, 2  # words that choose, and how many of them are weighed as they stand
_BETTER = 3  # how much worse the words must read as they stand, in halves
_SOUND = frozenset({CLEAN, CHARACTERS})  # what the gate may say of the result: look-alikes are for other rules
_MARGIN = 3  # quarters of a nat a letter by which the best mistake must beat one with another result
_APART, _CLEAR = 8, 12  # words that tell two mistakes apart, and by how much one must read better there


class _Reading(NamedTuple):
    """A mistake, the line without it, and what the words that choose then cost, in a language (its number)."""

    cost: int
    number: int
    mistake: Mistake
    line: str
    languages: dict[str, int]


def undo_whole(line: str, able: list[Charset]) -> Undone | None:
    """The line before the one mistake that explains all of it; ``able`` are the charsets that hold it."""
    words = _words(line) if able and is_latin(line) is False else []
    held = " ".join(words)
    weighed = [token(word) for word in words[-_WEIGHED:]]
    if len(held) < _LEAST or any(word.sound for word in weighed):
        return None
    chosen = _chosen(line, held, able)
    if chosen is None or not _is_other(line, chosen.line) or is_drawing(held, chosen.mistake.undo(held) or ""):
        return None
    before, size = sum(word.free for word in weighed), sum(word.size for word in weighed)
    if 2 * before * len(held) < _BETTER * chosen.cost * size or suspicion(chosen.line) not in _SOUND:
        return None
    mistake = chosen.mistake
    return in_place(chosen.line, f"{mistake.right.label} read as {mistake.wrong.label}")


def _words(line: str) -> list[str]:
    """The longest words beyond ASCII of the line."""
    words = {word for word in line.split(" ") if not word.isascii()}
    return sorted(words, key=lambda word: (len(word), word))[-_WORDS:]


def _chosen(line: str, held: str, able: list[Charset]) -> _Reading | None:
    """The mistake that makes the words read best, and well, if no other comes near."""
    readings: list[_Reading] = []
    for number, mistake in enumerate(likeliest([(charset, held) for charset in able], line)):
        reading = _reading(number, mistake, line, held)
        if reading is not None:
            readings.append(reading)
    readings.sort(key=lambda one: one[:2])
    best = readings[0] if readings else None
    for other in readings[1:]:
        if best is None or other.cost - readings[0].cost >= _MARGIN * len(held):
            break
        gain = _gain(best, other)
        best = None if abs(gain) < _CLEAR else best if gain > 0 else other
    return best


def _reading(number: int, mistake: Mistake, line: str, held: str) -> _Reading | None:
    """How the words read without the mistake; nothing where they do not read well, or are of several scripts."""
    undone = mistake.undo(held) or ""
    found = [(match.lastgroup or "", match.group()) for match in SCRIPT_OF.finditer(undone.lower())]
    scripts = {script for script, _ in found}
    script = scripts.pop() if len(scripts) == 1 else ""
    if script not in _WEIGHABLE:
        return None
    model = table(script)
    by_language = model.costs(model.word("  ".join(word for _, word in found)))
    cost, size = min(by_language), sum(len(word) + 1 for _, word in found)
    if cost > GOOD * size:
        return None
    languages = {script: by_language.index(cost)}
    return _Reading(cost * len(held) // size + mistake.prior, number, mistake, mistake.undo(line) or "", languages)


_WEIGHABLE = frozenset({"cyrl", "grek", "hebr", "arab"})


def _gain(best: _Reading, other: _Reading) -> int:
    """How much better the words in which two readings of a line differ read in the first, in its language."""
    apart = [words for words in zip(best.line.split(" "), other.line.split(" "), strict=False) if ne(*words)][:_APART]
    gain = sum(token(wrong).cost(best.languages) - token(right).cost(best.languages) for right, wrong in apart)
    gain += misplaced(other.line) - misplaced(best.line)
    return gain - best.mistake.prior + other.mistake.prior


def _is_other(line: str, undone: str) -> bool:
    """Whether most characters beyond ASCII changed, as between charsets that share few letters."""
    above = len(line) - len(line.encode("ascii", "ignore"))
    changed: int = sum(map(ne, line, undone))
    return changed >= _CHANGED and 2 * changed > above
