"""The gate: which lines of a text hold a cue or may be known, and which cues they hold.

In flow the folded lines of a text. Out flow their :class:`Hit` values and the lines that are worth a closer look.
Clean text costs one scan for literals and a few look-ups a line, and gives nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from normalizer.chrome.cues import ROW, SHORT, Cues, Hit
from normalizer.chrome.lines import HEAD, fold, key, unify_breaks
from normalizer.chrome.literals import Literals
from normalizer.chrome.switcher import may_be_switcher, may_begin_switcher
from normalizer.chrome.tables import OPENING, CueRule, bare_cue

# So many characters are scanned at a time; of a longer line so many more, since a cue may stand across the border.
PIECE, OVERLAP = 16_384, 128
# The longest row of languages.
MENU = 60

Hits = dict[int, list[Hit]]
Openers = tuple[tuple[str, ...], list[tuple[CueRule, str, str]]]


class Gate:
    """Finds the ``cues``. What it remembers of the words that it saw makes it faster and changes nothing."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues
        tables = cues.tables
        # The first characters of the few openings that are shorter than the others.
        self._shorter = frozenset(opening[0] for opening in tables.openers if len(opening) < OPENING)
        self._opens = _Remembered(self._opens_with)
        self._opened = _Remembered(self._openers)
        self._literals = Literals(tables.triggers, lambda number: bare_cue(*self._inner[number]))
        self._begins = _Remembered(self._begin)
        self._ends = _Remembered(lambda word: cues.may_end((word.rsplit(None, 1) or [""])[-1]))

    def look(self, heads: list[str]) -> tuple[Hits, list[int]]:
        """The hits of each line by its number, and the sorted numbers of the lines that are worth a closer look:
        those with hits and those that may be known as a whole or by their shape. ``heads`` are folded lines
        without bullets.
        """
        hits: Hits = {}
        found: list[int] = []
        for first, stop, text in _pieces(heads):
            self._survey(heads, range(first, stop), text, hits, found)
            if text is heads[first]:
                self._inside_long(first, text, hits)
            else:
                self._inside(heads, range(first, stop), text, hits)
        return hits, sorted({*hits, *found}) if hits or found else []

    def _survey(self, heads: list[str], numbers: range, text: str, hits: Hits, found: list[int]) -> None:
        """Cues at the ends of lines, and short lines that may be known. ``text`` holds all of these lines.

        A handful of look-ups a line and no call for most: this is what clean text costs.
        """
        opens, begins, ends = self._opens, self._begins, self._ends
        size, endings = self._ending, self._endings
        # What few texts ask for is looked for in all of them once it is asked for.
        signs: list[str] | None = None
        dated: bool | None = None
        for index in numbers:
            head = heads[index]
            bares = opens[head[:OPENING]]
            if bares and head.startswith(bares):
                self._open(index, head, hits)
                if head.startswith(_LINK):
                    found.append(index)
            if head[-1:] not in _STOPS:
                if signs is None:
                    signs = [sign for sign in _CREDIT_SIGNS if sign in text]
                if signs or head[-size:] in endings:
                    self._close(index, head, signs, hits)
            if len(head) <= SHORT:
                begun = begins[head.partition(" ")[0]]
                near = begun and (begun > 1 or ends[head.rpartition(" ")[2]])
                if not near:
                    dated = _holds_year(text) if dated is None else dated
                    near = dated and _holds_year(head)
                if near and index not in hits and self._is_suspect(head):
                    found.append(index)
        if "©" in text or "@" in text:
            found += [index for index in numbers if _is_signed(heads[index])]

    def _opens_with(self, opening: str) -> tuple[str, ...]:
        """The beginnings, of cues and addresses, of which a line with these first characters may have one."""
        sizes = range(1 if opening[:1] in self._shorter else OPENING, OPENING + 1)
        bares = {bare for size in sizes if size <= len(opening) for bare in self._opened[opening[:size]][0]}
        return (*sorted(bares), *(link for link in _LINK if link.startswith(opening)))

    def _begin(self, word: str) -> int:
        """Whether a line that begins with ``word`` may be known: 0 no, 1 if its end may be as well, 2 yes."""
        first = (word.split(None, 1) or [""])[0]
        if not first or "@" in first or first.startswith(_LINK) or may_begin_switcher(first):
            return 2
        return int(self.cues.may_begin(first))

    def _is_suspect(self, head: str) -> bool:
        """Whether a short line without literal cue may be a known line, a row, an address, a date or a menu."""
        if not head:
            return False
        if head.startswith(_LINK) or ("@" in head and " " not in head):
            return True
        if len(head) <= MENU and (may_be_switcher(head) or _holds_year(head)):
            return True
        words = head.split()
        if not words or not (self.cues.may_end(words[-1]) and self.cues.may_begin(words[0])):
            return False
        keyed = key(head)
        if not keyed.strip(_FIGURES) or self.cues.line_rule(keyed) is not None or keyed in self.cues.labels:
            return True
        if any(mark in head for mark in _SEPARATING):
            return True
        return bool(self.cues.known_row(keyed)) or (len(keyed) <= ROW and self.cues.row(keyed) is not None)

    def _open(self, index: int, head: str, hits: Hits) -> None:
        """The cues that open the line."""
        first = 1 if head[:1] in self._shorter else OPENING
        for size in range(first, min(OPENING, len(head)) + 1):
            bares, openers = self._opened[head[:size]]
            if not head.startswith(bares):
                continue
            for rule, bare, cue in openers:
                if head.startswith(bare) and _ends_word(head, len(bare), cue):
                    hits.setdefault(index, []).append(Hit(rule, 0, len(bare.rstrip()), cue))

    def _openers(self, opening: str) -> Openers:
        """The cues that are filed under ``opening``: without stars, and each with its rule, without and with star."""
        row = self.cues.tables.openers.get(opening, "")
        cells = row.split("\t") if row else []
        rules = [self.cues.tables.rules[int(number)] for number in cells[::2]]
        openers = [(rule, bare_cue(rule, cue), cue) for rule, cue in zip(rules, cells[1::2], strict=True)]
        return tuple(bare for _, bare, _ in openers), openers

    @cached_property
    def _ending(self) -> int:
        """How many of a line's last characters tell whether a cue may close it."""
        return min((OPENING, *(len(cue) for _, cue in self.cues.closers)))

    @cached_property
    def _endings(self) -> frozenset[str]:
        """The last characters of the lines that a cue closes or that an agency is."""
        return frozenset(cue[-self._ending :] for cue in (*(cue for _, cue in self.cues.closers), *self.cues.agencies))

    def _close(self, index: int, head: str, signs: list[str], hits: Hits) -> None:
        """Cues and agencies at the end of a line; an agency stands between marks, or alone."""
        if head[-self._ending :] in self._endings:
            for rule, cue in self.cues.closers:
                if head.endswith(cue):
                    hits.setdefault(index, []).append(Hit(rule, len(head) - len(cue), len(head), cue))
        tail = head[-_CREDIT:]
        if not (signs and any(sign in tail for sign in signs)) and head not in self.cues.agencies:
            return
        for part in tail.translate(_CREDIT_MARKS).split("\n"):
            agency = part.strip().removeprefix("via ")
            if agency in self.cues.agencies and self.cues.agency is not None:
                start = head.rfind(agency)
                hits.setdefault(index, []).append(Hit(self.cues.agency, start, start + len(agency), agency))

    def _inside(self, heads: list[str], numbers: range, text: str, hits: Hits) -> None:
        """The cues inside some lines; ``text`` holds them with a line end before and after each."""
        found = self._matches(text)
        if not found:
            return
        starts = list(accumulate((len(heads[index]) + 1 for index in numbers), initial=1))
        for end, start, number in sorted(found):
            rule, cue = self._inner[number]
            line = bisect_right(starts, start) - 1
            hits.setdefault(numbers[line], []).append(Hit(rule, start - starts[line], end - starts[line], cue))

    def _inside_long(self, index: int, head: str, hits: Hits) -> None:
        """The cues inside one line, piece by piece: a copy of all of it could be hundreds of megabytes."""
        found: set[tuple[int, int, int]] = set()
        for start in range(0, len(head), PIECE):
            begin = max(start - OVERLAP, 0)
            piece = head[begin : start + PIECE + OVERLAP]
            before = head[begin - 1] if begin else "\n"
            after = head[start + PIECE + OVERLAP : start + PIECE + OVERLAP + 1] or "\n"
            moved = begin - 1
            found.update((end + moved, first + moved, n) for end, first, n in self._matches(f"{before}{piece}{after}"))
        for end, first, number in sorted(found):
            rule, cue = self._inner[number]
            hits.setdefault(index, []).append(Hit(rule, first, end, cue))

    @cached_property
    def _inner(self) -> list[tuple[CueRule, str]]:
        return self.cues.tables.inner_cues()

    def _matches(self, text: str) -> list[tuple[int, int, int]]:
        """End, start and number of the cues that stand in ``text`` as words, but for its first and last character."""
        found: list[tuple[int, int, int]] = []
        for number in self._literals.found(text):
            rule, cue = self._inner[number]
            bare = bare_cue(rule, cue)
            start = text.find(bare, 1)
            while start > 0:
                end = start + len(bare)
                if end < len(text) and _starts_word(text, start) and _ends_word(text, end, cue):
                    found.append((end, start, number))
                start = text.find(bare, start + 1)
        return found


