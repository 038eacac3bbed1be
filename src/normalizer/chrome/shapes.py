"""Shapes: what a line looks like, whatever it says.

In flow lines or pieces of them. Out flow yes or no: is it a sentence, a headline, a name, prose, a
bullet, a full date. Patterns are compiled when first used.
"""

from __future__ import annotations

import re
from functools import cache

from normalizer.chrome.lines import Line, wide

_CLOSERS = "\"'”’»“‘)]）」』】›*_ \u00a0"
_ENDS = ".!?…。！？．؟۔।;；"
# Words that stand between the parts of a name or of a credit, in lower case.
_CONNECTING = """
de da di do du des del della dos das la le les el al von van der den zu zum zur vom of the and und et y e i и та і й a à
en in für for via by bin ibn ben ter ten op och og oraz și şi ile ve from pool handout courtesy file archive archiv
archivo pour par aus bei at to per dpa afp ap
"""
_CONNECTORS = frozenset(_CONNECTING.split())
# Prose: a line this wide that ends as a sentence does, or one so wide that it must be one.
PROSE, LONG_PROSE = 90, 220
# "Got a tip? Write to …": the most words of such a line.
ASKING = 16


def ends_as_sentence(text: str) -> bool:
    """Whether the last character, closing quotes and brackets aside, ends a sentence."""
    bare = text.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _ENDS


def breaks_off(text: str) -> bool:
    """Whether the text ends in a word, as a sentence does that was cut to a length; cheap."""
    last = text.rstrip()[-1:]
    return last.isalpha() and last < "\u0e00"  # from there on scripts that write no full stops, or no spaces


def is_prose(line: Line) -> bool:
    """Whether the line is a paragraph of running text."""
    if len(line.text) >= LONG_PROSE:
        return True
    return line.weight >= LONG_PROSE or (line.weight >= PROSE and ends_as_sentence(line.text))


def is_headline_like(line: Line) -> bool:
    """Whether the line could be the headline of another story: short, no full stop, more than a word."""
    text = line.text.strip()
    if not 8 <= line.weight <= 260 or line.words > 32 or text.endswith((":", "：", ",", "؛")):
        return False
    return not text.rstrip(_CLOSERS).endswith((".", "。", ";", "۔", "।")) or text.endswith(("...", "…"))


def is_bullet(line: Line) -> bool:
    """Whether the line is an item of a list."""
    text = line.text.lstrip()
    return len(text) > 2 and text[0] in "-–—•*·▪●■◦‣⁃" and text[1] in " \t\u00a0"


def is_namelike(text: str, most: int = 10) -> bool:
    """Whether ``text`` is names only: each word starts with a capital, a digit or no case at all, or
    connects; at most ``most`` words (a wide character is a third of one).
    """
    words = [word for word in _word().findall(text) if word]
    if not words or len(words) > most or wide(text) > 3 * most or text.rstrip(_CLOSERS).endswith(("?", "!")):
        return False
    named = [word for word in words if not word[0].islower()]
    return bool(named) and all(word.lower() in _CONNECTORS or "." in word for word in words if word[0].islower())


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_][\w.'’\-]*")


def same_item(line: Line, other: Line) -> bool:
    """Whether both lines are items of one list: behind the same bullet, or with a figure after a colon."""
    if is_bullet(line):
        return is_bullet(other) and line.text.lstrip()[0] == other.text.lstrip()[0]
    return bool(_figure_at_end().search(line.text) and _figure_at_end().search(other.text))


@cache
def _figure_at_end() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]\s?[:：]\s?\d+\s*$")


def has_full_date(text: str) -> bool:
    """Whether a date in figures with its year stands in ``text``."""
    return bool(date_pattern().search(text))


@cache
def date_pattern() -> re.Pattern[str]:
    """A date in figures with its year."""
    return re.compile(
        r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})\b|\b\d{4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}\b"
        r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]"
    )


def date_at_end(text: str) -> bool:
    """Whether ``text`` ends in a date in figures, perhaps with a time."""
    return bool(_date_end().search(text))


def timed_at_end(text: str) -> bool:
    """Whether ``text`` ends in a date in figures with a time."""
    match = _date_end().search(text)
    return match is not None and ":" in match[0]


