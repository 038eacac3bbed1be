"""Guards: why a form that looks like a name is left as it is.

In flow a match and its context. Out flow :class:`Verdict` values: the reason, and whether it says that
another bearer of the name is meant, who then stays the antecedent of what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from normalizer.names.context import Context
from normalizer.names.cues import cues
from normalizer.names.given import is_also_a_verb, is_also_a_word, is_given
from normalizer.names.matcher import Match

_LEAD = re.compile(r"[\s,\-(\[\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{EN DASH}\N{EM DASH}]*")
_YEAR = re.compile(
    r"\b(?:1[0-8]\d\d|19[0-8]\d|1990)(?:s\b|\b(?![\d.,]*\d| (?:troops|soldiers|people|km|men|shells|drones)))"
)
_MODERN = re.compile(r"\b(?:born|nacido|née? |geboren|rodził|народи|родил|199[1-9]|20\d\d)")
_NAMED = re.compile(r"[\"'\N{RIGHT DOUBLE QUOTATION MARK}]?(?:[.,;:)]|$| (?:is|means|comes|derives|has)\b)")
_ERA = re.compile(r"\b(?:9|1\d)(?:th|st|nd|rd)?[- ]centur|\bmiddle ages\b|\bcentury-old")
_EPITHET = re.compile(r"\bthe (?:great|wise|bold|brave|holy|elder|younger|terrible|old|first|second) of $")
_AGED = re.compile(r", (?:aged )?\d\d, ")
# Endings of words that open a sentence and are no given names: Embattled, Speaking, Recently.
_NO_NAME = re.compile(r"(?:ed|ing|ly|ians?|\d)$")
# A number after a name, and an article before it where no noun follows, as ships and cameras have them.
_MODEL = re.compile(r" \d{1,3}\b")
_NO_NOUN = re.compile(r"[,.;:)]|$| (?:was|is|has|had|sailed|sank|left|docked|arrived|carried|served|ran)\b")
_NUMBERED = re.compile(r"-\d|'?[ ]\d{1,2}[a-z]\b")
_ROLE_ENDS = (
    "präsident", "präsidenten", "minister", "ministers", "chef", "kanzler", "sprecher", "führer", "gesandter",
    "gesandte", "gesandten", "vertreter", "kollege", "kollegen", "politiker", "general", "botschafter", "master",
    "-in-chief", "leader",
)  # fmt: skip


class Verdict(NamedTuple):
    """A reason to leave a match alone; ``other`` when the words name another bearer."""

    reason: str
    other: bool = False


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


class Borders(NamedTuple):
    """Where the names of a document begin and end (offsets of the view)."""

    starts: frozenset[int]
    ends: frozenset[int]

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> Borders:
        """The borders of these spans."""
        known = list(spans)
        return cls(frozenset(start for start, _ in known), frozenset(end for _, end in known))


def generic(match: Match, context: Context, names: Borders) -> Verdict | None:
    """The vetoes that hold for every guarded form; ``names`` are the other names of the table."""
    after = context.after(match.end)
    before = context.before(match.start)
    kind = match.entity.type
    if kind == "person":
        verdict = other_bearer(match, context, names)
        if verdict is not None:
            return verdict
    if kind == "place":
        verdict = _namesake(match, context, before, after) or _history(match, context)
        if verdict is not None:
            return verdict
    for veto in cues().vetoes:
        if kind not in veto.types:
            continue
        if veto.before is not None and veto.before.search(before):
            return Verdict(veto.reason)
        found = veto.after.match(after) if veto.after is not None else None
        if found and not (
            veto.capital and context.raw(match.end, match.end + found.end()).strip("\"' -")[:1].islower()
        ):
            return Verdict(veto.reason)
    return _thing(match, context, before, after) if kind == "place" else None


def _thing(match: Match, context: Context, before: str, after: str) -> Verdict | None:
    """Whether a town's name is that of a camera, a ship or a house: by its number, or by its article."""
    if _NUMBERED.match(after):
        return Verdict("a model with a number")
    named = _MODEL.match(after) or (before.endswith("the ") and _NO_NOUN.match(after))
    thing = context.in_sentence(cues().things, match.start, match.end) if named else ""
    return Verdict(f"a thing named so: the sentence is about a {thing}") if thing else None


