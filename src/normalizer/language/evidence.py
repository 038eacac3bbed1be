"""Evidence: what the letters of a text say about its language, as integers.

In flows text. Out flows a :class:`Verdict`: the best language, how far it leads (in tenths of a nat of
log-likelihood) and over how many letters. Quoted speech is left aside where enough text stands outside it,
and paragraphs vote by their length, so that neither a quote nor a page's furniture decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import NamedTuple

from normalizer.language.quotes import quoted_spans
from normalizer.language.scripts import SETTLED, count_scripts, dominant, letter_script
from normalizer.language.tables import Table, load

UNSURE = "und"
TABLES = frozenset({"Arab", "Cyrl", "Deva", "Hani", "Latn"})

# So many letters outside quotations, or such a lead (tenths of a nat), are enough to leave the quotations aside;
# so few are enough to tell the script ("He said:").
_OUTSIDE_LETTERS, _OUTSIDE_LEAD, _FRAME_LETTERS = 30, 60, 8
# Of a longer text, evenly spread windows are read: accuracy on whole articles is the same from 1,000 letters on.
_WINDOWS, _WINDOW = 12, 400
# Words are read in rounds of about so many letters until one language leads by this (tenths of a nat). On the
# development data the answers are the same as when all words are read, at a third of the time.
_ROUND_LETTERS, _CLEAR_LEAD = 32, 150
# A paragraph votes with its letters, with all their weight only from so many letters on.
_FULL_PARAGRAPH = 80
# A syllable or an ideograph says as much as two letters.
# Latin words stand in texts of all scripts (brands, abbreviations), others seldom in Latin text.
_LATIN, _OTHER = 2, 3
_DENSE = frozenset({"Hang", "Hani", "Jpan"})

# A lead that the language of the text around has in advance: an unlike language overcomes it in a few words.
_EXPECTED = 40
# More penalty a letter than this, and the letters are no language's: one sentence in five thousand has it.
_MOST_MISFIT = 26
# Code has one sign of syntax in so few letters; of 29,000 development texts one has.
_LETTERS_PER_SIGN, _LEAST_SIGNS = 6, 4

_SYNTAX = re.compile(r"[{}\[\]<>=;_|\\^~$#]|[a-z]\(|(?:[;{}]|\):)[ \t]*(?:[\r\n]|$)")
_SIGN = re.compile(r"[{}\[\]<>=;_|\\^~$#(]")  # what all syntax has one of
_ADDRESSES = re.compile(r"(?:https?://|www\.)[^\s»”“\"]+|[^\s«„“\"@]{1,64}@[^\s»”“\"@]{1,99}")
_LINES = re.compile(r"[\r\n]+")
_WORDS = re.compile(r"[^\W\d_]+")
_SIGNED_WORDS = re.compile(r"[\u0900-\u097f]+")  # in Devanagari a word holds vowel signs, which are no letters
_STRUCTURE = re.compile(r"[\r\n\"«»„“”‘‚‹›「『]")
_RUNS = re.compile(r"[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")


class Verdict(NamedTuple):
    """``code`` (``und`` where nothing speaks), its ``lead`` in tenths of a nat over the next language, the
    ``script``, the number of ``letters`` read and the best language's ``misfit``, its penalty.
    """

    code: str
    lead: int
    script: str
    letters: int
    misfit: int = 0


def judge(text: str, expected: str | None = None) -> Verdict:
    """The verdict on a text of any length; its cost is bounded by the sample that is read.

    ``expected`` is the language of the text around: it is preferred where little speaks against it.
    """
    text = _sample(text)
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESSES.sub(" ", text)
    if not _STRUCTURE.search(text):
        return _sound(_judge([_Piece(text)], expected), text)
    return _sound(_judge_around_quotes(text, expected), text)


def _judge_around_quotes(text: str, expected: str | None) -> Verdict:
    """The verdict on what stands outside quotations; they help where that is too little to be told."""
    outside = _judge(_lines(_outside(text)), expected)
    if outside.letters >= _OUTSIDE_LETTERS or outside.lead >= _OUTSIDE_LEAD:
        return outside
    everything = _judge(_lines(text), expected or outside.code)
    if outside.letters >= _FRAME_LETTERS and outside.script != everything.script:
        return outside
    return everything


def _lines(text: str) -> list[_Piece]:
    return [_Piece(line) for line in _LINES.split(text) if line]


def _sound(verdict: Verdict, text: str) -> Verdict:
    """The verdict, or ``und`` where the text is code or its letters fit no language."""
    if verdict.script != "Latn":
        return verdict
    if verdict.misfit <= _MOST_MISFIT * verdict.letters:
        signs = len(_SYNTAX.findall(text)) if _SIGN.search(text) else 0
        if signs < _LEAST_SIGNS or signs * _LETTERS_PER_SIGN < verdict.letters:
            return verdict
    return verdict._replace(code=UNSURE, lead=0)


def _outside(text: str) -> str:
    """``text`` with a full stop for each quotation."""
    parts, position = [], 0
    for start, end in quoted_spans(text):
        parts.append(text[position:start])
        position = end
    return " . ".join([*parts, text[position:]])


def _sample(text: str) -> str:
    """``text``, or where it is long windows of it, evenly spread and cut between words."""
    if len(text) <= _WINDOWS * _WINDOW:
        return text
    step = (len(text) - _WINDOW) // (_WINDOWS - 1)
    return "\n".join(text[start : start + _WINDOW] for start in range(0, step * _WINDOWS, step))


class _Piece:
    """A paragraph: its words in lower case by script."""

    __slots__ = ("letters", "scripts", "text", "words")

    def __init__(self, text: str) -> None:
        if text.isascii():
            self.text = text.lower()
            words = _WORDS.findall(self.text)
            self.words = {"Latn": words} if words else {}
            self.letters = sum(map(len, words))
            self.scripts = {"Latn": self.letters} if words else {}
            return
        self.text = unicodedata.normalize("NFC", text).lower()
        self.words = {}
        run_on = _RUNS.search(self.text)
        for word in _WORDS.findall(_RUNS.sub(r" \g<0> ", self.text) if run_on else self.text):
            script = letter_script(word[0])
            if script in self.words:
                self.words[script].append(word)
            else:
                self.words[script] = [word]
        self.scripts = {script: sum(map(len, words)) for script, words in self.words.items() if script}
        if run_on:
            self._part_runs()
        self.letters = sum(self.scripts.values())

    def _part_runs(self) -> None:
        """East Asian words run on, across scripts: they are counted by character."""
        counts = count_scripts("".join(_RUNS.findall(self.text)))
        script = dominant(counts)
        runs = "".join(_RUNS.findall(self.text))
        self.words["Hani"] = list(runs)
        for name in ("Hani", "Hira", "Kana"):
            self.scripts.pop(name, None)
        if script in _DENSE:
            self.scripts[script] = 2 * len(runs)

    def words_in(self, script: str) -> list[str]:
        """The words of one script, vowel signs included."""
        return _SIGNED_WORDS.findall(self.text) if script == "Deva" else self.words.get(script, [])

    @property
    def weight(self) -> int:
        """Up to ``_FULL_PARAGRAPH``, so that short lines count for less than their letters."""
        return min(self.letters, _FULL_PARAGRAPH)


def _judge(pieces: list[_Piece], expected: str | None) -> Verdict:
    scripts: Counter[str] = Counter()
    for piece in pieces:
        for script, count in piece.scripts.items():
            scripts[script] += count * piece.weight * (_LATIN if script == "Latn" else _OTHER)
    if not scripts:
        return Verdict(UNSURE, 0, "Zyyy", 0)
    script = min(scripts, key=lambda name: (-scripts[name], name))
    letters = sum(piece.scripts.get(script, 0) for piece in pieces)
    if script in SETTLED:
        return Verdict(SETTLED[script], _EXPECTED + 10 * letters, script, letters)
    if script not in TABLES:
        return Verdict(UNSURE, 0, script, letters)
    table = load(script)
    prior = [cost - _EXPECTED * (code == expected) for code, cost in zip(table.languages, table.prior, strict=True)]
    if len(pieces) == 1:
        final = _read(table, prior, pieces[0].words_in(script), letters)
        return _best(table, final, prior, script, letters)
    votes, totals = [0] * len(prior), prior
    for piece in pieces:
        own = piece.scripts.get(script, 0)
        if own:
            penalties = _read(table, [0] * len(prior), piece.words_in(script), own)
            totals = [total + penalty for total, penalty in zip(totals, penalties, strict=True)]
            say, ceiling = own * piece.weight, min(penalties) + _CLEAR_LEAD
            votes = [
                vote + say * (penalty if penalty < ceiling else ceiling)  # noqa: FURB136, a call a language is slow
                for vote, penalty in zip(votes, penalties, strict=True)
            ]
    scale = letters * _FULL_PARAGRAPH
    final = [vote // scale + cost for vote, cost in zip(votes, prior, strict=True)]
    return _with_all_letters(_best(table, final, prior, script, letters), table, totals, prior)


def _read(table: Table, prior: list[int], words: list[str], letters: int) -> list[int]:
    return table.penalties(words, prior, max(1, letters // _ROUND_LETTERS), _CLEAR_LEAD)


def _best(table: Table, final: list[int], prior: list[int], script: str, letters: int) -> Verdict:
    """The verdict on the penalties of all languages, priors included."""
    least, second = sorted(final)[:2]
    place = final.index(least)
    return Verdict(table.languages[place], second - least, script, letters, least - prior[place])


def _with_all_letters(elected: Verdict, table: Table, totals: list[int], prior: list[int]) -> Verdict:
    """The language that the paragraphs elected, with the lead that all their letters give it, if that is more."""
    place = table.languages.index(elected.code)
    own = totals[place]
    others = min(total for other, total in enumerate(totals) if other != place)
    return elected._replace(lead=max(elected.lead, others - own), misfit=own - prior[place])
