"""Spellings of Ukrainian and Russian place names in English text, right and wrong.

In flows a Cyrillic name. Out flow its official romanization and the spellings that the press makes of
it: other romanizations of the Ukrainian name, and romanizations of the Russian one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

VOWELS_LATIN = frozenset("aeiou")
VOWELS = frozenset("аеёиіїоуыэюяє")
APOSTROPHES = str.maketrans("", "", "'’ʼ`\u0301")

# Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010.
OFFICIAL_UK = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "y", "і": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "",
    "є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia",
}  # fmt: skip
OFFICIAL_UK_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

# BGN/PCGN 1947 as the English press simplifies it: no signs, one y for -ий and -ый.
PRESS_RU = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


def official_uk(name: str) -> str:
    """The English form of a Ukrainian name under the resolution of 2010."""
    return "".join(cased(word, _official_word(word.lower())) for word in pieces(name))


def _official_word(word: str) -> str:
    out = []
    for at, letter in enumerate(word):
        if letter == "г" and word[at - 1 : at] == "з":
            out.append("gh")
        elif at == 0 and letter in OFFICIAL_UK_INITIAL:
            out.append(OFFICIAL_UK_INITIAL[letter])
        else:
            out.append(OFFICIAL_UK.get(letter, letter))
    return "".join(out)


def press_ru(name: str) -> str:
    """The English form of a Russian name as the press writes it: Nizhny Tagil, Yekaterinburg, Orekhovo."""
    return "".join(cased(word, _press_word(word.lower())) for word in pieces(name))


def _press_word(word: str) -> str:
    stem, tail = (word[:-2], "y") if word.endswith(("ий", "ый")) else (word, "")
    out = []
    for at, letter in enumerate(stem):
        before = stem[at - 1 : at]
        if letter == "е" and (not before or before in VOWELS or before in "ьъй"):
            out.append("ye")
        elif letter == "ё" and before and before in "жчшщ":
            out.append("o")
        else:
            out.append(PRESS_RU.get(letter, letter))
    return "".join(out) + tail


def pieces(name: str) -> Iterator[str]:
    """Words and what stands between them, apostrophes and stress marks left out."""
    word = ""
    for letter in name.translate(APOSTROPHES):
        if letter in " -":
            yield word
            yield letter
            word = ""
        else:
            word += letter
    yield word


def cased(word: str, latin: str) -> str:
    if word.isupper() and len(word) > 1:
        return latin.upper()
    return latin[:1].upper() + latin[1:] if word[:1].isupper() else latin


def _spread(name: str, spell: dict[str, dict[str, tuple[str, ...]]], classes: dict[str, int]) -> set[str]:
    """Every spelling in which each class of letters is spelled in one consistent way."""
    present = {kind: count for kind, count in classes.items() if any(letter in spell[kind] for letter in name.lower())}
    out = set()
    for choice in product(*(range(count) for count in present.values())):
        chosen = dict(zip(present, choice, strict=True))
        out.add("".join(cased(word, _spelled(word.lower(), spell, chosen)) for word in pieces(name)))
    return out


def _spelled(word: str, spell: dict[str, dict[str, tuple[str, ...]]], chosen: dict[str, int]) -> str:
    out = []
    at = 0
    while at < len(word):
        ending = word[at:] if word[at:] in ENDINGS and at else ""
        if ending and "ending" in chosen:
            out.append(spell["ending"]["й"][chosen["ending"]])
            break
        out.append(_letter(word, at, spell, chosen))
        at += 1
    return "".join(out)


def _letter(word: str, at: int, spell: dict[str, dict[str, tuple[str, ...]]], chosen: dict[str, int]) -> str:
    letter = word[at]
    if at == 0 and "initial" in chosen and letter in spell["initial"]:
        return spell["initial"][letter][chosen["initial"]]
    for kind, which in chosen.items():
        if kind not in {"initial", "ending"} and letter in spell[kind]:
            return spell[kind][letter][which]
    return OFFICIAL_UK.get(letter, PRESS_RU.get(letter, letter))


FOREIGN = (("v", "w"), ("ks", "x"), ("Dnipr", "Dniepr"), ("shch", "sch"))
ENDINGS = frozenset({"ий", "ый", "ій"})
CLASSES_UK: dict[str, dict[str, tuple[str, ...]]] = {
    "g": {"г": ("h", "g")},
    "y": {"и": ("y", "i")},
    "kh": {"х": ("kh", "h")},
    "ts": {"ц": ("ts", "c")},
    "sht": {"щ": ("shch", "sch", "shh")},
    "soft": {"є": ("ie", "ye", "e"), "ю": ("iu", "yu", "u"), "я": ("ia", "ya", "a"), "ї": ("i", "yi", "i")},
    "glide": {"й": ("i", "y")},
    "initial": {"є": ("ye", "e"), "ї": ("yi", "i"), "й": ("y", "i"), "ю": ("yu", "iu"), "я": ("ya", "ia")},
    "ending": {"й": ("yi", "y", "yy", "iy", "i", "ii")},
}
COUNTS_UK = {"g": 2, "y": 2, "kh": 2, "ts": 2, "sht": 2, "soft": 3, "glide": 2, "initial": 2, "ending": 6}
CLASSES_RU: dict[str, dict[str, tuple[str, ...]]] = {
    "g": {"г": ("g",)},
    "y": {"и": ("i",)},
    "yery": {"ы": ("y", "i")},
    "kh": {"х": ("kh", "h")},
    "sht": {"щ": ("shch", "sch")},
    "yo": {"ё": ("yo", "e", "io", "o")},
    "soft": {"ю": ("yu", "iu", "u"), "я": ("ya", "ia", "a"), "й": ("y", "i", "j")},
    "initial": {"е": ("ye", "e"), "ю": ("yu", "iu"), "я": ("ya", "ia"), "й": ("y", "i"), "ё": ("yo", "e")},
    "ending": {"й": ("y", "iy", "yi", "i", "yy")},
}
COUNTS_RU = {"g": 1, "y": 1, "yery": 2, "kh": 2, "sht": 2, "yo": 4, "soft": 3, "initial": 2, "ending": 5}


def foreign_spellings(form: str) -> set[str]:
    """What German, Polish and old books make of an English spelling: Nadwirna, Nemiroff, Dnieprorudne."""
    found = {form.replace(old, new) for old, new in FOREIGN if old in form}
    if form.endswith(("iv", "ov", "ev")):
        found |= {form[:-2] + ending for ending in ("of", "off", "ow", "ew", "iw")}
    return found - {form}


def bgn_uk(name: str) -> str:
    """The BGN/PCGN 1965 form without signs, which GeoNames used for its own names: Zaporizhzhya, Kryvyy Rih."""
    soft = {"є": "ye", "ю": "yu", "я": "ya", "ї": "yi", "й": "y"}
    return "".join(
        cased(word, "".join(soft.get(letter, OFFICIAL_UK.get(letter, letter)) for letter in word.lower()))
        for word in pieces(name)
    )


def ukrainian_spellings(name: str) -> set[str]:
    """Romanizations of a Ukrainian name by other systems, and by none: Zaporizhzhya, Gorlivka, Kharkyv."""
    found = _spread(name, CLASSES_UK, COUNTS_UK)
    found |= {form.replace("iia", short) for form in found for short in ("ia", "iya", "ya") if "iia" in form}
    return found | _either_y(name)


def _either_y(name: str, most: int = 3) -> set[str]:
    """Names with two or three и, each spelled y or i by itself: Chihyrin."""
    form = official_uk(name)
    places = [at for at, letter in enumerate(form) if letter == "y" and form[at + 1 : at + 2] not in VOWELS_LATIN]
    if not 1 < len(places) <= most:
        return set()
    found = set()
    for choice in product("yi", repeat=len(places)):
        letters = list(form)
        for at, letter in zip(places, choice, strict=True):
            letters[at] = letter
        found.add("".join(letters))
    return found


def hybrid_spellings(ukrainian: str, russian: str) -> set[str]:
    """A Ukrainian stem with a Russian ending or the other way round: Kostiantinovka, Chernobaivka, Rakytne.

    Only mixtures in which vowels and consonants follow each other as in one of the two: no Rakytnne.
    """
    beats = {_beat(ukrainian), _beat(russian)}
    names = {russian}
    for kept, added in product(range(1, 5), repeat=2):
        mixed = {ukrainian[:-kept] + russian[-added:], russian[:-kept] + ukrainian[-added:]}
        names |= {name for name in mixed if _beat(name) in beats}
    found = set().union(*(_spread(name, CLASSES_UK, COUNTS_UK) | {press_ru(name)} for name in names))
    return found | {form.replace("Dnepr", "Dniepr") for form in found}


def _beat(name: str) -> str:
    """Vowels and consonants in their order; signs do not count."""
    return "".join("a" if letter in VOWELS else "b" for letter in name.lower() if letter not in "ьъ'’ʼ")


def russian_spellings(name: str) -> set[str]:
    """Romanizations of a Russian name: Gorlovka, Makeevka and Makeyevka, Krivoy Rog."""
    out = _spread(name, CLASSES_RU, COUNTS_RU)
    for form in (name, name.replace("ё", "е"), name.replace("ье", "ие")):
        out |= {_with_iot(form, iot) for iot in ("ye", "e")}
    out |= {form.replace("yye", "ye") for form in out}
    return out | {form.replace("Dnepr", "Dniepr") for form in out}


def mixed_spellings(ukrainian: str, russian: str, limit: int = 400) -> set[str]:
    """Names of several words, some Ukrainian and some Russian: Bilhorod-Dnestrovsky, Noviy Rozdol."""
    left, right = list(pieces(ukrainian)), list(pieces(russian))
    if len(left) < 2 or len(left) != len(right):
        return set()
    words = [
        sorted(ukrainian_spellings(one) | russian_spellings(other)) if one not in {" ", "-"} else [one]
        for one, other in zip(left, right, strict=True)
    ]
    count = 1
    for options in words:
        count *= len(options)
    return {"".join(parts) for parts in product(*words)} if count <= limit else set()


def _with_iot(name: str, iot: str) -> str:
    """The press form with one choice for е after a vowel: -oye or -oe."""
    return press_ru(name) if iot == "ye" else press_ru(name.replace("ое", "оэ").replace("ее", "еэ").replace("ие", "иэ"))
