"""How plausible characters are in some language: letter trigrams, a cost a language, in whole numbers.

In flow words, out flow costs in quarters of a nat (-4 ln p, rounded), so that sums are exact and the same
everywhere. The tables are read when the gate lets a text through, each script's on first use. A row holds the
costs of one trigram in all languages of its script, packed into one integer with 32 bits a language:
adding rows adds all languages at once.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from itertools import accumulate
from struct import Struct
from typing import NamedTuple

from normalizer._data import read

UNIT = 4  # a nat in cost
SUSPECT = 20  # excess of a whole text from which on it is looked into
GOOD = 13  # what a letter or border of clean text costs at most, on average over a word
_FLOOR = 55  # the cost of what was never seen: 13.8 nats, as in the tables
_UNSEEN = 6  # added when only the last two letters of a trigram were ever seen together
_WITHOUT_FIRST = bytes(min(cost + _UNSEEN, _FLOOR) for cost in range(256))
_FIELD = 4  # bytes a language in a packed row
_CACHED = 60_000  # rows and words kept between calls, to bound memory

SCRIPT_OF = re.compile(
    "(?P<latn>[a-zß-öø-ɏḀ-ỿə]+)|(?P<cyrl>[\u0400-\u052f]+)|(?P<grek>[\u0370-\u0386\u0388-\u03ff\u1f00-\u1fff]+)"
    "|(?P<hebr>[\u0590-\u05ff]+)|(?P<arab>[\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff]+)"
    "|(?P<wide>[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+)"
    "|(?P<plain>[\u0530-\u058f\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u1780-\u17ff]+)"
    "|(?P<rare>[\u0250-\u0258\u025a-\u02ff\u0700-\u08ff\u0f00-\u109f\u1100-\u177f\u1800-\u1dbf\u2c00-\u2dff\u3100-\u33ff\ua000-\uabff"
    "\ud7b0-\udfff\ue000-\uf8ff\ufb00-\ufdff\ufe20-\ufefe\uff66-\uffdc\ufffd"
    "\U00010000-\U0001efff\U000e0000-\U0010ffff]+)"
)
_MODELLED = frozenset({"latn", "cyrl", "grek", "hebr", "arab"})
_MARKS = re.compile("[\u0591-\u05c7\u064b-\u065f]")  # Hebrew and Arabic points: no part of the models


_Groups = dict[str, tuple[str, int]]


class Table(dict[str, int]):
    """Packed rows by trigram; a trigram that is missing is looked up once, or derived from its last two letters."""

    def __init__(self, script: str) -> None:
        names, letters, costs, *ngrams, self._rows = read(f"encoding/{script}.bin").split(b"\n", 7)
        self.languages = names.decode().split()
        self.letters = dict(zip(letters.decode(), map(int, costs.split()), strict=True))
        self._width = len(self.languages)
        lines = [line.decode() for line in ngrams]
        self._trigrams, trigrams = _groups(lines[0], lines[1], 2, 0)
        self._pairs, _ = _groups(lines[2], lines[3], 1, trigrams)
        self._floor = self._packed(bytes([_FLOOR]) * self._width)
        self._fields = Struct(f"<{self._width}I")
        self._short: dict[str, tuple[int, int]] = {}

    def __missing__(self, trigram: str) -> int:
        if len(self) > _CACHED:
            self.clear()
        row = self[trigram] = self._derived(trigram)
        return row

    def _derived(self, trigram: str) -> int:
        thirds, first = self._trigrams.get(trigram[:2], _NONE)
        number = thirds.find(trigram[2])
        if number >= 0:
            return self._packed(self._row(first + number))
        if trigram[1:] == "  ":
            return 0
        seconds, first = self._pairs.get(trigram[1], _NONE)
        number = seconds.find(trigram[2])
        if number < 0:
            return self._floor
        return self._packed(self._row(first + number).translate(_WITHOUT_FIRST))

    def _row(self, number: int) -> bytes:
        return self._rows[number * self._width : (number + 1) * self._width]

    def _packed(self, row: bytes) -> int:
        spread = bytearray(_FIELD * self._width)
        spread[::_FIELD] = row
        return int.from_bytes(spread, "little")

    def word(self, letters: str) -> int:
        """The packed cost of one word of lower-case letters of this script."""
        padded = f"  {letters} "
        size = len(letters) + 1
        places = _TRIGRAMS[:size] if size <= len(_TRIGRAMS) else [slice(n, n + 3) for n in range(size)]
        return sum(map(self.__getitem__, map(padded.__getitem__, places)))

    def weighed(self, letters: str) -> tuple[int, int]:
        """The packed cost of one word, and the cost in the language where it is least."""
        found = self._short.get(letters)
        if found is None:
            packed = self.word(letters)
            found = packed, min(self.costs(packed))
            if len(letters) <= _SHORT:
                if len(self._short) > _CACHED:
                    self._short.clear()
                self._short[letters] = found
        return found

    def costs(self, packed: int) -> tuple[int, ...]:
        """Costs by language, in the order of ``languages``."""
        return self._fields.unpack(packed.to_bytes(self._fields.size, "little"))


_TRIGRAMS = [slice(n, n + 3) for n in range(400)]
_SHORT = 4  # letters of a word that comes again and again
_NONE = ("", 0)


def _groups(beginnings: str, lasts: str, size: int, first: int) -> tuple[_Groups, int]:
    """By what n-grams begin with: their last letters and the number of the first row; and the number after all."""
    letters = lasts.split("\t")
    starts = [*accumulate(map(len, letters), initial=first)]
    keys = [beginnings[n : n + size] for n in range(0, len(beginnings), size)]
    return dict(zip(keys, zip(letters, starts, strict=False), strict=True)), starts[-1]


@cache
def table(script: str) -> Table:
    """The model of a script: latn, cyrl, grek, hebr or arab."""
    return Table(script)


# Punctuation of running text beyond ASCII; hard spaces and joiners cost nothing.
_PUNCTUATION = re.compile("[«»‹›“”„‘’‚–—…·•№§°©®™€£¡¿´\u2010\u2011\u0387\u060c\u061b\u061f]")
ODD = re.compile(
    "[^\x00-\x7f\\w\u00a0\u0300-\u036f\u0530-\u1fff\u200b-\u205e\u3000-\u303f\ufe00-\ufe0f\uff00-\uff65"
    f"\U00010000-\U0010ffff{_PUNCTUATION.pattern[1:-1]}]|[ªº\u00b5ƒˆ²³¹¼½¾]"
)
_LOOSE_MARK = re.compile(
    "(?<![^\\W\\d_])[\u0300-\u036f]|[\u0304\u0305\u0308-\u036f]"
)  # common accents may follow a letter
_CONTROL = re.compile("[\x80-\x9f\u00ad]")
_CAPITALS = "ĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
_RAISED = re.compile(f"[a-zß-öø-ÿа-яѐ-џα-ω](?=[A-ZÀ-ÖØ-ÞА-ЯЀ-ЏΑ-Ω{_CAPITALS}])|(?<=[A-Z])[À-ÖØ-Þ](?=[a-zß-öø-ÿ])")
_INSIDE = re.compile(r"(?<=[^\W\d_])[^\w\s\-'’.­/·&@:*ʼ_\u200c\u200d–—…]+(?=[^\W\d_])")
_AFTER_LETTER = re.compile("[À-ÖØ-öø-žΑ-ωЀ-ӿ][€£¥¢§¿¡©®°™‚„\u2020\u2021]")
_GLUED = re.compile(r"(?<=[^\W\d_])[\u00a0\u00ad](?=[^\W\d_])")
# Costs of what no letter model sees, in quarters of a nat; measured on damaged and clean lines.
_ODD_COST, _ODD_ALONE, _CONTROL_COST, _RAISED_COST, _INSIDE_COST, _BORDER_COST = 24, 14, 32, 24, 20, 28
_PUNCTUATION_COST, _MARK_COST = 12, 80
_PLAIN_COST, _KANA_COST, _RARE_COST = 12, 12, 44  # a letter without a model, by how common its script is


class Token(NamedTuple):
    """A piece of text between spaces: its words by script with their packed costs, and the rest.

    ``extra`` is the cost of all but letters, ``marks`` the part of it that is ordinary punctuation,
    ``unmodelled`` the cost of letters without trigrams. ``free`` is the cost with the best language for each
    word by itself; ``size`` the letters and borders that were judged. ``odd`` says whether something stands in
    the piece that no running text has, ``sound`` whether it reads well in some language as it is, and
    ``excess`` how much worse than sound text it reads.
    """

    words: tuple[tuple[str, int], ...]
    extra: int
    marks: int
    unmodelled: int
    free: int
    size: int
    odd: bool
    sound: bool
    excess: int

    def cost(self, languages: dict[str, int]) -> int:
        """The cost with one language (its number) a script."""
        cost = self.extra + self.unmodelled
        for script, packed in self.words:
            cost += packed >> 32 * languages.get(script, 0) & 0xFFFFFFFF
        return cost


_tokens: dict[str, Token] = {}


def token(piece: str) -> Token:
    """The costs of a piece of text without spaces."""
    found = _tokens.get(piece)
    if found is None:
        if len(_tokens) > _CACHED:
            _tokens.clear()
        found = _tokens[piece] = _token(piece)
    return found


def together(text: str) -> Token:
    """The costs of all words of an ASCII text, in one language."""
    words = _ASCII_WORD.findall(text.lower())
    if not words:
        return Token((), 0, 0, 0, 0, 0, odd=False, sound=True, excess=0)
    packed, free = table("latn").weighed("  ".join(words))
    size = sum(map(len, words)) + len(words)
    excess = max(free - GOOD * size, 0)
    return Token((("latn", packed),), 0, 0, 0, free, size, odd=False, sound=not excess, excess=excess)


_ASCII_WORD = re.compile("[a-z]+")


def _token(piece: str) -> Token:
    core = piece.strip(_EDGES)
    if core != piece and core:
        return token(core)
    lowered = piece.lower()
    match = SCRIPT_OF.fullmatch(lowered)
    if match and match.lastgroup in _MODELLED:
        if piece.istitle() or piece.islower() or piece.isupper():
            return _plain_word(match.lastgroup, lowered)
        if piece.isalpha():
            return _plain_word(match.lastgroup, lowered, 0 if piece.isascii() else _extra(piece, letters=True))
    return _composed(piece, _MARKS.sub("", lowered))


_EDGES = ".,;:!?()[]\"'/-*"  # ASCII at the edges of a word costs nothing


def _plain_word(script: str, lowered: str, extra: int = 0) -> Token:
    """A word of one script; ``extra`` is the cost of its capitals, where they stand in odd places."""
    model = table(script)
    packed, least = model.weighed(lowered)
    free, size = least + extra, len(lowered) + 1
    excess = max(free - GOOD * size, extra)
    return Token(((script, packed),), extra, 0, 0, free, size, extra > 0, not excess, excess)


def _composed(piece: str, lowered: str) -> Token:
    """A piece of several words, scripts or symbols."""
    words: list[tuple[str, int]] = []
    free = size = extra = unmodelled = last = 0
    before = ""
    for match in SCRIPT_OF.finditer(lowered):
        script, word = match.lastgroup or "latn", match.group()
        if script in _MODELLED:
            packed, least = table(script).weighed(word)
            words.append((script, packed))
            free += least
            size += len(word) + 1
        else:
            unmodelled += _unmodelled(script, word)
            size += 2 * len(word)
        if before and last == match.start():
            extra += _BORDER_COST
        before, last = script, match.end()
    marks = 0
    if not piece.isascii():
        marks = _PUNCTUATION_COST * len(_PUNCTUATION.findall(piece))
        extra += marks + _extra(piece, letters=bool(words))
    free += unmodelled + extra
    odd, plain = extra > marks, free - marks <= GOOD * size
    excess = 0 if plain and not odd else max(free - GOOD * size, extra - marks)
    return Token(tuple(words), extra, marks, unmodelled, free, size, odd, plain and not odd, excess)


def _unmodelled(script: str, word: str) -> int:
    """The cost of letters without trigrams: common ideographs, syllables and kana little, rare scripts much."""
    if script == "plain":
        return _PLAIN_COST * len(word)
    if script == "rare":
        return _RARE_COST * len(word)
    common = ideographs()
    return sum(_KANA_COST if letter < "\u3400" else common.get(letter, _RARE_COST) for letter in word)


@cache
def ideographs() -> dict[str, int]:
    """Costs of the ideographs and syllables that make up nearly all Chinese, Japanese and Korean text, by rank."""
    found: dict[str, int] = {}
    for name in ("han", "hangul"):
        for rank, letter in enumerate(zlib.decompress(read(f"encoding/{name}.bin")).decode()):
            found[letter] = next(cost for least, cost in _RANKS if rank >= least)
    return found


# From which rank on an ideograph or a syllable costs how much.
_RANKS = ((2000, 30), (1000, 24), (300, 20), (0, 16))


def _extra(piece: str, *, letters: bool) -> int:
    odd = len(set(ODD.findall(piece)))  # distinct, since rules and bars repeat theirs
    cost = odd * (_ODD_COST if letters or odd > 2 else _ODD_ALONE)
    if piece.isalpha():
        return cost + _RAISED_COST * len(_RAISED.findall(piece)) if letters else cost
    if _RARE_SIGN.search(piece):
        cost += _CONTROL_COST * len(_CONTROL.findall(piece))
        cost += _MARK_COST * len(_LOOSE_MARK.findall(piece))
        cost += _INSIDE_COST * len(_GLUED.findall(piece)) if letters else 0
    if letters:
        cost += _INSIDE_COST * (len(_AFTER_LETTER.findall(piece)) + len(_INSIDE.findall(piece)))
        cost += _RAISED_COST * len(_RAISED.findall(piece))
    return cost


_RARE_SIGN = re.compile("[\x80-\xa0\xad\u0300-\u036f]")  # without one, there are no controls, marks and hard spaces


def cost_of(text: str) -> int:
    """The cost of all pieces of ``text``, each word in its best language."""
    return sum(token(piece).free for piece in re.split(r"[ \t\r\n]+", text) if piece)


def cost_in_one_language(tokens: list[Token]) -> int:
    """The cost of pieces that share one language a script: the measure by which whole texts compare."""
    sums: dict[str, int] = {}
    cost = 0
    for costs in tokens:
        cost += costs.extra + costs.unmodelled
        for script, packed in costs.words:
            sums[script] = sums.get(script, 0) + packed
    return cost + sum(min(table(script).costs(packed)) for script, packed in sums.items())
