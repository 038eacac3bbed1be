"""Periods: from one date, day or hour to another.

In flows a folded line that only dates and times fill. Out flows whether it spans a time: the dates of a life, the
days of a fair, opening hours. These are the story's: a page is published at one moment.
"""

from __future__ import annotations

import re
from functools import cache

from normalizer.chrome.shapes import CLOCK, date_pattern

_DASH = r"\s*[-–—~～〜]\s*"
# What is no day behind a number: an hour, or how long the text takes to read.
_NO_DAY = r"(?!\d|\s?[:.]\d|\s?(?:h|[ap]\.?m|uhr|klo|min|мин|хв|хил|dk|dak|λεπ|sec|sek|сек|分|분|時|时|시)(?!a|á|ä))"
_NUMBER = rf"\d{{1,4}}{_NO_DAY}"
_WORD = r"[^\W\d_]{2,}\.?"
# "from 12 to 14 May", by the words for to and and that stand in dates as well.
_TO = "a|à|au|al|bis|to|do|по|до|tot|til|till|and|y|e|et|и|і|та|und|en|och|og|i"

# The year of the first pages of newspapers.
PAGES = 1993
_HOUR_ROW = """
hour hours stunde stunden heure heures hora horas ora ore uur uren timme timmar time timer tunti tuntia godzina godziny
godzin година години годин час часа часов hodina hodiny hodin hodín sat sata sati ura uri ure ur saat óra ώρα ώρες
часове часови oră שעות ساعات ساعت घंटे jam giờ
"""
_HOURS = frozenset(_HOUR_ROW.split())


def is_period(folded: str) -> bool:
    """Whether the line names two dates, days or hours, joined as the ends of a span or years apart."""
    if len({match[0] for match in _year().finditer(folded)}) > 1:
        return True
    return bool(_span().search(date_pattern().sub(" 1 ", folded)))


def is_long_ago(text: str) -> bool:
    """Whether every year in ``text``, if there is one, was over before there were pages."""
    years = [int(match[0]) for match in _year().finditer(text)]
    return bool(years) and max(years) < PAGES


def takes_hours(keyed: str) -> bool:
    """Whether a line's key is a number of hours: no text takes as long to read, and ``ago`` would say so."""
    number, _, unit = keyed.partition(" ")
    return number == "0" and unit in _HOURS


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


@cache
def _span() -> re.Pattern[str]:
    spans = (
        rf"{CLOCK}{_DASH}{CLOCK}",
        rf"(?<![\d:./-])\d{{1,4}}\.?[年月日년월일]?{_DASH}{_NUMBER}(?![./-]\d)",
        rf"\d\.\d{{1,2}}\.{_DASH}{_NUMBER}",
        rf"\d\.?\s{_WORD}{_DASH}{_NUMBER}\.?\s{_WORD}",
        rf"\d\s[^\W\d_]\.{_DASH}{_NUMBER}\.?\s{_WORD}",
        rf"{_WORD}\s\d{{1,2}}(?:,?\s\d{{4}})?{_DASH}{_WORD}\s\d{{1,2}}{_NO_DAY}",
        rf"{_WORD}\s\d{{4}}{_DASH}{_WORD}\s\d{{4}}",
        rf"^\W*{_WORD}{_DASH}{_WORD}[,:]?\s*(?:{CLOCK}.*)?$",
        rf"(?<![\d:.])\d{{1,2}}\.?\s(?:{_TO})\s{_NUMBER}",
    )
    return re.compile("|".join(spans))
