"""Syntax: whether a text is code or data as a whole, in whatever language of programming.

In flows text. Out flows yes or no. What is counted belongs to no single language: brackets that touch words, names
in_snake_case and camelCase, operators, marks at the ends of lines, indented lines; and against it, runs of plain words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

# A text may be code when it holds so many signs of syntax, and when there is a sign in so many letters that stand in no
# run of words; in a single line, where nothing tells a slot in a message from a statement, more are asked for.
_LEAST_SIGNS, _LETTERS_PER_SIGN, _LETTERS_PER_SIGN_IN_A_LINE, _LEAST_IN_A_LINE = 2, 11, 6, 4
# And when no more than this share of its letters stands in runs of words, in per cent; in a single line, than that.
_PROSE, _PROSE_IN_A_LINE = 50, 40
_NOT_ASCII = 4  # one letter in so many outside ASCII, and the text is written in a language

# Hardly a sign of syntax is without one of these characters or the end of a line. Where they are few, as in prose, no
# more is looked at: a few passes in C over the text, since this is asked of every text; nor where all are of the kinds
# that lists and quotations have.
_LOOSE = b"{}[]()=<>$_;&%\\#:/\"'|,*\n"
_HARD = b"{}[]()=<>$_;:\\/#"
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_SIGNS = r"""
      [{}\\] | =+ | \|\| | && | \+\+ | :: | -> | /> | // | /\* | \*/ | <[A-Za-z/!?] | ![a-z]
    | \$[A-Za-z_({] | \w_+(?=\w) | (?<!\w)_+(?=\w)
    | \w[\[(](?![A-Za-z]{1,4}\)\w?) | \[(?=["'\]\[-]) | \][,;).:\]] | \)[;:{\])\[] | \)\.\w
    | ;[ \t]*\r?$ | ,[ \t]*\r?$ | ["']\s?: | ["'][,;)\]](?=["'\s]|$)
    | [a-z]\.(?=[a-z_]{2,}[\w.]*(?:[(=\s;,)]|$)) | [a-z0-9](?=[A-Z][a-z])
    | (?<![\w-])--?(?=[a-z]) | (?<=[a-z0-9])/(?=[\w.-]+/) | (?<![\w/])/(?=[a-z]+/)
    | %[sdr]\b | \d(?=px|em|rem|ms) | \#[0-9a-f]{3,8}\b | \b0x[0-9a-f]+
    | ^[ \t]*(?:-[ ])?[a-z][\w.-]*:(?:[ \t]|\r?$) | ^[ \t]+(?:-[ ])?\w[\w.-]*:(?:[ \t]|\r?$)
    | ^\[{1,2}[\w.:-]+\]{1,2}
    | ^\#(?:define|elif|else|endif|if|ifdef|ifndef|include|undef)\b
    | \b(?:ALTER|BIGINT|CREATE|EXTENSION|FUNCTION|IMMUTABLE|INSERT|INTEGER|LANGUAGE|OPERATOR|RETURNS?|SELECT|TABLE)\b
    | \b(?:VALUES|VARCHAR|WHERE)\b
    | [a-z],(?=[a-z])
    | ^\W{0,2}\d{4}-\d\d-\d\d[T ]\d\d:\d\d | ^\W{0,2}[A-Z][a-z]{2}[ ]+\d{1,2}[ ]\d\d:\d\d:\d\d[ ]
    | \b(?:DEBUG|ERROR|INFO|TRACE|WARN(?:ING)?)\b
    """
_INDENTED = r"^(?:[ ]{2,}|\t)[ \t]*(?=\S)"
_COMMENT = r"^[ \t]*(?:\#(?![a-z])|//|/\*|\*[ /]|--[ ]|;).*$|[ \t](?:\#|//)[ ].*$"
_WORD = (
    r"""["'«»„“”‘’(]*(?:[^\W\d_A-Z]|[A-Z](?![a-z]*[A-Z][a-z]))[^\W\d_]*(?:['’-][^\W\d_]+)*"""
    r"""["'«»„“”‘’)]*[.,:!?…]?["'«»„“”‘’)]*"""
)
# So many plain words in a row are a piece of a sentence.
_PROSE_RUN = rf"(?<!\S)(?:{_WORD}[ ]){{3,}}{_WORD}(?!\S)"


class _Patterns(NamedTuple):
    signs: re.Pattern[str]
    indented: re.Pattern[str]
    comment: re.Pattern[str]
    prose: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """The patterns, compiled (15 ms) for the first text that looks like code from afar."""
    return _Patterns(
        re.compile(_SIGNS, re.MULTILINE | re.VERBOSE),
        re.compile(_INDENTED, re.MULTILINE),
        re.compile(_COMMENT, re.MULTILINE),
        re.compile(_PROSE_RUN),
    )


def is_code(text: str) -> bool:
    """Whether signs of syntax stand as densely in ``text`` as in code; comments beside code say nothing."""
    plain = text.encode("ascii", "ignore")
    letters = len(plain.translate(None, _NO_LETTERS))
    loose = len(plain) - len(plain.translate(None, _LOOSE))
    if len(plain) == len(plain.translate(None, _HARD)):
        return False
    if 2 * loose * _LETTERS_PER_SIGN < letters or _NOT_ASCII * (len(text) - len(plain)) > letters:
        return False
    if _is_dense(text, _LEAST_SIGNS):
        return True
    if "\n" not in text:
        return False
    rest, count = _patterns().comment.subn("", text)
    return count > 0 and _is_dense(rest, _LEAST_SIGNS + 1)


def _is_dense(text: str, least: int) -> bool:
    """Whether little of ``text`` is prose, and the rest of its letters full of signs, ``least`` of them or more."""
    patterns = _patterns()
    letters, single = _letters(text), "\n" not in text.strip()
    prose = sum(_letters(run.group()) for run in patterns.prose.finditer(text))
    if 100 * prose > (_PROSE_IN_A_LINE if single else _PROSE) * letters:
        return False  # without counting signs, which takes longest
    signs = sum(1 for _ in patterns.signs.finditer(text))
    if single:
        return signs >= _LEAST_IN_A_LINE and signs * _LETTERS_PER_SIGN_IN_A_LINE >= letters - prose
    indented = sum(1 for _ in patterns.indented.finditer(text))
    return signs >= least and (signs + indented) * _LETTERS_PER_SIGN >= letters - prose


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
