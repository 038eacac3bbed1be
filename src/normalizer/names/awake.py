"""Awake matches: those about which something must be decided, since they or another of their bearer may change.

In flow the matches of a text and its language. Out flows which of them stand apart: a page in house style
names hundreds of bearers in their canonical form, and nothing needs to be known of those.
"""

from __future__ import annotations

from normalizer.names.context import script_of
from normalizer.names.entity import split_name
from normalizer.names.fold import View, fold
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
