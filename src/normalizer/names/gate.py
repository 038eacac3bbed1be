"""The gate: proves by one scan that no name in a text can want rewriting.

In flows a text. Out flows whether the matcher must look closely. The scan is one Aho–Corasick run over
the lower-case text for the trigger words of the table, for characters that may hide in a name (soft
hyphens, stress marks, a hyphen at a line's end) and for letters of two scripts side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import product

from ahocorasick_rs import AhoCorasick, Implementation

from normalizer.names.fold import INVISIBLE, OPENING, View, lower, words
from normalizer.names.given import spellings_of
from normalizer.names.layer import Layer, style_triggers

# A deterministic automaton scans twice as fast and takes four times as long to build (measured on 20,000
# words: 80 ms); it pays after some megabytes, and only while it stays small.
_DENSE_AFTER = 3_000_000
_DENSE_WORDS = 60_000
# Long texts are scanned in pieces, so that their matches do not stand in memory all at once.
_CHUNK = 1 << 20
_SURROGATE = re.compile("[\ud800-\udfff]")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґёў"
_GENITIVE = "s"
# Longer than any word that a name of a table is recognised by, with what may hide in it.
_OVERLAP = 80
_IN_WORD = re.compile(rf"[\w{INVISIBLE}\u0300-\u036f]")
_WORD_END = re.compile(rf"(?:[\w{INVISIBLE}\u0300-\u036f]|(?:-|\u2010)\r?\n)*")


class Gate:
    """``Gate(layers, style, wrong_given)``; :meth:`opens` says whether a text needs a closer look."""

    def __init__(self, layers: Iterable[Layer], style: str) -> None:
        self._layers = tuple(layers)
        self._style = style
        self._scanned = 0

    def _patterns(self) -> tuple[list[str], int, int]:
        """All patterns, and where the family words and the special ones begin."""
        triggers: set[str] = set()
        for layer in self._layers:
            triggers.update(layer.trigger_words())
            if self._style != "official":
                triggers |= style_triggers(layer, self._style)
        plain = [*sorted(triggers), *sorted(self._families.keys() - triggers)]
        return [*plain, *_specials()], len(triggers), len(plain)

    @cached_property
    def _families(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        return _families(self._layers)

    @cached_property
    def _sparse(self) -> tuple[AhoCorasick, int, int]:
        # The patterns are not kept: a million of them would take more room than the automaton.
        patterns, families, specials = self._patterns()
        sparse = Implementation.ContiguousNFA
        return AhoCorasick(patterns, implementation=sparse, store_patterns=False), families, specials

    @cached_property
    def _dense(self) -> AhoCorasick:
        return AhoCorasick(self._patterns()[0], implementation=Implementation.DFA, store_patterns=False)

    def _scanner(self, size: int) -> AhoCorasick:
        automaton, _, words = self._sparse
        dense = self._scanned > _DENSE_AFTER and words <= _DENSE_WORDS
        self._scanned += size
        return self._dense if dense else automaton

    def opens(self, text: str) -> bool:
        """Whether some name in ``text`` may want rewriting; False is certain."""
        automaton = self._scanner(len(text))
        _, families, specials = self._sparse
        for start in range(0, len(text), _CHUNK):
            first = max(0, start - _OVERLAP)
            piece = text[first : start + _CHUNK + _OVERLAP] if len(text) > _CHUNK else text
            if self._piece_opens(piece, automaton, families, specials):
                return True
        return False

    def _piece_opens(self, source: str, automaton: AhoCorasick, families: int, specials: int) -> bool:
        piece = lower(source)
        try:
            hits = automaton.find_matches_as_indexes(piece, overlapping=True)
        except UnicodeEncodeError:
            piece = _SURROGATE.sub("\ufffd", piece)
            hits = automaton.find_matches_as_indexes(piece, overlapping=True)
        for pattern, begin, end in hits:
            if pattern >= specials:
                if self._hides_name(source, begin, end):
                    return True
            elif _is_word(piece, begin, end) and (
                pattern < families or _other_given(piece, begin, self._families[piece[begin:end]])
            ):
                return True
        return False

    def _hides_name(self, source: str, begin: int, end: int) -> bool:
        """Whether a word around a special character is one of the table's once it is folded."""
        while begin and begin > end - _OVERLAP and _IN_WORD.match(source[begin - 1]):
            begin -= 1
        stop = _WORD_END.match(source, end, end + _OVERLAP)
        folded = View(source[begin : stop.end() if stop else end]).text
        return any(layer.with_word(word) for word in words(folded) for layer in self._layers)


def _is_word(text: str, start: int, end: int) -> bool:
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    after = text[end : end + 1]
    if not (after.isalnum() or after == "_"):
        return True
    return after == _GENITIVE and not text[end + 1 : end + 2].isalnum()


def _other_given(text: str, start: int, own: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a given name that wants rewriting may stand before; ``own`` as :func:`_families` has it."""
    if not text[max(0, start - 1) : start].isspace():
        return False
    before = text[max(0, start - 60) : start].split()
    if not before:
        return False
    canonical, listed = own
    word = before[-1].lstrip(f"([{{{OPENING}")
    if word in canonical:
        # Vladimir, Wladimir: which of them is right before Putin hangs on the language.
        return len(canonical) > 1
    return word in listed or not canonical.isdisjoint(spellings_of(word)) or not word.isalpha()


def _families(layers: Iterable[Layer]) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By word of a canonical family name: the canonical given names of its bearers, and those listed as variants."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for layer in layers:
        for line in layer.family_words():
            word, canonical, listed = line.split("\t")
            old = found.get(word, (frozenset(), frozenset()))
            found[word] = (old[0] | frozenset(canonical.split()), old[1] | frozenset(listed.split()))
    return found


def _specials() -> list[str]:
    hidden = [*INVISIBLE, *map(chr, range(0x300, 0x30D)), "-\n", "-\r\n", "\u2010\n"]
    mixed = [first + second for first, second in _both(_LATIN, _CYRILLIC)]
    apart = [f"{first} {second}" for first, second in _both(_LATIN, _CYRILLIC)]
    return [*hidden, *mixed, *apart]


def _both(left: str, right: str) -> Iterable[tuple[str, str]]:
    yield from product(left, right)
    yield from product(right, left)
