"""History: whether the sentence around a town's name tells of a past age, when the town bore another name.

In flows a match and its context. Out flows a :class:`Verdict`, or None.
"""

from __future__ import annotations

import re

from normalizer.names.context import Context
from normalizer.names.cues import cues
from normalizer.names.matcher import Match
from normalizer.names.phrases import phrase
from normalizer.names.verdict import Verdict

_YEAR = re.compile(
    r"\b(?:1[0-8]\d\d|19[0-8]\d|1990)(?:s\b|\b(?![\d.,]*\d| (?:troops|soldiers|people|km|men|shells|drones)))"
)
NOW = re.compile(r"\b(?:199[1-9]|20\d\d)")


def history(match: Match, context: Context) -> Verdict | None:
    """Whether a town's name stands in a sentence about a past age, or right after one about the town."""
    if phrase("nowadays").search(context.before(match.start)):
        return None
    told = _told(*context.sentence(match.start, match.end), context)
    if told:
        return Verdict(f"history: the sentence is about {told}")
    carried = _carried(match, context)
    return Verdict(f"history: the sentence before is about {carried}") if carried else None


def tells_of_today(match: Match, context: Context) -> bool:
    """Whether the sentence around a name gives a year of this age, or says when in these days something happened."""
    first, last = context.sentence(match.start, match.end)
    return bool(context.sought(NOW, first, last)) or _current(first, last, context)


def _current(first: int, last: int, context: Context) -> bool:
    """Whether a sentence names a day of this week, and no month, whose day it might be."""
    return bool(context.sought(phrase("current"), first, last)) and not context.sought(phrase("months"), first, last)


def _told(first: int, last: int, context: Context) -> str:
    """What in a sentence tells of a past age, or nothing."""
    if context.sought(NOW, first, last):
        return ""
    past = context.sought(cues().past, first, last)
    if past:
        return repr(past)
    year = context.sought(_YEAR, first, last) or context.sought(phrase("eras"), first, last)
    if not year or context.sought(phrase("births"), first, last):
        return ""
    return "" if _current(first, last, context) else year


def _carried(match: Match, context: Context) -> str:
    """What past age the sentence before tells of, where it names the town too and this one says nothing of today."""
    first, last = context.sentence(match.start, match.end)
    if not first or context.text[first - 1] == "\n" or context.sought(phrase("present"), first, last):
        return ""
    start, end = context.sentence(first - 1, first)
    if context.text[slice(*match.family)] not in context.text[start:end]:
        return ""
    battle = context.sought(phrase("battles"), start, end)
    return _told(start, end, context) or (repr(battle) if battle else "")
