"""What is spared in the end: dates and menu words that head parts of a story, and captions that are the story.

In flow the surviving lines of a judge, their places and what was found. Out flows what was found
without the lines that stay.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from normalizer.chrome.captions import find_caption
from normalizer.chrome.findings import Finding, Place
from normalizer.chrome.lines import Line, wide
from normalizer.chrome.shapes import CLOCK, LONG_PROSE, ends_as_sentence, has_year, is_headline_like, sentence_cut

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge

# From so many times of day on, each with an entry under it, a text is a live blog.
ENTRIES = 2
# A live blog's time of day has at most so many digits: a date has more.
_DIGITS = 4
_TIME_WORDS = 5
# What pages do is in the news as well: the families that a title may be about.
_TOPICS = frozenset(
    {
        "ads",
        "comments",
        "consent",
        "copyright",
        "footer",
        "machine-translation",
        "media",
        "paywall",
        "related",
        "subscribe",
    }
)
# A title has so many words; cues in words are weaker evidence than a known line or a row.
_BEFORE_CREDIT = " \u00a0\u202f.|/([—–-©"
TITLE, _SPOKEN = 3, ("begins with", "holds", "ends with")


def spare_sections(
    judge: Judge, alive: list[Line], places: list[Place], found: dict[int, Finding]
) -> dict[int, Finding]:
    """Keep a date or a menu word that heads the first paragraph where its like head later ones."""
    heads: dict[str, list[int]] = {}
    for position, line in enumerate(alive[:-1]):
        alone = judge.alone[line.index]
        if (
            alone is not None
            and alone.family in {"navigation", "timestamp"}
            and len(alone.signals) == 1
            and judge.prose[alive[position + 1].index]
        ):
            heads.setdefault(alone.family, []).append(position)
    spared = {
        alive[position].index
        for positions in heads.values()
        if any(not (places[position].head or places[position].tail) for position in positions)
        for position in positions
        if places[position].head and not places[position].run
    }
    return {index: finding for index, finding in found.items() if index not in spared or finding.family == "site"}


def spare_title(judge: Judge, alive: list[Line], found: dict[int, Finding]) -> dict[int, Finding]:
    """Keep what could be the title: a headline with a cue in it, above everything else that stays.

    ``Watch: Storm tears the roof off a school`` and ``Newsletter boom in the north`` are titles as well. Of a title
    with a credit glued to it only the credit goes.
    """
    above = list(takewhile(lambda line: line.index in found, alive))
    if len(above) == len(alive):
        return found  # all chrome: kept whole
    for line in above:
        if _is_title(line, found[line.index]):
            return {index: finding for index, finding in found.items() if index != line.index}
    first = alive[len(above)]
    if judge.prose[first.index] or ends_as_sentence(first.text):  # nothing that stays is a title
        for line in above:
            cut = _credited(judge, line, found[line.index])
            if cut:
                return {**found, line.index: cut}
    return found


def _credited(judge: Judge, line: Line, finding: Finding) -> Finding | None:
    """The cut that leaves a title without the credit behind it, if the line is one."""
    caption = find_caption(line, judge.hits.get(line.index, []), judge.cues) if finding.family == "caption" else None
    if caption is None or caption.kind != "caption":
        return None
    title = line.text[: caption.start].rstrip(_BEFORE_CREDIT)
    if len(title.split()) < TITLE or ends_as_sentence(title) or not line.text[: caption.start].strip():
        return None
    signals = (caption.why, "glued to the title")
    return Finding("caption", signals, start=len(title), end=len(line.text), credit=caption.credit)


def _is_title(line: Line, finding: Finding) -> bool:
    whole = not finding.takes and finding.end < 0
    topical = finding.family in _TOPICS or (finding.family == "caption" and ":" in finding.signals[0])
    spoken = topical and finding.signals[0].startswith(_SPOKEN)
    return whole and spoken and line.words >= TITLE and is_headline_like(line) and not _is_notice(line, finding)


def _is_notice(line: Line, finding: Finding) -> bool:
    """Whether the line goes on after a sentence and holds two cues: a notice that was broken in the middle."""
    goes_on = sentence_cut(line.text, 0)
    return 0 < goes_on < len(line.text.rstrip()) and any(signal.startswith("and '") for signal in finding.signals)


def spare_captions(judge: Judge, alive: list[Line], found: dict[int, Finding]) -> dict[int, Finding]:
    """Keep all captions where they are the story: where they outweigh what else is left."""
    captions = [line for line in alive if found.get(line.index, _OTHER).family == "caption"]
    rest = sum(line.weight for line in alive if line.index not in found and judge.prose[line.index])
    if len(captions) < 3 or sum(line.weight for line in captions) <= rest:
        return found
    spared = {line.index for line in captions}
    return {index: finding for index, finding in found.items() if index not in spared}


_OTHER = Finding("", ())
# A sentence that says something has at least so many words.
STATEMENT = 4
# So many words say something without a full stop as well.
LONG_STATEMENT = 10


def is_statement(line: Line) -> bool:
    """Whether the line asserts something: a sentence that ends in a full stop, or with a quotation or a paragraph."""
    return line.weight >= LONG_PROSE or (line.words >= STATEMENT and ends_as_sentence(line.text))


def is_captioned_statement(line: Line, finding: Finding) -> bool:
    """Whether the caption holds a sentence before its credit."""
    bare = line.text.rstrip().rstrip(")]").rstrip()
    before = bare.removesuffix(finding.credit).rstrip(" (|/–—-©") if finding.credit else bare
    said = _label().sub("", before).rstrip()
    words = len(said.split()) + wide(said) // 6
    return words >= (STATEMENT if ends_as_sentence(said) else LONG_STATEMENT)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)\w+(?: \w+)?\s?[:：]$")


def spare_times(judge: Judge, alive: list[Line], found: dict[int, Finding]) -> dict[int, Finding]:
    """Keep the times of day that head the entries of a live blog, and the dates of a diary, however short these are."""
    times: set[int] = set()
    entries = 0
    for position, line in enumerate(alive):
        if len(line.text.split(None, _TIME_WORDS)) > _TIME_WORDS:
            continue
        finding = found.get(line.index, _OTHER)
        follower = alive[position + 1] if position + 1 < len(alive) else None
        alone = judge.alone[line.index]
        dated = alone is not None and alone.family == "timestamp" and len(alone.signals) == 1
        dates = dated and follower is not None and ends_as_sentence(follower.text)
        if finding.family not in {"", "timestamp"} or line.words > _TIME_WORDS:
            continue
        if not (dates or is_time_of_day(line.text)):
            continue
        if any("published" in signal for signal in finding.signals):
            continue
        times.add(line.index)
        entries += follower is not None and follower.index not in found
    if entries < ENTRIES:
        return found
    return {index: finding for index, finding in found.items() if index not in times}


def spare_programme(judge: Judge, alive: list[Line], found: dict[int, Finding]) -> dict[int, Finding]:
    """Keep the dates that head the days of a programme or a chronicle: a page has one, or two together."""
    headed: list[int] = []
    entry: Line | None = None  # the next line that stays
    for position in range(len(alive) - 1, -1, -1):
        line = alive[position]
        if line.index not in found:
            entry = line
        elif _is_bare(found[line.index]) and entry is not None and not judge.prose[entry.index]:
            headed.append(position)
    headed.reverse()
    if len(headed) < ENTRIES or all(after - before < ENTRIES for before, after in pairwise(headed)):
        return found
    spared = {alive[position].index for position in headed}
    return {index: finding for index, finding in found.items() if index not in spared}


def _is_bare(finding: Finding) -> bool:
    return finding.family == "timestamp" and not any("published" in signal for signal in finding.signals)


def is_time_of_day(text: str) -> bool:
    """Whether the only figures of ``text`` are an hour and perhaps a minute."""
    digits = sum(character.isdigit() for character in text)
    return 0 < digits <= _DIGITS and not has_year(text) and bool(_clock().search(text))


@cache
def _clock() -> re.Pattern[str]:
    minute = rf"(?<!\d){CLOCK}(?!\d)"
    hour = r"(?<!\d)\d{1,2}\s?(?:h|[ap]\.?m\.?|uhr|uur|時|时|시)(?!\w)"
    return re.compile(f"{minute}|{hour}", re.IGNORECASE)
