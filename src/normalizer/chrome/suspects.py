"""Suspects: whether any line of a text could be chrome, told without judging the others.

In flow the lines of a text and those that hold cues. Out flows yes or no: yes where one of them has enough against it
in the place that speaks most against it, of the places where it may stand in this text.
"""

from __future__ import annotations

from normalizer.chrome.cues import Cues, Hit
from normalizer.chrome.cuts import marker_cut
from normalizer.chrome.evidence import find
from normalizer.chrome.findings import NOWHERE, TOP, Finding, Place
from normalizer.chrome.lines import Line, fold, line_of
from normalizer.chrome.neighbours import HEADER
from normalizer.chrome.shapes import LONG_PROSE, PROSE, ends_as_sentence, has_clock, has_year, is_prose
from normalizer.chrome.spoken import NAMED
from normalizer.chrome.tables import FAMILIES

# No longer line is known as a whole or by its shape.
_SHAPED = 200
# A line with more words is no byline.
_BYLINE = 16


def may_go(lines: list[str], suspects: list[int], hits: dict[int, list[Hit]], cues: Cues) -> bool:
    """Whether one of the ``suspects`` among the non-blank ``lines`` could go. As long as none does, the neighbours of
    each are those that it has in the text.
    """
    near = set(suspects)
    story: range | None = None
    for index in suspects:
        text, on_line = lines[index], hits.get(index, [])
        if len(text) > _SHAPED and "©" not in text and all(_is_void(hit, text) for hit in on_line):
            continue
        line = line_of(index, 0, 0, text)
        if line.key in cues.labels or any(hit.rule.family == "code" for hit in on_line):
            return True
        if is_prose(line) and _is_enough(find(line, on_line, NOWHERE, cues)):
            return True
        story = _story(lines, near) if story is None else story
        finding = find(line, on_line, _worst(line, story, near), cues)
        if _is_enough(finding) or marker_cut(line, on_line) or _is_lone_date(line, finding):
            return True
    return False


def _is_void(hit: Hit, text: str) -> bool:
    """Whether the cue says nothing of this long line: a byline is short, or no word that the cue needs is there."""
    if hit.rule.kind == "byline":
        return len(text.split(None, _BYLINE)) > _BYLINE
    if not hit.rule.needs:
        return False
    folded = fold(text)
    return not any(need.removesuffix(NAMED) in folded for need in hit.rule.needs)


def _story(lines: list[str], near: set[int]) -> range:
    """From the first line that is a paragraph for sure to the last one; empty where there is none."""
    told = [index for index, text in enumerate(lines) if index not in near and _is_told(text)]
    return range(told[0], told[-1] + 1) if told else range(0)


def _worst(line: Line, story: range, near: set[int]) -> Place:
    """The place that says most against ``line``, of those where it may stand."""
    index = line.index
    beside = index - 1 in near or index + 1 in near
    # A paragraph stands neither above the first nor below the last one, unless its own words say that it is none.
    inside = is_prose(line)
    return Place(
        top=index < TOP,
        head=not inside and not (story and index > story[0]),
        tail=not inside and not (story and index < story[-1]),
        run=beside,
        between=beside,
        dateline=True,
        by_prose=True,
        kin=_ANY if beside else frozenset(),
    )


def _is_told(text: str) -> bool:
    """Whether the line is a paragraph, as far as can be told without counting wide characters; cheap."""
    return len(text) >= LONG_PROSE or (len(text) >= PROSE and ends_as_sentence(text))


def _is_lone_date(line: Line, finding: Finding | None) -> bool:
    """Whether the line may be the one that dates the page, among its first ones."""
    dated = finding is not None and finding.family == "timestamp" and line.index < HEADER
    return dated and has_year(line.text) and has_clock(line.text)


def _is_enough(finding: Finding | None) -> bool:
    return finding is not None and (len(finding.signals) > 1 or finding.end >= 0)


_ANY = frozenset(FAMILIES)