_T = TypeVar("_T")


class _Remembered(dict[str, _T]):
    """What ``judge`` says of a word, remembered: most words of a text are those of all texts."""

    def __init__(self, judge: Callable[[str], _T]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, word: str) -> _T:
        verdict = self._judge(word)
        if len(self) >= _MOST:
            self.clear()
        self[word] = verdict
        return verdict


# So many words are remembered, some two megabytes.
_MOST = 20_000
_LINK = ("http", "www.")
# A line that asks or announces something and gives an address; the last is the Greek question mark.
_ASKS = "?？؟:：;"
# What stands between the links of a flattened menu.
_SEPARATING = "|›»•·"
# Lines of nothing but these are dates or counters.
_FIGURES = " 0./:-|,xt年月日년월일–—()"
# A line that ends like a sentence is signed by nobody; a credit is no longer than this.
_STOPS = frozenset('.!?…"”»:;,。')
_CREDIT = 90
_CREDIT_SIGNS = ("/", "|", "(", "©", "＝", "（")
_CREDIT_MARKS = dict.fromkeys(map(ord, "/|,;.()[]＝（）©"), "\n")
# From here on scripts write words without spaces between them.
_WIDE = "\u2e80"


def _holds_year(text: str) -> bool:
    """Whether the East Asian words for year stand in ``text``, as they do in dates."""
    return "年" in text or "년" in text


