"""Cues: the known lines, rows, words and names of all rules, to be looked up.

In flow the tables of the packs, in the form in which they ship. Out flow, for the key of a line, the rules that
know it. What stands in a line is found by :mod:`normalizer.chrome.gate`.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from normalizer.chrome.lines import wide, without_counts
from normalizer.chrome.tables import AROUND, CueRule, Tables, compiled, own_tables
from normalizer.chrome.words import Words

if TYPE_CHECKING:
    from normalizer.chrome.gate import Gate

# Whole-line cues are looked up for lines up to this length; the longest cue has 71 characters.
SHORT = 96
# Of a line that holds more cues, a whole page on one line, only the first and the last so many are weighed: each is
# weighed against all the others, and against the line.
MOST = 12
# A date or a share row is shorter still.
ROW = 80


class Hit(NamedTuple):
    """A cue of ``rule`` at ``start``–``end`` of the line's ``head``."""

    rule: CueRule
    start: int
    end: int
    cue: str


class Verbs(NamedTuple):
    """How it is said that somebody says something: words, and what stands in a line without spaces around it."""

    words: frozenset[str]
    phrases: tuple[str, ...]


def weighed(hits: list[Hit]) -> list[Hit]:
    """The hits of a line that are weighed: all, or the first and the last of very many."""
    return hits if len(hits) <= 2 * MOST else [*hits[:MOST], *hits[-MOST:]]


