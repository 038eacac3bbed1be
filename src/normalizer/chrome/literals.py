"""Literals: which of many short strings stand in a text.

In flows a text. Out flow the numbers of the literals in it, without their places: they are rare, so whoever asks
looks for the places. A few texts are searched literal by literal; where more comes, an automaton pays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

# An automaton takes 2 ms to build and 2 to import, and scans 80 MB/s; a search for each of 1,500 literals takes
# 0.6 ms for a thousand characters. So from here on the automaton pays, and later the deterministic one, which scans
# twice as fast and takes 10 ms.
PAYS, PAYS_MORE = 6_000, 1_000_000


class Literals:
    """The strings ``literals``, ready to look for. What was scanned before changes the speed, never the answer."""

    def __init__(self, literals: Iterable[str]) -> None:
        self._literals = tuple(literals)
        self._scanned = 0
        self._automaton: BytesAhoCorasick | None = None

    def found(self, text: str) -> set[int]:
        """The numbers of the literals that stand in ``text``; lone surrogates are like other characters."""
        before, self._scanned = self._scanned, self._scanned + len(text)
        if self._scanned <= PAYS:
            return {number for number, literal in enumerate(self._literals) if literal in text}
        if self._automaton is None or before <= PAYS_MORE < self._scanned:
            self._automaton = self._built(deterministic=self._scanned > PAYS_MORE)
        # In UTF-8 one character's bytes never stand inside another's, so bytes are found where characters are.
        data = text.encode("utf-8", "surrogatepass")
        return {match[0] for match in self._automaton.find_matches_as_indexes(data, overlapping=True)}

    def _built(self, *, deterministic: bool) -> BytesAhoCorasick:
        from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

        patterns = [literal.encode("utf-8", "surrogatepass") for literal in self._literals]
        implementation = Implementation.DFA if deterministic else Implementation.ContiguousNFA
        return BytesAhoCorasick(patterns, matchkind=MatchKind.Standard, implementation=implementation)
