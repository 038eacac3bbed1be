"""Code: the lines of a text that are no sentences in any language, and what is left without them.

In flows text. Out flows the text without statements of programming languages, queries, commands, tags, paths and
lines of keys and values. What is code as a whole is told by its signs, in ``syntax.py``.
"""

from __future__ import annotations

import re

_STATEMENT = re.compile(
    r"""^[ \t]*(?:>>>[ ])?(?:
        \$[ ][a-z][\w./-]*(?:[ ].*)?$
      | [.\#]?[a-z][\w-]*[ ]?\{.*[:;].*
      | select[ ].*[ ]from[ ]\w+(?:[ ].*=.*)?;[ \t]*$
      | (?:from[ ][\w.]+[ ])?import[ ](?:static[ ])?[\w.*{}"']+(?:[ ]as[ ]\w+)?(?:,[ ]?[\w.]+(?:[ ]as[ ]\w+)?)*
          (?:[ ]from[ ].*)?;?[ \t]*$
      | \#[ ]?include\b.*
      | (?:async[ ])?def[ ]\w+\(.*
      | class[ ]\w+(?:\(.*\))?[ ]?(?::[ \t]*$|[{].*)
      | for[ ]\w+(?:,[ ]?\w+)?[ ]in[ ][\w.]+(?:\(.*\):.*|:[ \t]*$)
      | (?:if|elif|while)[ ].*(?:[=!<>]=|[ ]is[ ](?:not[ ])?None|\(\)|[ ][<>][ ]).*
      | (?:const|let|var)[ ]\w+[ ]?(?::[ ]?\w+[ ]?)?=.*
      | (?:export[ ])?(?:async[ ])?function[ ]\w*\(.*
      | (?:public|private|protected)[ ].*[({;].*
      | return[ ].*;[ \t]*$
      | return[ ](?:[\w.]+[ ](?:[-+*/%|&]|==|and|or)[ ][\w.]+|not[ ]\w+|[\w.]*[\[({].*|\w+\.\w+|None|True|False)[ \t]*$
      | (?:else|try|finally|except[ ][\w., ()]+|with[ ].*\(.*)[ ]?:[ \t]*$
      | raise[ ]\w+(?:\(.*)?$
      | (?:if|elif|while)[ ](?:not[ ])?[\w.]+(?:\(.*\))?:[ \t]*$
      | (?<=[ \t])(?:break|continue|pass);?[ \t]*$
      | (?:GET|HEAD|PATCH|POST|PUT)[ ].*HTTP/\d.*
      | (?:cat|chmod|cp|curl|find|grep|ls|mkdir|mv|rm|rsync|scp|sed|ssh|tar|wget)[ ]--?[A-Za-z].*
      | [a-z_][\w.]*(?:\[.*\])?[ ]?[-+*/|]?=[ ].*
      | \w+(?:\.\w+)*\(.*\);?[ \t]*$
      | (?:sudo|git|pip3?|npm|npx|yarn|docker|kubectl|apt(?:-get)?|brew)[ ]
        (?:add|apt(?:-get)?|build|checkout|ci|clone|commit|compose|diff|get|install|log|merge|pull|push|rebase|run
        |start|status|test|update|upgrade)\b.*
    )""",
    re.MULTILINE | re.VERBOSE | re.ASCII,
)
_QUERY = re.compile(
    r"""\bSELECT\b.*\bFROM[ ][\w"`\[.]+[ ;]?(?:$|WHERE|ORDER|GROUP|LIMIT|JOIN|AS\b|[a-z;]).*
      | \bSELECT\b.*\r?\n[ \t]*FROM[ ][\w"`\[.]+.*
          (?:\r?\n[ \t]*(?:WHERE|ORDER|GROUP|HAVING|LIMIT|AND|OR|\w*[ ]?JOIN)\b.*)*
      | \b(?:INSERT[ ]INTO|DELETE[ ]FROM|(?:CREATE|ALTER|DROP)[ ]TABLE|UPDATE[ ]\w+[ ]SET)[ ].*""",
    re.MULTILINE | re.VERBOSE,
)
# Data: lines of a key and a short value or none, at least so many of them; the items of lists go with them.
_LEAST_KEYS = 2
_KEY = re.compile(
    r"^[ \t]*(?:- )?[a-z][\w.-]*:(?:[ \t]+\S{1,40}(?: \S{1,20}){0,2})?[ \t]*\r?$", re.MULTILINE | re.ASCII
)
_ITEM = re.compile(r"^[ \t]*- \S{1,40}[ \t]*\r?$", re.MULTILINE)
_IDENTIFIER = re.compile(r"\b[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\b")  # UUID
_TAGS = re.compile(r"<[/?!]?[A-Za-z][^<>\r\n]{0,300}>")
_PATHS = re.compile(
    r"""(?<!\w)(?:
        (?:[A-Za-z]:)?\\?(?:[\w.$~-]{1,80}\\)+[\w.$~-]*
      | (?:~|\.{1,2})?/(?:[\w.~-]{1,80}/)+[\w.~-]*
      | (?:[\w.~-]{1,80}/){3,}[\w.~-]*
      | (?:[\w.~-]{1,80}/)+[\w~-]+\.[a-z]{1,4}\b
    )""",
    re.VERBOSE | re.ASCII,
)


def without_code(text: str) -> str:
    """``text`` without the lines that are statements of a programming language, tags, and paths of files."""
    if "<" in text:
        text = _TAGS.sub(" ", text)
    if "/" in text or "\\" in text:
        text = _PATHS.sub(" ", text)
    if "SELECT" in text or "INTO" in text or "DELETE" in text or "TABLE" in text or "UPDATE" in text:
        text = _QUERY.sub(" ", text)
    if ":" in text and "\n" in text and len(_KEY.findall(text)) >= _LEAST_KEYS:
        text = _ITEM.sub(" ", _KEY.sub(" ", text))
    if text.count("-") >= 4:
        text = _IDENTIFIER.sub(" ", text)
    return _STATEMENT.sub(" ", text)
