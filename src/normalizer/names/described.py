"""Descriptions of a person: whether what the text says of the bearer is true of the one in the table.

In flow a match, its context and what the table knows of the bearer. Out flows a :class:`Verdict`, or None:
callings, countries and ages beside the name, years of life, references to authors.
"""

from __future__ import annotations

import re
from itertools import pairwise

from normalizer.names.context import Context
from normalizer.names.descriptors import Description, describe, is_calling, nation_of
from normalizer.names.given import is_given
from normalizer.names.matcher import Match
from normalizer.names.phrases import phrase
from normalizer.names.verdict import Bearer, Borders, Verdict

_APPOSITION = re.compile(
    r",? ?[,\N{EN DASH}\N{EM DASH}-] ?(?:(?:aged )?(?P<age>\d\d?), )?"
    r"(?P<phrase>[^,.;:()\N{EN DASH}\N{EM DASH}\n]{3,80})"
)
_WORDS_BEFORE = re.compile(r"(?:(?:prof|dr)\. |[\w'-]+ ){1,7}$")
# Before "-born": no country of birth.
_SOVIET = frozenset({"soviet", "foreign", "native", "newly", "first", "ukrainian"})
_INVERTED = re.compile(r", [A-Z]\.(?:[ -]?[A-Z]\.)*(?= ?(?:[,(&]|and\b|[A-Z][a-z]|$))| [A-Z]\.(?:[A-Z]\.)?, [A-Z]")
_LISTED = re.compile(r", (?P<given>[A-Z][^\W\d_]+)(?:[:(]| \(|, \d|$)")
_ELSEWHERE_BORN = re.compile(r"([^\W\d_]+)-born $")
_PARTY = re.compile(r" ?[,(] ?[RDI]-[A-Z]")
_SENTENCED = re.compile(r"[^\W\d_]\w* v\. $")
_AGED = re.compile(r" \(aged? (?P<age>\d\d?)\)| \((?P<years>\d\d?)\)")
_LIFE = re.compile(r" \([^)\d]{0,12}(?P<born>1\d\d\d) ?[-\N{EN DASH}] ?[^)\d]{0,6}(?P<died>1\d\d\d|20\d\d)\)")
# Nobody born before is in the news for what they do.
_BORN_SINCE = 1925
_CHILDHOOD = 15  # years
_GROWN = 25  # below, hardly anybody holds an office of state


