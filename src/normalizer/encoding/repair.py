"""The order of repairs, and their repetition until nothing changes.

In flows text that the gate let through, out flow edits against it. Entities come first, since damage may
hide behind them; then mojibake, which needs the controls and soft hyphens that the next step takes away;
then composition and look-alikes, which need whole letters.
"""

from __future__ import annotations

from collections.abc import Callable

from normalizer.edits import Edit, EditLog
from normalizer.encoding.characters import NFC, character_edits, nfc_edits
from normalizer.encoding.entities import RULE as ENTITY
from normalizer.encoding.entities import entity_edits
from normalizer.encoding.gate import needs_repair
from normalizer.encoding.homoglyphs import RULE as HOMOGLYPH
from normalizer.encoding.homoglyphs import homoglyph_edits
from normalizer.encoding.mojibake import RULE as MOJIBAKE
from normalizer.encoding.mojibake import mojibake_edits

_ROUNDS = 6  # text escaped and damaged by turns deeper than this is left at what six rounds made of it


def repair(text: str, enabled: Callable[[str], bool]) -> list[Edit]:
    """Edits of all enabled encoding rules, composed over as many rounds as change anything."""
    log = EditLog(text)
    for _ in range(_ROUNDS):
        before = log.text
        log = _round(log, enabled)
        if log.text == before or not needs_repair(log.text):
            break
    return list(log.edits)


def _round(log: EditLog, enabled: Callable[[str], bool]) -> EditLog:
    if enabled(ENTITY):
        log = _then(log, entity_edits(log.text))
    if enabled(MOJIBAKE):
        log = _then(log, mojibake_edits(log.text))
    log = _then(log, character_edits(log.text, enabled))
    if enabled(NFC):
        log = _then(log, nfc_edits(log.text))
    if enabled(HOMOGLYPH):
        log = _then(log, homoglyph_edits(log.text))
    return log


def _then(log: EditLog, edits: list[Edit]) -> EditLog:
    return log.then(edits) if edits else log
