"""Repeated headlines: the headline of the story once more below itself, alone or with a caption glued on.

In flow the surviving lines of a judge, their places and what was found so far. Out flow findings by
line number. What follows the repetition is judged as a caption in its own right.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from normalizer.chrome.captions import CAPTION_WORDS, find_caption
from normalizer.chrome.findings import Finding, Place
from normalizer.chrome.lines import HEAD, Line, line_of
from normalizer.chrome.shapes import is_bullet

if TYPE_CHECKING:
    from normalizer.chrome.cues import Cues
    from normalizer.chrome.judge import Judge

# A headline is the first or second line that is not chrome, its repetition a little below.
HEADLINES, BELOW = 2, 6
# A page prints its headline at most so many times.
COPIES = 4
# Menus above a headline are seldom longer.
TOP = 40
# What may stand between a headline and the caption; an opening bracket belongs to the caption.
_BETWEEN = " \u00a0\u202f.,:;!?…-–—|/\"'“”„«»‹›’‘"
# What stands between what is said and the credit.
_OPENING = " \u00a0\u202f|/([—–-©"
# The longest label of a picture, in words: "photo for illustration only".
_LABEL_WORDS = 4


def repeated_headlines(
    judge: Judge, alive: list[Line], places: list[Place], found: dict[int, Finding]
) -> dict[int, Finding]:
    """Lines near the top that repeat a headline above them, alone or with a caption glued on."""
    gone: dict[int, Finding] = {}
    top = [(i, line) for i, line in enumerate(alive[:TOP]) if found.get(line.index, _CAPTION).family == "caption"]
    kept = top[: HEADLINES + BELOW]
    for number, (position, headline) in enumerate(kept[:HEADLINES]):
        if headline.index in {*gone, *found} or judge.prose[headline.index] or not _may_be_headline(headline):
            continue
        copies: dict[int, Finding] = {}
        for later_position, later in kept[number + 1 :]:
            near = places[later_position].head or later_position - position <= 2
            if near and later.index not in gone and not _is_point(judge, alive, later):
                repeated = _repeats(headline, later, judge.cues)
                if repeated:
                    copies[later.index] = repeated
        if copies and sum(line.key == headline.key for line in alive) <= COPIES:  # more of them are a refrain
            gone.update(copies)
    return gone


def _is_point(judge: Judge, alive: list[Line], line: Line) -> bool:
    """Whether the line is one of several bullets, or the one under a label: a summary goes whole or stays whole."""
    if not is_bullet(line):
        return False
    at = next(position for position, other in enumerate(alive) if other is line)
    beside = alive[max(0, at - 1) : at] + alive[at + 1 : at + 2]
    return any(is_bullet(other) or other.key in judge.cues.labels for other in beside)


def _may_be_headline(line: Line) -> bool:
    if line.text.rstrip().endswith((".", "。")) and not line.text.rstrip().endswith("..."):
        return False  # a sentence; said twice, it is a refrain
    return 16 <= line.weight <= 300 and line.words >= 3 and not is_bullet(line)


def _repeats(headline: Line, later: Line, cues: Cues) -> Finding | None:
    """How ``later`` repeats the headline, if it does. Where it says more before the credit, only the credit goes."""
    if later.key == headline.key:
        return Finding("headline-duplicate", ("repeats the headline", "nothing else on the line"))
    if not later.head.startswith(headline.head):
        return None
    lead = len(later.text) - len(later.text.lstrip(HEAD))
    rest = later.text[lead + len(headline.head) :]
    if rest[:1].isalnum() and headline.head[-1:].isalnum():
        return None
    bare = rest.lstrip(_BETWEEN)
    why, start = _is_caption(bare, cues)
    said = bare[:start].rstrip(_OPENING)
    if any(map(str.isalnum, said)):
        begin = later.text.rindex(bare) + len(said)
        return Finding("caption", ("repeats the headline and says more", why), start=begin, end=len(later.text))
    return Finding("headline-duplicate", ("repeats the headline", f"a caption is glued to it ({why})")) if why else None


def _is_caption(text: str, cues: Cues) -> tuple[str, int]:
    """Why ``text``, what is left of a line after the headline, is the caption of a picture, and where its credit
    begins.
    """
    line = line_of(0, 0, 0, text)
    if not line.key or line.words > CAPTION_WORDS:
        return "", 0
    hits = cues.scan([line.head]).get(0, [])
    labels = [hit.cue for hit in hits if hit.rule.kind == "credit" and hit.start == 0]
    if labels:
        return f"credit label {labels[0]!r}", 0
    caption = find_caption(line, hits, cues)
    if caption and caption.kind != "glued":
        return caption.why, caption.start
    return _labelled(line, cues), 0


def _labelled(line: Line, cues: Cues) -> str:
    """A label of pictures with any mark after it, or with nothing: ``Screenshot``, ``Photo - Getty Images``."""
    label = _mark().split(line.head, maxsplit=1)[0].strip()
    if not label or len(label.split()) > _LABEL_WORDS:
        return ""
    rule = cues.line_rule(label)
    known = rule is not None and rule.family == "caption"
    if not known:
        hits = cues.scan([f"{label}:"]).get(0, [])
        known = any(hit.rule.kind == "credit" and hit.start == 0 and hit.end > len(label) for hit in hits)
    return f"label of pictures {label!r}" if known else ""


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(r"\s?[-–—|/:：(\[（.]")


_CAPTION = Finding("caption", ())
