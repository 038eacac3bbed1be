"""Doubt: what is no text of a known language, though its letters have been counted for one.

In flow a text and how badly its letters fit. Out flows whether it is code, or a language that the tables do not hold:
then its code where the letters of its alphabet tell it, and ``und`` otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import isqrt
from typing import NamedTuple

# The penalty of the best language, in tenths of a nat: more than ``a`` a letter and ``b`` a square root of the letters
# read, and it is not that language. Of right sentences on the development data and on translations one in a thousand
# has more; of text in Breton, Kabyle or Igbo nine in ten, in Uzbek two in three.
# An alphabet is asked from ``ASKED`` hundredths of that on.
ASKED = 70
_LIMITS: dict[str, tuple[int, int]] = {"Latn": (19, 24), "Cyrl": (9, 38), "Arab": (7, 24), "Deva": (20, 55)}

# Code has one sign of syntax in so few letters; of 29,000 development texts one has.
_LETTERS_PER_SIGN, _LEAST_SIGNS = 6, 4
_SYNTAX = re.compile(
    r"[{}\[\]<>=;_|\\^~$#]|[a-z]\(|(?:[;{}]|\):)[ \t]*(?:[\r\n]|$)|[a-z](?:\.|::|->)[a-z]+\(|=>|\+\+|&&"
)
_SIGN = re.compile(r"[{}\[\]<>=;_|\\^~$#(&+]")  # what all syntax has one of


class Alphabet(NamedTuple):
    """A language that its letters tell: one of each group in ``needs`` occurs, and none of ``lacks``."""

    code: str
    needs: tuple[str, ...]
    lacks: str = ""


# Languages of news without a table, from the letters of their alphabets (CLDR's exemplar characters). They are asked
# for where the letters fit no table.
_ALPHABETS: dict[str, tuple[Alphabet, ...]] = {
    "Cyrl": (
        Alphabet("ba", ("ҙҡҫ",), "ӑӗқ"),
        Alphabet("cv", ("ӑӗ",)),
        Alphabet("os", ("ӕ",)),
        Alphabet("udm", ("ӝӟӥӵ",)),
        Alphabet("sah", ("ҕ",), "ӷ"),
        Alphabet("ab", ("ҟҧҭҩ",)),
        Alphabet("tt", ("әҗ",), "ғқұіҙҡҫў"),
        Alphabet("ky", ("өүң",), "ғқұіәһҙҡҫӯ"),
        Alphabet("uz", ("ў", "қғҳ"), "іӣӯҷөүңә"),
        Alphabet("tg", ("ҷӣӯ",), "ўөүңәі"),
    ),
    "Arab": (
        Alphabet("ug", ("ۈۋڭ",), "ڕڵښ"),
        Alphabet("ku", ("ڕڵێ",), "ۈۋڭښ"),
        Alphabet("ps", ("ښځڅږۍ",)),
        Alphabet("sd", ("ٻڀٺٿڄڃڦڱڳڻ",)),
    ),
    "Latn": (
        Alphabet("mt", ("ħġċ", "ħżġ"), "ćčđ"),
        Alphabet("tk", ("ňý", "ş"), "ğıěřəăâþð"),
    ),
}  # fmt: skip
# Of the letters so many in a thousand are among those that tell the language, and so few among those that it lacks.
_TELLING, _LACKING = 8, 4

# Languages that share a script with the one that it settles: letters or whole words that the other does not have.
_YIDDISH = "און די דער דעם איז אַז אז פון פֿון מיט נישט ניט האט האָט אויף צו פאר פֿאַר וואס וואָס זײַן זיין ווערן"
_BESIDE: dict[str, tuple[Alphabet, frozenset[str]]] = {
    "Hebr": (Alphabet("yi", ("ײױװ",)), frozenset(_YIDDISH.split())),
    "Beng": (Alphabet("as", ("ৰৱ",)), frozenset()),
    "Ethi": (Alphabet("ti", ("ኣኽቐ",)), frozenset()),
}
# One in so many words is one of these: in Yiddish every fourth, in Hebrew at most a stray one.
_WORDS_PER_TELLING, _LEAST_TELLING = 9, 2

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


def is_code(text: str, letters: int) -> bool:
    """Whether signs of syntax stand as densely in ``text`` as in code; ``letters`` is the number of its letters."""
    signs = len(_SYNTAX.findall(text)) if _SIGN.search(text) else 0
    return signs >= _LEAST_SIGNS and signs * _LETTERS_PER_SIGN >= letters


def strain(script: str, penalty: int, letters: int) -> int:
    """So great a penalty of the best language over so many letters, in hundredths of what that language may have."""
    if script not in _LIMITS:
        return 0
    slope, root = _LIMITS[script]
    return 100 * penalty // max(1, slope * letters + isqrt(root * root * letters))


def calm(script: str) -> int:
    """The penalty a letter up to which nothing is odd about a text, so that no more of it need be read."""
    return _LIMITS[script][0] * 2 // 3 if script in _LIMITS else 1_000


def told_by_alphabet(script: str, words: Iterable[str]) -> str:
    """The language that the letters of ``words`` (of one script) tell though it has no table, or ``""``."""
    letters = Counter("".join(words))
    total = letters.total()
    for alphabet in _ALPHABETS.get(script, ()):
        told = [_count(letters, group) for group in alphabet.needs]
        if (
            all(told)
            and 1000 * sum(told) >= _TELLING * total
            and 1000 * _count(letters, alphabet.lacks) <= _LACKING * total
        ):
            return alphabet.code
    return ""


def told_beside(script: str, text: str) -> str:
    """The language that shares ``script`` with the one that it settles, where words or letters tell it, or ``""``."""
    if script not in _BESIDE:
        return ""
    alphabet, telling = _BESIDE[script]
    words = re.findall(r"[^\W\d_][\w\u0591-\u05c7]*", text)
    told = sum(word in telling for word in words)
    if told >= _LEAST_TELLING and told * _WORDS_PER_TELLING >= len(words):
        return alphabet.code
    letters = Counter("".join(words))
    return alphabet.code if 1000 * _count(letters, alphabet.needs[0]) > _TELLING * letters.total() else ""


def _count(letters: Counter[str], group: str) -> int:
    return sum(letters[letter] for letter in group)
