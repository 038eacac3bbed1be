"""Cues in words: lines that begin, end or are filled with what only a page says about itself.

In flow a line and its hits. Out flows the finding of the family with most evidence.
"""

from __future__ import annotations

import re
from functools import cache

from normalizer.chrome.cues import Cues, Hit
from normalizer.chrome.findings import Finding, Place
from normalizer.chrome.lines import Line
from normalizer.chrome.periods import is_long_ago
from normalizer.chrome.shapes import ends_as_sentence, is_headline_like, is_namelike
from normalizer.chrome.speech import is_reported
from normalizer.chrome.tables import CueRule

# The sign at the end of a need after which a name closes the line, and the most words of that name.
NAMED, NAME_WORDS, SHORT_NAME = "@", 6, 3
# What a marker introduces has at least so many words.
HEADLINE_WORDS = 2
# A cue anywhere in the line needs a line this short: sentences use the same words.
INSIDE_WORDS = 12


def cued(line: Line, hits: list[Hit], place: Place, cues: Cues) -> Finding | None:
    """The family with most evidence among prefix, suffix, inside and marker cues."""
    best: Finding | None = None
    for hit in hits:
        rule = hit.rule
        if rule.kind not in {"prefix", "suffix", "inside", "marker"} or rule.family == "code":
            continue
        need = _needed(line, hit)
        if need is None:
            continue
        if line.head[:1] in _QUOTES or _is_quoted(line, hit) or _is_dialogue(line):
            continue
        if is_reported(line, hit, cues.verbs):
            continue
        if rule.family == "footer" and line.text.rstrip().endswith(":"):
            continue
        if rule.family == "copyright" and is_long_ago(line.text):
            continue
        if rule.family == "caption" and hit.cue[-1] in _COLONS and _goes_on(line, hit.end):
            continue
        if rule.family == "related" and hit.start == 0 and not place.tail and _is_item(line, hit.end):
            continue
        finding = _marked(line, hit, place) if rule.kind == "marker" else _spoken(line, hit, hits, need, place)
        # Of two markers one of which goes on to the end of the line, that one introduces what is below it.
        if finding and (best is None or (finding.takes, len(finding.signals)) > (best.takes, len(best.signals))):
            best = finding
    return best


def _is_dialogue(line: Line) -> bool:
    """Whether the line is speech after a dash."""
    text = line.text.strip()
    return text[:1] in "–—" and ends_as_sentence(text)


def _needed(line: Line, hit: Hit) -> str | None:
    """The needed word that stands in the line beside the cue; "" when the rule needs none, None when it is missing.

    A need that ends in ``@`` opens the line's last phrase: nothing but a name (an outlet's, a site's) follows it,
    and the phrase is given whole.
    """
    if not hit.rule.needs:
        return ""
    for need in hit.rule.needs:
        word = need.removesuffix(NAMED)
        at = line.head.find(word, hit.end)
        if at < 0 and word == need:
            at = line.head.find(word, 0, hit.start)
        if at >= 0 and word == need:
            return word
        if at >= 0 and _closes_with_name(line, at + len(word)):
            return line.head[at:]
    return None


def _closes_with_name(line: Line, at: int) -> bool:
    """Whether only a name stands in the line's head from ``at`` on."""
    lead = line.folded.find(line.head)
    rest = line.text[lead + at : lead + len(line.head)].strip(_AROUND_NAMES)
    if not rest or is_namelike(rest, NAME_WORDS) or _site().fullmatch(rest):
        return bool(rest)
    # In many languages only the first word of an outlet's name has a capital.
    return rest[0].isupper() and len(rest.split()) <= SHORT_NAME and not any(mark in rest for mark in ",;:")


@cache
def _site() -> re.Pattern[str]:
    return re.compile(r"[\w-]+(?:\.[\w-]+)+")


def _spoken(line: Line, hit: Hit, hits: list[Hit], need: str, place: Place) -> Finding:
    rule = hit.rule
    signals = [f"{_WHERE[rule.kind]} {hit.cue!r}"]
    apart = [other for other in hits if other.rule.family == rule.family and not _overlap(other, hit)]
    # A notice names its buttons in quotation marks; a report quotes the notice.
    others = [other for other in apart if line.words <= NOTICE or not _is_quoted(line, other)]
    covered = hit.end - hit.start + len(need) + max((o.end - o.start for o in others), default=0)
    labelled = hit.cue[-1] in _COMMAS or (rule.family == "caption" and hit.cue[-1] in _COLONS)
    telling = labelled or covered >= _least(line, rule) * len(line.head)
    if need and telling:
        signals.append(f"with {need!r}")
    if telling and "any" in rule.where and line.words <= (INSIDE_WORDS if rule.kind == "inside" else rule.words):
        signals.append(f"short, {line.words} words")
    dense = line.words <= rule.words or covered >= DENSE * len(line.head)
    if others and dense and line.words <= 6 * rule.words and (telling or rule.family != "footer"):
        signals.append(f"and {others[0].cue!r}")
    if telling and (line.words <= rule.words or rule.kind == "prefix"):
        signals += place.signals(rule.where)
    elif rule.family in place.kin and rule.family != "related" and ("any" in rule.where or "run" in rule.where):
        signals.append(f"beside another {rule.family} line")
    return Finding(rule.family, tuple(signals))


