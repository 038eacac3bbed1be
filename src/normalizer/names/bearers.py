"""Bearers: whether the words around a person's name speak of somebody else, or of a thing named after somebody.

In flow a match, its context and what the table knows of the bearer. Out flows a :class:`Verdict`, or None.
The names that stand beside a surname (given names, initials, patronymics) are looked at first, then what
describes the bearer (callings, countries, ages, years of life), then what is named after one.
"""

from __future__ import annotations

import re
from itertools import pairwise

from normalizer.names.context import Context
from normalizer.names.cues import cues
from normalizer.names.descriptors import Description, describe, is_address, is_calling, nation_of
from normalizer.names.given import is_also_a_verb, is_also_a_word, is_given
from normalizer.names.matcher import Match
from normalizer.names.verdict import Bearer, Borders, Verdict

# Endings of words that open a sentence and are no given names: Embattled, Speaking, Recently.
_NO_NAME = re.compile(r"(?:ed|ing|ly|ians?|\d)$")
_ROLE_ENDS = (
    "präsident", "präsidenten", "minister", "ministers", "chef", "kanzler", "sprecher", "führer", "gesandter",
    "gesandte", "gesandten", "vertreter", "kollege", "kollegen", "politiker", "general", "botschafter", "master",
    "-in-chief", "leader",
)  # fmt: skip
_APPOSITION = re.compile(
    r",? ?[,\N{EN DASH}\N{EM DASH}-] ?(?:(?:aged )?(?P<age>\d\d?), )?"
    r"(?P<phrase>[^,.;:()\N{EN DASH}\N{EM DASH}\n]{3,80})"
)
_WORDS_BEFORE = re.compile(r"(?:(?:prof|dr)\. |[\w'-]+ ){1,7}$")
_PREPOSITION = re.compile(
    r".*\b(?:of|by|in|from|for|at|on|with|to|and|that|said|told|met|aus|von|de|del|z|w|з|із|в|у|из|с) "
)
_ACTIVITY = re.compile(
    r", who (?:is an? |plays for |coaches |teaches |sings |dances |skates |swims |paints |boxes |wrestles |pitches )"
)
_GENERATION = re.compile(
    r"(?:,? (?:jr|sr|jnr|snr|junior|senior)\b| (?:ii|iii|iv)(?!\w)| the (?:younger|elder|great|wise)\b)"
)
_ROMAN = re.compile(r" (?:II|III|IV)\b")
_CITED = re.compile(
    r"(?:'s)? et al\b| v\. (?=[^\W\d_])"
    r"| \((?:1[5-9]|20)\d\d[a-z]?(?:[:,][^)]*)?\)| (?:&|and) [^\W\d_]+,? \(?(?:1[5-9]|20)\d\d\b"
    r"|, (?:1[5-9]|20)\d\d[a-z]?[;)]| 1[5-8]\d\d\b| 19[0-8]\d\b"
    r"|'s (?:1[5-9]\d\d |syndrome|disease|theorem|lemma|conjecture|equation|paradox)"
    r"|(?:, [^\W\d_]+)* (?:and|&|und|et|y) (?:partners?|sons?|co|associates|brothers|bros|söhne|fils|hijos)\b"
)
_INVERTED = re.compile(r", [A-Z]\.(?:[ -]?[A-Z]\.)*(?= ?(?:[,(&]|and\b|[A-Z][a-z]|$))| [A-Z]\.(?:[A-Z]\.)?, [A-Z]")
_PARTY = re.compile(r" ?[,(] ?[RDI]-[A-Z]")
_SENTENCED = re.compile(r"[^\W\d_]\w* v\. $")
_ELSEWHERE_BORN = re.compile(r"([^\W\d_]+)-born $")
_PLAYED = re.compile(r", (?:played|portrayed|voiced|m\.?d\.?|esq|r\.?n\.?|d\.?d\.?s)\b")
_NO_RELATION = re.compile(r",? ?[,(] ?(?:no relation|not (?:the|to be confused|related|that)|unrelated)\b")
_SAME_NAME = re.compile(r"\b(?:namesakes?,?|another|a different|also (?:named|called)|unrelated) $")
_SPORT = re.compile(
    r" (?:scored (?:twice|the (?:winner|equali[sz]er|opener)|a (?:hat-trick|goal|penalty|brace)|in the \d|\d|two|three)"
    r"|netted|(?:won|took) (?:gold|silver|bronze)|was (?:sent off|substituted)|headed (?:in|home))\b"
)
_AGED = re.compile(r" \(aged? (?P<age>\d\d?)\)| \((?P<years>\d\d?)\)")
# Lower-case particles of other peoples' names; in other languages they are prepositions.
_PARTICLES = frozenset({"bin", "ibn", "de", "del", "della", "di", "da", "dos", "du", "van", "von", "ben"})
_LIVED = re.compile(
    r",? ?[(,] ?(?:born|b\.|née?|né en|geb\.|geboren|nacid[oa]|nat[oa]|ur\.|urodzon[ya]|род\.|родился|нар\.|\*)"
    r"[^)\d]{0,14}(?P<born>1\d\d\d)"
)
_LIFE = re.compile(r" \([^)\d]{0,12}(?P<born>1\d\d\d) ?[-\N{EN DASH}] ?[^)\d]{0,6}(?P<died>1\d\d\d|20\d\d)\)")
# Nobody born before is in the news for what they do.
_BORN_SINCE = 1925
_CHILDHOOD = 15  # years
_GROWN = 25  # below, hardly anybody holds an office of state
_OF = re.compile(r",? of (?:the )?(?P<word>[^\W\d_][\w'-]*)|(?<=family) from (?P<from>[^\W\d_][\w'-]*)")
_AFTER_HYPHEN = re.compile(r"-([^\W\d_]+)(?:'s)?(?: ([^\W\d_]+))?")
_BEFORE_HYPHEN = re.compile(r"([^\W\d_]+)-$")


