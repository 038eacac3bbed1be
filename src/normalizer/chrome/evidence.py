"""Evidence: why a line is chrome.

In flow the lines of a document, their hits and their places. Out flows, for a line, a
:class:`Finding`: the family, the signals for it, each independent of the others, and what to take.
A drop in ``standard`` needs two signals, in ``aggressive`` one.
"""

from __future__ import annotations

import re
from functools import cache

from normalizer.chrome.captions import find_caption
from normalizer.chrome.cues import ROW, SHORT, Cues, Hit, weighed
from normalizer.chrome.findings import NOWHERE, Finding, Place
from normalizer.chrome.lines import HEAD, Line, fold, key, wide
from normalizer.chrome.periods import is_long_ago, is_period, takes_hours
from normalizer.chrome.shapes import (
    asks_for_mail,
    ends_as_sentence,
    has_full_date,
    has_year,
    is_age_mark,
    is_copyright_line,
    is_counter,
    is_link,
    is_namelike,
)
from normalizer.chrome.spoken import cued
from normalizer.chrome.switcher import is_language_switcher, is_pair, may_be_switcher

# A row of links has at least so many, of at most so many words each.
LINKS, LINK_WORDS = 3, 5
# So many words without a platform among them are a row of buttons.
ROW_WORDS = 3
# A count behind a known line has at most so many digits; a phone number has more.
COUNT = 5
# Rows of languages are no longer than this.
SWITCHER = 200
# Addresses and copyright lines are no longer than this.
ADDRESS = 160


def find(line: Line, hits: list[Hit], place: Place, cues: Cues) -> Finding | None:
    """The best evidence against ``line``, or None when no cue is in it."""
    hits = weighed(hits)
    candidates = [
        _whole_line(line, place, cues),
        _caption(line, hits, place, cues),
        cued(line, hits, place, cues),
        _row(line, place, cues),
        _byline(line, hits, place, cues),
        _shaped(line, place, cues),
    ]
    found = [candidate for candidate in candidates if candidate]
    # A marker that is enough by itself wins: the headlines that it introduces go with it.
    return max(found, key=lambda item: (item.takes and len(item.signals) > 1, len(item.signals)), default=None)


def _whole_line(line: Line, place: Place, cues: Cues) -> Finding | None:
    if len(line.head) > SHORT:
        return None
    rule = cues.line_rule(line.key)
    if rule is None or (sum(map(str.isdecimal, line.text)) > COUNT and line.key not in cues.lines):
        return _menu(line, place, cues)
    if line.key in cues.labels:
        return None  # it may head a part of the story; with bullets under it, it is a summary box
    signals = [f"known line {line.key!r}"]
    single = line.words == 1 and line.weight < max(len(line.text) + 1, _WIDE_WORD)
    if "any" in rule.where and (not single or (place.by_prose and rule.family != "media")):
        signals.append("nothing else on the line")
    where = _firm(rule.where, place, weak=single and "any" not in rule.where)
    return Finding(rule.family, (*signals, *_without_stop(line, place).signals(where)))


def _firm(where: tuple[str, ...], place: Place, *, weak: bool) -> tuple[str, ...]:
    """``where`` without the run, for a single word in a run of such words: between paragraphs that is the story's
    list of places, sections or networks as well.
    """
    if not (weak and place.weak):
        return where
    return tuple(name for name in (("head", "tail") if "any" in where else where) if name != "run")


def _without_stop(line: Line, place: Place) -> Place:
    """The place, which says nothing of a line that ends in a full stop (an answer) or a colon (it opens a part)."""
    text = line.text.rstrip()
    return NOWHERE if text.endswith((".", "。", ":", "：")) and not text.endswith("..") else place


# A single word may stand in a table, and "Video" may head a section. Four wide characters are more than a word.
_WIDE_WORD = 8


def _menu(line: Line, place: Place, cues: Cues) -> Finding | None:
    """Known lines one after the other: a flattened menu."""
    rules = cues.known_row(line.key)
    if len(rules) < 2 or (_has_figures(line) and any(rule.family not in _COUNTING for rule in rules)):
        return _links(line, place, cues)
    signals = ["only known lines, one after the other"]
    if len(rules) > 2 or any(mark in line.text for mark in "|•·›»>/"):
        signals.append(f"{len(rules)} of them in a row")
    return Finding(rules[0].family, (*signals, *_without_stop(line, place).signals(("any",))))


# The families of lines that stand with the date of a page, or of another article.
_VOUCHING = frozenset({"byline", "related", "timestamp"})
# A row of links counts comments and shares; figures behind other words are the story's.
_COUNTING = frozenset({"comments", "share"})


def _has_figures(line: Line) -> bool:
    """Whether numbers stand in the line that are not in brackets, as counts of pages are."""
    return "0" in line.key.replace("(0)", "").replace("[0]", "")


def _links(line: Line, place: Place, cues: Cues) -> Finding | None:
    """A row of short links of which most are known lines."""
    pieces = [key(piece) for piece in _between().split(line.folded.strip(HEAD))]
    rules = [cues.line_rule(piece) for piece in pieces]
    known = [rule for rule in rules if rule is not None]
    if len(pieces) < LINKS or 2 * len(known) < len(pieces) or max(len(piece.split()) for piece in pieces) > LINK_WORDS:
        return None
    signals = (f"a row of {len(pieces)} links", f"{len(known)} of them known")
    return Finding(known[0].family, (*signals, *place.signals(("any",))))


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\s*[|›»•·]\s*")


