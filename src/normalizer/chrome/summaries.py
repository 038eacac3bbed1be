"""Summary boxes: a label with its bullets, and bullets that end the story. Whole or not at all.

In flow the surviving lines of a judge. Out flow findings by line number. A label without bullets may
head a part of the story, so it is never taken alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normalizer.chrome.findings import Finding, Place
from normalizer.chrome.lines import Line, wide
from normalizer.chrome.shapes import ends_as_sentence, is_bullet

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge

# A trailing summary has two to eight bullets, each of three words or more.
BULLETS, BULLET_WORDS = range(2, 9), 3
# A bullet of a whole sentence; shorter ones must repeat more of the story.
SENTENCE_WORDS = 5
# The share of its long words that a summary takes from the story; lists of advice or of names have less.
RETOLD, RETOLD_SHORT = 0.3, 0.5
# Words from this length on carry the story, and so much of them is the same in most of their forms.
_LONG, _STEM = 4, 5


def key_points(judge: Judge, alive: list[Line], _: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """Summary boxes, where they are to go."""
    if not judge.enabled("chrome.key-points"):
        return {}
    return summaries(judge, [line for line in alive if line.index not in found])


def summaries(judge: Judge, kept: list[Line]) -> dict[int, Finding]:
    """Summary boxes among the lines ``kept``."""
    units: dict[int, Finding] = {}
    for position, line in enumerate(kept):
        if line.key in judge.cues.labels:
            bullets = _bullets_from(kept, position + 1)
            if bullets:
                signals = (f"label {line.key!r}", f"{len(bullets)} bullets under it")
                units.update({member.index: Finding("key-points", signals) for member in (line, *bullets)})
    units.update(_trailing_bullets(judge, [line for line in kept if line.index not in units]))
    return units


def _bullets_from(alive: list[Line], position: int) -> list[Line]:
    stop = position
    while stop < len(alive) and is_bullet(alive[stop]):
        stop += 1
    return alive[position:stop]


def _trailing_bullets(judge: Judge, kept: list[Line]) -> dict[int, Finding]:
    """The bullets that end the story; a dash opens speech in many languages and is none."""
    start = len(kept)
    while start and is_bullet(kept[start - 1]) and kept[start - 1].text.lstrip()[0] not in "–—":
        start -= 1
    bullets, story = kept[start:], kept[:start]
    if len(bullets) not in BULLETS or not any(judge.prose[line.index] for line in story):
        return {}
    if not ends_as_sentence(story[-1].text) or any(line.words < BULLET_WORDS for line in bullets):
        return {}
    whole = all(ends_as_sentence(line.text) and line.words >= SENTENCE_WORDS for line in bullets)
    share = _retold(story, bullets)
    if share < (RETOLD if whole else RETOLD_SHORT):
        return {}
    signals = (f"{len(bullets)} bullets end the story", f"they say again what it says, {share:.0%} of their words")
    return {line.index: Finding("key-points", signals) for line in bullets}


def _retold(story: list[Line], bullets: list[Line]) -> float:
    """The share of the bullets' long words that stand in the story."""
    known = {stem for line in story for stem in _stems(line.folded)}
    stems = [stem for line in bullets for stem in _stems(line.folded)]
    return round(sum(stem in known for stem in stems) / len(stems), 2) if stems else 0.0


def _stems(folded: str) -> list[str]:
    """The beginnings of the long words; of text without spaces, its pairs of characters."""
    if wide(folded) * 2 > len(folded):
        return [folded[at : at + 2] for at in range(len(folded) - 1) if folded[at : at + 2].isalpha()]
    words = (word.strip(".,:;!?…\"'“”„«»()[]’‘-–—*•") for word in folded.split())
    return [word[:_STEM] for word in words if len(word) >= _LONG]