def _is_signed(head: str) -> bool:
    """Whether the line holds the copyright sign, or asks something and gives an address."""
    return "©" in head or ("@" in head and any(mark in head for mark in _ASKS))


def _starts_word(text: str, start: int) -> bool:
    first, before = text[start], text[start - 1]
    return not (first.isalnum() and before.isalnum() and first < _WIDE and before < _WIDE)


def _ends_word(text: str, end: int, cue: str) -> bool:
    """Whether the cue that ends at ``end`` ends a word there, or need not."""
    last, after = text[end - 1], text[end : end + 1]
    return cue.endswith("*") or last >= _WIDE or after >= _WIDE or not (last.isalnum() and after.isalnum())


def _pieces(heads: list[str]) -> Iterator[tuple[int, int, str]]:
    """The lines in pieces of about one size: the first line, the one after the last, and a text of all of them with
    a line end before and after each; a longer line is a piece of its own, and its text is the line.
    """
    if sum(map(len, heads)) + len(heads) <= PIECE:
        if heads:
            yield 0, len(heads), "\n" + "\n".join(heads) + "\n"
        return
    first = size = 0
    for index, head in enumerate(heads):
        if size and size + len(head) > PIECE:
            yield first, index, "\n" + "\n".join(heads[first:index]) + "\n"
            first, size = index, 0
        size += len(head) + 1
        if size > PIECE:
            yield index, index + 1, head
            first, size = index + 1, 0
    if size:
        yield first, len(heads), "\n" + "\n".join(heads[first:]) + "\n"


def heads_of(text: str) -> list[str]:
    """The folded, non-blank lines of ``text`` without the bullets at their ends."""
    lines = fold(unify_breaks(text)).split("\n")
    return [line.strip(HEAD) for line in filter(None, lines) if not line.isspace()]
