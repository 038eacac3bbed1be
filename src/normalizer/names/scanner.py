"""The scanner: where words of a table may begin in a text, by one Aho–Corasick run over its bytes.

In flows a text in UTF-8 with ASCII in lower case. Out flow hits: the first letters of trigger words, and
characters that may hide in a name or set names of two scripts side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from normalizer.names.fold import BETWEEN_SCRIPTS, CYRILLIC, INVISIBLE, LATIN
from normalizer.names.layer import Layer

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

# A dense automaton scans twice as fast as a sparse one, takes 20 times the room and 50 ms more to build:
# it pays after some megabytes (of code points), and for tables that are not too big.
_DENSE_WORDS = 60_000
_DENSE_AFTER = 4_000_000
REACH = 160  # bytes on each side of a hit in which its word must end
IN_PLAIN_WORD = frozenset(b"0123456789_abcdefghijklmnopqrstuvwxyz")
_IN_WORD = IN_PLAIN_WORD | frozenset(range(0x80, 0x100))
_REST = re.compile(rb"[0-9_a-z\x80-\xff]*")
# The first bytes of characters from Hebrew to Tibetan (U+0580 to U+0FFF).
_EASTERN = range(0xD6, 0xE1)


class Scanner:
    """The automata for the ``layers`` of a table in a ``style``; ``scanned`` code points are behind it already."""

    def __init__(self, layers: Sequence[Layer], style: str, scanned: int) -> None:
        self._layers = layers
        self._style = style
        self.scanned = scanned

    def hits(self, data: bytes, size: int) -> Iterator[tuple[bool, int, int]]:
        """Whether a hit is a special one, and its span; disjoint, the leftmost count. ``size`` is in code points."""
        dense = self.scanned > _DENSE_AFTER and not self.big
        self.scanned += size
        automaton, heads = self._dense if dense else self._sparse
        for pattern, first, last in automaton.find_matches_as_indexes(data):
            yield pattern >= heads, first, last

    @cached_property
    def big(self) -> bool:
        """Whether the words are too many for a dense automaton and for a set of them."""
        return sum(layer.triggers.count("\n") for layer in self._layers) > _DENSE_WORDS

    @cached_property
    def eastern(self) -> bool:
        """Whether a record has characters from Hebrew to Tibetan; if none has, nothing before one hides in a name."""
        return any(bytes((lead,)) in layer.lines for layer in self._layers for lead in _EASTERN)

    def _patterns(self) -> tuple[list[bytes], int]:
        """All patterns, and the number of those of words; the special ones come after them."""
        heads: set[bytes] = set()
        for layer in self._layers:
            heads.update(layer.heads.split(b"\n"))
            if self._style != "official":
                from normalizer.names.building import heads_of, style_triggers

                heads.update(heads_of(style_triggers(layer, self._style)))
        patterns = sorted(heads - {b""})
        return [*patterns, *_specials(self.eastern)], len(patterns)

    @cached_property
    def _sparse(self) -> tuple[BytesAhoCorasick, int]:
        from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

        patterns, heads = self._patterns()
        return BytesAhoCorasick(patterns, MatchKind.LeftmostFirst, Implementation.ContiguousNFA), heads

    @cached_property
    def _dense(self) -> tuple[BytesAhoCorasick, int]:
        from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

        patterns, heads = self._patterns()
        return BytesAhoCorasick(patterns, MatchKind.LeftmostFirst, Implementation.DFA), heads


def word_around(data: bytes, begin: int, end: int) -> tuple[int, int]:
    """The run of word bytes around a hit; non-ASCII punctuation counts in and is sorted out later."""
    first, last = max(0, begin - REACH), min(len(data), end + REACH)
    while begin > first and data[begin - 1] in _IN_WORD:
        begin -= 1
    rest = _REST.match(data, end, last)
    end = rest.end() if rest else end
    return begin, end


def _specials(eastern: bool) -> list[bytes]:
    """What may hide in a name. Persian writes joiners in most words: but for ``eastern`` names they hide nothing."""
    marks = [mark.encode() for mark in INVISIBLE]
    if not eastern:
        following = [bytes((first,)) for first in range(256) if first not in _EASTERN]
        marks = [mark + first for mark in marks for first in following]
    hidden = [*map(chr, range(0x300, 0x30D)), "-\n", "-\r\n", "\u2010\n"]
    cyrillic = CYRILLIC + CYRILLIC.upper()
    pairs = [*product(LATIN, cyrillic), *product(cyrillic, LATIN)]
    between = ("", *BETWEEN_SCRIPTS)
    together = [f"{first}{gap}{second}" for gap in between for first, second in pairs]
    return [*marks, *(special.encode() for special in (*hidden, *together))]
