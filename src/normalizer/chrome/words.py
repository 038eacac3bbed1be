"""Words: whether a word is one of some thousands, known as the bytes of a row.

A few words are sought in the bytes as they are; where more are asked for, a set pays.
"""

from __future__ import annotations

# A search takes 5 to 30 microseconds, the set of six thousand words 1.5 milliseconds and half a megabyte.
FEW = 60


class Words:
    """The words of ``rows``, UTF-8, each parted from the next by ``mark``, which none of them holds."""

    def __init__(self, rows: bytes, mark: bytes = b"\n") -> None:
        self._rows = mark + rows + mark
        self._mark = mark
        self._asked = 0
        self._set: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        """Whether ``word`` is one of the words. What was asked before changes the speed, never the answer."""
        if self._set is None:
            self._asked += 1
            sought = word.encode("utf-8", "surrogatepass")
            if self._asked <= FEW and self._mark not in sought:
                return self._mark + sought + self._mark in self._rows
            self._set = frozenset(self._rows.decode().split(self._mark.decode())) - {""}
        return word in self._set
