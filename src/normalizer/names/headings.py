"""Headings: a line that is nothing but a name follows what is decided below it.

In flow the decisions of a document. Out flow the same, those of such lines kept where all mentions below are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from normalizer.names.fold import fold

# What may stand in a heading's line beside its name: the marks of Markdown, quotation marks, a full stop.
_BARE = re.compile(r"[\s#*_=\"'.:\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}-]*")
# How reasons begin that speak of the place of a mention, and not of its bearer.
_OWN = (
    "canonical already", "quoted by itself", "a gloss", "in a quotation", "two spellings", "form of", "an established",
)  # fmt: skip


class Decision(NamedTuple):
    """What is done with a mention: ``change`` (span of the source and its new text) or None, and why."""

    start: int
    end: int
    entity: str
    canonical: str
    decision: str
    reason: str
    change: tuple[int, int, str] | None


def headed(decisions: list[Decision], source: str, below: Callable[[int, str], Iterable[Decision]]) -> list[Decision]:
    """The decisions, those of one-name lines as the mentions of the name have it that ``below`` finds."""
    found: list[Decision] = []
    rewritten: set[str] = set()
    for decision in reversed(decisions):
        surface, reason = source[decision.start : decision.end], ""
        if decision.change and surface not in rewritten and _alone(decision, source):
            reason = _kept(below(decision.end, fold(surface)))
        if decision.change and not reason:
            rewritten.add(surface)
        found.append(decision._replace(decision="kept", reason=reason, change=None) if reason else decision)
    return found[::-1]


def _kept(below: Iterable[Decision]) -> str:
    """Why none of the mentions below is rewritten, or nothing; the first that is one settles it."""
    reason = ""
    for decision in below:
        if decision.change:
            return ""
        if not reason and decision.decision != "reported" and not decision.reason.startswith(_OWN):
            reason = f"a heading; below: {decision.reason}"
    return reason


def _alone(decision: Decision, source: str) -> bool:
    """Whether nothing else stands in the line of a mention."""
    first = max(source.rfind("\n", 0, decision.start), source.rfind("\r", 0, decision.start)) + 1
    stops = (source.find("\n", decision.end), source.find("\r", decision.end))
    last = min((at for at in stops if at >= 0), default=len(source))
    before, after = source[first : decision.start], source[decision.end : last]
    return _BARE.fullmatch(before) is not None and _BARE.fullmatch(after) is not None
