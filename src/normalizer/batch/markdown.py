"""Markdown (CommonMark, with the front matter, footnotes and attributes that sites add): what is not prose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from normalizer.batch import hypertext
from normalizer.batch.formats import merged

Span = tuple[int, int]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_MARKER = r"(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*"
_FENCE = re.compile(_MARKER + r"(`{3,}(?=[^`\r\n]*$)|~{3,})", re.MULTILINE)
_CLOSING = re.compile(r"([ \t>]*)(`{3,}|~{3,})[ \t]*$")
_LIST_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}(?=\S)|[ \t])")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*\S")
_TICKS = re.compile(r"`+")
_DESTINATION = re.compile(r"\]\([ \t]*(?:<[^<>\r\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)")
_DEFINITION = re.compile(r"^[ \t>]{0,3}\[([^\[\]\r\n]+)\]:[ \t]*(?:<[^<>\r\n]*>|\S+)?", re.MULTILINE)
_BRACKETS = re.compile(r"\[([^\[\]]{1,999})\]")
_WIKILINK = re.compile(r"\[\[[^\[\]|\r\n]{1,256}(?=\||\]\])")
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*>|<[^<>\s@]+@[^<>\s@]+>")
_ATTRIBUTES = re.compile(r"\{[#.:%][^{}\r\n]*\}|\[\^[^\]\s]+\]")


def protected_spans(text: str) -> list[Span]:
    """Front matter, code, link targets and the labels that name them, autolinks, attributes, HTML tags."""
    blocks = _blocks(text)
    code = merged([*blocks, *_code_spans(text, blocks)])
    masked = _masked(text, code)
    labels = {_label(match[1]) for match in _DEFINITION.finditer(masked)}
    spans = [*code, *hypertext.protected_spans(masked)]
    for pattern in (_DESTINATION, _DEFINITION, _WIKILINK, _AUTOLINK, _ATTRIBUTES):
        spans += [match.span() for match in pattern.finditer(masked)]
    if labels:
        spans += [match.span() for match in _BRACKETS.finditer(masked) if _label(match[1]) in labels]
    return merged(spans)


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def _masked(text: str, spans: list[Span]) -> str:
    parts = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*parts, text[position:]])


def _lines(text: str, position: int) -> Iterator[tuple[int, str]]:
    while position < len(text):
        match = _LINE.match(text, position)
        assert match is not None
        yield position, match[0].rstrip("\r\n")
        position = match.end()


def _blocks(text: str) -> list[Span]:
    """Front matter, fenced and indented code."""
    front = _front_matter(text)
    spans = [(0, front)]
    fence, opened, depth = "", 0, 0
    content, after_blank = 0, True  # where the text of the list item begins, in columns; 0 outside lists
    for start, line in _lines(text, front):
        if fence:
            closing = _CLOSING.match(line)
            if closing and closing[2].startswith(fence) and _width(closing[1]) < depth + 4:
                spans.append((opened, start + len(line)))
                fence = ""
            continue
        if opening := _FENCE.match(line):
            fence, opened, depth = opening[1], start, _width(line[: opening.start(1)])
        elif not line.strip():
            after_blank = True
            continue
        elif after_blank and _is_code(line, content):
            spans.append((start, start + len(line)))
            continue
        elif item := _LIST_ITEM.match(line):
            content = len(item[0].expandtabs(4))
        elif after_blank and line[0] not in " \t":
            content = 0
        after_blank = False
    if fence:
        spans.append((opened, len(text)))
    return spans


def _width(text: str) -> int:
    return len(text.expandtabs(4))


def _is_code(line: str, content: int) -> bool:
    """Whether a line after a blank one is indented by four columns more than the text around it."""
    if not content:
        return _INDENTED.match(line) is not None
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" ")) >= content + 4 and not _LIST_ITEM.match(line)


def _front_matter(text: str) -> int:
    """Where the front matter (YAML or TOML) ends; 0 when there is none."""
    lines = _lines(text, 0)
    _, first = next(lines, (0, ""))
    closings = {"---": ("---", "..."), "+++": ("+++",)}.get(first.rstrip())
    for start, line in lines if closings else ():
        if closings and line.rstrip() in closings:
            return start + len(line)
    return 0


def _code_spans(text: str, blocks: list[Span]) -> list[Span]:
    """Backtick runs and the next run of the same length before the paragraph ends."""
    starts = [start for start, _ in blocks]
    runs = [match.span() for match in _TICKS.finditer(text) if not _inside(match.start(), starts, blocks)]
    ends = [match.start() for match in re.finditer(r"(?:\r\n|\r|\n)[ \t>]*(?=\r|\n)", text)]
    following: dict[tuple[int, int], int] = {}
    partner: list[int | None] = [None] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        start, end = runs[number]
        key = (bisect_right(ends, start), end - start)
        partner[number] = following.get(key)
        following[key] = number
    spans = []
    number = 0
    while number < len(runs):
        closing = partner[number]
        escaped = text[runs[number][0] - 1 : runs[number][0]] == "\\"
        if closing is None or escaped:
            number += 1
            continue
        spans.append((runs[number][0], runs[closing][1]))
        number = closing + 1
    return spans


def _inside(position: int, starts: list[int], spans: list[Span]) -> bool:
    last = bisect_right(starts, position) - 1
    return last >= 0 and position < spans[last][1]
