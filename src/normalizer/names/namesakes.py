"""Namesakes: whether a town's name is that of another town, a person, a thing or a past age.

In flow a match and its context. Out flows a :class:`Verdict`, or None.
"""

from __future__ import annotations

import re

from normalizer.names.context import Context
from normalizer.names.cues import cues
from normalizer.names.descriptors import describe, is_calling, is_creature, is_kind, is_thing, nation_of
from normalizer.names.given import is_also_a_word, is_given
from normalizer.names.history import history
from normalizer.names.matcher import Match
from normalizer.names.phrases import phrase, regions, words_of
from normalizer.names.streets import street
from normalizer.names.verdict import Verdict

_AGED = re.compile(r", (?:aged )?\d\d, ")
# A number after a name, and an article before it where no noun follows, as ships and cameras have them.
_MODEL = re.compile(r" \d{1,3}\b")
_NUMBERED = re.compile(r"-\d| [a-z]{1,2}-?\d+\b|'?[ ]\d{1,2}[a-z]\b")
_APPOSITION = re.compile(r", (?P<phrase>(?:an?|the|eine?|der|die|das|une?|la|le|un|el|[^\W\d_]+) [^,.;:()\n]{2,60})")
_BEING = re.compile(r" (?:is|was|remains) (?P<phrase>(?:an?|the) [^,.;:()\n]{2,60})")
_BRACKETED = re.compile(r" \((?:(?:an?|the|\d{4}) )?(?:[\w-]+ )?(?P<phrase>[^\W\d_]+)\)")
_BEAST = re.compile(r" the (?P<phrase>[^\W\d_]+)\b")
_COUNTRY = re.compile(
    r", (?P<word>(?:the )?(?:(?!near|outside|off|by|beyond|like|not|with|and)[^\W\d_]+ )?[^\W\d_][\w.-]*)"
    r"(?=[,.;:)]|$)(?!, [^,.]+ and\b)"
    r"| \((?P<brackets>(?:[^\W\d_]+ )?[^\W\d_]+)\)| in (?:(?:north|south|east|west)ern )?(?P<within>[^\W\d_]+)"
    r"(?=[,.;:)]|$| (?:is|was|has|had)\b)"
)
_REGION = re.compile(r",? [(]?((?:[^\W\d_]|[ -](?=\w)){3,30})(?=[,.;:)]|$)(?!, [^,.]+ and\b)")
_WITHIN = re.compile(r" in (?:the )?([^\W\d_][\w-]*(?: (?:oblast|krai|region|republic|province|county)\b)?)")
_LISTED = re.compile(r"(?:,|\b(?:and|between|among)) $")
_INVERTED = re.compile(r", [A-Z]\.(?:[ -]?[A-Z]\.)* \(")
_WRITTEN_BY = re.compile(r", by ([A-Z]\w*)\.? [A-Z]")
_DATED = re.compile(r" \((?:19|20)\d\d\)")
_PARTY = re.compile(r" v\. [A-Z]")
_STOP = re.compile(r"s?(?:[.,;!?)]|$)")
_COUNTY = re.compile(r",? (?:in|of) (?:[\w-]+ ){1,2}county\b")
_OF_AN_AGE = re.compile(r" of (?!today|now)")
_REGISTERED = re.compile(r" \(imo \d")
# A river or a lake after a hyphen each, and a second name after one: Odessa-on-the-Lake, Nikolaev-Bergin.
_ON = re.compile(r"-(?:on|upon|sur|am|над|на)-\w")
_PAIRED = re.compile(r"-(?P<word>[^\W\d_]+)(?: (?P<noun>[^\W\d_]+))?")
_BETWEEN = re.compile(
    "(?:trains?|routes?|roads?|highway|railway|motorway|line|flights?|bus|express|corridor|pipelines?|axis|canal)"
)
_GERMANIC = frozenset({"de", "nl", "sv", "da", "nb", "no"})
# "the Ukrainian port city of Odessa": nothing but a few words between the country and the name.
_LEADS = re.compile(r", (?:in )?| in | \(")
_PHRASE = re.compile(r"(?: [^\W\d_]+){0,4} ")


