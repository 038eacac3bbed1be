"""Headings: a line that is nothing but a name follows what is decided below it.

In flow the decisions of a document. Out flow the same, those of such lines kept where all mentions below are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
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


def headed(decisions: list[Decision], source: str, below: Callable[[int, str], list[Decision]]) -> list[Decision]:
    """The decisions, those of one-name lines as the mentions of the name have it that ``below`` finds."""
    found = []
    for decision in decisions:
        reason = ""
        if decision.change and _alone(decision, source):
            reason = _kept(below(decision.end, fold(source[decision.start : decision.end])))
        found.append(decision._replace(decision="kept", reason=reason, change=None) if reason else decision)
    return found


def _kept(below: list[Decision]) -> str:
    """Why none of the mentions below is rewritten, or nothing."""
    reasons = [d.reason for d in below if d.decision != "reported" and not d.reason.startswith(_OWN)]
    return f"a heading; below: {reasons[0]}" if reasons and not any(d.change for d in below) else ""


def _alone(decision: Decision, source: str) -> bool:
    """Whether nothing else stands in the line of a mention."""
    first = max(source.rfind("\n", 0, decision.start), source.rfind("\r", 0, decision.start)) + 1
    stops = (source.find("\n", decision.end), source.find("\r", decision.end))
    last = min((at for at in stops if at >= 0), default=len(source))
    before, after = source[first : decision.start], source[decision.end : last]
    return _BARE.fullmatch(before) is not None and _BARE.fullmatch(after) is not None