def _caption(line: Line, hits: list[Hit], place: Place, cues: Cues) -> Finding | None:
    caption = find_caption(line, hits, cues)
    if caption is None:
        return None
    if "any" not in caption.where and caption.kind != "credit":
        return None
    if caption.kind == "glued":
        signals = (caption.why, "glued to a paragraph")
        return Finding("caption", signals, start=caption.start, end=caption.end, credit=caption.credit)
    if "any" not in caption.where:
        return Finding("caption", (caption.why, *place.signals(caption.where)), credit=caption.credit)
    shape = "a credit and nothing else" if caption.kind == "credit" else f"short, {line.words} words"
    return Finding("caption", (caption.why, shape, *place.signals(("any",))), credit=caption.credit)


def _row(line: Line, place: Place, cues: Cues) -> Finding | None:
    if len(line.key) > ROW:
        return None
    row = cues.row(line.key)
    if row is None:
        return None
    family, count, telling = row
    if family == "timestamp":
        return _timestamp(line, count, telling, _without_stop(line, place))
    place = _without_stop(line, place)
    words = [word for word in line.key.split() if word.isalpha()]
    if _has_figures(line) and (count < 2 or any(mark in line.key for mark in ":：,;，、")):
        return None  # how many use a platform, not how many shared
    if not telling and count < ROW_WORDS and not all(cues.line_rule(word) for word in words):
        return None  # "on", "no", "via": words that join the names of platforms, and much else
    signals = [f"only words of {family} rows"]
    if count >= 2 and not line.text.rstrip().endswith("."):  # "More to follow."
        signals.append(f"{count} of them in a row")
    return Finding(family, (*signals, *place.signals(_firm(("any",), place, weak=count == 1))))


def _timestamp(line: Line, count: int, telling: bool, place: Place) -> Finding | None:
    if "0" not in line.key and not (telling and count <= 4):
        return None
    if not telling and (is_period(line.folded) or is_long_ago(line.text) or takes_hours(line.key)):
        return None
    signals = ["only words of dates and times"]
    if telling and "0" in line.key:
        signals.append("says when it was published or how long it reads")
    return Finding("timestamp", (*signals, *place.signals(_times_where(line, place, telling=telling))))


def _times_where(line: Line, place: Place, *, telling: bool) -> tuple[str, ...]:
    """The places that speak against a date. Between paragraphs any line of the page may stand beside one of the story:
    there only another line of dates, names or links tells, and of an hour without a date nothing does.
    """
    beside = place.top or not _VOUCHING.isdisjoint(place.kin)
    return ("head", "tail", "run") if telling or (beside and has_year(line.text)) else ("head", "tail")


def _byline(line: Line, hits: list[Hit], place: Place, cues: Cues) -> Finding | None:
    for hit in hits:
        if hit.rule.kind == "byline" and line.words <= 16 and not ends_as_sentence(line.text):
            lead = line.folded.find(line.head)
            rest = line.text[lead + hit.end :]
            times = cues.words.get("timestamp", {})
            names = " ".join(word for word in rest.split() if fold(word.strip(".,")) not in times)
            named = any(word[0].isalpha() and not word[0].islower() for word in names.split()) or has_full_date(rest)
            if is_namelike(names, 12) and named:
                # Under the headline a byline is part of the article; with a date, or after the story, it is the page's.
                dated = ["a date or number with it"] if "0" in line.key else []
                between = ["between lines of the page"] if place.between else []
                dateline = ["beside a line that dates the page"] if place.dateline else []
                signals = (f"a word before names, {hit.cue!r}", *dated, *between, *dateline, *place.signals(("tail",)))
                return Finding("byline", signals)
    return None


def _shaped(line: Line, place: Place, cues: Cues) -> Finding | None:
    """Lines told by their shape: switchers, addresses, counters, dates in figures."""
    text = line.text.strip()
    if len(text) > SWITCHER:
        return None
    where = place.signals(("head", "tail", "run"))
    if may_be_switcher(line.folded.strip()) and is_language_switcher(text):
        top = ["at the top"] if place.top and not (where or place.opened) else []
        return Finding("language-switcher", ("a row of languages", *where, *top))
    if is_pair(text):
        return Finding("language-switcher", ("two codes of languages", *(["at the top"] if place.top else [])))
    if len(text) > ADDRESS:
        return None
    if is_copyright_line(text) and not is_long_ago(text):
        return Finding("copyright", ("begins with the copyright sign and a year", f"short, {line.words} words", *where))
    if is_age_mark(text):
        return Finding("navigation", ("an age mark and nothing else", *where))
    if "@" in text and asks_for_mail(text):
        return Finding("footer", ("asks the reader for news, with an address", *place.signals(("tail", "run"))))
    if is_link(text):
        return Finding("navigation", ("an address and nothing else", *where))
    if is_counter(text):
        return Finding("media", ("a counter and nothing else", *where))
    if (
        has_full_date(text)
        and not any(map(str.isalpha, _without_times(text, cues)))
        and not is_period(line.folded)
        and not is_long_ago(text)
    ):
        return Finding("timestamp", ("a date in figures and nothing else", *where))
    return None


def _without_times(text: str, cues: Cues) -> str:
    """``text`` without the words of dates, where they are written without spaces between them."""
    if wide(text):
        for word in sorted(cues.words.get("timestamp", {}), key=len, reverse=True):
            if word[0] >= "\u2e80":
                text = text.replace(word, "")
    return text
