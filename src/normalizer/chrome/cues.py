"""Cues: all literal triggers of all rules, and the one scan that finds them.

In flows a text. Out flow, for the lines that hold any, their :class:`Hit` values. This is the gate:
clean text costs one fold, one Aho-Corasick scan and one look-up a short line, and gives nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from normalizer.chrome.lines import HEAD, fold, unify_breaks, without_counts
from normalizer.chrome.packs import CueRule, load_pack, own_rules

# Whole-line cues are looked up for lines up to this length; the longest cue has 71 characters.
SHORT = 96
# A date or a share row is shorter still.
ROW = 80
# The deterministic automaton scans three times as fast and takes 20 ms to build: a million characters' worth.
PAYS = 1_000_000


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
        # name -> (its rule, whether it is an agency for pictures only)
        self.agencies: dict[str, bool] = {}
        self._agency: CueRule | None = None
        # the first four characters of a cue that opens a line, or all of a shorter one -> such cues
        self._openers: dict[str, list[tuple[CueRule, str, str]]] = {}
        self._closers: list[tuple[CueRule, str]] = []
        self._inner: list[tuple[CueRule, str]] = []
        for rule in rules:
            self._file(rule)
        self._starts = {size: tuple(bare for _, bare, _ in found) for size, found in self._openers.items()}
        self.firsts = {line.split(" ", 1)[0] for line in self.lines}
        self.row_words = {word for known in self.words.values() for word in known}
        self.lasts = {line.rsplit(" ", 1)[-1] for line in self.lines}
        known = (*self.lines, *self.labels)
        self._first = {line.split(" ", 1)[0].strip(_AROUND) for line in known} | self.row_words
        self._last = {line.rsplit(" ", 1)[-1].strip(_AROUND) for line in known} | self.row_words
        self._endings = tuple(cue for _, cue in self._closers)
        self._scanned = 0
        self._automaton = self._built(None)

    def _built(self, implementation: Implementation | None) -> AhoCorasick:
        patterns = [cue.removesuffix("*") for _, cue in self._inner]
        return AhoCorasick(patterns, matchkind=MatchKind.Standard, implementation=implementation)

    def _count(self, size: int) -> None:
        """Take the faster automaton once so much has been scanned that building it pays."""
        before, self._scanned = self._scanned, self._scanned + size
        if before <= PAYS < self._scanned:
            self._automaton = self._built(Implementation.DFA)

    def _file(self, rule: CueRule) -> None:
        """Put the cues of ``rule`` where they are looked up."""
        if rule.kind == "line":
            for cue in rule.cues:
                filed = self.lines.setdefault(cue, rule)
                if "any" in rule.where and "any" not in filed.where:
                    self.lines[cue] = rule
        elif rule.kind == "words":
            known, telling = self.words.setdefault(rule.family, {}), "any" in rule.where
            known.update({word: telling or known.get(word, False) for cue in rule.cues for word in cue.split()})
        elif rule.kind == "label":
            self.labels.update(rule.cues)
        elif rule.kind == "agency":
            self._agency = self._agency or rule
            self.agencies.update(dict.fromkeys(rule.cues, "any" in rule.where))
        elif rule.kind in {"prefix", "marker", "byline"}:
            for cue in rule.cues:
                bare = cue.removesuffix("*")
                if rule.kind == "byline" and bare[-1].isalnum():
                    bare += " "
                self._openers.setdefault(bare[:_OPENING], []).append((rule, bare, cue))
        elif rule.kind == "suffix":
            self._closers += [(rule, cue) for cue in rule.cues]
        else:
            self._inner += [(rule, cue) for cue in rule.cues]

    def scan(self, heads: list[str]) -> dict[int, list[Hit]]:
        """The hits of each line, by its number; ``heads`` are folded lines without bullets.

        A cue that opens a line is found by its first characters, one that closes it by its last, one
        inside it by an Aho-Corasick scan of the whole.
        """
        hits: dict[int, list[Hit]] = {}
        starts = self._starts
        for index, head in enumerate(heads):
            opening = head[:_OPENING]
            if (opening in starts and head.startswith(starts[opening])) or head[:3] in starts or head[:2] in starts:
                self._open(index, head, hits)
            if head[-1:] not in _STOPS:
                self._close(index, head, hits)
        self._inside(heads, hits)
        return hits

    def _open(self, index: int, head: str, hits: dict[int, list[Hit]]) -> None:
        for size in range(1, _OPENING + 1):
            for rule, bare, cue in self._openers.get(head[:size], ()):
                if len(bare[:_OPENING]) == size and head.startswith(bare) and _ends_word(head, len(bare), cue):
                    hits.setdefault(index, []).append(Hit(rule, 0, len(bare.rstrip()), cue))

    def _close(self, index: int, head: str, hits: dict[int, list[Hit]]) -> None:
        """Cues and agencies at the end of a line; an agency stands between marks, or alone."""
        if head.endswith(self._endings):
            for rule, cue in self._closers:
                if head.endswith(cue):
                    hits.setdefault(index, []).append(Hit(rule, len(head) - len(cue), len(head), cue))
        tail = head[-_CREDIT:]
        if head not in self.agencies and not any(mark in tail for mark in _CREDIT_SIGNS):
            return
        for part in tail.translate(_CREDIT_MARKS).split("\n"):
            agency = part.strip().removeprefix("via ")
            if agency in self.agencies and self._agency is not None:
                start = head.rfind(agency)
                hits.setdefault(index, []).append(Hit(self._agency, start, start + len(agency), agency))

    def _inside(self, heads: list[str], hits: dict[int, list[Hit]]) -> None:
        joined = "\n" + "\n".join(heads) + "\n"
        found = self._matches(joined)
        if not found:
            return
        starts = list(accumulate((len(head) + 1 for head in heads), initial=1))
        for number, start, end in found:
            rule, cue = self._inner[number]
            if _starts_word(joined, start) and _ends_word(joined, end, cue):
                index = bisect_right(starts, start) - 1
                hits.setdefault(index, []).append(Hit(rule, start - starts[index], end - starts[index], cue))

    def _matches(self, text: str) -> list[tuple[int, int, int]]:
        self._count(len(text))
        try:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            whole = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
            return self._automaton.find_matches_as_indexes(whole, overlapping=True)

    def line_rule(self, keyed: str) -> CueRule | None:
        """The rule whose whole-line cue this key is, with or without a count at its ends."""
        return self.lines.get(keyed) or self.lines.get(without_counts(keyed))

    def may_be_row(self, head: str) -> bool:
        """Whether a folded line begins and ends as known lines, rows and dates do; cheap."""
        if head.isspace():
            return False
        last = head.rsplit(None, 1)[-1].strip(_AROUND)
        if last and last not in self._last and not _digit().search(last):
            parts = _inner().split(last)
            if len(parts) < 2 or parts[-1] not in self._last:
                return False
        first = head.split(None, 1)[0].strip(_AROUND)
        return (
            not first or first in self._first or bool(_digit().search(first)) or _inner().split(first)[0] in self._first
        )

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
        if not (first in self.firsts or self._in_rows(first)) or not (last in self.lasts or self._in_rows(last)):
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


@cache
def _digit() -> re.Pattern[str]:
    return re.compile(r"\d")


@cache
def _inner() -> re.Pattern[str]:
    return re.compile(r"[-–—/|·•・(（_]")


def _parts(word: str, known: dict[str, bool]) -> list[str]:
    """``word``, or the two known words that were glued to make it (``uhrlesedauer``, ``0updated``)."""
    if word not in known:
        for cut in range(1, len(word)):
            first, second = word[:cut], word[cut:]
            if all(part == "0" or (part in known and len(part) > 2) for part in (first, second)):
                return [part for part in (first, second) if part != "0"]
    return [word]


# The longest cue that stands in a menu.
_PIECE_WORDS = 5
# The longest rows are those of share buttons.
_ROW_WORDS = 14
# What may stand around the first and the last word of a line that is looked up.
_AROUND = " .,:;!?…()[]{}|/-–—•·*+&@<>»›→＞／：。！？；、_\"'"
# Dates in which more words than these are glued together are not dates.
_GLUED = 2
_SEPARATING = ".,:/|()[]-–—·•+&@<>＞／：・_"
_SEPARATORS = dict.fromkeys(map(ord, _SEPARATING), " ")


def _starts_word(text: str, start: int) -> bool:
    first, before = text[start], text[start - 1]
    return not (first.isalnum() and before.isalnum() and first < _WIDE and before < _WIDE)


def _ends_word(text: str, end: int, cue: str) -> bool:
    """Whether the cue that ends at ``end`` ends a word there, or need not."""
    last, after = text[end - 1], text[end : end + 1]
    return cue.endswith("*") or last >= _WIDE or after >= _WIDE or not (last.isalnum() and after.isalnum())


# Cues that open a line are filed under so many characters; shorter cues under all they have.
_OPENING = 4
# A line that ends like a sentence is signed by nobody; a credit is no longer than this.
_STOPS = frozenset('.!?…"”»:;,。')
_CREDIT = 90
_CREDIT_SIGNS = ("/", "|", "(", "©", "＝", "（")
_CREDIT_MARKS = dict.fromkeys(map(ord, "/|,;.()[]＝（）©"), "\n")
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
