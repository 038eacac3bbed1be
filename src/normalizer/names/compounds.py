"""Compounds: whether capitalised words beside a name make it a part of something else's name.

In flows a match and its context. Out flows a :class:`Verdict`, or None. "Kharkov International Airport" speaks of
the town, "the Kharkov Gambit" and "Odessa Clay" do not: the words of public life are reviewed data, all others are not
known to belong to a town.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalizer.names.context import Context
from normalizer.names.matcher import Match
from normalizer.names.phrases import phrase, words_of
from normalizer.names.verdict import Borders, Verdict

_WORD = re.compile(r" (?P<word>[^\W\d_](?:[\w-]|'(?!s\b))*)(?P<own>'s)?")
_ARTICLE = re.compile(r"\b(?:the|an?) $")
_HEADED = re.compile(r"(?:in|to|from|at|near|outside|across|around) $")
_LONGEST_RUN = 4  # words; longer runs are headlines
_ACRONYM = 5  # letters at most


def compound(match: Match, context: Context, names: Borders) -> Verdict | None:
    """Whether the words right after make a town's, a firm's or a surname a part of another name."""
    kind = match.entity.type
    if kind == "org":
        return _venue(match, context)
    if match.full and kind == "person":
        return None
    if context.language in {"es", "pt"} and kind == "person":
        return _second_surname(match, context, names)
    if context.language != "en" or context.unstopped(match.start, match.end):
        return None
    run = list(_run(match, context))
    if not run or run[0][0] in names.starts or _known(run, kind):
        return None
    if _is_acronym(context, *run[0]):
        return None
    before = context.before(match.start)
    led = _HEADED.search(before)
    if led is not None and context.opens(match.start - len(led[0])):
        return None  # "In Kiev Biden met the mayor."
    lone = len(run) == 1 and kind == "place" and not _ARTICLE.search(before)
    return Verdict(f"a part of another name: {run[0][1]!r} follows", other=lone, person=lone)


def _venue(match: Match, context: Context) -> Verdict | None:
    found = phrase("venues").match(context.after(match.end))
    if found is None or not _capital(context, match.end + found.start() + 1) or match.form.use == "recognise":
        return None
    return Verdict(f"a venue or a prize named after a firm: {found.group().strip()!r} follows")


def _second_surname(match: Match, context: Context, names: Borders) -> Verdict | None:
    """Whether a second surname follows the first, as Spanish and Portuguese names have them."""
    run = list(_run(match, context))
    if len(run) != 1 or run[0][0] in names.starts or context.titled(match.start, match.end):
        return None
    return Verdict(f"another's surname: {run[0][1]!r} follows", other=True)


def _run(match: Match, context: Context) -> Iterator[tuple[int, str]]:
    """Where each of the capitalised words right after a match begins, and the word, folded."""
    after, position = context.after(match.end), 0
    for _ in range(_LONGEST_RUN):
        found = _WORD.match(after, position)
        if found is None:
            return
        start = match.end + found.start("word")
        if not _capital(context, start) or context.opens_line(start):
            return
        yield start, found["word"]
        if found["own"]:
            return
        position = found.end()


def _known(run: list[tuple[int, str]], kind: str) -> bool:
    """Whether one of the words belongs to public life, so that the name before it is the bearer's own."""
    known = words_of("institutions") | (words_of("politics") if kind == "person" else frozenset())
    return any(word in known for _, word in run)


def _capital(context: Context, start: int) -> bool:
    return context.raw(start, start + 1).isupper()


def _is_acronym(context: Context, start: int, word: str) -> bool:
    """Whether a word of the view stands in capitals and is short: SBU, TV."""
    return len(word) <= _ACRONYM and context.raw(start, start + len(word)).isupper()
