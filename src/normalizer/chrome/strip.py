"""The chrome stage: which lines go, and the edits that take them out.

In flows the text of the moment. Out flow sorted, disjoint edits: a maximal run of dropped lines is
one. Lines are judged until nothing changes, so that the stage has nothing to do on its own output.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from normalizer.chrome.cues import Cues, Hit, cues
from normalizer.chrome.gate import heads_of
from normalizer.chrome.lines import BULLETS, unify_breaks
from normalizer.chrome.shapes import LONG_PROSE, breaks_off
from normalizer.chrome.switcher import has_column
from normalizer.edits import Edit, EditLog

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge
    from normalizer.chrome.sites import SiteMemory
    from normalizer.result import Block

# A cut inside a line makes a new line, which is judged again; each round needs a cut of the last.
MAX_ROUNDS = 4
# A shorter first line is no headline that the next ones repeat.
_HEADLINE = 8


class ChromeStage:
    """Drops and tags what the site added. Stateless; construction is nearly free.

    ``enabled`` says which rules may edit, ``aggressive`` that one piece of evidence is enough,
    ``packs`` are paths of user packs, ``memory`` holds the lines that repeat across a site.
    """

    def __init__(
        self,
        enabled: Callable[[str], bool],
        *,
        aggressive: bool = False,
        packs: Sequence[str] = (),
        memory: SiteMemory | None = None,
    ) -> None:
        self._enabled = enabled
        self._aggressive = aggressive
        self._packs = tuple(packs)
        self._memory = memory

    def edits(self, text: str) -> list[Edit]:
        """The edits that strip ``text``; empty for clean text, and for a text that is all chrome."""
        changes = self._round(text)
        if not changes:
            return []
        log = EditLog(text)
        for _ in range(MAX_ROUNDS):
            inside = any(_is_inside(log.text, change) for change in changes)
            log = log.then(changes)
            changes = self._round(log.text) if inside else []
            if not changes:
                break
        told = any(map(str.isalnum, log.text)) or not any(map(str.isalnum, text))
        return list(log.edits) if told else []

    def _round(self, text: str) -> list[Edit]:
        heads = heads_of(text)
        known = cues(self._packs)
        hits, suspects = known.gate.look(heads)
        several = len(heads) > 1 and (_repeats(heads) or has_column(heads) or self._ends_in_bullet(text))
        shaped = several or _ends_broken(text) or (self._memory is not None and self._memory.knows_any(heads))
        if not (self._aggressive or shaped or (suspects and self._may_go(text, suspects, hits, known))):
            return []
        return self._judge(text, suspects, hits, known).edits()

    def _may_go(self, text: str, suspects: list[int], hits: dict[int, list[Hit]], known: Cues) -> bool:
        """Whether one of the suspect lines could go."""
        from normalizer.chrome.suspects import may_go

        lines = [line for line in unify_breaks(text).split("\n") if line and not line.isspace()]
        return may_go(lines, suspects, hits, known)

    def _judge(self, text: str, suspects: list[int], hits: dict[int, list[Hit]], known: Cues) -> Judge:
        from normalizer.chrome.judge import Judge

        return Judge(
            text,
            {index: hits.get(index, []) for index in suspects},
            known,
            enabled=self._enabled,
            aggressive=self._aggressive,
            memory=self._memory,
        )

    def _ends_in_bullet(self, text: str) -> bool:
        """Whether bullets may end the story, which is a summary where those are to go."""
        if not self._enabled("chrome.key-points"):
            return False
        last = text.rstrip()
        start = max(last.rfind("\n"), last.rfind("\r")) + 1
        return last[start : start + 1] in BULLETS

    def blocks(self, text: str) -> tuple[Block, ...]:
        """The blocks of ``text``, in its coordinates; lines that are chrome carry their family as kind."""
        from normalizer.chrome.blocks import blocks_of

        known = cues(self._packs)
        hits, suspects = known.gate.look(heads_of(text))
        return blocks_of(self._judge(text, suspects, hits, known))


def _repeats(heads: list[str]) -> bool:
    """Whether a line near the top repeats a headline above it."""
    for number, head in enumerate(heads[:2], 1):
        if len(head) >= _HEADLINE:
            for later in heads[number:8]:
                if later.startswith(head):
                    return True
    return False


def _ends_broken(text: str) -> bool:
    """Whether the last line is a paragraph that breaks off, as the beginnings of other stories do."""
    end = len(text.rstrip())
    if end < LONG_PROSE or not breaks_off(text[end - 1 : end]):
        return False
    return not any(mark in text[end - LONG_PROSE : end] for mark in "\n\r")


def _is_inside(text: str, change: Edit) -> bool:
    """Whether the change stands inside a line, so that a new line comes of it."""
    at_start = change.start == 0 or text[change.start - 1] in "\n\r"
    at_end = change.end == len(text) or text[change.end] in "\n\r"
    return not (at_start or at_end)