def _least(line: Line, rule: CueRule) -> float:
    """The part of the line that its cues must make up to tell anything."""
    if _is_statement(line):
        return COVERED
    return COVERED_INSIDE if rule.kind == "inside" and rule.family in _TOPICS else 0.0


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def _is_quoted(line: Line, hit: Hit) -> bool:
    """Whether the cue opens a quotation."""
    return line.head[: hit.start].rstrip(" ")[-1:] in _QUOTES


def _is_statement(line: Line) -> bool:
    """Whether the line ends as a statement does. Any words can begin one, so of a statement the cues must
    make up a good part.
    """
    return ends_as_sentence(line.text) and line.text.rstrip()[-1] not in "!?"


# The part of a statement that its cues must make up; measured on the packs' examples of both kinds.
COVERED = 0.32
# Machine translation and advertising are in the news, so that such a cue must make up most of a headline.
_TOPICS = frozenset({"ads", "machine-translation"})
COVERED_INSIDE = 0.6
# The part of a longer paragraph that two cues must make up; a report that quotes a notice has less.
DENSE = 0.05
# A notice of one sentence is no longer than this, in words.
NOTICE = 40
# A label with a comma is no sentence's beginning: "Image caption, Boats at dawn".
_COMMAS = ",，、،"
# Of pictures a label with a colon is none either: "From left to right: Jane Doe and her brother."
_COLONS = ":："
_AROUND_NAMES = " \u00a0.。!…\"“”„«»'‘’:()"
_QUOTES = tuple("\"“”„«‚‘'「『")
_WHERE = {"prefix": "begins with", "suffix": "ends with", "inside": "holds"}


def _is_said(line: Line, at: int) -> bool:
    """Whether a sentence goes on after the marker: no capital letter, and a full stop at its end."""
    if not line.text.rstrip(' \u00a0"”»').endswith((".", "。", "।", "۔")) or line.text.rstrip().endswith("..."):
        return False
    first = next((character for character in line.text[line.folded.find(line.head) + at :] if character.isalpha()), "")
    return bool(first) and not first.isupper()


def _goes_on(line: Line, at: int) -> bool:
    """Whether the first letter behind the cue is a small one: words follow, not names."""
    rest = line.text[line.folded.find(line.head) + at :]
    return next((character for character in rest if character.isalpha()), "").islower()


def _is_item(line: Line, at: int) -> bool:
    """Whether what follows the marker and a colon is too little for a headline: a word, or words in lower case."""
    after = line.text[line.folded.find(line.head) + at :]
    if line.head[at - 1 : at] not in _COLONS and after.lstrip()[:1] not in _COLONS:
        return False
    rest = after.strip(_AROUND_NAMES + "|—–-»›")
    first = next((character for character in rest if character.isalpha()), "")
    if first >= "\u0590" or not first:  # scripts without capitals, most of them without spaces as well
        return False
    return first.islower() or len(rest.split()) < HEADLINE_WORDS


def _marked(line: Line, hit: Hit, place: Place) -> Finding | None:
    """A related-marker: alone on its line, or with the headline that it introduces."""
    rest = line.head[hit.end :]
    begins = f"begins with {hit.cue!r}"
    if not rest.strip(" :：.…»›→>()0"):
        return Finding("related", (begins, "introduces headlines", *place.signals(hit.rule.where)), takes=True)
    if rest.lstrip()[:1] in {",", ";", "،", "、"} or not any(map(str.isalpha, rest)):
        return None  # a figure is no headline
    colon = rest.lstrip()[:1] in {":", "：", "|", "—", "–", "-", "】", "»", "›"} or hit.cue[-1] in ":：】"
    if line.words > hit.rule.words or line.text.rstrip().endswith((":", "：")):
        return None
    if colon and (_is_said(line, hit.end) or (place.introduced and ends_as_sentence(line.text))):
        return None
    if colon:
        return Finding("related", (begins, "introduces a headline", *place.signals(hit.rule.where)))
    lead = line.text[line.folded.find(line.head) + hit.end :].lstrip(" \"“„«'‘")
    if is_headline_like(line) and "any" in hit.rule.where and lead and not lead[0].islower():
        return Finding("related", (begins, "a headline follows without a stop", *place.signals(("any",))))
    if ends_as_sentence(line.text):
        return None
    return Finding("related", (begins, *place.signals(("tail", "run"))))
