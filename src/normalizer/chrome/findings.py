"""Findings: what speaks against a line, and where lines stand.

In flow signals in words, each independent of the others. Out flows a :class:`Finding`: the family, the
signals, what to take. A drop in ``standard`` needs two signals, in ``aggressive`` one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Finding(NamedTuple):
    """What speaks against a line. ``takes``: it introduces other headlines, which go with it.
    ``start`` and ``end``: the piece to cut when not the whole line goes, in the line's text.
    """

    family: str
    signals: tuple[str, ...]
    takes: bool = False
    start: int = -1
    end: int = -1
    credit: str = ""

    @property
    def detail(self) -> str:
        """The evidence in words."""
        return "; ".join(self.signals)


def speaks(finding: Finding | None) -> bool:
    """Whether the line's own words mark it as chrome, wherever it stands and however long it is."""
    return finding is not None and len(finding.signals) >= 2


@dataclass(slots=True)
class Place:
    """Where a surviving line stands: among the first three, before or after all prose, beside a cued line;
    ``between`` two such lines, beside a ``dateline``, ``by_prose``; ``kin`` are the families of its neighbours.
    ``introduced``: the story's line above it ends in a colon or a question mark, so that its place says nothing.
    ``told``: it is a date or an hour that belongs to a sentence beside it, so that its place says nothing either.
    ``weak``: the run of its like holds nothing but words that menus and stories share.
    ``opened``: a sentence of the story stands above it.
    ``listed``: it is an item, as a line beside it is that no cue knows.
    """

    top: bool
    head: bool
    tail: bool
    run: bool
    between: bool = False
    dateline: bool = False
    by_prose: bool = False
    kin: frozenset[str] = frozenset()
    introduced: bool = False
    told: bool = False
    listed: bool = False
    weak: bool = False
    opened: bool = False

    def signals(self, where: tuple[str, ...]) -> list[str]:
        """The places among ``where`` in which the line stands, as evidence."""
        if self.introduced or self.told:
            return []
        wanted = ("head", "tail", "run") if "any" in where else where
        found = [("head", self.head, "before the first paragraph"), ("tail", self.tail, "after the last paragraph")]
        found.append(("run", self.run, "in a run of its like"))
        return [words for name, here, words in found if here and name in wanted]


# So many lines are the first ones.
TOP = 3
NOWHERE = Place(top=False, head=False, tail=False, run=False)
