"""Streets: whether a town's name is that of a street without a word for it right beside it.

In flow a match and its context. Out flows whether a corner, or an Italian "via", makes a street of it.
"""

from __future__ import annotations

import re

from normalizer.names.context import Context
from normalizer.names.matcher import Match
from normalizer.names.phrases import phrase

_AND = re.compile(r" (?:and|&) [A-Z]")
_HOUSE = re.compile(r",? \d{1,3}\b")


def street(match: Match, context: Context) -> bool:
    """Whether a town's name is that of a street: one of two at a corner, or one with an Italian "via" before it."""
    before, after = context.before(match.start), context.after(match.end)
    corner = phrase("corners").search(before)
    if corner is not None and (corner["second"] or _AND.match(context.raw(match.end, match.end + min(8, len(after))))):
        return True
    if context.language != "it":
        return False
    return phrase("italian_streets").search(before) is not None or (
        before.endswith("via ") and _HOUSE.match(after) is not None
    )
