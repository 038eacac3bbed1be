"""The gate: proves by one scan that no name in a text can want rewriting.

In flows a text. Out flows whether the document must be read for its names. The scan is one Aho–Corasick
run over the text's UTF-8 with ASCII in lower case, for the first letters of the trigger words of the
table, for characters that may hide in a name (soft hyphens, stress marks, a hyphen at a line's end) and
for letters of two scripts side by side. What it hits is looked up as a whole word, and where that is one
of an alias, the alias must stand there. The first few texts are short of paying for an automaton: their
words are looked up one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from itertools import product
from typing import TYPE_CHECKING

from normalizer.names.family import Bearers
from normalizer.names.fold import BETWEEN_SCRIPTS, CYRILLIC, INVISIBLE, LATIN, View, lower, words, words_of
from normalizer.names.matcher import Matcher
from normalizer.names.table import AliasTable

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

# A dense automaton scans twice as fast as a sparse one, takes 20 times the room and 50 ms more to build:
# it pays after some megabytes (of code points), and for tables that are not too big.
_DENSE_WORDS = 60_000
_DENSE_AFTER = 4_000_000
# Before so many code points a sparse automaton, 25 ms, does not pay either.
_SPARSE_AFTER = 100_000
# Long texts are scanned in pieces, so that their hits do not stand in memory all at once; the pieces
# overlap by more than any alias with what may hide in it.
_CHUNK = 1 << 20
_OVERLAP = 1_000
_REACH = 160
_IN_WORD = frozenset(b"0123456789_abcdefghijklmnopqrstuvwxyz") | frozenset(range(0x80, 0x100))
_DOTTED = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"
# Bytes on each side of a word within which its alias must stand, and how much of them may fold away.
_ALIAS_REACH, _FOLDED_AWAY = 1_000, 200
# Code points from which on a text says its language without the names in it, and with them.
_TELLING_TEXT, _LONG_TEXT = 400, 2_000
_WORD = re.compile(r"\w+")
_REST = re.compile(rb"[0-9_a-z\x80-\xff]*")
_HIDDEN = re.compile(f"[{INVISIBLE}\u0300-\u030c]|[-\N{HYPHEN}]\r?\n")
_BESIDE = re.compile(rf"\w*(?:[{LATIN}][{BETWEEN_SCRIPTS}]?[{CYRILLIC}]|[{CYRILLIC}][{BETWEEN_SCRIPTS}]?[{LATIN}])\w*")


class _Asked:
    """The language of a text, asked once and only when wanted; empty where there is nobody to ask."""

    def __init__(self, language: Callable[[], str] | None) -> None:
        self._language = language
        self.known = ""

    def ask(self) -> str:
        """The language, or nothing."""
        if self._language is not None:
            code, self._language = self._language(), None
            self.known = "" if code == "und" else code
        return self.known


class Gate:
    """``Gate(table, style)``; :meth:`opens` says whether a text needs a closer look.

    ``scanned`` is the number of code points that it takes as scanned already: it chooses the way of scanning.
    """

    def __init__(self, table: AliasTable, style: str, scanned: int = 0) -> None:
        self._layers = table.layers
        self._style = style
        self._matcher = Matcher(table, style)
        self._scanned = scanned
        self._bearers: dict[str, Bearers] = {}

    def opens(self, text: str, language: Callable[[str], str] | None = None) -> bool:
        """Whether some name in ``text`` may want rewriting; False is certain.

        ``language`` gives the language of a text. It is asked only where an alias stands in a text so long that
        the answer is safe.
        """
        asked = partial(self.language, text, language) if language and self.tells(text) else None
        return self._opens(text, _Asked(asked))

    @staticmethod
    def tells(text: str) -> bool:
        """Whether a text is long enough to say its language before its names are read."""
        return len(text) >= _TELLING_TEXT

    def language(self, text: str, language: Callable[[str], str]) -> str:
        """The language of a text that :meth:`tells` it, ``und`` where nothing in it does."""
        from normalizer.names.passages import told_between

        return told_between(self.telling(text), text, language)

    def telling(self, text: str) -> str:
        """The words of a text that say its language: all of a long one, those that are no names of a shorter."""
        if len(text) >= _LONG_TEXT or self._big:
            return text
        names = {word for word in set(_WORD.findall(text)) if not word[0].islower() and self._is_name(lower(word))}
        return _WORD.sub(lambda word: "" if word.group() in names else word.group(), text) if names else text

    def _is_name(self, word: str) -> bool:
        return word in self._families or self._named(word)

    def _opens(self, text: str, language: _Asked) -> bool:
        if self._scanned + len(text) <= _SPARSE_AFTER and not self._big and not _HIDDEN.search(text):
            view = View(text)
            if not view.homoglyphs:
                self._scanned += len(text)
                return self._view_opens(view, language)
        if len(text) <= _CHUNK:
            return self._piece_opens(text, language)
        starts = range(0, len(text), _CHUNK)
        pieces = (text[max(0, start - _OVERLAP) : start + _CHUNK + _OVERLAP] for start in starts)
        return any(self._piece_opens(piece, language) for piece in pieces)

    def _view_opens(self, view: View, language: _Asked) -> bool:
        """As :meth:`opens`, word by word, for a text in which nothing hides in a name."""
        text = view.text
        for beside in _BESIDE.finditer(text):
            if any(layer.with_word(word) for word in words(beside.group()) for layer in self._layers):
                return True
        for word in _WORD.finditer(text):
            if self._named(word.group()) and self._stands(text, word, language):
                return True
            if word.group() in self._families:
                before = text[max(0, word.start() - _REACH) : word.start()]
                if self._wants_mending(before, word.group(), language):
                    return True
        return False

    @cached_property
    def _big(self) -> bool:
        """Whether the words are too many for a dense automaton and for a set of them."""
        return sum(layer.triggers.count("\n") for layer in self._layers) > _DENSE_WORDS

    def _trigger_words(self) -> Iterator[str]:
        for layer in self._layers:
            yield from layer.trigger_words()
            if self._style != "official":
                from normalizer.names.building import style_triggers

                yield from style_triggers(layer, self._style)

    @cached_property
    def _triggers(self) -> frozenset[str]:
        """The words that open the gate; empty where they are too many to be kept apart from the table."""
        return frozenset() if self._big else frozenset(self._trigger_words())

    @cached_property
    def _families(self) -> dict[str, str]:
        """By word of a canonical family name: its :class:`Bearers`, as the layers have them.

        Empty where the words are too many: the table's own index then answers for them.
        """
        found: dict[str, str] = {}
        for layer in self._layers if not self._big else ():
            for line in layer.family_words():
                word, given = line.split("\t", 1)
                found[word] = f"{found[word]}\n{given}" if word in found else given
        return found

    def _patterns(self) -> tuple[list[bytes], int]:
        """All patterns, and the number of those of words; the special ones come after them."""
        heads: set[bytes] = set()
        for layer in self._layers:
            heads.update(layer.heads.split(b"\n"))
            if self._style != "official":
                from normalizer.names.building import heads_of, style_triggers

                heads.update(heads_of(style_triggers(layer, self._style)))
        patterns = sorted(heads - {b""})
        return [*patterns, *_specials()], len(patterns)

    @cached_property
    def _sparse(self) -> tuple[BytesAhoCorasick, int]:
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        patterns, heads = self._patterns()
        return BytesAhoCorasick(patterns, implementation=Implementation.ContiguousNFA), heads

    @cached_property
    def _dense(self) -> tuple[BytesAhoCorasick, int]:
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        patterns, heads = self._patterns()
        return BytesAhoCorasick(patterns, implementation=Implementation.DFA), heads

    def _scanner(self, size: int) -> tuple[BytesAhoCorasick, int]:
        dense = self._scanned > _DENSE_AFTER and not self._big
        self._scanned += size
        return self._dense if dense else self._sparse

    def _piece_opens(self, text: str, language: _Asked) -> bool:
        automaton, heads = self._scanner(len(text))
        raw = (text.replace(_DOTTED, "i") if _DOTTED in text else text).encode("utf-8", "surrogatepass")
        data = raw.lower()
        done = 0
        looked_up: set[bytes] = set()
        # Hits do not overlap: a name always meets one of them, so the word around each is looked up.
        for pattern, first, last in automaton.find_matches_as_indexes(data):
            if last <= done and pattern < heads:
                continue
            begin, end = _word_around(data, first, last)
            if pattern >= heads:
                region = raw[begin:end]
                if region not in looked_up and self._hides_name(region):
                    return True
                looked_up.add(region)
                continue
            done = end
            if self._region_wants(raw, data, (begin, end), language):
                return True
        return False

    def _hides_name(self, region: bytes) -> bool:
        """Whether a word around a special character is one of the table's once it is folded."""
        found = words(View(region.decode("utf-8", "replace")).text)
        return any(layer.with_word(word) for word in found for layer in self._layers)

    def _region_wants(self, raw: bytes, data: bytes, span: tuple[int, int], language: _Asked) -> bool:
        """Whether an alias, or a family name with a given name to be mended, may stand around a hit."""
        begin, end = span
        word = data[begin:end]
        found = [word.decode()] if word.isascii() else words_of(raw[begin:end].decode("utf-8", "replace"))
        named = {word for word in found if self._named(word) and self._matcher.rewritable(word, language.known)}
        if named and self._alias_around(raw, span, named, language):
            return True
        families = [word for word in found if word in self._families]
        if not families or families != found[:1]:
            return bool(families)  # words that are joined by something else than a blank
        # What may follow is an ending behind a curly apostrophe, whose bytes count as a word's.
        before = data[max(0, begin - _REACH) : begin].decode("utf-8", "replace")
        return self._wants_mending(before, families[0], language)

    def _wants_mending(self, before: str, family: str, language: _Asked) -> bool:
        """Whether the given name before a canonical family name may be another than the language's."""
        bearers = self._bearers.get(family)
        if bearers is None:
            bearers = self._bearers[family] = Bearers.read(self._families[family])
        return bearers.wants_mending(before, language.known) and (
            bool(language.known) or bearers.wants_mending(before, language.ask())
        )

    def _named(self, word: str) -> bool:
        """Whether a folded word may be the key word of an alias."""
        spelled = (word, word[:-1]) if word.endswith("s") else (word,)
        if self._big:
            return any(layer.with_word(spelling) for spelling in spelled for layer in self._layers)
        return not self._triggers.isdisjoint(spelled)

    def _alias_around(self, raw: bytes, span: tuple[int, int], named: set[str], language: _Asked) -> bool:
        """Whether an alias stands around some words, as far as their surroundings fold like the whole text."""
        begin, end = span
        region = raw[max(0, begin - _ALIAS_REACH) : end + _ALIAS_REACH].decode("utf-8", "replace")
        view = View(region)
        if len(region) - len(view.text) > _FOLDED_AWAY:
            return True
        found = _WORD.finditer(view.text)
        return any(word.group() in named and self._stands(view.text, word, language) for word in found)

    def _stands(self, text: str, word: re.Match[str], language: _Asked) -> bool:
        """Whether around a word of a folded text an alias stands that the language of the whole rewrites."""
        start, aliases = word.start(), self._matcher.rewritable(word.group(), language.known)
        if not self._matcher.stands(text, start, aliases):
            return False
        return bool(language.known) or self._matcher.stands(
            text, start, self._matcher.rewritable(word.group(), language.ask())
        )


def _word_around(data: bytes, begin: int, end: int) -> tuple[int, int]:
    """The run of word bytes around a hit; non-ASCII punctuation counts in and is sorted out later."""
    first, last = max(0, begin - _REACH), min(len(data), end + _REACH)
    while begin > first and data[begin - 1] in _IN_WORD:
        begin -= 1
    rest = _REST.match(data, end, last)
    end = rest.end() if rest else end
    return begin, end


def _specials() -> list[bytes]:
    hidden = [*INVISIBLE, *map(chr, range(0x300, 0x30D)), "-\n", "-\r\n", "\u2010\n"]
    cyrillic = CYRILLIC + CYRILLIC.upper()
    pairs = [*product(LATIN, cyrillic), *product(cyrillic, LATIN)]
    between = ("", *BETWEEN_SCRIPTS)
    together = [f"{first}{gap}{second}" for gap in between for first, second in pairs]
    return [special.encode() for special in (*hidden, *together)]
