"""Blocks: what each part of a document is.

In flows a judge with its findings. Out flow :class:`Block` values in the order of the text: headings,
paragraphs, quotes, attributions, lists, key points, captions with their credit, and chrome families.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from normalizer.chrome.captions import find_caption
from normalizer.chrome.lines import Line
from normalizer.chrome.shapes import ends_as_sentence, is_bullet, is_namelike
from normalizer.chrome.summaries import summaries
from normalizer.result import Block

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge

_OPEN, _CLOSE = "\"“„«‹'‘「『”", "\"”“»›'’」』"
# The longest role under a pull quote, and the longest heading, in words.
ROLE, HEADING = 12, 20


def blocks_of(judge: Judge) -> tuple[Block, ...]:
    """The blocks of the judge's text, in its coordinates."""
    kinds = _kinds(judge)
    blocks: list[Block] = []
    for line in judge.lines:
        kind, credit = kinds[line.index]
        joined = kind in {"list", "key-points"} and blocks and blocks[-1].kind == kind
        if joined and not (kind == "key-points" and line.key in judge.cues.labels):
            blocks[-1] = blocks[-1]._replace(end=line.end)
        else:
            blocks.append(Block(line.start, line.end, kind, credit=credit))
    return tuple(blocks)


def _kinds(judge: Judge) -> list[tuple[str, str]]:
    """Kind and credit of each line."""
    lines = judge.lines
    known = judge.findings or judge.all_chrome
    kinds: list[tuple[str, str]] = [("", "")] * len(lines)
    kept: list[Line] = []
    for line in lines:
        finding = known.get(line.index)
        if finding and finding.end < 0:
            kinds[line.index] = (finding.family, finding.credit)
        else:
            kept.append(line)
    units = summaries(judge, kept)
    for line in kept:
        caption = find_caption(line, judge.hits.get(line.index, []), judge.cues)
        if line.index in units:
            kinds[line.index] = ("key-points", "")
        elif caption and caption.kind != "glued":
            kinds[line.index] = ("caption", caption.credit)
        elif _is_byline(judge, line):
            kinds[line.index] = ("byline", "")
        elif is_bullet(line):
            kinds[line.index] = ("list", "")
    _text_kinds([line for line in kept if not kinds[line.index][0]], kinds)
    return kinds


def _is_byline(judge: Judge, line: Line) -> bool:
    alone = judge.alone[line.index]
    return alone is not None and alone.family == "byline"


def _text_kinds(lines: list[Line], kinds: list[tuple[str, str]]) -> None:
    """Tell headings, quotes, attributions and paragraphs apart."""
    position = 0
    while position < len(lines):
        line = lines[position]
        signed = _attribution(lines, position, kinds)
        if signed:
            previous = lines[position - 1]
            kinds[previous.index] = ("quote", "")
            for member in lines[position : position + signed]:
                kinds[member.index] = ("attribution", "")
            position += signed
            continue
        kinds[line.index] = (_text_kind(lines, position), "")
        position += 1


def _text_kind(lines: list[Line], position: int) -> str:
    line = lines[position]
    text = line.text.strip()
    if _is_quote(text):
        return "quote"
    short = line.words <= HEADING and line.weight <= 200 and not ends_as_sentence(text)
    followed = position + 1 < len(lines)
    if short and followed and not text.endswith((",", ";")):
        return "heading"
    return "paragraph"


def _is_quote(text: str) -> bool:
    """Whether the whole line is one quotation."""
    inner = text.rstrip(".,!?…")
    if len(inner) < 3 or text[0] not in _OPEN or inner[-1] not in _CLOSE:
        return False
    return not any(closing in inner[1:-1] for closing in "”»") or text[0] not in "“«"


def _attribution(lines: list[Line], position: int, kinds: list[tuple[str, str]]) -> int:
    """How many lines from ``position`` on say who spoke the quote before them: 0, 1 or 2."""
    line = lines[position]
    before = lines[position - 1] if position else None
    if before is None or before.index + 1 != line.index or not ends_as_sentence(before.text):
        return 0
    if kinds[before.index][0] not in {"paragraph", "quote"}:
        return 0
    name = line.text.strip(" —–-\u00a0")
    if not is_namelike(name, 5) or len(name.split()) < 2 or line.words > 6 or ends_as_sentence(name + "x"):
        return 0
    role = lines[position + 1] if position + 1 < len(lines) and lines[position + 1].index == line.index + 1 else None
    has_role = role is not None and role.words <= ROLE and not ends_as_sentence(role.text) and not role.gap
    after = lines[position + 2] if position + 2 < len(lines) else None
    if has_role and (after is None or after.weight > 60 or _is_quote(after.text.strip())):
        return 2
    dashed = line.text.lstrip()[:1] in "—–-"
    return 1 if dashed or _is_quote(before.text.strip()) else 0
