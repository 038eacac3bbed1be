"""Script and style that leaked: runs of lines of code with the marks of a web page.

In flow the surviving lines. Out flow findings. An article about programming may show code, so a run
needs a mark that only a page's own script has, or must stand outside the story.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from normalizer.chrome.findings import Finding, Place

if TYPE_CHECKING:
    from normalizer.chrome.judge import Judge
    from normalizer.chrome.lines import Line

# A listing in an article is short; what leaks is a whole script.
RUN, LONG_RUN = 3, 12
# So many lines that only might be code may stand between lines that have its shape.
BRIDGE = 2
# Minified code is one long line, an eighth of it punctuation; prose has a twentieth.
MINIFIED, DENSITY = 160, 0.12
# Longer than any statement that a person wrote on one line.
STATEMENT = 400


def leaked_code(judge: Judge, alive: list[Line], places: list[Place], found: dict[int, Finding]) -> dict[int, Finding]:
    """Findings for the lines of leaked script, markup and style."""
    marked = {index for index, hits in judge.hits.items() if any(hit.rule.family == "code" for hit in hits)}
    if not marked:
        return {}
    gone: dict[int, Finding] = {}
    start = 0
    shaped = _bridged([line.index in marked or is_code(line.text) for line in alive], alive)
    while start < len(alive):
        stop = start
        while stop < len(alive) and shaped[stop]:
            stop += 1
        run = alive[start:stop]
        marks = sum(line.index in marked for line in run)
        outside = any(place.head or place.tail for place in places[start:stop])
        if len(run) >= RUN and marks and (outside or marks > 1 or len(run) >= LONG_RUN):
            signals = ("shaped like code", f"in a run of {len(run)} with the marks of a page's script")
            gone.update({line.index: Finding("code", signals) for line in run if line.index not in found})
        else:
            gone.update({line.index: _MINIFIED for line in run if line.index in marked and is_minified(line.text)})
        start = max(stop, start + 1)
    return gone


def _bridged(shaped: list[bool], alive: list[Line]) -> list[bool]:
    """``shaped``, with the one or two lines between code on both sides that have the signs of code at least."""
    made = list(shaped)
    for position, line in enumerate(alive):
        before = any(shaped[max(0, position - BRIDGE) : position])
        after = any(shaped[position + 1 : position + 1 + BRIDGE])
        made[position] = shaped[position] or (before and after and bool(_signs().search(line.text)))
    return made


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(r"[{}\[\]()=;<>$_]|^\s*\w+[;:]?\s*$|^\s*//")


_MINIFIED = Finding("code", ("holds a mark of a page's script", "one long line full of punctuation"))


def is_minified(text: str) -> bool:
    """Whether the line is long and dense with the punctuation of code."""
    return len(text) >= MINIFIED and len(_punctuation().findall(text)) > DENSITY * len(text)


def is_code(text: str) -> bool:
    """Whether the line has the shape of a statement, a brace, a declaration, a tag or a comment."""
    text = text.strip()
    return is_minified(text) or (len(text) <= STATEMENT and bool(_code().fullmatch(text)))


@cache
def _punctuation() -> re.Pattern[str]:
    return re.compile(r"[{}()\[\];=<>&|$\"'!:,+*/\\]")


@cache
def _code() -> re.Pattern[str]:
    shapes = (
        r"[\]})({\[;,]+",
        r"(?:var|let|const|function|return|case|switch|if|for|while|try|catch|throw|new|else)\b[^.!?]*[;:{}(),=\[|&]",
        r"(?:break|continue|default|return|return \w+)\s*[;:]?",
        r"\}?\s*(?:else|catch|finally)?\b.{0,80}\{",
        r"[\w$.\[\]'\"@#-]+\s*[-+]?[=(].{0,200}[;,{(\[)]",
        r"\.\w+\(.*",
        r"[#.@*]?[\w.#\[\]>:,() -]{1,160}\{",
        r"[\w-]+\s*:\s*[^.!?]{1,120};",
        r"['\"]?[\w$-]+['\"]?:\s.{0,160},",
        r"[\w$-]+:\s[\"'{\[].*",
        r"</?[a-z!].*>|<!--.*|.*-->|//.*|/\*.*|\*/",
        r"\}.{0,120}[;)}]",
    )
    return re.compile("|".join(f"(?:{shape})" for shape in shapes))
