"""How plausible pieces of text are: the costs of their words in some language, and of what else stands in them.

In flow pieces of text, out flow costs in quarters of a nat (see ``models``), with what no letter model sees:
symbols, capitals inside words, borders between scripts.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from typing import NamedTuple

from normalizer._data import read
from normalizer.encoding.models import table

UNIT = 4  # a nat in cost
SUSPECT = 20  # excess of a whole text from which on it is looked into
GOOD = 13  # what a letter or border of clean text costs at most, on average over a word
_CACHED = 60_000  # words kept between calls, to bound memory

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
        if _UNIT.fullmatch(piece):
            return cost
        return cost + _RAISED_COST * len(_RAISED.findall(piece)) if letters else cost
    if _RARE_SIGN.search(piece):
        cost += _CONTROL_COST * len(_CONTROL.findall(piece))
        cost += _MARK_COST * len(_LOOSE_MARK.findall(piece))
        cost += _INSIDE_COST * len(_GLUED.findall(piece)) if letters else 0
    if letters:
        cost += _INSIDE_COST * (len(_AFTER_LETTER.findall(piece)) + len(_INSIDE.findall(piece)))
        cost += _RAISED_COST * len(_RAISED.findall(piece))
    return cost


_UNIT = re.compile("[КМГТПкмгтп]?[іи]?Б(?:айт)?|[мкМГТнд]?(?:Вт|Гц|Па|Дж|В|А|Б|Ом|Зв|Бк|Кл)|кВА|МВА")  # kWh, GiB
_RARE_SIGN = re.compile("[\x80-\xa0\xad\u0300-\u036f]")  # without one, there are no controls, marks and hard spaces


def cost_of(text: str) -> int:
    """The cost of all pieces of ``text``, each word in its best language."""
    return sum(token(piece).free for piece in _SPACES.split(text) if piece)


def cost_beyond_ascii(text: str) -> int:
    """As :func:`cost_of`, of the pieces that are not ASCII: what changes where bytes beyond ASCII are decoded anew."""
    return sum(token(piece).free for piece in _SPACES.split(text) if not piece.isascii())


_SPACES = re.compile(r"[ \t\r\n]+")


def cost_in_one_language(tokens: list[Token]) -> int:
    """The cost of pieces that share one language a script: the measure by which whole texts compare."""
    sums: dict[str, int] = {}
    cost = 0
    for costs in tokens:
        cost += costs.extra + costs.unmodelled
        for script, packed in costs.words:
            sums[script] = sums.get(script, 0) + packed
    return cost + sum(min(table(script).costs(packed)) for script, packed in sums.items())
