"""How a name is put into its canonical form where it stands: case, blanks and line breaks stay.

In flow a match and its target form. Out flows the new text of the span. What is attached to the name
(possessives, case suffixes, hyphenated and elided neighbours) lies outside the span and is not touched.
"""

from __future__ import annotations

import re

from normalizer.names.entity import split_name
from normalizer.names.fold import CLOSING, OPENING, View, fold
from normalizer.names.matcher import Match

_WRITTEN = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
_APOSTROPHE = re.compile(f"[{_WRITTEN}]")
# Where a sentence begins, by what stands before; the quotation marks and blanks between are few.
_HEAD_REACH = 8
_HEAD = re.compile(rf"(?:\A|[.!?\N{{HORIZONTAL ELLIPSIS}}\n\r])[{CLOSING})\]]*[\s{OPENING}(\[]*\Z")
_DOTTED = frozenset({"tr", "az"})


def cased(surface: str, target: str, known: str, language: str) -> str:
    """``target`` in the case of ``surface``: capitals, lower case, or as the table has it.

    ``known`` is the table's spelling of the surface; where they are equal the target stays as it is.
    """
    letters = [letter for letter in surface if letter.isalpha()]
    if surface == known or not letters:
        return target
    if len(letters) > 1 and all(letter.isupper() or not letter.islower() for letter in letters):
        return (
            target.replace("i", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}") if language in _DOTTED else target
        ).upper()
    if all(letter.islower() or not letter.isupper() for letter in letters):
        return target.lower()
    return target


def change_of(match: Match, view: View, language: str) -> tuple[int, int, str] | None:
    """The span of the source to be replaced and its new text; None where a mention is canonical already.

    The ``language`` is one that the bearer has a canonical form in.
    """
    full, family = match.entity.canonical[language], match.entity.family.get(language, "")
    given = split_name(full, family) if family else ""
    return rewritten(view, pieces(view, match, family, given, full), language)


def pieces(view: View, match: Match, family: str, given: str, full: str) -> list[tuple[int, int, str, str]]:
    """The parts of a match to be written anew: span in the view, target, and the table's own spelling.

    ``family``, ``given`` and ``full`` are the canonical forms in the document's language.
    """
    if match.form.part == "family" and match.entity.type == "person":
        parts = list(_aligned(view.text, *match.family, family, match.form.surface))
        settled = view.text[slice(*match.family)] == fold(family)
        if match.given is not None and given and not (settled and _kept(view, match, full)):
            parts += _aligned(view.text, *match.given, given, "")
        return sorted(parts)
    return list(_aligned(view.text, *match.family, _abbreviated(match.form.surface, full), match.form.surface))


def _abbreviated(surface: str, full: str) -> str:
    """``full`` with its last words as the abbreviation that ends ``surface``: Chornobyl NPP stays one."""
    head, _, short = surface.rpartition(" ")
    targets = full.split()
    if not head or not short.isupper() or not 1 < len(short) < len(targets):
        return full
    own, kept = targets[-len(short) :], targets[: -len(short)]
    return " ".join([*kept, short]) if [word[0].upper() for word in own] == list(short) else full


def _kept(view: View, match: Match, full: str) -> bool:
    """Whether the given name of a match is spelled in a way that the table keeps in the document's language."""
    return match.kept_given and match.given is not None and match.entity.keeps(view.text[slice(*match.given)], full)


def _aligned(text: str, start: int, end: int, target: str, known: str) -> list[tuple[int, int, str, str]]:
    """Word by word where both sides have as many, so that what stands between words stays."""
    words = text[start:end].split(" ")
    targets = target.split(" ")
    spellings = known.split()
    if len(words) != len(targets):
        return [(start, end, target, known)]
    if len(spellings) != len(words):
        spellings = [""] * len(words)
    parts = []
    for word, aim, spelling in zip(words, targets, spellings, strict=True):
        parts.append((start, start + len(word), aim, spelling))
        start += len(word) + 1
    return parts


def rewritten(view: View, parts: list[tuple[int, int, str, str]], language: str) -> tuple[int, int, str] | None:
    """The span of the source to be replaced and its new text; None where all of it stands already."""
    source = view.source
    changed: list[tuple[int, int, str]] = []
    for start, end, target, known in parts:
        first, last = view.raw(start, end)
        after = _in_place(source, first, last, cased(source[first:last], target, known, language))
        if _letters(view, start, end, after) or view.mixed(first, last):
            changed.append((first, last, after))
    if not changed:
        return None
    text = ""
    position = changed[0][0]
    for first, last, after in changed:
        text += source[position:first] + after
        position = last
    begin, end = changed[0][0], changed[-1][1]
    return None if source[begin:end] == text else (begin, end, text)


def _in_place(source: str, first: int, last: int, after: str) -> str:
    """``after`` with the capital that the head of a sentence asks for, and with the apostrophe of the text."""
    surface = source[first:last]
    if surface[:1].isupper() and after[:1].islower() and _HEAD.search(source, max(0, first - _HEAD_REACH), first):
        after = after[:1].upper() + after[1:]
    own = [sign for sign in surface if sign in _WRITTEN]
    return _APOSTROPHE.sub(own[0], after) if own else after


def _letters(view: View, start: int, end: int, after: str) -> bool:
    """Whether the spelling differs; case, composition and hidden characters alone are not a spelling."""
    return view.text[start:end] != fold(after)
