"""Encoding: bytes to text, and the repair of text that was decoded wrongly somewhere upstream."""

from __future__ import annotations

from collections.abc import Callable

from normalizer.edits import Edit
from normalizer.encoding.decode import decode
from normalizer.encoding.gate import needs_repair

__all__ = ["decode", "repair_edits"]


def repair_edits(text: str, enabled: Callable[[str], bool]) -> list[Edit]:
    """All edits of the ``encoding.*`` rules that ``enabled`` lets through, sorted and disjoint.

    Clean text stops at the gate: nothing heavy is imported or run for it.
    """
    if not needs_repair(text):
        return _style(text) if enabled("encoding.apostrophe") else []
    from normalizer.encoding.repair import repair

    return repair(text, enabled)


def _style(text: str) -> list[Edit]:
    from normalizer.encoding.characters import apostrophe_edits

    return apostrophe_edits(text)