def _double_barrelled(match: Match, context: Context, names: Borders) -> bool:
    """Whether a hyphen and another surname follow a full name: another person."""
    after = re.match(r"-([^\W\d_]+)", context.text[match.end : match.end + 40])
    if match.given is None or after is None or match.end + 1 in names.starts:
        return False
    return context.raw(match.end + 1, match.end + 2).isupper() and not is_given(after.group(1))


def other_bearer(match: Match, context: Context, names: Borders) -> Verdict | None:
    """Whether the words before a surname name somebody else of that name."""
    if _double_barrelled(match, context, names):
        return Verdict("half of a double-barrelled name", other=True)
    if match.given is not None:
        return None
    word = match.other
    known = cues()
    if match.entity.gender == "m" and word.rstrip(".") + "." in known.ladies | {f"{lady}." for lady in known.ladies}:
        return Verdict(f"{word!r} names a woman", other=True)
    if not word:
        return None
    if _is_initials(word) and not (word == "m." and context.language == "fr"):
        return Verdict(f"the initials {word!r} are not the bearer's", other=True)
    last = word.rpartition("-")[2]
    if word in known.roles or last in known.roles or word.endswith(("'s", "s'", *_ROLE_ENDS)) or not word[0].isalpha():
        return None
    start = match.start - len(word) - 1
    capital = context.raw(start, start + len(word))[:1].isupper()
    if not capital:
        lone = is_given(word) and not is_also_a_word(word) and context.raw(match.start, match.end).islower()
        return Verdict(f"after the given name {word!r}", other=True) if lone else None
    if is_given(word) and not is_also_a_verb(word):
        return Verdict(f"after the given name {word!r}", other=True)
    first = context.sentence(match.start, match.end)[0]
    if first > start:
        return None  # the word ends the sentence before
    opens = not any(map(str.isalnum, context.text[first:start]))
    # In English few words open a sentence right before a surname; elsewhere any noun may.
    plain = context.language != "en" or _NO_NAME.search(word) or last in known.openers
    if (opens and plain) or context.headline(match.start, match.end) or match.start - 1 in names.ends:
        return None
    return Verdict(f"after {word!r}, perhaps a given name", other=True)


def _is_initials(word: str) -> bool:
    letters = word.replace(".", " ").replace("-", " ").split()
    return "." in word and all(len(letter) == 1 for letter in letters)


def _namesake(match: Match, context: Context, before: str, after: str) -> Verdict | None:
    known = cues()
    found = known.elsewhere.match(after)
    if found and not after[found.end() :].startswith("'s"):
        return Verdict(f"a namesake: {found.group().strip(' ,(')!r} follows", other=True)
    raw = context.raw(match.end, match.end + min(len(after), 6)) if after else ""
    if known.codes.match(raw):
        return Verdict("a namesake: a postal code follows", other=True)
    listed = re.search(r"(?:,|\b(?:and|between|among)) $", before)
    if not listed and known.in_doubt.match(after):
        return Verdict("a namesake: another country follows", other=True)
    if known.elsewhere_before.search(before):
        return Verdict("a namesake: another country stands before", other=True)
    surname = re.match(r" ([^\W\d_]+)(?!\w)", after)
    if _AGED.match(after):
        return Verdict("a person: an age follows")
    if surname and surname.group(1) in known.surnames and raw[1:2].isupper():
        return Verdict(f"a person: {surname.group(1)!r} follows")
    bearer = re.search(r"([^\W\d_]+) of $", before)
    if bearer and is_given(bearer.group(1)) and not is_also_a_word(bearer.group(1)):
        return Verdict(f"a bearer of history: {bearer.group(1)!r} stands before")
    if _EPITHET.search(before):
        return Verdict("a bearer of history: an epithet stands before")
    word = re.search(r"([^\W\d_]+) $", before)
    if word and word.group(1) in known.daughters and not context.headline(match.start, match.end):
        start = match.start - len(word.group())
        opens = start == context.sentence(match.start, match.end)[0]
        if context.raw(start, start + 1).isupper() and not opens:
            return Verdict(f"a daughter town: {word.group(1)!r} stands before", other=True)
    if word and is_given(word.group(1)) and not is_also_a_word(word.group(1)):
        start = match.start - len(word.group(1)) - 1
        if context.raw(start, start + 1).isupper():
            return Verdict(f"a person: {word.group(1)!r} stands before")
    return None