class Cues:
    """The cues of ``tables`` by kind; what a text does not need is not made."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        # The cues that close a line.
        self.closers = tuple((rule, cue) for rule, closing in tables.of_kind("suffix") for cue in closing)
        self.agency = next((rule for rule in tables.rules if rule.kind == "agency"), None)

    @cached_property
    def gate(self) -> Gate:
        """Finds these cues in a text."""
        from normalizer.chrome.gate import Gate

        return Gate(self)

    def scan(self, heads: list[str]) -> dict[int, list[Hit]]:
        """The hits of each line, by its number; ``heads`` are folded lines without bullets."""
        return self.gate.look(heads)[0]

    @cached_property
    def lines(self) -> dict[str, CueRule]:
        """Whole-line cue -> its rule; where several share one, the first that needs no certain place."""
        lines: dict[str, CueRule] = {}
        for rule, known in self.tables.of_kind("line"):
            for cue in known:
                filed = lines.setdefault(cue, rule)
                if "any" in rule.where and "any" not in filed.where:
                    lines[cue] = rule
        return lines

    @cached_property
    def words(self) -> dict[str, dict[str, bool]]:
        """Family -> word -> whether the word speaks for itself wherever it stands."""
        words: dict[str, dict[str, bool]] = {}
        for rule, rows in self.tables.of_kind("words"):
            known, telling = words.setdefault(rule.family, {}), "any" in rule.where
            known.update({word: telling or known.get(word, False) for row in rows for word in row.split()})
        return words

    @cached_property
    def labels(self) -> frozenset[str]:
        """The lines that head a key-points box."""
        return frozenset(label for _, labels in self.tables.of_kind("label") for label in labels)

    @cached_property
    def verbs(self) -> Verbs:
        """The verbs of speech."""
        known = [verb for _, verbs in self.tables.of_kind("speech") for verb in verbs]
        phrases = tuple(verb for verb in known if " " in verb or wide(verb))
        return Verbs(frozenset(known).difference(phrases), phrases)

    @cached_property
    def agencies(self) -> dict[str, bool]:
        """Name -> whether it is an agency for pictures only."""
        return {name: "any" in rule.where for rule, names in self.tables.of_kind("agency") for name in names}

    @cached_property
    def row_words(self) -> frozenset[str]:
        """The words of rows and dates."""
        return frozenset(word for known in self.words.values() for word in known)

    @cached_property
    def _first(self) -> Words:
        return Words(self.tables.first)

    @cached_property
    def _last(self) -> Words:
        return Words(self.tables.last)

    @cached_property
    def _firsts(self) -> Words:
        return Words(self.tables.firsts)

    @cached_property
    def _lasts(self) -> Words:
        return Words(self.tables.lasts)

    @cached_property
    def _known(self) -> Words:
        rows = zip(self.tables.rules, self.tables.cues, strict=True)
        return Words(b"\t".join(row for rule, row in rows if rule.kind == "line"), b"\t")

    def _line(self, keyed: str) -> CueRule | None:
        return self.lines[keyed] if keyed in self._known else None

    def line_rule(self, keyed: str) -> CueRule | None:
        """The rule whose whole-line cue this key is, with or without a count at its ends.

        Pages count comments in bare numbers. Behind any other known word these are the story's: a budget's,
        a poll's, a programme's.
        """
        rule = self._line(keyed)
        if rule is None:
            named, bare = without_counts(keyed)
            rule = self._line(named)
            numbered = keyed.startswith("0.") and " " in named  # "2. Skip to content"
            if bare and rule is not None and rule.family not in _COUNTED and not numbered:
                return None
        return rule

    def may_begin(self, word: str) -> bool:
        """Whether known lines, rows and dates begin with ``word``, the first of a folded line; cheap."""
        first = word.strip(AROUND)
        return not first or first in self._first or _has_digit(first) or _pieces(first)[0] in self._first

    def may_end(self, word: str) -> bool:
        """Whether known lines, rows and dates end with ``word``, the last of a folded line; cheap."""
        last = word.strip(AROUND)
        if not last or last in self._last or _has_digit(last):
            return True
        pieces = _pieces(last)
        return len(pieces) > 1 and pieces[-1] in self._last

    def row(self, keyed: str) -> tuple[str, int, bool] | None:
        """For a line all of whose words belong to one family: that family, how many of its words there
        are, and whether one of them speaks for itself. Numbers go with every family.
        """
        words = keyed.translate(_SEPARATORS).split()
        names = [word for word in words if word != "0"]
        if not names or len(words) > _ROW_WORDS:
            return None
        unknown = [word for word in names if word not in self.row_words]
        if not unknown:
            for family, known in self.words.items():
                if all(word in known for word in names):
                    return family, len(names), any(known[word] for word in names)
        elif len(unknown) <= _GLUED and "0" in keyed:
            times = self.words.get("timestamp", {})
            names = [part for word in names for part in _parts(word, times)]
            if all(word in times for word in names):
                return "timestamp", len(names), any(times[word] for word in names)
        return None

    def known_row(self, keyed: str) -> list[CueRule]:
        """For a line that is nothing but whole-line cues one after the other: their rules; else nothing."""
        words = keyed.translate(_SEPARATORS).split()
        if not 2 <= len(words) <= 2 * _ROW_WORDS:
            return []
        first, last = words[0], words[-1]
        if not (first in self._firsts or self._in_rows(first)) or not (last in self._lasts or self._in_rows(last)):
            return []
        rules: list[CueRule] = []
        position = 0
        while position < len(words):
            for size in range(min(_PIECE_WORDS, len(words) - position), 0, -1):
                rule = self._line(" ".join(words[position : position + size]))
                if rule is not None:
                    rules.append(rule)
                    position += size
                    break
            else:
                if not self._in_rows(words[position]):
                    return []
                position += 1
        return rules

    def _in_rows(self, word: str) -> bool:
        return word == "0" or word in self.words.get("share", {})


def _has_digit(word: str) -> bool:
    return any(map(str.isdecimal, word))


def _pieces(word: str) -> list[str]:
    """``word`` cut at the marks inside it."""
    return word.translate(_INNER).split("\n")


def _parts(word: str, known: dict[str, bool]) -> list[str]:
    """``word``, or the known words that were glued to make it (``uhrlesedauer``, ``0updated``, ``0時0分``)."""
    between = [part for part in word.split("0") if part]
    if len(between) > 1 and all(part in known for part in between):
        return between
    if word not in known:
        for cut in range(1, len(word)):
            first, second = word[:cut], word[cut:]
            if all(part == "0" or (part in known and len(part) > 2) for part in (first, second)):
                return [part for part in (first, second) if part != "0"]
    return [word]


# What pages count in bare numbers.
_COUNTED = frozenset({"comments"})
# The longest cue that stands in a menu.
_PIECE_WORDS = 5
# The longest rows are those of share buttons.
_ROW_WORDS = 14
_INNER = dict.fromkeys(map(ord, "-–—/|·•・(（_"), "\n")
# Dates in which more words than these are glued together are not dates.
_GLUED = 2
_SEPARATING = ".,،:/|()[]-–—·•+&@<>＞／：・_"
_SEPARATORS = dict.fromkeys(map(ord, _SEPARATING), " ")


@cache
def cues(packs: tuple[str, ...] = ()) -> Cues:
    """The package's cues with those of the user packs at the paths ``packs``."""
    tables = own_tables()
    if packs:
        from normalizer.chrome.packs import load_pack

        user = [item.rule for path in packs for item in load_pack(path)]
        tables = compiled((*user, *tables.whole_rules()))
    return Cues(tables)
