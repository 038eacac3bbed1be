"""Headings: a line that is nothing but a name follows what is decided below it.

In flow the decisions of a document. Out flow the same, those of such lines kept where all mentions below are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from normalizer.names.fold import fold

# What may stand in a heading's line beside its name: the marks of Markdown, quotation marks, a full stop.
_BARE = re.compile(r"[\s#*_=\"'.:\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}-]*")
# Reasons that speak of the place of a mention, and nothing about its bearer.
_OWN = ("canonical already", "quoted by itself", "a gloss", "in a quotation", "two spellings", "form of", "an established")


class Decision(NamedTuple):
    """What is done with a mention: ``change`` (span of the source and its new text) or None, and why."""

    start: int
    end: int
    entity: str
    canonical: str
    decision: str
    reason: str
    change: tuple[int, int, str] | None


def headed(decisions: list[Decision], source: str) -> list[Decision]:
    """The decisions, those of one-name lines as the mentions of the name below have it."""
    found: list[Decision] = []
    following: dict[str, Decision] = {}
    for decision in reversed(decisions):
        name = fold(source[decision.start : decision.end])
        below = following.get(name)
        if decision.change and below and not below.change and _alone(decision, source) and not _of_its_own(below):
            decision = decision._replace(decision="kept", reason=f"a heading; below: {below.reason}", change=None)
        if below is None or decision.change:
            following[name] = decision
        found.append(decision)
    return found[::-1]


def _alone(decision: Decision, source: str) -> bool:
    """Whether nothing else stands in the line of a mention."""
    first = max(source.rfind("\n", 0, decision.start), source.rfind("\r", 0, decision.start)) + 1
    stops = (source.find("\n", decision.end), source.find("\r", decision.end))
    last = min((at for at in stops if at >= 0), default=len(source))
    before, after = source[first : decision.start], source[decision.end : last]
    return _BARE.fullmatch(before) is not None and _BARE.fullmatch(after) is not None


def _of_its_own(decision: Decision) -> bool:
    return decision.decision == "reported" or decision.reason.startswith(_OWN)
