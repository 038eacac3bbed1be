"""Search keys: one stable ASCII key for matching, whatever the script, accents, case or typography.

In flows text. Out flow its words in ASCII, parted by single spaces. Case is folded except in acronyms, so that
``US`` and ``us`` stay apart. Nothing here depends on the words around a word, except for text in all capitals.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial

from normalizer.errors import ConfigError, NormalizerError

# Acronyms of two and three letters keep their capitals ("US", "IT" and "WHO" are words in small letters), and these of
# four, which are words or established; other words of four letters in capitals are names as often ("KYIV", "ROME").
# In a text of capitals only, capitals say nothing.
_ACRONYM = range(2, 4)
_LONGER_ACRONYMS = frozenset(["AIDS", "CARE", "NATO", "SALT", "SSHA", "STEM", "SWAT"])
_POSSESSIVE = re.compile(r"(?<![^\W_])([A-Z]{2,4})'s(?![^\W_])")
_LONG_WORD = 5  # a word of so many capitals is no acronym, but in a text of capitals

_CYRILLIC = re.compile(r"[\u0400-\u052f](?:[\u0400-\u052f'\u2019\u02bc]*[\u0400-\u052f])?")
# Scripts whose language is not in doubt: the letters, and the language whose default romanization serves.
_SCRIPTS = (
    (re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+"), "el"),
    (re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]+"), "ka"),
    (re.compile(r"[\u0530-\u058f]+"), "hy"),
)
_CYRILLIC_LANGUAGES = frozenset({"be", "bg", "kk", "mk", "mn", "ru", "sr", "uk"})
_STRESS = re.compile("(?<=[\u0400-\u052f])[\u0300\u0301]+")
# Endings and roots in which Ukrainian and Russian write one sound otherwise: Горбачов and Горбачёв, Чорний and Чёрный,
# Корольов and Королёв, Соловйов and Соловьёв.
_ENDING = "(?=в[а-яёіїєґ]{0,3}$)"
_SPELT_WITH_O = re.compile(
    f"(?<=[жчшщ])о{_ENDING}|(?<=^ч)о(?=рн)|(?<=[бвгджзклмнпрстфхцчшщ])[ьй]о{_ENDING}", re.IGNORECASE
)
_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u201b\u02b9-\u02bf\u1ffd\u2032\uff07]")
_ACCENT = re.compile("[\u00b4\u1ffd]")  # apostrophes that compatibility decomposition would take apart
# Format characters (category Cf) are not seen: soft hyphens, zero-width spaces and joiners, marks of direction.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
# "U.S." and "J.R.R.", "Ph.D." and "M.Sc.": capitals, and degrees.
_INITIALS = re.compile(
    r"(?<![^\W_])(?:[^\W\d_](?:\.[^\W\d_])+|(?:Ed|Ph|Th)\.D|[BDM]\.(?:Ed|Eng|Phil|Sc|Tech))(?![^\W_])(?:\.(?='))?"
)
# "U. S." and "J. R. R. Tolkien": capitals, each with its full stop.
_SPACED_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_]\.(?:[^\S\r\n][^\W\d_]\.)+")
_ONE_LETTER = re.compile(r"(?<![^\W_])[^\W\d_](?![^\W_])")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[A-Za-z0-9]+")


def search_key(text: str, language: str | None = None) -> str:
    """The key of ``text``: its ASCII words, parted by single spaces.

    ``language`` (an ISO 639-1 code) says how to romanize Cyrillic: ``search_key(t, "uk")`` is the key of
    ``romanize(t, "uk")``. Without it one folding serves all Cyrillic, in which the Ukrainian and the Russian
    spelling of a name meet where they differ in letters only (Зеленський and Зеленский). Greek, Georgian and
    Armenian are romanized by their own systems, other scripts by Unidecode, and marks are stripped.

    Keys are equal for canonically equivalent text, and whatever the form of apostrophes, quotation marks, spaces,
    hyphens and dashes; the key of a key is that key. ``U.S.``, ``U. S.`` and ``US`` have one key, ``us`` has another.
    Raises :class:`ConfigError` when ``language`` is no language code (``und`` is like none), and
    :class:`NormalizerError` for what is no text.
    """
    if not isinstance(text, str):
        raise NormalizerError(f"a key is made of a str, not of {type(text).__name__}: decode or convert it first")
    if language is not None:
        _check(language)
    text = _plain_text(text)
    words = _WORDS.findall(_ascii(text, language))
    if _all_capitals(text):
        return " ".join(words).lower()
    return " ".join(word if _is_acronym(word) else word.lower() for word in words)


def _check(language: str) -> None:
    from normalizer.language.codes import language_codes

    if not isinstance(language, str) or language not in language_codes():
        romanized = ", ".join(sorted({*_CYRILLIC_LANGUAGES, *(code for _, code in _SCRIPTS)}))
        raise ConfigError(
            f"{language!r} is no language code: the known ones are those of ISO 639-1, "
            f"of which {romanized} have romanizations of their own, and None where the language is not known"
        )


def _is_acronym(word: str) -> bool:
    return word.isupper() and word.isalpha() and (len(word) in _ACRONYM or word in _LONGER_ACRONYMS)


def _all_capitals(text: str) -> bool:
    """Whether the words are in capitals for another reason than that they are acronyms."""
    if any(map(str.islower, text)):
        return False
    return any(len(word) >= _LONG_WORD and word.isupper() for word in _LETTERS.findall(text))


def _plain_text(text: str) -> str:
    """``text`` composed, without what is not seen, its initials joined."""
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFKC", _ACCENT.sub("'", _UNSEEN.sub("", text))))
        text = _STRESS.sub("", text)
    text = _APOSTROPHES.sub("'", text)
    text = _SPACED_INITIALS.sub(_joined, _INITIALS.sub(_joined, text))
    return _ONE_LETTER.sub(_small, text)


def _joined(match: re.Match[str]) -> str:
    ends_word = match.group().endswith(".") and match.string[match.end() : match.end() + 1] != "'"
    return "".join(char for char in match.group() if char.isalpha()) + " " * ends_word


def _small(match: re.Match[str]) -> str:
    """A letter by itself is no acronym, though it may become several letters: Я, Щ, Æ."""
    return match.group().lower()


def _ascii(text: str, language: str | None) -> str:
    """``text`` in ASCII, case and word boundaries kept, without apostrophes and marks."""
    if not text.isascii():
        text = _CYRILLIC.sub(lambda match: _cyrillic(match.group(), language), text)
        for letters, code in _SCRIPTS:
            text = letters.sub(partial(_in_script, code), text)
        text = "".join(_plain(char) for char in unicodedata.normalize("NFKD", text))
    return _APOSTROPHES.sub("", _POSSESSIVE.sub(_owned, text))


def _owned(match: re.Match[str]) -> str:
    """An acronym in the possessive stays one, so that ``US's`` is not ``us's``: its ending is a word by itself."""
    return f"{match[1]} s" if _is_acronym(match[1]) else match.group()


def _cyrillic(word: str, language: str | None) -> str:
    if language in _CYRILLIC_LANGUAGES:
        return _romanized(word, language)
    return _SPELT_WITH_O.sub(_with_e, word).translate(_folding())


def _with_e(match: re.Match[str]) -> str:
    return "Е" if match.group()[-1].isupper() else "е"


def _in_script(language: str, match: re.Match[str]) -> str:
    return _romanized(match.group(), language)


def _romanized(word: str, language: str) -> str:
    from normalizer.names.romanize import romanize

    return "".join(char for char in romanize(word, language) if char.isalnum())


@cache
def _plain(char: str) -> str:
    """One decomposed character in ASCII: nothing for a mark, a space for what is no letter or digit."""
    if char.isascii() or _APOSTROPHES.match(char):
        return char
    if unicodedata.category(char).startswith("M"):
        return ""
    if not char.isalnum():
        return " "
    from unidecode import unidecode

    return unidecode(char)


# One folding of Cyrillic for when the language is unknown: that of ICAO Doc 9303, but that the letters in which
# Ukrainian and Russian spellings of one name differ (г ґ, е є э ё, и і ї й ы, and signs that are not heard) are one.
_FOLDED = (
    "а=a б=b в=v г=g ґ=g д=d е=e є=e ё=e э=e ж=zh з=z и=i і=i ї=i й=i ы=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u "
    "ф=f х=kh ц=ts ч=ch ш=sh щ=shch ь= ъ= ю=iu я=ia ў=u ђ=dj ѓ=gj ѕ=dz ј=j љ=lj њ=nj ћ=c ќ=kj џ=dz ә=a ғ=g қ=k "
    "ң=n ө=o ұ=u ү=u һ=h ѐ=e ѝ=i '= ’= ʼ="
)


@cache
def _folding() -> dict[int, str]:
    table: dict[int, str] = {}
    for pair in _FOLDED.split(" "):
        letter, _, latin = pair.partition("=")
        table[ord(letter)] = latin
        if letter.upper() != letter:
            table[ord(letter.upper())] = latin.upper()
    return table
