"""Forenames: given names that are words too (Will, April), and those behind a surname, as lists have them.

In flow a match, its context and the word beside it. Out flows whether the word is somebody's given name.
"""

from __future__ import annotations

import re

from normalizer.names.context import Context
from normalizer.names.given import is_also_a_verb, is_given, is_modal, is_month, is_town
from normalizer.names.matcher import Match
from normalizer.names.phrases import phrase, words_of
from normalizer.names.verdict import Verdict

# "Zelensky, Michael J., 61": a surname that leads, as in lists, and what can only stand behind a name in one.
_INVERTED = re.compile(
    r", (?P<given>[^\W\d_][\w'-]+)(?:(?: [^\W\d_]\.)+(?=[,;:)\s]|$)"
    r"|(?=, (?:aged )?\d|\. \(?(?:19|20)\d\d|[;)]|,? \(|\.?$))"
)
# Right before a name at the head of a caption or a credit.
_LEAD = re.compile(r"(?:[:/|(\[\"'\N{LEFT DOUBLE QUOTATION MARK}\N{EN DASH}\N{EM DASH}] ?|(?:^|\W)by )$")

_CREDIT_END = re.compile(r"$|[,/|)]| (?:and|in)\b")


def inverted(match: Match, context: Context) -> Verdict | None:
    """Whether another's given name follows a surname that opens its sentence: "Grondar, Anna. 2019."."""
    if match.full or not context.opens(match.start):
        return None
    found = _INVERTED.match(context.after(match.end))
    if found is None or not is_given(found["given"]) or found["given"] in match.entity.given | match.entity.given_kept:
        return None
    at = match.end + found.start("given")
    capital = context.raw(at, at + 1).isupper()
    return Verdict(f"before the given name {found['given']!r}", other=True) if capital else None


def is_word_in_doubt(word: str) -> bool:
    """Whether a given name may stand before a surname as another word: a verb, a month or a town."""
    return is_given(word) and (is_also_a_verb(word) or is_month(word) or is_town(word))


def is_forename(word: str, start: int, match: Match, context: Context) -> bool:
    """Whether a ``word`` in doubt at ``start``, right before a surname, is a given name there."""
    if not context.raw(start, start + 1).isupper():
        return False
    before = context.before(start)
    if is_town(word) and phrase("placed").search(before):
        return before.endswith("from ")
    led = _LEAD.search(before) is not None
    opens = led or context.opens_line(start) or context.opens(start)
    if is_month(word) and phrase("timed").search(before):
        return before.strip() == "by" and _CREDIT_END.match(context.after(match.end)) is not None
    if not (is_also_a_verb(word) or is_month(word)):
        return True
    if not opens:
        return not context.titled(match.start, match.end)
    if not (is_modal(word) or is_month(word)) or context.language not in {"en", "de", "und"}:
        return word not in words_of("prepositions", context.language)
    sentence = context.text[slice(*context.sentence(match.start, match.end))]
    asked = is_modal(word) and "?" in sentence
    return not asked and phrase("finite").match(context.after(match.end)) is not None
