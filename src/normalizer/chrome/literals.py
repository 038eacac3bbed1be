"""Literals: which of many cues stand in a text.

In flows a text. Out flow the numbers of the cues in it, without their places: they are rare, so whoever asks looks
for the places. Each cue is sought by its trigger, a short piece of it. A few texts are searched trigger by trigger;
where more comes, an automaton pays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

# An automaton takes 2 ms to build and 2 to import, and scans 80 MB/s; a search for each of 1,500 literals takes
# 0.6 ms for a thousand characters. So from here on the automaton pays, and later the deterministic one, which scans
# twice as fast and takes 10 ms.
PAYS, PAYS_MORE = 6_000, 1_000_000


class Literals:
    """Cues, filed under their ``triggers`` as rows of numbers; ``cue_of`` gives the cue of a number, asked for
    late. What was scanned before changes the speed, never the answer.
    """

    def __init__(self, triggers: dict[str, str], cue_of: Callable[[int], str]) -> None:
        self._triggers = triggers
        self._cue_of = cue_of
        self._scanned = 0
        # Half of the triggers are ASCII; of an automaton of these alone more stays in the processor's cache.
        self._scanners: dict[bool, _Scanner] = {}

    def found(self, text: str) -> set[int]:
        """The numbers of the cues that stand in ``text``; lone surrogates are like other characters."""
        self._scanned += len(text)
        if self._scanned <= PAYS:
            rows = [row for trigger, row in self._triggers.items() if trigger in text]
            return {number for row in rows for number in map(int, row.split("\t")) if self._cue_of(number) in text}
        plain, lasting = text.isascii(), self._scanned > PAYS_MORE
        scanner = self._scanners.get(plain)
        if scanner is None or scanner.lasting is not lasting:
            scanner = self._scanners[plain] = self._built(plain=plain, lasting=lasting)
        # In UTF-8 one character's bytes never stand inside another's, so bytes are found where characters are.
        data = text.encode("utf-8", "surrogatepass")
        numbers: set[int] = set()
        for trigger, start, _ in scanner.automaton.find_matches_as_indexes(data, overlapping=True):
            cues = scanner.cues.get(trigger)
            if cues is None:
                cues = scanner.cues[trigger] = self._cues(scanner.triggers[trigger])
            for number, cue, before in cues:
                if start >= before and data.startswith(cue, start - before):
                    numbers.add(number)
        return numbers

    def _cues(self, trigger: str) -> list[tuple[int, bytes, int]]:
        """The cues of ``trigger``: number, bytes, and how many of these stand before the trigger."""
        numbers = list(map(int, self._triggers[trigger].split("\t")))
        cues = [self._cue_of(number).encode("utf-8", "surrogatepass") for number in numbers]
        sought = trigger.encode("utf-8", "surrogatepass")
        return [(number, cue, cue.index(sought)) for number, cue in zip(numbers, cues, strict=True)]

    def _built(self, *, plain: bool, lasting: bool) -> _Scanner:
        from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

        triggers = [trigger for trigger in self._triggers if trigger.isascii() or not plain]
        patterns = [trigger.encode("utf-8", "surrogatepass") for trigger in triggers]
        implementation = Implementation.DFA if lasting else Implementation.ContiguousNFA
        automaton = BytesAhoCorasick(patterns, matchkind=MatchKind.Standard, implementation=implementation)
        return _Scanner(automaton, triggers, {}, lasting)


class _Scanner(NamedTuple):
    """An automaton, its triggers by number, and the cues of those that were seen; ``lasting``: built for speed."""

    automaton: BytesAhoCorasick
    triggers: list[str]
    cues: dict[int, list[tuple[int, bytes, int]]]
    lasting: bool
