"""The order of repairs, and their repetition until nothing changes.

In flows text that the gate let through, out flow edits against it. Entities come first, since damage may
hide behind them; then mojibake, which needs the controls and soft hyphens that the next step takes away;
then composition and look-alikes, which need whole letters.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from normalizer.edits import Edit, EditLog, apply_edits
from normalizer.encoding.characters import APOSTROPHE, NFC, apostrophe_edits, character_edits, nfc_edits
from normalizer.encoding.entities import RULE as ENTITY
from normalizer.encoding.entities import entity_edits, without_entities
from normalizer.encoding.gate import needs_repair
from normalizer.encoding.homoglyphs import RULE as HOMOGLYPH
from normalizer.encoding.homoglyphs import homoglyph_edits
from normalizer.encoding.mojibake import RULE as MOJIBAKE
from normalizer.encoding.mojibake import mojibake_edits, undamaged

_ROUNDS = 6  # text escaped and damaged by turns deeper than this is left at what six rounds made of it


class _Draft:
    """A text under repair; its edits are composed only when a second stage adds to those of the first."""

    def __init__(self, source: str) -> None:
        self.source = self.text = source
        self._first: list[Edit] = []
        self._log: EditLog | None = None

    def then(self, edits: list[Edit]) -> None:
        if not edits:
            return
        if self._log is None and not self._first:
            self._first, self.text = edits, apply_edits(self.text, edits)
            return
        log = self._log or EditLog(self.source).then(self._first)
        self._log = log.then(edits)
        self.text = self._log.text

    @property
    def edits(self) -> list[Edit]:
        return self._first if self._log is None else list(self._log.edits)


def repair(text: str, enabled: Callable[[str], bool]) -> list[Edit]:
    """Edits of all enabled encoding rules, composed over as many rounds as change anything."""
    draft = _Draft(text)
    stages = _stages(enabled)
    for _ in range(_ROUNDS):
        before = draft.text
        for stage in stages:
            draft.then(stage(draft.text))
        if draft.text == before or not needs_repair(draft.text):
            break
    return draft.edits


class Repair:
    """Repair of texts alone, without edits: cheaper, since nothing need be aligned or composed."""

    def __init__(self, enabled: Callable[[str], bool], passes: int) -> None:
        self._stages = [_PLAIN.get(stage) or _applying(stage) for stage in _stages(enabled)]
        self._passes = passes

    def settled(self, text: str) -> str:
        """The text after as many repairs as change anything; ``text`` itself if that takes too many passes."""
        draft = text
        for _ in range(self._passes):
            before, draft = draft, self._repaired(draft)
            if draft == before or not needs_repair(draft):
                return draft
        return text

    def _repaired(self, text: str) -> str:
        """``text`` with the edits of :func:`repair` applied."""
        for _ in range(_ROUNDS):
            before = text
            for stage in self._stages:
                text = stage(text)
            if text == before or not needs_repair(text):
                break
        return text


# Stages that know a shorter way to their text than over edits.
_PLAIN: dict[Callable[[str], list[Edit]], Callable[[str], str]] = {
    mojibake_edits: undamaged,
    entity_edits: without_entities,
}


def _applying(stage: Callable[[str], list[Edit]]) -> Callable[[str], str]:
    def applied(text: str) -> str:
        edits = stage(text)
        return apply_edits(text, edits) if edits else text

    return applied


def _stages(enabled: Callable[[str], bool]) -> list[Callable[[str], list[Edit]]]:
    """What a round runs, in order."""
    stages: list[tuple[str, Callable[[str], list[Edit]]]] = [
        (ENTITY, entity_edits),
        (MOJIBAKE, mojibake_edits),
        ("", partial(character_edits, enabled=enabled)),
        (NFC, nfc_edits),
        (HOMOGLYPH, homoglyph_edits),
        (APOSTROPHE, apostrophe_edits),
    ]
    return [stage for rule, stage in stages if not rule or enabled(rule)]
