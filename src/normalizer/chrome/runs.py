"""Evidence that needs more than one line: repeated headlines, introduced runs, key points, photo essays.

In flow the surviving lines of a judge, their places and what was found so far. Out flow findings by
line number.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from normalizer.chrome.captions import find_caption
from normalizer.chrome.evidence import Finding, Place
from normalizer.chrome.lines import Line
from normalizer.chrome.shapes import (
    date_at_end,
    ends_as_sentence,
    is_bullet,
    is_headline_like,
    is_namelike,
    timed_at_end,
)

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge

# A headline is the first or second line that is not chrome, its repetition a little below.
HEADLINES, BELOW = 2, 6
# Menus above a headline are seldom longer.
TOP = 40
# Lists of other headlines in the development data have at most a dozen entries.
INTRODUCED = 12
# So many dated headlines in a row are a list.
DATED = 3
# A trailing summary has two to eight bullets.
BULLETS = range(2, 9)
# So often a line must stand in one document to count as repeated.
REPEATED = 4
# The most words of a scrap, by place: measured on the development data, where longer ones are the story's.
SCRAP_HEAD, SCRAP_TAIL, SCRAP_INSIDE = 4, 20, 10


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
        for later_position, later in kept[number + 1 :]:
            near = places[later_position].head or later_position - position <= 2
            if near and later.index not in gone:
                why = _repeats(judge, headline, later)
                if why:
                    gone[later.index] = Finding("headline-duplicate", ("repeats the headline", why))
    return gone


def _may_be_headline(line: Line) -> bool:
    return 16 <= line.weight <= 300 and line.words >= 3 and not is_bullet(line)


def _repeats(judge: Judge, headline: Line, later: Line) -> str:
    if later.key == headline.key:
        return "nothing else on the line"
    if not later.head.startswith(headline.head):
        return ""
    hits = judge.hits.get(later.index, [])
    for hit in hits:
        if hit.rule.kind == "credit" and not later.head[len(headline.head) : hit.start].strip(" .,:;-–—|([\u00a0"):
            return f"a caption is glued to it (credit label {hit.cue!r})"
    caption = find_caption(later, hits, judge.cues)
    return f"a caption is glued to it ({caption.why})" if caption else ""


def introduced(judge: Judge, alive: list[Line], places: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """The headlines that a marker on a line of its own introduces."""
    taken: dict[int, Finding] = {}
    for position, line in enumerate(alive):
        marker = found.get(line.index)
        if marker is None or not marker.takes or (places[position].head and position == 0):
            continue
        many = places[position].tail
        for later in alive[position + 1 : position + 1 + INTRODUCED]:
            bullet = is_bullet(later)
            if judge.prose[later.index] or not (bullet or is_headline_like(later)):
                break
            if later.index not in found:
                signals = (f"introduced by {line.key!r}", "reads like another headline")
                taken[later.index] = Finding("related", signals)
            if not (many or bullet):
                break
    return taken


def dated_headlines(
    judge: Judge, alive: list[Line], places: list[Place], found: dict[int, Finding]
) -> dict[int, Finding]:
    """Lists of other headlines, each with the date and time at its end or on the line below it."""
    gone: dict[int, Finding] = {}
    entries: list[list[Line]] = []
    position = 0
    while position <= len(alive):
        entry = _dated_entry(judge, alive[position : position + 2])
        if entry:
            entries.append(entry)
            position += len(entry)
            continue
        if len(entries) >= DATED and (timed_at_end(entries[0][-1].text) or places[position - 1].tail):
            signals = ("a headline with its date", f"in a list of {len(entries)}")
            gone.update({line.index: Finding("related", signals) for entry in entries for line in entry})
        entries = []
        position += 1
    return {index: finding for index, finding in gone.items() if index not in found}


def _dated_entry(judge: Judge, lines: list[Line]) -> list[Line]:
    """The line, or two lines, that are one entry of a list of dated headlines."""
    if not lines or judge.prose[lines[0].index] or not is_headline_like(lines[0]):
        return []
    if date_at_end(lines[0].text):
        return lines[:1] if lines[0].words > 3 else []
    dated = len(lines) > 1 and lines[1].words <= 3 and date_at_end(lines[1].text)
    return lines if dated and lines[0].words > 2 else []


def key_points(judge: Judge, alive: list[Line], _: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """Summary boxes, where they are to go."""
    if not judge.enabled("chrome.key-points"):
        return {}
    return summaries(judge, [line for line in alive if line.index not in found])


def summaries(judge: Judge, kept: list[Line]) -> dict[int, Finding]:
    """Summary boxes: a label with its bullets, and bullets at the end of the story. Whole or not at all."""
    units: dict[int, Finding] = {}
    for position, line in enumerate(kept):
        if line.key in judge.cues.labels:
            bullets = _bullets_from(kept, position + 1)
            if bullets:
                signals = (f"label {line.key!r}", f"{len(bullets)} bullets under it")
                units.update({member.index: Finding("key-points", signals) for member in (line, *bullets)})
    units.update(_trailing_bullets(judge, kept))
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
    bullets = kept[start:]
    if len(bullets) not in BULLETS or not start:
        return {}
    before = kept[start - 1]
    introduced_list = before.text.rstrip().endswith((":", "：", ";", ","))
    if introduced_list or not judge.prose[before.index]:
        return {}
    if not all(ends_as_sentence(line.text) and line.words >= 5 for line in bullets):
        return {}
    signals = ("bullets end the story", f"all {len(bullets)} are sentences")
    return {line.index: Finding("key-points", signals) for line in bullets}


def enclosed(judge: Judge, alive: list[Line], places: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """Scraps outside the story that stand between dropped lines: their place alone speaks against them, once."""
    if not judge.aggressive:
        return {}
    gone: dict[int, Finding] = {}
    for position, (line, place) in enumerate(zip(alive, places, strict=True)):
        if line.index in found or judge.prose[line.index] or not (place.tail or place.head):
            continue
        before = position > 0 and alive[position - 1].index in found
        after = position + 1 == len(alive) or alive[position + 1].index in found
        titled = any(judge.alone[other.index] is None and other.index not in found for other in alive[:position])
        if place.head and not titled:
            continue
        limit = 14 if place.tail else 5
        if before and after and line.words <= limit and not ends_as_sentence(line.text) and not is_bullet(line):
            where = "after the last paragraph" if place.tail else "before the first paragraph"
            gone[line.index] = Finding("navigation", ("a scrap between dropped lines", where))
    return gone


def scraps(judge: Judge, alive: list[Line], places: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """With one piece of evidence enough: what is short, no sentence and heads no paragraph."""
    if not judge.aggressive:
        return {}
    gone: dict[int, Finding] = {}
    titled = False
    for position, (line, place) in enumerate(zip(alive, places, strict=True)):
        if not (line.index in found or judge.prose[line.index] or ends_as_sentence(line.text) or is_bullet(line)):
            why = _scrap(judge, alive, position, place, found, titled=titled)
            if why:
                gone[line.index] = Finding("navigation", (why,))
            titled = titled or line.words > SCRAP_HEAD
    return gone


def _scrap(
    judge: Judge, alive: list[Line], position: int, place: Place, found: dict[int, Finding], *, titled: bool
) -> str:
    """Why the line is a scrap, if it is."""
    line = alive[position]
    if place.tail:
        return "a scrap after the last paragraph" if line.words <= SCRAP_TAIL else ""
    if place.head:
        return "a scrap before the first paragraph" if titled and line.words <= SCRAP_HEAD else ""
    if line.words > SCRAP_INSIDE or line.text.rstrip().endswith((":", ",", "：")):
        return ""
    if any(other.index in found for other in alive[max(0, position - 1) : position + 2]):
        return "a scrap beside a dropped line"
    follower = alive[position + 1 : position + 2]
    heads_text = any(judge.prose[other.index] or is_bullet(other) for other in follower)
    return "" if heads_text else "a scrap that heads no paragraph"


def repetitions(judge: Judge, alive: list[Line], _: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """Lines that one document repeats: a single piece of evidence, since refrains and speakers repeat too."""
    if not judge.aggressive:
        return {}
    counts = Counter(line.key for line in alive)
    gone: dict[int, Finding] = {}
    for line in alive:
        times = counts[line.key]
        if times >= REPEATED and line.index not in found and _may_repeat(line):
            gone[line.index] = Finding("site", (f"stands {times} times in the document",))
    return gone


def _may_repeat(line: Line) -> bool:
    text = line.text.strip()
    return line.words >= 2 and not ends_as_sentence(text) and text[-1] not in ":：,;" and not is_namelike(text, 4)


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


def spare_captions(judge: Judge, alive: list[Line], found: dict[int, Finding]) -> dict[int, Finding]:
    """Keep all captions where they are the story: where they outweigh what else is left."""
    captions = [line for line in alive if found.get(line.index, _OTHER).family == "caption"]
    rest = sum(line.weight for line in alive if line.index not in found and judge.prose[line.index])
    if len(captions) < 3 or sum(line.weight for line in captions) <= rest:
        return found
    spared = {line.index for line in captions}
    return {index: finding for index, finding in found.items() if index not in spared}


_OTHER = Finding("", ())
_CAPTION = Finding("caption", ())
