"""Awake matches: those about which something must be decided, since they or another of their bearer may change.

In flow the matches of a text and its language. Out flows which of them stand apart: a page in house style
names hundreds of bearers in their canonical form, and nothing needs to be known of those.
"""

from __future__ import annotations

from normalizer.names.context import language_script, script_of
from normalizer.names.entity import Entity, Form, split_name
from normalizer.names.fold import View, fold
from normalizer.names.given import is_ordinary
from normalizer.names.matcher import Match


def lull(groups: list[list[Match]], view: View, language: str, script: str) -> None:
    """Mark the matches of bearers without any that may change as not awake.

    ``script`` is that of the ``language``.
    """
    if view.homoglyphs:
        return
    wanted: set[str] = set()
    for group in groups:
        if any(may_change(match, view, language, script) for match in group):
            wanted.update(match.entity.id for match in group)
    for group in groups:
        if all(match.entity.id not in wanted for match in group):
            for match in group:
                match.awake = False


def may_be_rewritten(match: Match, view: View) -> bool:
    """Whether the table lets a form be rewritten in some language; an inflected one only into a single script."""
    if match.form.kind == "form":
        return view.mixed(*view.raw(match.start, match.end))
    return match.form.kind in {"alias", "canonical"} and match.form.use != "recognise"


def lives_in(language: str, form: Form, entity: Entity) -> bool:
    """Whether a form may come out otherwise in a language, wherever it stands: by itself, not by a given name."""
    if form.kind not in {"alias", "canonical"} or form.use == "recognise" or language not in entity.canonical:
        return False
    own = form.langs is None or language in form.langs
    if form.kind == "alias" and own:
        family = form.part == "family" and entity.type == "person"
        return form.folded != fold(entity.family.get(language, "") if family else entity.canonical[language])
    return not own and script_of(form.folded) != language_script(language)


def is_small_word(match: Match, view: View) -> bool:
    """Whether a word in small letters is an ordinary one: a town's own name (щастя, hat) often is.

    An acronym that the table wants with its capitals (UN, EU) is met in capitals only.
    """
    match.small = view.source[view.start(match.family[0])].islower()
    if match.form.title and match.form.surface.isupper():
        first, last = view.raw(*match.family)
        return not view.source[first:last].isupper()
    if not match.small:
        return False
    kind = match.entity.type
    bare = kind == "place" or (kind == "person" and match.given is None and " " not in match.form.folded)
    return match.form.title or (bare and match.form.kind in {"canonical", "form"})


def is_everyday(match: Match, language: str) -> bool:
    """Whether the form is an everyday word of the language, and stands in small letters."""
    return match.small and is_ordinary(match.form.folded, language)


def would_change(match: Match, view: View, language: str) -> bool:
    """Whether a name would be rewritten if nothing around it spoke against that."""
    from normalizer.names.grammar import change_of
    from normalizer.names.protect import Protection

    if is_everyday(match, language):
        return False
    if match.form.kind == "form":
        return language in (match.form.langs or ())
    if language not in match.entity.canonical:
        return False
    if not view.homoglyphs and not may_change(match, view, language, language_script(language)):
        return False
    if change_of(match, view, language) is None:
        return False
    return not Protection(view.source).covers(*view.raw(match.start, match.end))


def may_change(match: Match, view: View, language: str, script: str) -> bool:
    """Whether the form itself could come out otherwise; the decision may still be to leave it."""
    form, entity = match.form, match.entity
    if form.kind not in {"alias", "canonical"} or form.use == "recognise":
        return False
    own = form.langs is None or language in form.langs
    if form.kind == "alias" or not own:
        return own or script_of(form.folded) != script
    if match.given is None:
        return False
    full = entity.canonical.get(language, "")
    given = fold(split_name(full, entity.family.get(language, "")))
    return view.text[slice(*match.given)] != given
