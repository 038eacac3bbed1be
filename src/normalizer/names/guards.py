"""Guards: why a form that looks like a name is left as it is.

In flow a match and its context. Out flow :class:`Verdict` values: what the record's own guards say, and
what the reviewed vetoes say that hold for all names.
"""

from __future__ import annotations

import re
from functools import cache

from normalizer.names.bearers import other_bearer
from normalizer.names.compounds import compound
from normalizer.names.context import Context
from normalizer.names.cues import cues
from normalizer.names.history import tells_of_today
from normalizer.names.matcher import Match
from normalizer.names.namesakes import namesake, thing
from normalizer.names.phrases import phrase as phrase_of
from normalizer.names.verdict import Bearer, Borders, Verdict
from normalizer.names.vetoes import Veto

_LEAD = re.compile(r"[\s,\-(\[\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{EN DASH}\N{EM DASH}]*")


def record_guard(match: Match, guards: dict[str, tuple[str, ...]], context: Context) -> Verdict | None:
    """What the guards of a record say about a match: those of its own, or of another record of the same alias."""
    after = context.after(match.end)
    before = context.before(match.start)
    following = after[_lead(after) :]
    for phrase in guards.get("not_next", ()):
        if _starts(following, phrase) or _starts(after, phrase):
            return Verdict(f"followed by {phrase!r}", other=True)
    for phrase in guards.get("not_prev", ()):
        if _ends(before, phrase):
            return Verdict(f"preceded by {phrase!r}", other=True)
    near = guards.get("not_near", ())
    if near:
        phrase = context.in_paragraph(_any_of(near), match.start, match.end)
        if phrase:
            return Verdict(f"near {phrase!r}", other=True)
    if "only_next" in guards and not any(_starts(following, phrase) for phrase in guards["only_next"]):
        return Verdict("not followed by what the table asks for")
    if "only_prev" in guards and not any(_ends(before, phrase) for phrase in guards["only_prev"]):
        return Verdict("not preceded by what the table asks for")
    return None


def _lead(text: str) -> int:
    match = _LEAD.match(text)
    return match.end() if match else 0


def _starts(text: str, phrase: str) -> bool:
    return text.startswith(phrase) and not (phrase[-1].isalnum() and text[len(phrase) : len(phrase) + 1].isalnum())


def _ends(text: str, phrase: str) -> bool:
    trimmed = text if phrase.endswith("-") else text.rstrip(" ,-(\"'\N{EN DASH}")
    if not trimmed.endswith(phrase):
        return False
    head = trimmed[: -len(phrase)]
    return not (head and phrase[0].isalnum() and head[-1].isalnum())


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def generic(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """The vetoes that hold for every guarded form; ``names`` are the other names of the table."""
    kind = match.entity.type
    if kind == "person":
        verdict = other_bearer(match, context, names, bearer)
        if verdict is not None:
            return verdict
    if kind == "place":
        verdict = namesake(match, context, min(bearer.home, default="UA"))
        if verdict is not None:
            return verdict
    after, before = context.after(match.end), context.before(match.start)
    verdict = _vetoed(match, context, before, after) if kind in cues().vetoes else None
    if verdict is None and kind == "place":
        verdict = thing(match, context)
    if verdict is None and phrase_of("numbered").match(after) and phrase_of("articled").search(before):
        return Verdict("a model with a number")
    return verdict or compound(match, context, names)


def _vetoed(match: Match, context: Context, before: str, after: str) -> Verdict | None:
    """What the reviewed lists say."""
    for veto in cues().vetoes[match.entity.type].beside(before, after):
        if veto.old and tells_of_today(match, context):
            continue
        if _fires(veto, match, context, before, after):
            return Verdict(veto.reason, other=veto.other, person=veto.other)
    return None


def _small(context: Context, start: int) -> bool:
    """Whether the first word from ``start`` on begins with a small letter."""
    return context.raw(start, start + 2).strip("\"'( ")[:1].islower()


def _fires(veto: Veto, match: Match, context: Context, before: str, after: str) -> bool:
    led = veto.leads(before)
    if led is not None and not (veto.capital_before and _small(context, match.start - len(before) + led.start())):
        return True
    found = veto.follows(after)
    if found is None:
        return False
    if not veto.capital:
        return True
    raw = context.raw(match.end, match.end + found.end()).strip("\"' -:")
    return not raw[:1].islower() and not (veto.prose and context.titled(match.start, match.end))
