"""Encoding: bytes to text, and the repair of text that was decoded wrongly somewhere upstream."""

from __future__ import annotations

from collections.abc import Callable

from normalizer.edits import Edit
from normalizer.encoding.decode import decode
from normalizer.encoding.gate import needs_repair

__all__ = ["decode", "repair_edits", "text_repair"]


def repair_edits(text: str, enabled: Callable[[str], bool]) -> list[Edit]:
    """All edits of the ``encoding.*`` rules that ``enabled`` lets through, sorted and disjoint.

    Clean text stops at the gate: nothing heavy is imported or run for it.
    """
    if not needs_repair(text):
        return _style(text) if enabled("encoding.apostrophe") else []
    from normalizer.encoding.repair import repair

    return repair(text, enabled)


def text_repair(enabled: Callable[[str], bool], passes: int) -> Callable[[str], str]:
    """A function that repairs a text without edits, as often as something changes, at most ``passes`` times.

    The text comes back as it was if that is not enough. The rules are asked for when a text first needs repair.
    """
    repairs: list[Callable[[str], str]] = []

    def repaired(text: str) -> str:
        if not needs_repair(text):
            return text
        if not repairs:
            from normalizer.encoding.repair import Repair

            repairs.append(Repair(enabled, passes).settled)
        return repairs[0](text)

    return repaired


def _style(text: str) -> list[Edit]:
    from normalizer.encoding.characters import apostrophe_edits

    return apostrophe_edits(text)
