"""reStructuredText: literals, directives, targets, roles, titles and tables, where an edit would break more
than it mends. A title must be as long as its underline, a table as wide as it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalizer.batch.formats import merged

Span = tuple[int, int]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_INDENT = re.compile(r"[ \t]*")
_DIRECTIVE = re.compile(r"\.\. (?:\|[^|]+\| )?([A-Za-z][\w:+.-]*)::")
_FOOTNOTE = re.compile(r"\.\. \[[^\]]+\](?=\s|$)")
_FIELD = re.compile(r"[ \t]*:(?![: ])(?:[^:\\]|\\.)+:(?=\s|$)")
_UNDERLINE = re.compile(r"""([!-/:-@\[-`{-~])\1{2,}[ \t]*$""")
_QUOTING = re.compile(r"[!-/:-@\[-`{-~]")
_BORDER = re.compile(r"[ \t]*=+(?: +=+)+[ \t]*$")
_GRID = re.compile(r"[ \t]*[+|].*[+|][ \t]*$")
# Directives whose body is prose; the body of any other may be code, data or options.
_PROSE = frozenset(
    {
        *("note", "warning", "tip", "important", "hint", "caution", "danger", "error", "attention", "admonition"),
        *("topic", "sidebar", "epigraph", "highlights", "pull-quote", "compound", "container", "rubric", "figure"),
        *("class", "seealso", "versionadded", "versionchanged", "deprecated"),
    }
)
# Of these what follows the double colon is a name or a path, no prose.
_NAMING = frozenset({"class", "container", "figure"})
# Bounded where a longer match could be sought again from every character.
_INLINE = re.compile(
    r"``(?:[^`]|`(?!`))+``"  # literal
    r"|(?::[\w:+.-]{1,64}:)?`[^`<>]+(?:`_{0,2})(?::[\w:+.-]{1,64}:)?"  # role, reference, interpreted text
    r"|(?<=[ \t\r\n])<[^<>`]+>(?=`)"  # the target of a reference with a text of its own
    r"|:[\w:+.-]{1,64}:(?=`)"
    r"|\|[^|\s](?:[^|\r\n]*[^|\s])?\|_{0,2}"  # substitution
    r"|\b\w+(?:[-.:+]\w+){0,8}__?(?!\w)"  # reference by name
    r"|\[[^\[\]\s]+\]_"  # footnote and citation
)


def protected_spans(text: str) -> list[Span]:
    """Everything but prose; a title and a table stay as they are drawn."""
    lines = list(_lines(text))
    spans = [*_explicit(lines), *_literal_blocks(lines), *_drawn(lines)]
    for start, line in lines:
        if match := _FIELD.match(line):
            spans.append((start, start + match.end()))
    spans += [match.span() for match in _INLINE.finditer(text)]
    return merged(spans)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        assert match is not None
        yield position, match[0].rstrip("\r\n")
        position = match.end()


def _depth(line: str) -> int:
    match = _INDENT.match(line)
    return len(match[0].expandtabs(8)) if match else 0


def _body_end(lines: list[tuple[int, str]], number: int) -> int:
    """The number of the line after the indented body of line ``number``."""
    depth = _depth(lines[number][1])
    end = number + 1
    last = end
    while end < len(lines):
        line = lines[end][1]
        if line.strip():
            if _depth(line) <= depth:
                break
            last = end + 1
        end += 1
    return last


def _span(lines: list[tuple[int, str]], first: int, end: int) -> Span:
    return lines[first][0], lines[end - 1][0] + len(lines[end - 1][1])


def _explicit(lines: list[tuple[int, str]]) -> Iterator[Span]:
    """What begins with two dots: directives, targets, comments."""
    number = 0
    while number < len(lines):
        start, line = lines[number]
        rest = line.lstrip(" \t")
        number += 1
        if rest != ".." and not rest.startswith(".. "):
            continue
        directive = _DIRECTIVE.match(rest)
        if directive and directive[1] in _PROSE:
            yield start, start + len(line) - (0 if directive[1] in _NAMING else len(rest) - directive.end())
            while number < len(lines) and _FIELD.match(lines[number][1]):  # its options
                yield _span(lines, number, number + 1)
                number += 1
        elif footnote := _FOOTNOTE.match(rest):
            yield start, start + len(line) - len(rest) + footnote.end()
        else:
            end = _body_end(lines, number - 1)
            yield _span(lines, number - 1, end)
            number = end


def _literal_blocks(lines: list[tuple[int, str]]) -> Iterator[Span]:
    """Indented and quoted blocks after a double colon, and doctest blocks."""
    number = 0
    while number < len(lines):
        start, line = lines[number]
        rest = line.strip()
        if rest.startswith(">>>"):
            yield start, start + len(line)
            while number + 1 < len(lines) and lines[number + 1][1].strip():
                number += 1
                yield lines[number][0], lines[number][0] + len(lines[number][1])
        elif rest.endswith("::") and not rest.startswith(".."):
            end = _body_end(lines, number)
            end = end if end > number + 1 else _quoted_end(lines, number)
            if end > number + 1:
                yield _span(lines, number + 1, end)
                number = end - 1
        number += 1


def _quoted_end(lines: list[tuple[int, str]], number: int) -> int:
    """The number of the line after the quoted literal block below line ``number``, where one stands."""
    first = number + 1
    while first < len(lines) and not lines[first][1].strip():
        first += 1
    mark = lines[first][1][:1] if first < len(lines) else ""
    if first == number + 1 or not _QUOTING.match(mark):
        return number + 1
    while first < len(lines) and lines[first][1].startswith(mark):
        first += 1
    return first


def _drawn(lines: list[tuple[int, str]]) -> Iterator[Span]:
    """Titles with their lines, and tables."""
    in_table = False
    for number, (start, line) in enumerate(lines):
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        is_title = line.strip() and not _UNDERLINE.match(line) and _UNDERLINE.match(following)
        is_border = bool(_BORDER.match(line))
        if is_border:
            in_table = bool(following.strip())
        if is_border or in_table or is_title or _GRID.match(line):
            yield start, start + len(line)
