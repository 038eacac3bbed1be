"""What a guard finds, and what it is told about a document and a bearer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Verdict(NamedTuple):
    """A reason to leave a match alone.

    ``other`` when the words name another bearer, ``person`` when that one is a person with a town's name.
    ``described`` when a calling, an age or what the bearer does says so. ``soft`` when a full name in the
    document outweighs it.
    """

    reason: str
    other: bool = False
    person: bool = False
    soft: bool = False
    described: bool = False


class Borders(NamedTuple):
    """Where the names of a document begin and end (offsets of the view)."""

    starts: frozenset[int]
    ends: frozenset[int]

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> Borders:
        """The borders of these spans."""
        known = list(spans)
        return cls(frozenset(start for start, _ in known), frozenset(end for _, end in known))


class Bearer(NamedTuple):
    """What all layers of the table know about a person: the countries, the titles' words, the patronymics."""

    home: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    middle: frozenset[str] = frozenset()
    gender: str = ""
