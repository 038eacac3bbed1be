"""Cues: all literal triggers of all rules, and the one scan that finds them.

In flows a text. Out flow, for the lines that hold any, their :class:`Hit` values. This is the gate:
clean text costs one fold, one Aho-Corasick scan and one look-up a short line, and gives nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from normalizer.chrome.lines import HEAD, fold, key, unify_breaks, without_counts
from normalizer.chrome.packs import CueRule, load_pack, own_rules

# Whole-line cues are looked up for lines up to this length; the longest cue has 90 characters.
SHORT = 120
# A date or a share row is shorter still.
ROW = 80


class Hit(NamedTuple):
    """A cue of ``rule`` at ``start``–``end`` of the line's ``head``."""

    rule: CueRule
    start: int
    end: int
    cue: str


class Cues:
    """The triggers of ``rules``, ready to scan."""

    def __init__(self, rules: Iterable[CueRule]) -> None:
        self.lines: dict[str, CueRule] = {}
        # family -> word -> whether the word speaks for itself wherever it stands
        self.words: dict[str, dict[str, bool]] = {}
        self.labels: set[str] = set()
        # name -> whether it is an agency for pictures only
        self.agencies: dict[str, bool] = {}
        self.bylines: set[str] = set()
        self._targets: list[tuple[CueRule, str, int]] = []
        patterns: list[str] = []
        for rule in rules:
            for cue in rule.cues:
                for pattern, lead in self._file(rule, cue):
                    patterns.append(pattern)
                    self._targets.append((rule, cue, lead))
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard)

    def _file(self, rule: CueRule, cue: str) -> Iterable[tuple[str, int]]:
        """Put ``cue`` where it is looked up; the patterns to scan for, with the lead before the cue."""
        bare = cue.removesuffix("*")
        if rule.kind == "line":
            filed = self.lines.setdefault(key(cue), rule)
            if "any" in rule.where and "any" not in filed.where:
                self.lines[key(cue)] = rule
        elif rule.kind == "words":
            self.words.setdefault(rule.family, {}).update(dict.fromkeys(cue.split(), "any" in rule.where))
        elif rule.kind == "label":
            self.labels.add(key(cue))
        elif rule.kind == "byline":
            self.bylines.add(cue)
            return [("\n" + cue + (" " if cue[-1].isalnum() else ""), 1)]
        elif rule.kind == "agency":
            self.agencies[cue] = "any" in rule.where
            return [(before + cue + after, len(before)) for before, after in _AROUND]
        elif rule.kind in {"prefix", "marker"}:
            return [("\n" + bare, 1)]
        elif rule.kind == "suffix":
            return [(bare + "\n", 0)]
        else:
            return [(bare, 0)]
        return []

    def scan(self, heads: list[str]) -> dict[int, list[Hit]]:
        """The hits of each line, by its number; ``heads`` are folded lines without bullets."""
        joined = "\n" + "\n".join(heads) + "\n"
        found = self._matches(joined)
        hits: dict[int, list[Hit]] = {}
        if found:
            starts = list(accumulate((len(head) + 1 for head in heads), initial=1))
            for number, start, _ in found:
                rule, cue, lead = self._targets[number]
                begin = start + lead
                finish = begin + len(cue.removesuffix("*"))
                if _at_borders(joined, begin, finish, cue):
                    index = bisect_right(starts, begin) - 1
                    hits.setdefault(index, []).append(Hit(rule, begin - starts[index], finish - starts[index], cue))
        return hits

    def _matches(self, text: str) -> list[tuple[int, int, int]]:
        try:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            whole = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
            return self._automaton.find_matches_as_indexes(whole, overlapping=True)

    def line_rule(self, keyed: str) -> CueRule | None:
        """The rule whose whole-line cue this key is, with or without a count at its ends."""
        return self.lines.get(keyed) or self.lines.get(without_counts(keyed))

    def row(self, keyed: str) -> tuple[str, int, bool] | None:
        """For a line all of whose words belong to one family: that family, how many of its words there
        are, and whether one of them speaks for itself. Numbers go with every family.
        """
        words = keyed.translate(_SEPARATORS).split()
        names = [word for word in words if word != "0"]
        if not names or len(words) > _ROW_WORDS:
            return None
        for family, known in self.words.items():
            if all(word in known for word in names):
                return family, len(names), any(known[word] for word in names)
        times = self.words.get("timestamp", {})
        if len(names) < len(words) or any("0" in word for word in names):
            names = [part for word in names for part in _parts(word, times)]
            if all(word in times for word in names):
                return "timestamp", len(names), any(times[word] for word in names)
        return None

    def known_row(self, keyed: str) -> list[CueRule]:
        """For a line that is nothing but whole-line cues one after the other: their rules; else nothing."""
        words = keyed.translate(_SEPARATORS).split()
        if not 2 <= len(words) <= 2 * _ROW_WORDS:
            return []
        rules: list[CueRule] = []
        position = 0
        while position < len(words):
            for size in range(min(_PIECE_WORDS, len(words) - position), 0, -1):
                rule = self.lines.get(" ".join(words[position : position + size]))
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


def _parts(word: str, known: dict[str, bool]) -> list[str]:
    """``word``, or the two known words that were glued to make it (``uhrlesedauer``, ``0updated``)."""
    if word not in known:
        for cut in range(1, len(word)):
            first, second = word[:cut], word[cut:]
            if (first in known or first == "0") and (second in known or second == "0"):
                return [part for part in (first, second) if part != "0"]
    return [word]


# The longest cue that stands in a menu.
_PIECE_WORDS = 5
# The longest rows are those of share buttons.
_ROW_WORDS = 14
_SEPARATORS = dict.fromkeys(map(ord, ".,:/|()[]-–—·•+&@<>＞／：・_"), " ")

# What stands around an agency's name in a credit, so that prose about the agency is no trigger.
_AROUND = [("", "\n"), ("", ")\n"), ("", "/"), ("", " /"), ("/", ""), ("/ ", ""), ("(", " "), ("＝", ""), ("via ", "")]


def _at_borders(text: str, start: int, end: int, cue: str) -> bool:
    before, first = text[start - 1], text[start]
    if first.isalnum() and before.isalnum() and first < _WIDE and before < _WIDE:
        return False
    last, after = text[end - 1], text[end] if end < len(text) else "\n"
    return cue.endswith("*") or last >= _WIDE or after >= _WIDE or not (last.isalnum() and after.isalnum())


# From here on scripts write words without spaces between them.
_WIDE = "\u2e80"


def heads_of(text: str) -> list[str]:
    """The folded, non-blank lines of ``text`` without the bullets at their ends."""
    lines = fold(unify_breaks(text)).split("\n")
    return [line.strip(HEAD) for line in lines if line and not line.isspace()]


@cache
def cues(packs: tuple[str, ...] = ()) -> Cues:
    """The package's cues with those of the user packs at the paths ``packs``."""
    user = [item.rule for path in packs for item in load_pack(path)]
    return Cues((*user, *own_rules()))
