"""Code: lines that a machine reads, though no mark-up says so.

In flows a line of the source and a span in it. Out flows whether the span lies in a program's text.
"""

from __future__ import annotations

import re

_NAME = r"[\w$.]+"
# Each of these is a line in some language's own shape; prose has none of them.
_LINE = re.compile(
    rf"""^\s*(?:>>>\ |\.\.\.\ |\$\ )?(?:
      import\ (?:[\w*{{}}$,. ]+\ from\ )?['"][^'"\n]+['"]            # import x from './x'
    | import\ [\w.]+(?:\ as\ \w+)?(?:,\ [\w.]+)*;?$
    | import\ [\w*{{}}$,. ]+\ from\ ['"].*
    | from\ [\w.]+\ import\ .*
    | (?:export\ )?(?:const|let|var|val|final|static|auto|int|float|double|char|bool|boolean|long|string|String|byte)
      \ \w+(?:\[\])?(?::\ ?{_NAME})?\ ?(?:=|;).*
    | (?:export\ )?(?:async\ |public\ |private\ |static\ |abstract\ )*(?:def|class|func|fn|function|struct|enum
      |interface|trait|module|namespace|record|type)\ \w+\ ?(?:[({{:<=]|struct\b|extends\b|implements\b|;).*
    | (?:return|export\ default|throw|await|yield|del|goto|package|use|using|namespace)\ {_NAME}(?:\(.*\))?;?$
    | (?:case\ \w+|default|else|try|finally):$
    | \#\ ?(?:include|define|ifdef|ifndef|pragma)\b.*
    | \$\ [a-z][\w./-]*\ .*
    | (?:git|npm|npx|pip3?|yarn|docker|kubectl|sudo|cd|apt|apt-get|brew|cargo|curl|wget|ssh|scp|rsync|echo|export
      |grep|chmod|mkdir)\ [\w./$"'-].*
    | .*\b(?:SELECT\b.*\bFROM|INSERT\ INTO|UPDATE\ \w+\ SET|DELETE\ FROM|(?:CREATE|DROP|ALTER)\ TABLE|ORDER\ BY)\b.*
    | ['"]?[a-z_][\w.-]*['"]?\s*:\s*[{{\[].*
    | ['"][\w.-]+['"]\s*:\s*['"\[{{].*
    | (?:-\ )?[a-z_][\w.-]*\s?[:=]\s?['"]?[\w$]+['"]?[,;]?$
    | \w+\ ?[-+*/|&]?=\ ?.*;$
    | (?:if|elif|while|for|switch)\ ?\(.*\)\ ?[{{:]?.*[{{;:]$
    | @\w+(?:\(.*\))?$
    | </?\w+(?:\s[^<>]*)?/?>$
    )\s*$""",
    re.VERBOSE,
)
# A call: a small word, a bracket without a blank, and nothing but arguments up to the closing one.
_CALL = re.compile(r"(?:^|[\s=(,.])(?:new )?[a-z_$][\w$.]*\((?:[\w$.'\"]+(?:, ?|=))*['\"]?$")
_ARGUMENTS = re.compile(r"['\"]?(?:(?:, ?|=)[\w$.'\"]+)*\)")
# An option of a command, or an object of its own class, right before.
_OPTION = re.compile(r"(?:(?:^|\s)--[a-z][\w-]*[ =]|\b(?:self|this|cls)\.)['\"]?$")
_MEMBER = re.compile(r"(?:\.[a-z_]\w*){2}|\.[a-z_]\w*\(|::\w|->\w|\.prototype\b")
# A comma of prose, quotation marks between it and its blank or not, and one within a figure.
_PAUSE = re.compile(r",[\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]*(?:\s|$)|[.!?]\s*$")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
# Lines longer than this are prose, or data that no line of code looks like.
_REACH = 300


def in_code(text: str, start: int, end: int) -> bool:
    """Whether the span lies in a line of code, a call or a member of an object."""
    if _MEMBER.match(text, end):
        return True
    floor = max(0, start - _REACH)
    first = max(text.rfind("\n", floor, start), text.rfind("\r", floor, start)) + 1
    if not first and floor:
        return False
    stops = [at for at in (text.find("\n", end, end + _REACH), text.find("\r", end, end + _REACH)) if at >= 0]
    last = min(stops, default=len(text) if len(text) <= end + _REACH else -1)
    if last < 0:
        return False
    head = text[first:start]
    if ("--" in head or "." in head[-2:]) and _OPTION.search(head):
        return True
    if "(" in head and _CALL.search(head) and _ARGUMENTS.match(text, end):
        return True
    return _LINE.match(text[first:last]) is not None or _in_record(text, first, last)


def _in_record(text: str, first: int, last: int) -> bool:
    """Whether a line is a record of comma-separated values: the line above or below it has as many, without blanks."""
    fields = _fields(text[first:last])
    if not fields:
        return False
    above = text.rfind("\n", max(0, first - _REACH), max(0, first - 1)) + 1
    stop = text.find("\n", last + 1, last + _REACH)
    below = text[last + 1 : stop if stop >= 0 else last + _REACH]
    return fields in {_fields(text[above : max(0, first - 1)]), _fields(below)}


def _fields(line: str) -> int:
    """How many values a line of comma-separated ones has; 0 for prose, which has a blank behind a comma or a figure."""
    values = _THOUSANDS.sub("", line)
    return 0 if "," not in values or _PAUSE.search(values) else values.count(",") + 1