@cache
def _date_end() -> re.Pattern[str]:
    return re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?:,?\s+\d{1,2}:\d\d)?\s*$")


def has_year(text: str) -> bool:
    """Whether a year of our time stands in ``text``."""
    return bool(_year().search(text))


# An hour and a minute.
CLOCK = r"\d{1,2}\s?[:.：hH時时点點시]\s?\d\d"


def has_clock(text: str) -> bool:
    """Whether a time of day stands in ``text``, apart from its dates in figures."""
    return bool(_clock().search(text))


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.]){CLOCK}(?![\d.]*\d)")


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[12١٢۱][٠-٩۰-۹]{3}")


def is_link(text: str) -> bool:
    """Whether the line is nothing but an address."""
    return bool(_link().fullmatch(text.strip()))


@cache
def _link() -> re.Pattern[str]:
    return re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def asks_for_mail(text: str) -> bool:
    """Whether a short line asks something and then gives an address to write to."""
    found = _asking().search(text) if len(text.split()) <= ASKING else None
    return found is not None and bool(_desk().match(found[1]) or _us().search(text))


@cache
def _asking() -> re.Pattern[str]:
    question = r"^[^\"“”„«»]*(?:[?？؟;]\s|[：:]\s?)[^\"“”„«»]*?"
    return re.compile(question + r"(?<![\w.+-])([\w.+-]+)@[\w-]+(?:\.[\w-]+)+[^.!?]{0,20}[.!]?$")


@cache
def _desk() -> re.Pattern[str]:
    """The mailbox of a newsroom. A police appeal has another."""
    return re.compile(
        r"(?:tips?|tipps|news|desk|editor|redak|redac|noti|haber|vinkit|hirek|vijesti|vesti|novice|hinweis|info$)"
    )


@cache
def _us() -> re.Pattern[str]:
    """Words by which a newsroom speaks of itself."""
    words = r"us|our|we|uns|unser\w*|nous|notre|nos|ons|onze|oss|vår|nam|nas|nám|nás|нам|нас|нашу|наш|ни|bize|ne|ni|μας"
    verbs = "escríbenos|cuéntanos|contáctanos|scrivici|inviaci|segnalaci|راسلنا|לנו|אלינו|我们|우리|chúng tôi|kami"
    return re.compile(f"(?<!\\w)(?:{words}|{verbs})(?!\\w)", re.IGNORECASE)


def is_copyright_line(text: str) -> bool:
    """Whether the line begins with the copyright sign (perhaps with the word) and a year."""
    return any(sign in text for sign in _SIGNS) and bool(_copyright().match(text))


_SIGNS = ("©", "ⓒ", "(c)", "(C)")


@cache
def _copyright() -> re.Pattern[str]:
    return re.compile(r"(?i:\(?(?:copyright|copr\.)?\s*(?:©|ⓒ|\(c\))\s*(?:copyright)?\W{0,3}(?:19|20)\d\d\b)")


def is_counter(text: str) -> bool:
    """Whether the line is a counter of a gallery or a player: ``1/12``, ``0:00``, ``00:00 / 03:15``, ``1.0x``."""
    return bool(_counter().fullmatch(text.strip()))


@cache
def _counter() -> re.Pattern[str]:
    return re.compile(r"\d{1,3}\s?/\s?\d{1,3}|0{1,2}:00(?:\s*/?\s*\d{1,2}:\d\d)?|[01]\.\dx")


def is_age_mark(text: str) -> bool:
    """Whether the line is an age from which on the page may be read: ``18+``."""
    return bool(_age().fullmatch(text.strip()))


@cache
def _age() -> re.Pattern[str]:
    return re.compile(r"\(?(?:0|6|12|16|18|21)\s?\+\)?")


def sentence_cut(text: str, start: int, before: int | None = None) -> int:
    """Where the sentence that stands at ``start`` ends (after its mark and spaces), or -1; nothing from ``before`` on
    is looked at.
    """
    match = _sentence_end().search(text, start, len(text) if before is None else before)
    return match.end() if match else -1


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.!?…。！？](?:[\"”»’)]*)(?:\s+|(?<=[。！？])|$)")