def namesake(match: Match, context: Context, home: str) -> Verdict | None:
    """Whether the words around a town's name mean another bearer of it; ``home`` is the town's country."""
    after, before = context.after(match.end), context.before(match.start)
    return (
        _elsewhere(match, context, home, after, before)
        or _abroad(match, context, home, after, before)
        or _person(match, context, after, before)
        or _apposed(match, context, after)
        or _daughter(match, context, before)
        or _hyphened(match, context, after)
        or _acronym(match, context)
        or _title(match, context, after, before)
        or history(match, context)
    )


def _hyphened(match: Match, context: Context, after: str) -> Verdict | None:
    """Whether a hyphen makes the town's name a part of a longer one: of a town on a river, or of a person."""
    if _ON.match(after):
        return Verdict("a namesake: its river or lake follows", other=True)
    found = _PAIRED.match(after)
    if found is None or context.language in _GERMANIC or context.titled(match.start, match.end):
        return None
    raw = context.raw(match.end + found.start("word"), match.end + found.end("word"))
    public = found["word"] in cues().hyphened or found["noun"] in cues().meetings
    if public or _BETWEEN.fullmatch(found["noun"] or "") or not raw[:1].isupper() or raw.isupper():
        return None
    return Verdict(f"half of a longer name: {raw!r} follows", other=True)


def is_locative(match: Match, context: Context) -> bool:
    """Whether a preposition before the name says that a place is meant, whoever bears the name besides."""
    return phrase("locative").search(context.before(match.start)) is not None


def at_home(match: Match, context: Context) -> bool:
    """Whether the place's own country follows it, or opens the phrase that leads to it."""
    country = cues().countries.get(match.entity.country or "UA")
    if country is None:
        return False
    after = context.after(match.end)
    led = _LEADS.match(after)
    if led is not None and country.match(after, led.end()):
        return True
    before = context.before(match.start)
    return any(_PHRASE.fullmatch(before, found.end()) for found in country.finditer(before))


def thing(match: Match, context: Context) -> Verdict | None:
    """Whether a town's name is that of a camera, a ship or a house: by its number, or by its article."""
    after, before = context.after(match.end), context.before(match.start)
    if context.language == "en" and _served(before, after):
        return Verdict("a thing of its own: one of many")
    if street(match, context):
        return Verdict("a street: it has a corner or a number")
    if before.endswith("the ") and _OF_AN_AGE.match(after):
        return Verdict("somebody's or another age's town")
    if _NUMBERED.match(after) or _REGISTERED.match(after):
        return Verdict("a model or a ship with a number")
    noun = re.search(r"([^\W\d_]+) $", before)
    if noun and (is_calling(noun.group(1)) or is_creature(noun.group(1))) and not context.opens_line(match.start):
        return Verdict(f"a person: {noun.group(1)!r} stands before", other=True, person=True)
    if noun and is_thing(noun.group(1), context.language):
        return Verdict(f"a {noun.group(1)} named so")
    named = _MODEL.match(after) or (before.endswith("the ") and phrase("no_noun").match(after))
    found = context.in_sentence(cues().things, match.start, match.end) if named else ""
    return Verdict(f"a thing named so: the sentence is about a {found}") if found else None


def _served(before: str, after: str) -> bool:
    """Whether a town's name is that of a dish on a plate: one of many, and no noun after it."""
    if phrase("helping").search(before) and phrase("served").match(after):
        return True
    return phrase("helpings").search(before) is not None and _STOP.match(after) is not None


def _elsewhere(match: Match, context: Context, home: str, after: str, before: str) -> Verdict | None:
    known = cues()
    found = known.elsewhere.match(after)
    if found and not after[found.end() :].startswith("'s"):
        return Verdict(f"a namesake: {found.group().strip(' ,(')!r} follows", other=True)
    raw = context.raw(match.end, match.end + min(len(after), 12)) if after else ""
    if known.codes.match(raw):
        return Verdict("a namesake: a postal code follows", other=True)
    if not _LISTED.search(before) and known.in_doubt.match(after):
        return Verdict("a namesake: another country follows", other=True)
    region = _REGION.match(after)
    if region and not _LISTED.search(before) and regions().get(region[1], home) != home:
        return Verdict(f"a namesake: {region[1]!r} follows", other=True)
    if _COUNTY.match(after):
        return Verdict("a namesake: a county follows", other=True)
    within = _WITHIN.match(after) if context.opens(match.start) or phrase("settlement_of").search(before) else None
    if within and regions().get(within[1], home) != home:
        return Verdict(f"a namesake: in {within[1]!r}", other=True)
    if known.elsewhere_before.search(before):
        return Verdict("a namesake: another country stands before", other=True)
    beside = context.nearby(known.beside, match.start, match.end)
    own = known.countries.get(match.entity.country or "UA")
    if beside and not (own and context.nearby(own, match.start, match.end)):
        return Verdict(f"a namesake: {beside!r} stands nearby", other=True)
    return None