def other_bearer(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """Whether the words around a person's name name somebody else, or something named after somebody."""
    return (
        _double_barrelled(match, context, names)
        or _generation(match, context)
        or _named_beside(match, context, names, bearer)
        or _described(match, context, names, bearer)
        or _cited(match, context, bearer)
        or (None if match.full else _belongs(match, context, names, bearer))
    )


def _double_barrelled(match: Match, context: Context, names: Borders) -> Verdict | None:
    """Whether a hyphen and another surname stand beside a name: another person."""
    verdict = Verdict("half of a double-barrelled name", other=True)
    german = context.language in {"de", "nl", "sv", "da", "nb", "no"}
    found = _AFTER_HYPHEN.match(context.text, match.end, match.end + 60)
    if found is not None and match.end + 1 not in names.starts:
        word, following = found.group(1), found.group(2) or ""
        capital = context.raw(match.end + 1, match.end + 2).isupper()
        if capital and (match.full or is_given(match.other) or match.other in cues().ladies):
            return None if is_given(word) and match.full else verdict
        allowed = word in cues().hyphened or following in cues().meetings or context.raw(*found.span(1)).isupper()
        if capital and not german and not allowed and not context.titled(match.start, match.end):
            return verdict
    before = context.text[max(0, match.start - 40) : match.start]
    left = _BEFORE_HYPHEN.search(before)
    if left is None or match.full or match.start - 1 in names.ends or german:
        return None
    start = match.start - 1 - len(left.group(1))
    if left.group(1) in cues().hyphened or not context.raw(start, start + 1).isupper():
        return None
    after = re.match(r"(?:'s)? ([^\W\d_]+)", context.after(match.end))
    meeting = after is not None and after.group(1) in cues().meetings
    return None if meeting or context.titled(match.start, match.end) else verdict


def _generation(match: Match, context: Context) -> Verdict | None:
    found = _GENERATION.match(context.after(match.end))
    if found is None:
        return None
    raw = context.raw(match.end, match.end + found.end())
    if raw.strip().islower() and not raw.startswith(" the") and not raw.startswith(","):
        return None if "i" in raw[:2] else Verdict("another generation of the family", other=True)
    roman = "ii" in found.group() or "iv" in found.group()
    return None if roman and not _ROMAN.match(raw) else Verdict("another generation of the family", other=True)


def _named_beside(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """Whether a given name, initials, a patronymic or a lady's title say that another is meant."""
    if match.full:
        return _further_given(match, context, names, bearer)
    word, known = match.other, cues()
    lady = word in known.ladies or f"{word}." in known.ladies
    if lady:
        return Verdict(f"{word!r} names a woman", other=True) if bearer.gender == "m" else None
    if not word:
        return None
    if word in _PARTICLES and context.language == "en":
        small = context.raw(match.start - len(word) - 1, match.start).islower()
        return Verdict(f"after the particle {word!r}", other=True) if small else None
    if is_initials(word) and not (word == "m." and context.language == "fr"):
        return Verdict(f"the initials {word!r} are not the bearer's", other=True)
    last = word.rpartition("-")[2]
    if (
        is_address(word)
        and not context.opens_line(match.start)
        and word not in bearer.titles
        and not context.before(match.start).endswith(f"of {word} ")
    ):
        return Verdict(f"{word!r} addresses another", other=True, soft=not bearer.titles)
    if is_calling(word):
        return None  # judged with what describes the bearer
    if word in known.roles or last in known.roles or word.endswith(("'s", "s'", *_ROLE_ENDS)) or not word[0].isalpha():
        return None
    start = match.start - len(word) - 1
    if not context.raw(start, start + len(word))[:1].isupper():
        lone = is_given(word) and not is_also_a_word(word) and context.raw(match.start, match.end).islower()
        return Verdict(f"after the given name {word!r}", other=True) if lone else None
    if is_given(word) and not is_also_a_verb(word):
        return Verdict(f"after the given name {word!r}", other=True)
    return _perhaps_given(match, context, names, word, start)


def _perhaps_given(match: Match, context: Context, names: Borders, word: str, start: int) -> Verdict | None:
    """Whether a capitalised word that no list has may be a given name."""
    first = context.sentence(match.start, match.end)[0]
    if first > start or context.opens_line(match.start):
        return None  # the word ends the sentence or the line before
    opens = not any(map(str.isalnum, context.text[first:start]))
    # In English few words open a sentence right before a surname; elsewhere any noun may.
    last = word.rpartition("-")[2]
    plain = context.language != "en" or _NO_NAME.search(word) or last in cues().openers
    if (opens and plain) or context.headline(match.start, match.end) or match.start - 1 in names.ends:
        return None
    return Verdict(f"after {word!r}, perhaps a given name", other=True)


def is_initials(word: str) -> bool:
    """Whether a folded word is made of initials with their points."""
    letters = word.replace(".", " ").replace("-", " ").split()
    return "." in word and all(len(letter) == 1 for letter in letters)


def _further_given(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """Whether a full name stands with another given name before it or another patronymic within."""
    if match.given is not None and bearer.middle:
        between = context.text[match.given[1] : match.family[0]].split()
        for word in between:
            if len(word) > 5 and not any(_skeleton(word) == _skeleton(own) for own in bearer.middle):
                return Verdict(f"the patronymic {word!r} is not the bearer's", other=True)
    before = re.search(r"([^\W\d_]{2,}) $", context.before(match.start))
    if before is None or match.start - 1 in names.ends:
        return None
    word = before.group(1)
    start = match.start - len(word) - 1
    sure = is_given(word) and not is_also_a_word(word) and not is_also_a_verb(word)
    if not sure or not context.raw(start, start + 1).isupper() or context.sentence(match.start, match.end)[0] > start:
        return None
    return Verdict(f"after the given name {word!r}", other=True)


def _skeleton(word: str) -> str:
    """The consonants of a patronymic, alike in all romanizations."""
    plain = word.replace("x", "ks").replace("g", "h").replace("w", "v").replace("tsch", "ch").replace("cz", "ch")
    return re.sub(r"[aeiouyjïëéíóáаеёиіїйоуюяєыьъ'’]", "", plain)


def _described(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """Whether a calling, a country or an age beside the name is not the bearer's."""
    after = context.after(match.end)
    if _NO_RELATION.match(after) or _SAME_NAME.search(context.before(match.start)):
        return Verdict("a namesake, as the text says", other=True)
    born = _ELSEWHERE_BORN.search(context.before(match.start))
    if born is not None and nation_of(born.group(1)) not in {"UA", *bearer.home}:
        start = match.start - len(born.group())
        if start not in names.starts and context.raw(start, start + 1).isupper():
            return Verdict(f"born elsewhere: {born.group().strip()!r}", other=True)
    if _PLAYED.match(after):
        return Verdict("a part in a play, or a practitioner", other=True)
    if _SPORT.match(after) and not bearer.titles & {"footballer", "player", "athlete"}:
        return Verdict("what the bearer does is another's calling", other=True)
    aged = _AGED.match(after)
    if aged is not None and int(aged["age"] or aged["years"]) < _GROWN:
        return Verdict("too young to be the bearer", other=True)
    apposition = _APPOSITION.match(after)
    if apposition is not None and not _lists(context, match, apposition):
        description = describe(apposition["phrase"])
        if apposition["age"]:
            description = description._replace(age=int(apposition["age"]))
        reason = _conflict(description, bearer, match.full, apposed=True)
        if reason:
            return Verdict(reason, other=True)
    if _ACTIVITY.match(after) and not bearer.titles:
        being = after.startswith(", who is")
        if not being or _conflict(describe(after[9:60]), bearer, match.full, apposed=True):
            return Verdict("what the bearer does is another's calling", other=True)
    words = _WORDS_BEFORE.search(context.before(match.start))
    if words is None or words.group() == "the " or context.opens_line(match.start):
        return None
    phrase_before = _PREPOSITION.sub("", words.group()).strip()
    last = phrase_before.rpartition(" ")[2]
    found = describe(phrase_before.removeprefix("the "))
    adjective = context.language != "en" and found.calling and nation_of(last)
    if is_calling(last) or adjective or found.age or (last == "dr." and "prof" in found.private):
        reason = _conflict(found, bearer, match.full, apposed=False)
        if reason:
            return Verdict(reason, other=True, soft=not bearer.titles and not found.nations and not found.age)
    return None


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


def _cited(match: Match, context: Context, bearer: Bearer) -> Verdict | None:
    """Whether the name is that of an author in a reference, or of somebody of another age."""
    after = context.after(match.end)
    if _CITED.match(after) or _SENTENCED.search(context.before(match.start)):
        return Verdict("cited as an author or a party", other=True)
    raw = context.raw(match.end, match.end + len(after)) if after else ""
    if not match.full and _INVERTED.match(raw):
        return Verdict("inverted, as in a list of references", other=True)
    if _PARTY.match(raw) and "US" not in bearer.home:
        return Verdict("a party and a state follow", other=True)
    born = _LIVED.match(after) or _LIFE.match(after)
    if born is None or int(born["born"]) >= _BORN_SINCE:
        life = born.groupdict().get("died") if born else None
        if born is None or life is None or int(life) - int(born["born"]) < _CHILDHOOD:
            return None
    return Verdict(f"somebody born in {born['born']}", other=True)


def _belongs(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """Whether "of" and a place or an institution of another country follow a bare surname."""
    after = context.after(match.end)
    family = re.match(r" family(?= (?:of|from) )", after)
    shift = family.end() if family else 0
    found = _OF.match(after, shift)
    if found is None:
        return None
    word = found["word"] or found["from"]
    start = match.end + found.end() - len(word)
    nation = nation_of(word)
    state = any(title in cues().roles for title in context.before(match.start).rstrip().rsplit(" ", 2)[-2:])
    if nation:
        at_home = nation in (bearer.home or {"UA"})
        return None if at_home or state else Verdict(f"of {word!r}", other=True)
    capital = context.raw(start, start + 1).isupper()
    if not capital or start in names.starts or context.titled(match.start, match.end):
        return None
    return Verdict(f"of {word!r}", other=True)
