"""Spelling: whether a text speaks of a name itself, or quotes it, and not of its bearer.

In flow matches and their context. Out flow :class:`Verdict` values, and whether two mentions set the
spellings of one name side by side.
"""

from __future__ import annotations

import re

from normalizer.names.context import Context, language_script
from normalizer.names.cues import cues
from normalizer.names.kin import kin
from normalizer.names.matcher import Match
from normalizer.names.phrases import phrase
from normalizer.names.verdict import Verdict

_NAMED = re.compile(r"[\"'\N{RIGHT DOUBLE QUOTATION MARK}]?(?:[.,;:)]|$| (?:is|means|comes|derives|has)\b)")
# What ends the saying of a name itself; a verb or a noun would make it a report about the bearer.
_SAID = re.compile(r"[\"'\N{RIGHT DOUBLE QUOTATION MARK}]?(?:[.,;:!?)]|$| (?:and|but|or|instead|not|when)\b)")
_MADE_BY = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s $")
_LETTER = re.compile(
    r"\b(?:the |a |an )(?:(?:double|final|first|last|second) )?(?:letter )?[\"'\N{LEFT DOUBLE QUOTATION MARK}]?[^\W\d_]"
    r"[\"'\N{RIGHT DOUBLE QUOTATION MARK}]? (?:in|of) $"
)
# "Kharkov and Kharkiv Oblast": the town and its region.
_CYRILLIC = re.compile("[\u0400-\u052f]{3}")
_DIVISION = re.compile(r" (?:oblast|region|province|district|raion|county)\b")
# Two spellings further apart than this, in code points, are not set against each other.
_CONTRAST_REACH = 50


def about_spelling(match: Match, context: Context) -> Verdict | None:
    """Whether the text speaks of the spelling, not of its bearer."""
    known = cues()
    first = context.sentence(match.start, match.end)[0]
    cue = context.in_sentence(known.spelling, match.start, match.end)
    if cue:
        return Verdict(f"about the spelling: {cue!r}")
    before = context.text[max(first, match.start - 60) : match.start]
    found = known.spelling_before.search(before)
    so_called = found and found.group().strip() == "so-called" and phrase("so_called").match(context.after(match.end))
    if (
        found
        and not so_called
        and not context.opens_line(match.start)
        and not _is_object(match, found.group(), context)
    ):
        return Verdict(f"about the spelling: after {found.group().strip()!r}")
    if phrase("sayers").search(before) and _SAID.match(context.after(match.end)):
        return Verdict("about the spelling: what some say")
    if _LETTER.search(before):
        return Verdict("about the spelling: a letter of it")
    inside = context.in_brackets(match.start, match.end)
    if inside is not None and known.glossed.match(inside):
        return Verdict("about the spelling: among those in brackets")
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


def is_work(match: Match, context: Context) -> bool:
    """Whether quotation marks hold a name and nothing else, and words around them say that it is a work's."""
    if not context.alone_in_quotes(match.start, match.end):
        return False
    source = context.view.source
    first = context.view.raw(match.start, match.end)[0]
    before = source[max(0, first - 40) : first - 1].lower()
    return cues().works.search(before) is not None or _MADE_BY.search(before) is not None


def _quoted(match: Match, context: Context) -> Verdict | None:
    if context.alone_in_quotes(match.start, match.end):
        return Verdict("quoted by itself")
    quote = context.quoted(match.start, match.end) or context.emphasised(match.start, match.end)
    if quote is None:
        return None
    source = context.view.source
    opening = source[max(0, quote[0] - 40) : quote[0] - 1].lower()
    if cues().works.search(opening) or phrase("titled").match(source[quote[1] + 1 : quote[1] + 60].lower()):
        return Verdict("in the title of a work")
    inside = source[slice(*quote)]
    if language_script(context.language) == "Latn" and _CYRILLIC.search(inside):
        return Verdict("in a quotation of two scripts")
    words = [word for word in re.findall(r"[^\W\d_]+", inside) if word not in cues().small]
    title = 2 <= len(inside.split()) <= 8 and all(word[0].isupper() for word in words)
    sure = match.form.use == "safe" or match.names_person
    if title and not sure and not inside.rstrip().endswith((".", "!", "?")):
        return Verdict("in the title of a work")
    return None


def paired(left: Match, right: Match, context: Context) -> bool:
    """Whether two mentions of one entity set its spellings side by side: ``Kyiv (Kiev)``, ``not Kiev but Kyiv``."""
    alike = context.text[slice(*left.family)] == context.text[slice(*right.family)]
    if alike or not (left.entity.id == right.entity.id or kin(left.entity, right.entity)):
        return False
    gap = context.text[left.end : right.start].replace("vs.", "vs")
    if len(gap) > _CONTRAST_REACH or "\n" in gap:
        return False
    if gap == "? " or (gap in {", ", "; ", "/"} and context.in_brackets(right.start, right.end) is not None):
        return True
    if gap == "-":
        return {_is_own(left, context), _is_own(right, context)} == {True, False}  # "the Lviv-Lvov debate"
    if re.search(r"(?<!\.\w)[.!?] ", gap):
        return False
    if gap.startswith(" (") and ")" not in gap and context.in_brackets(right.start, right.end) is not None:
        return True  # "Odesa (Khadjibey, Odessa)"
    known = cues()
    words = re.findall(r"[\w.']+", gap)
    own = {_is_own(left, context), _is_own(right, context)} == {True, False}
    if not all(word in known.between for word in words):
        before = context.text[max(0, left.start - 12) : left.start]
        return own and bool(known.contrast.search(f"{before}|{gap}"))
    if (
        (not own or _DIVISION.match(context.after(right.end)))
        and set(words) <= known.joining
        and not re.search(r"[/(\[=\N{RIGHTWARDS ARROW}]", gap)
    ):
        return False  # a list of two spellings, neither of them the right one
    return (
        bool(set(words) - {"the", "in"})
        or re.search(r"[/(\[,=\N{EN DASH}\N{EM DASH}\N{RIGHTWARDS ARROW}>\"'«“„]", gap) is not None
    )


def _is_own(match: Match, context: Context) -> bool:
    """Whether a mention stands in the canonical form of the document's language."""
    return match.form.kind == "canonical" and context.language in (match.form.langs or ())
