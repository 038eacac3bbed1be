"""Evidence that needs more than one line: introduced headlines, lists of them, scraps and repetitions.

In flow the surviving lines of a judge, their places and what was found so far. Out flow findings by
line number.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from normalizer.chrome.findings import Finding, Place
from normalizer.chrome.lines import Line
from normalizer.chrome.shapes import (
    LONG_PROSE,
    breaks_off,
    date_at_end,
    ends_as_sentence,
    has_full_date,
    is_bullet,
    is_headline_like,
    is_namelike,
    timed_at_end,
)

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge

# Lists of other headlines in the development data have at most a dozen entries.
INTRODUCED = 12
# So many dated headlines in a row are a list.
DATED = 3
# So often a line must stand in one document to count as repeated.
REPEATED = 4
# So many paragraphs that break off at one length, of which the shortest has so large a part of the longest, are
# teasers; so many others must end as sentences do, or the text has no full stops. Three within a sixth of each
# other happen in stories whose last paragraphs lost their full stops.
BROKEN, ALIKE, WHOLE = 4, 0.93, 3
# The most words of a scrap, by place: measured on the development data, where longer ones are the story's.
SCRAP_HEAD, SCRAP_TAIL, SCRAP_INSIDE = 4, 20, 10

# So many rows are a table or a list; a headline has so many words.
ROWS, TITLE = 3, 3


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
            teaser = bullet and has_full_date(later.text)
            if (judge.prose[later.index] and not teaser) or not (bullet or is_headline_like(later)):
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


def broken_teasers(judge: Judge, alive: list[Line], _: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """The beginnings of other stories under this one, all cut to one length in the middle of a sentence."""
    left = [line for line in alive if line.index not in found]
    start = len(left)
    while start and breaks_off(left[start - 1].text) and left[start - 1].weight >= LONG_PROSE:
        start -= 1
    teasers = left[start:]
    sizes = [len(line.text) for line in teasers]
    whole = sum(judge.prose[line.index] and ends_as_sentence(line.text) for line in left[:start])
    if len(teasers) < BROKEN or min(sizes) < ALIKE * max(sizes) or whole < WHOLE:
        return {}
    signals = ("breaks off in the middle of a sentence", f"the last {len(teasers)} lines all do, at one length")
    return {line.index: Finding("related", signals) for line in teasers}


def _dated_entry(judge: Judge, lines: list[Line]) -> list[Line]:
    """The line, or two lines, that are one entry of a list of dated headlines."""
    if not any(line.text.rstrip()[-1:].isdecimal() for line in lines):
        return []
    if judge.prose[lines[0].index] or not is_headline_like(lines[0]):
        return []
    if date_at_end(lines[0].text):
        return lines[:1] if lines[0].words > 3 else []
    dated = len(lines) > 1 and lines[1].words <= 3 and date_at_end(lines[1].text)
    return lines if dated and lines[0].words > 2 else []


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
    rows = _rows(alive, found)
    for position, (line, place) in enumerate(zip(alive, places, strict=True)):
        if not (line.index in found or judge.prose[line.index] or ends_as_sentence(line.text) or is_bullet(line)):
            why = _scrap(judge, alive, position, place, found, titled=titled)
            if why and line.index not in rows:
                gone[line.index] = Finding("navigation", (why,))
            titled = titled or line.words > SCRAP_HEAD
    return gone


def _rows(alive: list[Line], found: dict[int, Finding]) -> set[int]:
    """The lines of tables, lists of scores and lists of numbers: short ones that no cue knows, one after the other,
    most of them with figures.
    """
    rows: set[int] = set()
    run: list[Line] = []
    for line in [*alive, None]:
        if line is not None and line.index not in found and line.words <= SCRAP_INSIDE:
            run.append(line)
            continue
        figures = [row.index for row in run if any(map(str.isdecimal, row.text))]
        if len(figures) >= ROWS and 2 * len(figures) >= len(run):
            rows.update(row.index for row in run)
        run = []
    return rows


def _scrap(
    judge: Judge, alive: list[Line], position: int, place: Place, found: dict[int, Finding], *, titled: bool
) -> str:
    """Why the line is a scrap, if it is."""
    line = alive[position]
    if not titled and line.words >= TITLE and not place.tail:
        return ""  # the headline, whatever the page put above it
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
