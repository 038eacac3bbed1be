"""Bearers: whether the words around a person's name speak of somebody else, or of a thing named after somebody.

In flow a match, its context and what the table knows of the bearer. Out flows a :class:`Verdict`, or None.
The names that stand beside a surname (given names, initials, patronymics) are looked at first, then what
describes the bearer (callings, countries, ages, years of life), then what is named after one.
"""

from __future__ import annotations

import re

from normalizer.names.context import Context
from normalizer.names.cues import cues
from normalizer.names.described import cited, described
from normalizer.names.descriptors import is_address, is_calling, nation_of
from normalizer.names.fold import CLOSING, OPENING
from normalizer.names.forenames import inverted, is_forename, is_word_in_doubt
from normalizer.names.given import is_also_a_verb, is_also_a_word, is_given
from normalizer.names.matcher import Match
from normalizer.names.phrases import phrase, words_of
from normalizer.names.predicates import predicated
from normalizer.names.verdict import Bearer, Borders, Verdict

_ROMAN = re.compile(r" (?:II|III|IV)\b")
_OF = re.compile(r",? of (?:the )?(?P<word>[^\W\d_][\w'-]*)|(?<=family) from (?P<from>[^\W\d_][\w'-]*)")
_AFTER_HYPHEN = re.compile(r"-([^\W\d_]+)(?:'s)?(?: ([^\W\d_]+))?")
_NICKNAME = re.compile(rf"([^\W\d_]+) [({OPENING}][^\W\d_]+[){CLOSING}] $")
_REFERENCE = re.compile(r"([^\W\d_]+)&(?:\w+|#\d+);$")
_ARTICLE = re.compile(r"\b(?:die|den) $")
_BEFORE_HYPHEN = re.compile(r"([^\W\d_]+)-$")


def other_bearer(match: Match, context: Context, names: Borders, bearer: Bearer) -> Verdict | None:
    """Whether the words around a person's name name somebody else, or something named after somebody."""
    return (
        _double_barrelled(match, context, names)
        or _generation(match, context)
        or inverted(match, context)
        or _named_beside(match, context, names, bearer)
        or described(match, context, names, bearer)
        or predicated(match, context, names, bearer)
        or cited(match, context, bearer)
        or (_hails(match, context, bearer) if match.full else _belongs(match, context, names, bearer))
    )


def _double_barrelled(match: Match, context: Context, names: Borders) -> Verdict | None:
    """Whether a hyphen and another surname stand beside a name: another person."""
    verdict = Verdict("half of a double-barrelled name", other=True)
    german = context.language in {"de", "nl", "sv", "da", "nb", "no"}
    found = _AFTER_HYPHEN.match(context.text, match.end, match.end + 60)
    after_name = context.text[match.start - 1 : match.start] == "-" and match.start - 1 in names.ends
    paired = after_name or (found is not None and match.end + 1 in names.starts)
    if paired and phrase("one_who").match(context.after(match.end)):
        return verdict  # two surnames of the table, and what one bearer does
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
    found = phrase("generations").match(context.after(match.end))
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
    other = _joined(match, context)
    if other is not None:
        return other
    before = context.before(match.start)
    if phrase("somebody").search(before) or phrase("in_fiction").search(before) or phrase("trade_heads").search(before):
        return Verdict("somebody of that name, as the text says", other=True)
    lady = word in known.ladies or f"{word}." in known.ladies
    if lady:
        return Verdict(f"{word!r} names a woman", other=True) if bearer.gender == "m" else None
    if word in known.gentlemen and bearer.gender == "f":
        return Verdict(f"{word!r} names a man", other=True)
    if not word:
        return None
    if word in words_of("particles") and context.language == "en":
        small = context.raw(match.start - len(word) - 1, match.start).islower()
        return Verdict(f"after the particle {word!r}", other=True) if small else None
    if is_initials(word) and not (word == "m." and context.language == "fr"):
        return Verdict(f"the initials {word!r} are not the bearer's", other=True)
    # Initials may stand between: Igor D. Zelensky.
    start = max(0, context.text.rfind(word, 0, match.start))
    doubt = is_word_in_doubt(word)
    if doubt and is_forename(word, start, match, context):
        return Verdict(f"after the given name {word!r}", other=True)
    last = word.rpartition("-")[2]
    if _addressed(match, context, word) and word not in bearer.titles:
        return Verdict(f"{word!r} addresses another", other=True, soft=not bearer.titles)
    if is_calling(word) or is_calling(last) or last == "born":
        return None  # judged with what describes the bearer
    if (
        not known.roles.isdisjoint({word, last, word.removesuffix("s")})
        or phrase("role_ends").search(word)
        or not word[0].isalpha()
    ):
        return None
    if not context.raw(start, start + len(word))[:1].isupper():
        lone = is_given(word) and not is_also_a_word(word) and context.raw(match.start, match.end).islower()
        return Verdict(f"after the given name {word!r}", other=True) if lone else None
    if is_given(word) and not doubt:
        return Verdict(f"after the given name {word!r}", other=True)
    return _perhaps_given(match, context, names, word, start)


