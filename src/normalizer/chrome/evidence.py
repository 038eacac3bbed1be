"""Evidence: why a line is chrome.

In flow the lines of a document, their hits and their places. Out flows, for a line, a
:class:`Finding`: the family, the signals for it, each independent of the others, and what to take.
A drop in ``standard`` needs two signals, in ``aggressive`` one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from normalizer.chrome.captions import find_caption
from normalizer.chrome.cues import ROW, SHORT, Cues, Hit
from normalizer.chrome.lines import Line, fold, wide
from normalizer.chrome.packs import FAMILIES
from normalizer.chrome.shapes import (
    ends_as_sentence,
    has_full_date,
    is_copyright_line,
    is_counter,
    is_headline_like,
    is_link,
    is_namelike,
)
from normalizer.chrome.switcher import is_language_switcher, may_be_switcher

# Addresses and copyright lines are no longer than this.
ADDRESS = 160
# A cue anywhere in the line needs a line this short: sentences use the same words.
INSIDE_WORDS = 12


class Finding(NamedTuple):
    """What speaks against a line. ``takes``: it introduces other headlines, which go with it.
    ``start`` and ``end``: the piece to cut when not the whole line goes, in the line's text.
    """

    family: str
    signals: tuple[str, ...]
    takes: bool = False
    start: int = -1
    end: int = -1
    credit: str = ""

    @property
    def detail(self) -> str:
        """The evidence in words."""
        return "; ".join(self.signals)


@dataclass(slots=True)
class Place:
    """Where a surviving line stands: among the first three, before or after all prose, beside a cued line;
    ``between`` two such lines, beside a ``dateline``, ``by_prose``; ``kin`` are the families of its neighbours.
    """

    top: bool
    head: bool
    tail: bool
    run: bool
    between: bool = False
    dateline: bool = False
    by_prose: bool = False
    kin: frozenset[str] = frozenset()

    def signals(self, where: tuple[str, ...]) -> list[str]:
        """The places among ``where`` in which the line stands, as evidence."""
        wanted = ("head", "tail", "run") if "any" in where else where
        found = [("head", self.head, "before the first paragraph"), ("tail", self.tail, "after the last paragraph")]
        found.append(("run", self.run, "in a run of its like"))
        return [words for name, here, words in found if here and name in wanted]


NOWHERE = Place(top=False, head=False, tail=False, run=False)
# The place that says most: what is harmless here is harmless anywhere.
EVERYWHERE = Place(
    top=True, head=True, tail=True, run=True, between=True, dateline=True, by_prose=True, kin=frozenset(FAMILIES)
)


def find(line: Line, hits: list[Hit], place: Place, cues: Cues) -> Finding | None:
    """The best evidence against ``line``, or None when no cue is in it."""
    candidates = [
        _whole_line(line, place, cues),
        _caption(line, hits, place, cues),
        _cued(line, hits, place),
        _row(line, place, cues),
        _byline(line, hits, place, cues),
        _shaped(line, place, cues),
    ]
    found = [candidate for candidate in candidates if candidate]
    return max(found, key=lambda finding: len(finding.signals), default=None)


def _whole_line(line: Line, place: Place, cues: Cues) -> Finding | None:
    if len(line.head) > SHORT:
        return None
    rule = cues.line_rule(line.key)
    if rule is None:
        return _menu(line, place, cues)
    signals = [f"known line {line.key!r}"]
    single = line.words == 1 and line.weight < max(len(line.text) + 1, _WIDE_WORD)
    if "any" in rule.where and (not single or (place.by_prose and rule.family != "media")):
        signals.append("nothing else on the line")
    return Finding(rule.family, (*signals, *place.signals(rule.where)))


# A single word may stand in a table, and "Video" may head a section. Four wide characters are more than a word.
_WIDE_WORD = 8


def _menu(line: Line, place: Place, cues: Cues) -> Finding | None:
    """Known lines one after the other: a flattened menu."""
    rules = cues.known_row(line.key)
    if len(rules) < 2:
        return None
    signals = ["only known lines, one after the other"]
    if len(rules) > 2 or any(mark in line.text for mark in "|•·›»>/"):
        signals.append(f"{len(rules)} of them in a row")
    return Finding(rules[0].family, (*signals, *place.signals(("any",))))


def _cued(line: Line, hits: list[Hit], place: Place) -> Finding | None:
    """The family with most evidence among prefix, suffix, inside and marker cues."""
    best: Finding | None = None
    for hit in hits:
        rule = hit.rule
        if rule.kind not in {"prefix", "suffix", "inside", "marker"} or rule.family == "code":
            continue
        if rule.needs and not any(need in line.head for need in rule.needs):
            continue
        if line.head[:1] in _QUOTES or line.head[: hit.start].rstrip(" ")[-1:] in _QUOTES or _is_dialogue(line):
            continue
        if rule.family == "footer" and line.text.rstrip().endswith(":"):
            continue
        finding = _marked(line, hit, place) if rule.kind == "marker" else _spoken(line, hit, hits, place)
        if finding and (best is None or len(finding.signals) > len(best.signals)):
            best = finding
    return best


def _is_dialogue(line: Line) -> bool:
    """Whether the line is speech after a dash."""
    text = line.text.strip()
    return text[:1] in "–—" and ends_as_sentence(text)


def _spoken(line: Line, hit: Hit, hits: list[Hit], place: Place) -> Finding:
    rule = hit.rule
    signals = [f"{_WHERE[rule.kind]} {hit.cue!r}"]
    others = [o for o in hits if o.rule.family == rule.family and (o.start >= hit.end or o.end <= hit.start)]
    need = next((need for need in rule.needs if need in line.head), "")
    covered = hit.end - hit.start + len(need) + max((o.end - o.start for o in others), default=0)
    telling = not _is_statement(line) or covered >= COVERED * len(line.head)
    if need and telling:
        signals.append(f"with {need!r}")
    if telling and "any" in rule.where and line.words <= (INSIDE_WORDS if rule.kind == "inside" else rule.words):
        signals.append(f"short, {line.words} words")
    if others and line.words <= 6 * rule.words:
        signals.append(f"and {others[0].cue!r}")
    if telling and (line.words <= rule.words or rule.kind == "prefix"):
        signals += place.signals(rule.where)
    elif rule.family in place.kin and ("any" in rule.where or "run" in rule.where):
        signals.append(f"beside another {rule.family} line")
    return Finding(rule.family, tuple(signals))


def _is_statement(line: Line) -> bool:
    """Whether the line ends as a statement does. Any words can begin one, so of a statement the cues must
    make up a good part.
    """
    return ends_as_sentence(line.text) and line.text.rstrip()[-1] not in "!?"


# The part of a statement that its cues must make up; measured on the packs' examples of both kinds.
COVERED = 0.32
_QUOTES = tuple("\"“”„«‚‘'「『")
_WHERE = {"prefix": "begins with", "suffix": "ends with", "inside": "holds"}


def _marked(line: Line, hit: Hit, place: Place) -> Finding | None:
    """A related-marker: alone on its line, or with the headline that it introduces."""
    rest = line.head[hit.end :]
    begins = f"begins with {hit.cue!r}"
    if not rest.strip(" :：.…»›→>()0"):
        return Finding("related", (begins, "introduces headlines", *place.signals(hit.rule.where)), takes=True)
    colon = rest.lstrip()[:1] in {":", "：", "|", "—", "–", "-", "】", "»", "›"} or hit.cue[-1] in ":：】"
    if line.words > hit.rule.words or line.text.rstrip().endswith((":", "：")):
        return None
    if colon:
        return Finding("related", (begins, "introduces a headline", *place.signals(hit.rule.where)))
    lead = line.text[line.folded.find(line.head) + hit.end :].lstrip(" \"“„«'‘")
    if is_headline_like(line) and "any" in hit.rule.where and lead and not lead[0].islower():
        return Finding("related", (begins, "a headline follows without a stop", *place.signals(("any",))))
    if ends_as_sentence(line.text):
        return None
    return Finding("related", (begins, *place.signals(("tail", "run"))))


def _caption(line: Line, hits: list[Hit], place: Place, cues: Cues) -> Finding | None:
    caption = find_caption(line, hits, cues)
    if caption is None:
        return None
    if caption.kind == "glued":
        signals = (caption.why, "glued to a paragraph")
        return Finding("caption", signals, start=caption.start, end=caption.end, credit=caption.credit)
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
        return _timestamp(line, count, telling, place)
    signals = [f"only words of {family} rows"]
    if count >= 2:
        signals.append(f"{count} of them in a row")
    return Finding(family, (*signals, *place.signals(("any",))))


def _timestamp(line: Line, count: int, telling: bool, place: Place) -> Finding | None:
    if "0" not in line.key and not (telling and count <= 4):
        return None
    signals = ["only words of dates and times"]
    if telling and "0" in line.key:
        signals.append("says when it was published or how long it reads")
    return Finding("timestamp", (*signals, *place.signals(("head", "tail", "run"))))


def _byline(line: Line, hits: list[Hit], place: Place, cues: Cues) -> Finding | None:
    for hit in hits:
        if hit.rule.kind == "byline" and line.words <= 16 and not ends_as_sentence(line.text):
            lead = line.folded.find(line.head)
            rest = line.text[lead + hit.end :]
            times = cues.words.get("timestamp", {})
            if is_namelike(" ".join(word for word in rest.split() if fold(word.strip(".,")) not in times), 12):
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
    where = place.signals(("head", "tail", "run"))
    if len(text) <= 200 and may_be_switcher(line.folded.strip()) and is_language_switcher(text):
        top = ["at the top"] if place.top and not where else []
        return Finding("language-switcher", ("a row of languages", *where, *top))
    if len(text) > ADDRESS:
        return None
    if is_copyright_line(text):
        return Finding("copyright", ("begins with the copyright sign and a year", f"short, {line.words} words", *where))
    if is_link(text):
        return Finding("navigation", ("an address and nothing else", *where))
    if is_counter(text):
        return Finding("media", ("a counter and nothing else", *where))
    if has_full_date(text) and not any(character.isalpha() for character in _without_times(text, cues)):
        return Finding("timestamp", ("a date in figures and nothing else", *where))
    return None


def _without_times(text: str, cues: Cues) -> str:
    """``text`` without the words of dates, where they are written without spaces between them."""
    if wide(text):
        for word in sorted(cues.words.get("timestamp", {}), key=len, reverse=True):
            if word[0] >= "\u2e80":
                text = text.replace(word, "")
    return text