def _history(match: Match, context: Context) -> Verdict | None:
    year = context.in_sentence(_YEAR, match.start, match.end) or context.in_sentence(_ERA, match.start, match.end)
    if year and not context.in_sentence(_MODERN, match.start, match.end):
        return Verdict(f"history: the sentence is about {year}")
    return None


def about_spelling(match: Match, context: Context) -> Verdict | None:
    """Whether the text speaks of the spelling, not of its bearer."""
    known = cues()
    first = context.sentence(match.start, match.end)[0]
    cue = context.in_sentence(known.spelling, match.start, match.end)
    if cue:
        return Verdict(f"about the spelling: {cue!r}")
    before = context.text[max(first, match.start - 60) : match.start]
    found = known.spelling_before.search(before)
    if found and not _is_object(match, found.group(), context):
        return Verdict(f"about the spelling: after {found.group().strip()!r}")
    after = context.after(match.end)
    found = known.spelling_after.match(after)
    if found is None and match.entity.type == "place":
        found = known.spelling_after_place.match(after)
    if found:
        return Verdict(f"about the spelling: before {found.group().strip()!r}")
    return _quoted(match, context)


def _is_object(match: Match, cue: str, context: Context) -> bool:
    """Whether ``the term`` before a person is what the person uses (the term Zelensky chose), not the name."""
    plain = cue.strip().startswith("the ") and "spelling" not in cue and match.entity.type == "person"
    return plain and _NAMED.match(context.after(match.end)) is None


def _quoted(match: Match, context: Context) -> Verdict | None:
    if context.alone_in_quotes(match.start, match.end):
        return Verdict("quoted by itself")
    quote = context.quoted(match.start, match.end) or context.emphasised(match.start, match.end)
    if quote is None:
        return None
    source = context.view.source
    opening = source[max(0, quote[0] - 40) : quote[0] - 1].lower()
    if cues().works.search(opening):
        return Verdict("in the title of a work")
    words = [word for word in re.findall(r"[^\W\d_]+", source[slice(*quote)]) if len(word) > 3]
    inside = source[slice(*quote)]
    title = 2 <= len(inside.split()) <= 8 and all(word[0].isupper() for word in words)
    sure = match.form.use == "safe" or match.names_person
    if title and not sure and not inside.rstrip().endswith((".", "!", "?")):
        return Verdict("in the title of a work")
    return None


def paired(left: Match, right: Match, context: Context) -> bool:
    """Whether two mentions of one entity set its spellings side by side: ``Kyiv (Kiev)``, ``Kiev or Kyiv``."""
    if left.entity.id != right.entity.id or context.text[slice(*left.family)] == context.text[slice(*right.family)]:
        return False
    gap = context.text[left.end : right.start].replace("vs.", "vs")
    words = re.findall(r"[\w.]+", gap)
    if len(gap) > 40 or "\n" in gap or re.search(r"[.!?] ", gap) or not all(word in cues().between for word in words):
        return False
    return (
        bool(set(words) - {"the", "in"})
        or re.search(r"[/(\[,=\N{EN DASH}\N{EM DASH}\N{RIGHTWARDS ARROW}\"'«“„]", gap) is not None
    )