def _joined(match: Match, context: Context) -> Verdict | None:
    """What stands before a surname without a plain blank between: a nickname, a character reference, an article."""
    before = context.before(match.start)
    nickname = _NICKNAME.search(before)
    if nickname is not None and is_given(nickname.group(1)) and nickname.group(1) not in match.entity.given:
        return Verdict(f"after the given name {nickname.group(1)!r}", other=True)
    reference = _REFERENCE.search(before)
    if reference is not None and is_given(reference.group(1)):
        return Verdict("after a character reference, half of a name")
    if context.language == "de" and match.genitive and _ARTICLE.search(before):
        return Verdict("a family of that name")
    article = before.rstrip().rpartition(" ")[2]
    if article in words_of("family_articles", context.language) and not match.full:
        return Verdict("a family of that name")
    return None


def _addressed(match: Match, context: Context, word: str) -> bool:
    """Whether ``word`` before the surname addresses its bearer: Father, Justice, but not Minister of Justice."""
    if not is_address(word) or context.opens_line(match.start):
        return False
    return not context.before(match.start).endswith(f"of {word} ")


def _perhaps_given(match: Match, context: Context, names: Borders, word: str, start: int) -> Verdict | None:
    """Whether a capitalised word that no list has may be a given name."""
    first = context.sentence(match.start, match.end)[0]
    if first > start or context.opens_line(match.start):
        return None  # the word ends the sentence or the line before
    if phrase("placed").search(context.before(start)):
        return None  # "In Berlin Zelensky met Scholz."
    if word == "street" and phrase("in_street").search(context.before(start)):
        return None  # "In Downing Street Zelensky met"
    if context.language == "de" and phrase("articles").search(context.before(start)):
        return None  # "der Abgeordnete Zelensky"
    opens = not any(map(str.isalnum, context.text[first:start]))
    # In English few words open a sentence right before a surname; elsewhere any noun may.
    last = word.rpartition("-")[2]
    plain = context.language != "en" or phrase("openers_end").search(word) or last in cues().openers
    if (opens and plain) or context.unstopped(match.start, match.end) or match.start - 1 in names.ends:
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


def _hails(match: Match, context: Context, bearer: Bearer) -> Verdict | None:
    """Whether a calling stands before a full name, and "of" and another country after it: boxer X of Canada."""
    found = _OF.match(context.after(match.end))
    led = context.before(match.start).rsplit(" ", 2)[-2:-1]
    if found is None or not led or not is_calling(led[0]):
        return None
    nation = nation_of(found["word"] or "")
    return Verdict(f"of {found['word']!r}", other=True) if nation and nation not in (bearer.home or {"UA"}) else None


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
    words = context.before(match.start).rsplit(" ", 3)[-3:-1]
    state = any(title in cues().roles for title in words)
    led = words[-1] if words else ""
    opens = not any(map(str.isalnum, context.text[context.sentence(match.start, match.end)[0] : match.start]))
    if not (opens or family or led in cues().titled or is_calling(led)):
        return None  # "accuses Zelensky of Nazism"
    if nation:
        at_home = nation in (bearer.home or {"UA"})
        return None if at_home or state else Verdict(f"of {word!r}", other=True)
    capital = context.raw(start, start + 1).isupper()
    if cues().elsewhere.fullmatch(f", {word}"):
        return Verdict(f"of {word!r}", other=True)
    if not capital or start in names.starts or context.titled(match.start, match.end):
        return None
    return Verdict(f"of {word!r}", other=True)
