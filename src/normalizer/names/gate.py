"""The gate: proves by one scan that no name in a text can want rewriting.

In flows a text. Out flows whether the document must be read for its names. The scan is one Aho–Corasick
run over the text's UTF-8 with ASCII in lower case, for the first letters of the trigger words of the
table, for characters that may hide in a name (soft hyphens, stress marks, a hyphen at a line's end) and
for letters of two scripts side by side. What it hits is looked up as a whole word. Where such words are
suspicious, the text is folded, and an alias that would come out otherwise must stand there. The first few
texts are short of paying for an automaton: their words are looked up one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from normalizer.names.awake import is_small_word, lives_in, may_be_rewritten, would_change
from normalizer.names.family import Bearers
from normalizer.names.fold import BETWEEN_SCRIPTS, CYRILLIC, INVISIBLE, LATIN, View, lower, words, words_of
from normalizer.names.matcher import Matcher, places_of
from normalizer.names.scanner import IN_PLAIN_WORD, REACH, Scanner, word_around
from normalizer.names.table import AliasTable
from normalizer.names.windowing import windows

if TYPE_CHECKING:
    pass

# Before so many code points a sparse automaton, 25 ms, does not pay either.
_SPARSE_AFTER = 100_000
_DOTTED = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"
_REMEMBERED = 50_000  # words of texts that are kept at hand
# Code points from which on a text says its language without the names in it, and with them.
_TELLING_TEXT, _LONG_TEXT = 400, 2_000
_WORD = re.compile(r"\w+")
_HIDDEN = re.compile(f"[{INVISIBLE}\u0300-\u030c]|[-\N{HYPHEN}]\r?\n")
# The same for names that have no letters from Hebrew to Tibetan: before such a letter nothing hides in one.
_HIDDEN_WEST = re.compile(rf"[{INVISIBLE}](?![\u0580-\u0fff])|[\u0300-\u030c]|[-\N{{HYPHEN}}]\r?\n")
_BESIDE = re.compile(rf"\w*(?:[{LATIN}][{BETWEEN_SCRIPTS}]?[{CYRILLIC}]|[{CYRILLIC}][{BETWEEN_SCRIPTS}]?[{LATIN}])\w*")


class _Found(NamedTuple):
    """Words of the table in a run of word bytes: key words of aliases, and a family name, which ``leads`` or not."""

    named: tuple[str, ...]
    family: str
    leads: bool


class Asked:
    """The language of a text, asked once and only when wanted; empty where there is nobody to ask."""

    def __init__(self, language: Callable[[], str] | None) -> None:
        self._language = language
        self.answers = language is not None
        self.told = ""

    def ask(self) -> str:
        """The language (``und`` where nothing tells it), or nothing."""
        if self._language is not None:
            self.told, self._language = self._language(), None
        return self.told


class Gate:
    """``Gate(table, style)``; :meth:`look` says whether a text needs a closer look.

    ``scanned`` is the number of code points that it takes as scanned already: it chooses the way of scanning.
    """

    def __init__(self, table: AliasTable, style: str, scanned: int = 0) -> None:
        self._layers = table.layers
        self._style = style
        self._matcher = Matcher(table, style)
        self._scanner = Scanner(table.layers, style, scanned)
        self._bearers: dict[str, Bearers] = {}
        self._known_words: dict[bytes, _Found] = {}
        self._living: dict[tuple[str, str], bool] = {}

    def opens(self, text: str, language: Callable[[str], str] | None = None) -> bool:
        """Whether some name in ``text`` may want rewriting; False is certain. See :meth:`look`."""
        asked = self.asked(text, language)
        return any(self.look(part, asked) for _, part in windows(text))

    def asked(self, text: str, language: Callable[[str], str] | None) -> Asked:
        """Who answers for the language of a text; nobody where it is too short to tell before its names are read."""
        return Asked(partial(self.language, text, language) if language and self.tells(text) else None)

    def look(self, text: str, asked: Asked) -> View | None:
        """The folded view of a window of a text, if some name in it may want rewriting; None is certain.

        The language of the text is ``asked`` only where an alias stands.
        """
        if self._scanner.scanned + len(text) <= _SPARSE_AFTER and not self._scanner.big and not self._hides(text):
            view = View(text)
            if not view.homoglyphs:
                self._scanner.scanned += len(text)
                return self._judged(view, self._suspects(view), asked)
        suspects = self._scan(text)
        return self._judged(View(text), suspects, asked) if suspects else None

    def _hides(self, text: str) -> bool:
        """Whether something in a text may hide in a name."""
        if not _HIDDEN.search(text):
            return False
        return self._scanner.eastern or _HIDDEN_WEST.search(text) is not None

    def _judged(self, view: View, suspects: set[str], asked: Asked) -> View | None:
        """The view, if one of the suspicious words belongs to a name that would come out otherwise."""
        text, matcher = view.text, self._matcher
        for start, word in places_of(suspects, text) if suspects else ():
            if asked.told and not view.homoglyphs and not self._lives(word, asked.told):
                before = text[max(0, start - REACH) : start]
                if word not in self._families or not self._wants_mending(before, word, asked.told):
                    continue
            for match in matcher.around(text, start, word):
                if may_be_rewritten(match, view) and not is_small_word(match, view):
                    language = asked.ask()
                    if not language or would_change(match, view, language):
                        return view
        return None

    def _lives(self, word: str, language: str) -> bool:
        """Whether a form around a key word may change in a language, whatever stands around it."""
        key = (word, language)
        lives = self._living.get(key)
        if lives is None:
            if len(self._living) >= _REMEMBERED:
                self._living.clear()
            forms = self._matcher.forms_of(word)
            lives = self._living[key] = any(lives_in(language, form, entity) for form, entity in forms)
        return lives

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
        if len(text) >= _LONG_TEXT or self._scanner.big:
            return text
        names = {word for word in set(_WORD.findall(text)) if not word[0].islower() and self._is_name(lower(word))}
        return _WORD.sub(lambda word: "" if word.group() in names else word.group(), text) if names else text

    def _is_name(self, word: str) -> bool:
        return word in self._families or self._named(word)

    def _suspects(self, view: View) -> set[str]:
        """The suspicious words of a text in which nothing hides in a name, looked up one by one."""
        text = view.text
        distinct = set(_WORD.findall(text))
        found = {word for word in distinct if self._named(word) and self._matcher.rewritable(word)}
        for beside in _BESIDE.finditer(text):
            found.update(word for word in words(beside.group()) if self._in_table(word))
        families = distinct.intersection(self._families) - found
        for start, word in places_of(families, text):
            if self._wants_mending(text[max(0, start - REACH) : start], word):
                found.add(word)
        return found

    def _in_table(self, word: str) -> bool:
        return any(layer.with_word(word) for layer in self._layers)

    def _trigger_words(self) -> Iterator[str]:
        for layer in self._layers:
            yield from layer.trigger_words()
            if self._style != "official":
                from normalizer.names.building import style_triggers

                yield from style_triggers(layer, self._style)

    @cached_property
    def _triggers(self) -> frozenset[str]:
        """The words that open the gate; empty where they are too many to be kept apart from the table."""
        return frozenset() if self._scanner.big else frozenset(self._trigger_words())

    @cached_property
    def _families(self) -> dict[str, str]:
        """By word of a canonical family name: its :class:`Bearers`, as the layers have them.

        Empty where the words are too many: the table's own index then answers for them.
        """
        found: dict[str, str] = {}
        for layer in self._layers if not self._scanner.big else ():
            for line in layer.family_words():
                word, given = line.split("\t", 1)
                found[word] = f"{found[word]}\n{given}" if word in found else given
        return found

    def _scan(self, text: str) -> set[str]:
        """The suspicious words of a text, folded."""
        raw = (text.replace(_DOTTED, "i") if _DOTTED in text else text).encode("utf-8", "surrogatepass")
        data = raw.lower()
        done = 0
        suspects: set[str] = set()
        looked_up: set[bytes] = set()
        # Hits do not overlap and the leftmost counts: a word of the table begins with one, or a special one meets it.
        for special, first, last in self._scanner.hits(data, len(text)):
            if special:
                begin, end = word_around(data, first, last)
                if raw[begin:end] not in looked_up:
                    looked_up.add(raw[begin:end])
                    found = words(View(raw[begin:end].decode("utf-8", "replace")).text)
                    suspects.update(word for word in found if self._in_table(word))
            elif last > done and (not first or data[first - 1] not in IN_PLAIN_WORD):
                begin, done = word_around(data, first, last)
                known = self._known_words.get(data[begin:done])
                if known is None:
                    known = self._look_up(raw[begin:done])
                if known.named:
                    suspects.update(known.named)
                if known.family and known.family not in suspects:
                    before = data[max(0, begin - REACH) : begin].decode("utf-8", "replace")
                    if not known.leads or self._wants_mending(before, known.family):
                        suspects.add(known.family)
        return suspects

    def _look_up(self, region: bytes) -> _Found:
        """What stands in a run of word bytes; kept at hand."""
        found = words_of(region.decode("utf-8", "replace"))
        families = [word for word in found if word in self._families]
        named = tuple(word for word in found if self._named(word) and self._matcher.rewritable(word))
        # What may follow is an ending behind a curly apostrophe, whose bytes count as a word's.
        known = _Found((*named, *families[1:]), families[0] if families else "", families[:1] == found[:1])
        if len(self._known_words) >= _REMEMBERED:
            self._known_words.clear()
        self._known_words[region.lower()] = known
        return known

    def _wants_mending(self, before: str, family: str, language: str = "") -> bool:
        """Whether the given name before a canonical family name may be another than the language's, or some one's."""
        bearers = self._bearers.get(family)
        if bearers is None:
            bearers = self._bearers[family] = Bearers.read(self._families[family])
        return bearers.wants_mending(before, language)

    def _named(self, word: str) -> bool:
        """Whether a folded word may be the key word of an alias."""
        spelled = (word, word[:-1]) if word.endswith("s") else (word,)
        if self._scanner.big:
            return any(layer.with_word(spelling) for spelling in spelled for layer in self._layers)
        return not self._triggers.isdisjoint(spelled)
