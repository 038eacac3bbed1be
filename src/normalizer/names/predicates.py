"""Predicates: what the sentence, or the next one, says that the bearer of a name is.

In flow a match, its context and what the table knows of the bearer. Out flows a :class:`Verdict`, or None.
"""

from __future__ import annotations

import re

from normalizer.names.context import Context
from normalizer.names.descriptors import describe
from normalizer.names.matcher import Match
from normalizer.names.phrases import phrase, words_of
from normalizer.names.verdict import Bearer, Borders, Verdict

# A sentence whose end is further off speaks of more than its name.
_NEAR_END = 80


def predicated(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """Whether "is a", or "He is a" in the next sentence, and a calling follow that are not the bearer's."""
    being = phrase("being").match(context.after(match.end))
    if being is None and match.full:
        being = _next(match, context, names)
    if being is None:
        return None
    found = describe(being["phrase"])
    calling = (found.private | found.public) - words_of("figures")
    if not calling or found.office or found.former or calling & bearer.titles:
        return None
    return Verdict(f"{min(calling)!r} is another's calling", other=True, described=True)


def _next(match: Match, context: Context, names: Borders) -> re.Match[str] | None:
    """What the next sentence says of the bearer, where this one names nobody else."""
    last = context.sentence(match.start, match.end)[1]
    inside = range(match.end, min(last, match.end + _NEAR_END + 1))
    if last - match.end > _NEAR_END or any(place in names.starts for place in inside):
        return None
    return phrase("next_being").match(context.text, last, last + _NEAR_END)
