"""The names stage: one canonical spelling a name, in the language of the document, where it is certain.

In flows a text. Out flow edits with the mentions that they rewrite, and all mentions on request.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from normalizer.edits import Edit, edit
from normalizer.names.fold import View
from normalizer.names.gate import Gate, Opening
from normalizer.names.matcher import Matcher
from normalizer.names.table import AliasTable
from normalizer.result import Mention

if TYPE_CHECKING:
    from normalizer.names.headings import Decision

__all__ = ["AliasTable", "NameStage"]

RULE = "names.alias"


class NameStage:
    """Canonicalizes the names of ``table`` in ``style``; ``enabled`` says whether a rule may edit."""

    def __init__(self, table: AliasTable, style: str, enabled: Callable[[str], bool]) -> None:
        self._enabled = enabled
        self._gate = Gate(table, style)
        self._matcher = Matcher(table, style)

    def rewrites(self, text: str, language: Callable[[str], str]) -> list[tuple[Edit, Mention]]:
        """The edits of ``text``, sorted and disjoint, each with the mention that it rewrites.

        Mentions span the whole name in ``text``. ``language`` gives the language of a text; it is
        asked only where a name stands, about the text without its names, which mislead a detector.
        """
        opening = self._gate.look(text, language) if self._enabled(RULE) else None
        if opening is None:
            return []
        return [
            (edit(text, *decision.change, RULE, decision.reason), _mention(text, decision))
            for decision in self._decisions(text, language, opening)
            if decision.change is not None
        ]

    def edits(self, text: str, language: Callable[[str], str]) -> list[Edit]:
        """The edits of ``text`` alone."""
        return [change for change, _ in self.rewrites(text, language)]

    def mentions(self, text: str, language: Callable[[str], str]) -> tuple[Mention, ...]:
        """Every name of the table in ``text``, also those that stay as they are, with the reason."""
        decisions = self._decisions(text, language)
        if not self._enabled(RULE):
            decisions = [_left(decision) if decision.change else decision for decision in decisions]
        return tuple(_mention(text, decision) for decision in decisions)

    def telling(self, text: str) -> str:
        """``text`` as far as it says its language: of a short one the words between its names."""
        if self._gate.tells(text):
            return self._gate.telling(text)
        from normalizer.names.reading import Reading

        return Reading(View(text), self._matcher, lambda _: "und").without_names()

    def _decisions(self, text: str, language: Callable[[str], str], opening: Opening | None = None) -> list[Decision]:
        """All decisions about the names of a text, or those that may change it where the gate has opened."""
        from normalizer.names.decide import Document
        from normalizer.names.reading import Reading

        told = partial(self._told, text, language, opening) if self._gate.tells(text) else None
        view = (opening and opening.view) or View(text)
        reading = Reading(view, self._matcher, language, told=told, changes_only=opening is not None)
        return Document(reading).decisions()

    def _told(self, text: str, language: Callable[[str], str], opening: Opening | None) -> str:
        return (opening and opening.language) or self._gate.language(text, language)


def _left(decision: Decision) -> Decision:
    return decision._replace(decision="kept", reason=f"{RULE} is off", change=None)


def _mention(text: str, decision: Decision) -> Mention:
    start, end = decision.start, decision.end
    return Mention(start, end, text[start:end], decision.canonical, decision.entity, decision.decision, decision.reason)