def described(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """Whether a calling, a country or an age beside the name is not the bearer's."""
    after = context.after(match.end)
    before = context.before(match.start)
    if (
        phrase("unrelated").match(after)
        or phrase("namesakes").search(before)
        or (match.full and before.endswith("another "))
    ):
        return Verdict("a namesake, as the text says", other=True)
    born = _born_elsewhere(match, context, names, bearer)
    if born is not None:
        return born
    if phrase("parts").match(after):
        return Verdict("a part in a play, or a practitioner", other=True)
    sport = phrase("sport").match(after) and not bearer.titles & {"footballer", "player", "athlete"}
    if sport or phrase("runs").match(after) or _represents(context, match, names, bearer):
        return Verdict("what the bearer does is another's calling", other=True, described=True)
    aged = _AGED.match(after)
    if aged is not None and int(aged["age"] or aged["years"]) < _GROWN:
        return Verdict("too young to be the bearer", other=True, described=True)
    apposition = _APPOSITION.match(after)
    if (
        apposition is not None
        and not phrase("clause").match(apposition["phrase"])
        and not _lists(context, match, apposition)
    ):
        description = describe(apposition["phrase"])
        if apposition["age"]:
            description = description._replace(age=int(apposition["age"]))
        reason = _conflict(description, bearer, match.full, apposed=True)
        if reason:
            return Verdict(reason, other=True, described=True)
    if phrase("trades").match(after) and not bearer.titles:
        being = after.startswith(", who is")
        if not being or _conflict(describe(after[9:60]), bearer, match.full, apposed=True):
            return Verdict("what the bearer does is another's calling", other=True, described=True)
    called = None if match.full else phrase("called_by_trade").search(before)
    if called is not None and describe(called.group(1)).private - bearer.titles:
        return Verdict(f"{called.group(1)!r} is another's calling", other=True)
    words = _WORDS_BEFORE.search(before)
    if words is None or words.group() == "the " or context.opens_line(match.start) or phrase("once_was").search(before):
        return None
    return _led(words.group(), match, context, bearer)


def _born_elsewhere(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """Whether "Leeds-born" or the like stands before the name."""
    before = context.before(match.start)
    born = _ELSEWHERE_BORN.search(before)
    if born is not None and born.group(1) not in _SOVIET and nation_of(born.group(1)) not in {"UA", *bearer.home}:
        start = match.start - len(born.group())
        if start not in names.starts and context.raw(start, start + 1).isupper():
            return Verdict(f"born elsewhere: {born.group().strip()!r}", other=True)
    return None


def _led(words: str, match: Match, context: Context, bearer: Bearer) -> Verdict | None:
    """Whether the words right before the name describe somebody else."""
    phrase_before = phrase("led_off").sub("", words).strip()
    last = phrase_before.rpartition(" ")[2]
    found = describe(phrase_before.removeprefix("the "))
    adjective = context.language != "en" and found.calling and nation_of(last)
    if is_calling(last) or adjective or found.age or (last == "dr." and "prof" in found.private):
        reason = _conflict(found, bearer, match.full, apposed=False)
        if reason:
            return Verdict(reason, other=True, soft=not bearer.titles and not found.nations and not found.age)
    return None


def _represents(context: Context, match: Match, names: Borders, bearer: Bearer) -> bool:
    """Whether a bearer of other titles speaks for a firm: for a name that is neither a country's nor in the table."""
    found = phrase("speaks_for").match(context.after(match.end))
    if found is None or not bearer.titles or "spokesman" in bearer.titles or nation_of(found["firm"]):
        return False
    start, end = match.end + found.start("firm"), match.end + found.end("firm")
    raw = context.raw(start, end)
    return start not in names.starts and raw[0].isupper() and not raw.isupper()


def _lists(context: Context, match: Match, apposition: re.Match[str]) -> bool:
    """Whether what follows the comma is the next member of a list: "Zelensky, singer Ruslana and …"."""
    start, end = apposition.span("phrase")
    raw = context.raw(match.end + start, match.end + end)
    words = raw.split()
    for word, following in pairwise(words):
        if is_calling(word.lower()) and following[:1].isupper():
            return context.language != "de"
    return False


def _conflict(found: Description, bearer: Bearer, full: bool, apposed: bool) -> str:
    """Why a description is not the bearer's, or nothing."""
    calling = found.calling
    foreign = bool(found.nations and bearer.home and bearer.home.isdisjoint(found.nations))
    told = f"{calling or 'somebody'} from elsewhere"
    if 0 < found.age < _GROWN and not found.office:
        return f"somebody of {found.age}"
    if found.former or found.office or (apposed and found.of and not found.private):
        return ""
    if (found.private | found.public) & bearer.titles:
        return told if foreign else ""
    if not calling:
        return told if foreign and apposed and found.indefinite and found.ends_in_nation else ""
    if foreign:
        return told
    if found.private or not full or bearer.titles:
        return f"{calling!r} is another's calling"
    strange = bool(found.nations) and not bearer.home and "UA" not in found.nations
    unknown = apposed and found.indefinite and not found.nations
    return f"{calling!r} is another's calling" if strange or unknown or (found.indefinite and foreign) else ""


def cited(match: Match, context: Context, bearer: Bearer) -> Verdict | None:
    """Whether the name is that of an author in a reference, or of somebody of another age."""
    after = context.after(match.end)
    # A capital V is an initial: only the small one stands between the parties of a case.
    sentenced = _SENTENCED.search(context.before(match.start)) and context.raw(match.start - 3, match.start)[:1] == "v"
    if sentenced or (phrase("cited").match(after) and not context.raw(match.end, match.end + 3).startswith(" V.")):
        return Verdict("cited as an author or a party", other=True)
    raw = context.raw(match.end, match.end + len(after)) if after else ""
    if not match.full and _INVERTED.match(raw):
        return Verdict("inverted, as in a list of references", other=True)
    listed = None if match.full or not context.opens(match.start) else _LISTED.match(raw)
    if listed is not None and is_given(listed["given"].lower()) and listed["given"].lower() not in match.entity.given:
        return Verdict("inverted, as in a list of names", other=True)
    if phrase("died").match(after):
        return Verdict("somebody who died long ago", other=True)
    if _PARTY.match(raw) and "US" not in bearer.home:
        return Verdict("a party and a state follow", other=True)
    born = phrase("lived").match(after) or _LIFE.match(after)
    if born is None or int(born["born"]) >= _BORN_SINCE:
        life = born.groupdict().get("died") if born else None
        if born is None or life is None or int(life) - int(born["born"]) < _CHILDHOOD:
            return None
    return Verdict(f"somebody born in {born['born']}", other=True)