def _abroad(match: Match, context: Context, home: str, after: str, before: str) -> Verdict | None:
    """Whether another country than the town's own is named right beside it."""
    found = _COUNTRY.match(after)
    if found is not None and not (found["word"] and _LISTED.search(before)):
        group = found.lastgroup or "word"
        where = found[group]
        nation = _nation(where.removeprefix("the ").split()[-1])
        start = match.end + found.end(group) - len(where.split()[-1])
        loose = group == "within" and not (context.opens(match.start) or phrase("settlement_of").search(before))
        if nation and nation != home and not loose and context.raw(start, start + 1).isupper():
            return Verdict(f"a namesake: {where!r} follows", other=True)
    region = phrase("in_region").match(after)
    if region is not None:
        word = region["word"] or region["within"]
        nation = _nation(word) or _region_at(after, region.end("word"))
        if (nation and nation != home and "-" not in word) or cues().elsewhere.fullmatch(f", {word}"):
            return Verdict(f"a namesake: in {word!r}", other=True)
    owned = phrase("in_country").search(before)
    if owned is not None and nation_of(owned["country"]) not in {"", home}:
        return Verdict(f"a namesake: {owned['country']!r} stands before", other=True)
    romance = phrase("town_abroad").search(before)
    if romance is not None and nation_of(romance["nation"] or romance["adjective"]) not in {"", home}:
        return Verdict(f"a namesake: {romance.group().strip()!r} stands before", other=True)
    led = phrase("town_of").search(before)
    for word in led["words"].split() if led else ():
        nation = nation_of(word)
        if nation and nation != home and phrase("adjectives").search(word) and word not in words_of("not_adjectives"):
            return Verdict(f"a namesake: {word!r} stands before", other=True)
    return None


def _region_at(after: str, end: int) -> str:
    """The country of the region of two words that ends at a place of what follows a name: "in Altai Krai"."""
    return regions().get(" ".join(after[: max(0, end)].split()[-2:]), "")


def _nation(word: str) -> str:
    """The country of a word that may end its sentence."""
    return nation_of(word) or nation_of(word.rstrip("."))


def _person(match: Match, context: Context, after: str, before: str) -> Verdict | None:
    raw = context.raw(match.end, match.end + min(len(after), 6)) if after else ""
    surname = re.match(r" ([^\W\d_]+)(?!\w)", after)
    if _AGED.match(after):
        return Verdict("a person: an age follows", other=True, person=True)
    if surname and surname.group(1) in cues().surnames and raw[1:2].isupper():
        return Verdict(f"a person: {surname.group(1)!r} follows", other=True, person=True)
    bearer = re.search(r"([^\W\d_]+) of $", before)
    if bearer and is_given(bearer.group(1)) and not is_also_a_word(bearer.group(1)):
        return Verdict(f"a bearer of history: {bearer.group(1)!r} stands before")
    if phrase("rulers").search(before):
        return Verdict("a bearer of history: a ruler's title stands before")
    if phrase("epithets").search(before):
        return Verdict("a bearer of history: an epithet stands before")
    if _DATED.match(after) and not is_locative(match, context):
        return Verdict("a work: the year of its release follows", other=True, person=True)
    if _PARTY.match(context.raw(match.end, match.end + min(len(after), 8))):
        return Verdict("a person: a party to a case", other=True, person=True)
    if phrase("sport").match(after):
        return Verdict("a person or a team: what only players do", other=True, person=True)
    inverted = after.startswith(", ") and _INVERTED.match(context.raw(match.end, match.end + len(after)))
    if phrase("relatives").match(after) or inverted:
        return Verdict("a person: what follows only people have", other=True, person=True)
    doing = phrase("personal_acts").match(after)
    if doing and not is_locative(match, context):
        return Verdict(f"a person: {doing.group().strip(' ,')!r} follows", other=True, person=True)
    word = re.search(r"([^\W\d_]+) $", before)
    if word and is_given(word.group(1)) and not is_also_a_word(word.group(1)):
        start = match.start - len(word.group(1)) - 1
        if context.raw(start, start + 1).isupper():
            return Verdict(f"a person: {word.group(1)!r} stands before", other=True, person=True)
    return None


