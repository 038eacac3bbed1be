"""The names stage: one canonical spelling a name, in the language of the document, where it is certain.

In flows a text. Out flow edits with the mentions that they rewrite, and all mentions on request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from normalizer.edits import Edit, edit
from normalizer.errors import NormalizerError
from normalizer.names.fold import View
from normalizer.names.gate import Asked, Gate
from normalizer.names.matcher import Matcher
from normalizer.names.table import AliasTable
from normalizer.names.windowing import windows
from normalizer.result import Mention

if TYPE_CHECKING:
    from normalizer.names.headings import Decision

__all__ = ["AliasTable", "NameStage"]

RULE = "names.alias"
# Their edits take half a gigabyte, and no document has as many.
_MOST = 500_000


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
        if not self._enabled(RULE):
            return []
        asked = self._gate.asked(text, language)
        found: list[tuple[Edit, Mention]] = []
        for start, part in windows(text):
            view = self._gate.look(part, asked)
            decisions = self._decisions(view, language, asked, changes_only=True) if view else ()
            for decision in _moved(decisions, start):
                if decision.change is not None:
                    change = edit(text, *decision.change, RULE, decision.reason)
                    found.append((change, _mention(text, decision)))
            if len(found) > _MOST:
                raise NormalizerError(
                    f"more than {_MOST} names to rewrite up to character {start + len(part)}: split the document"
                )
        return found

    def edits(self, text: str, language: Callable[[str], str]) -> list[Edit]:
        """The edits of ``text`` alone."""
        return [change for change, _ in self.rewrites(text, language)]

    def mentions(self, text: str, language: Callable[[str], str]) -> tuple[Mention, ...]:
        """Every name of the table in ``text``, also those that stay as they are, with the reason."""
        asked = self._gate.asked(text, language)
        decisions = [
            decision
            for start, part in windows(text)
            for decision in _moved(self._decisions(View(part), language, asked), start)
        ]
        if not self._enabled(RULE):
            decisions = [_left(decision) if decision.change else decision for decision in decisions]
        return tuple(_mention(text, decision) for decision in decisions)

    def telling(self, text: str) -> str:
        """``text`` as far as it says its language: of a short one the words between its names."""
        if self._gate.tells(text):
            return self._gate.telling(text)
        from normalizer.names.reading import Reading

        return Reading(View(text), self._matcher, lambda _: "und").without_names()

    def _decisions(
        self, view: View, language: Callable[[str], str], asked: Asked, *, changes_only: bool = False
    ) -> list[Decision]:
        """All decisions about the names of a window, or those that may change it."""
        from normalizer.names.decide import Document
        from normalizer.names.reading import Reading

        told = asked.ask if asked.answers else None
        return Document(Reading(view, self._matcher, language, told=told, changes_only=changes_only)).decisions()


def _moved(decisions: Iterable[Decision], by: int) -> Iterator[Decision]:
    """Decisions about a window, in the coordinates of the text."""
    for decision in decisions:
        if not by:
            yield decision
            continue
        start, end, change = decision.start + by, decision.end + by, decision.change
        yield decision._replace(start=start, end=end, change=change and (change[0] + by, change[1] + by, change[2]))


def _left(decision: Decision) -> Decision:
    return decision._replace(decision="kept", reason=f"{RULE} is off", change=None)


def _mention(text: str, decision: Decision) -> Mention:
    start, end = decision.start, decision.end
    return Mention(start, end, text[start:end], decision.canonical, decision.entity, decision.decision, decision.reason)