def _apposed(match: Match, context: Context, after: str) -> Verdict | None:
    """Whether an apposition says that the name is a person's, an animal's, a work's or a ship's."""
    beast = _BEAST.match(after)
    creature = beast["phrase"] if beast is not None and is_creature(beast["phrase"]) else ""
    if creature and not is_locative(match, context):
        return Verdict(f"named so: a {creature}", other=True, person=True)
    being = _BEING.match(after)
    if being is not None:
        found, head = describe(being["phrase"]), _head(being["phrase"], "en")
        return Verdict(f"named so: a {head}", other=True, person=True) if head and head == found.thing else None
    named = phrase("called_so").search(context.before(match.start))
    if named is not None and named["noun"] not in words_of("settlements"):
        return Verdict(f"named so: a {named['noun']}", other=True, person=True)
    bracketed = _BRACKETED.match(after)
    if bracketed is not None and is_kind(bracketed["phrase"]):
        return Verdict(f"named so: a {bracketed['phrase']}", other=True, person=True)
    apposition = _APPOSITION.match(after)
    if apposition is None or (is_locative(match, context) and "starred" not in context.before(match.start)):
        return None
    found = describe(apposition["phrase"])
    head = _head(apposition["phrase"], context.language)
    if head and head in found.private | found.public:
        return Verdict(f"a person: {head!r}", other=True, person=True)
    if found.thing and (head == found.thing or context.language != "en"):
        return Verdict(f"named so: a {found.thing}", other=True, person=True)
    return None


def _head(phrase: str, language: str) -> str:
    """The word that says what the apposition is: in English the last before a preposition."""
    if language == "en":
        words = re.split(r" (?:of|by|in|from|for|at|on|with|who|whose|that|which|and|to)\b", phrase)[0].split()
        return words[-1] if words and words[0] in {"a", "an", "the", "his", "her", "their", "our", "my"} else ""
    found = describe(phrase)
    return found.calling if not found.office else ""


def _daughter(match: Match, context: Context, before: str) -> Verdict | None:
    word = re.search(r"([^\W\d_]+) $", before)
    if word is None or word.group(1) not in cues().daughters:
        return None
    start = match.start - len(word.group())
    opens = start == context.sentence(match.start, match.end)[0] or context.headline(match.start, match.end)
    # "South Kiev was quiet": a part of the town, unless the sentence is about another country.
    american = context.in_sentence(phrase("american"), match.start, match.end)
    directed = word.group(1) in words_of("directions") and not american
    stands = phrase("called_daughter" if directed else "stands").match(context.after(match.end)) is not None
    if context.raw(start, start + 1).isupper() and (stands or not opens):
        return Verdict(f"a daughter town: {word.group(1)!r} stands before", other=True)
    return None


def _title(match: Match, context: Context, after: str, before: str) -> Verdict | None:
    """Whether the name ends a title that no quotation marks hold: "her Letters from Kharkov sold well"."""
    by = _WRITTEN_BY.match(context.raw(match.end, match.end + len(after))) if after.startswith(", by ") else None
    if by is not None and not nation_of(by.group(1).lower()):
        return Verdict("a work: its author follows")
    if phrase("subtitled").search(context.raw(match.start - len(before), match.start)):
        return Verdict("in the title of a work")
    if phrase("apposed_works").search(before) and _STOP.match(after):
        return Verdict("a work: somebody's, between commas")
    found = phrase("title_heads").search(before)
    if found is None or context.titled(match.start, match.end):
        return None
    start = match.start - len(before) + found.start("noun")
    if not context.raw(start, start + 1).isupper():
        return None
    opens = not any(map(str.isalnum, context.text[context.sentence(match.start, match.end)[0] : start]))
    if opens and not phrase("said_of_works").match(after):
        return None
    return Verdict("in the title of a work")


def _acronym(match: Match, context: Context) -> Verdict | None:
    """Whether capitals in a sentence with small letters spell the network of that name."""
    capitals = context.raw(match.start, match.end).isupper()
    if not capitals or not context.in_sentence(phrase("networks"), match.start, match.end):
        return None
    first, last = context.sentence(match.start, match.end)
    return None if context.raw(first, last).isupper() else Verdict("an acronym")
