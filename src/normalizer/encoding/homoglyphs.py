"""Look-alike letters: a Latin letter in a Cyrillic word and the reverse.

In flows a text, out flow edits of ``encoding.homoglyph``, one for each run of wrong letters. A word is
repaired only when every letter of one script in it has a twin in the other and the rest of the word
settles which script is meant. Real mixtures stay: ``VIPи``, ``XXго``, ``iPhoneа``, ``IT-компанія``. So does
the habit of writers whose keyboard lacks a letter: a text that writes Latin ``i`` or ``j`` all through.
"""

from __future__ import annotations

import re
from itertools import islice

from normalizer.edits import Edit, edit

RULE = "encoding.homoglyph"

_LATIN = "ABCEHIJKMOPSTXYaceijopsxyhÏïËë"
_CYRILLIC = "АВСЕНІЈКМОРЅТХУасеіјорѕхуһЇїЁё"
TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True))
TO_LATIN = dict(zip(_CYRILLIC, _LATIN, strict=True))

_L, _C = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f", "\u0400-\u052f"
_MIXED = re.compile(f"(?=[{_L}]+[{_C}]|[{_C}]+[{_L}])[{_L}{_C}]+")
_WORD = re.compile(f"[{_L}{_C}]+")
_LATIN_RUN, _CYRILLIC_RUN = re.compile(f"[{_L}]+"), re.compile(f"[{_C}]+")
_BORDER = re.compile(f"[{_L}][{_C}]|[{_C}][{_L}]")
_LETTER = re.compile(f"(?P<latin>[{_L}])|(?P<cyrillic>[{_C}])")

# Endings that Cyrillic text hangs on Latin names and numerals: "iPhoneа", "XXго", "Iй".
_ENDING = re.compile(
    "(?:а|у|е|и|і|о|ю|я|й|ы|х|ого|го|ому|му|ою|ой|ом|ем|ам|ам[иі]|ах|ов|ів|ий|ый|им|ым|их|ых|ая|ое|ої|ій|ми)"
)
_NUMERAL = re.compile("[IXCMVLD]+")
_BRAND = re.compile(f"[A-Z]{{3,}}[{_C}]")  # capitals that end in a Cyrillic one: more often meant than mistaken
_CAMEL, _TITLE = re.compile("[A-Z][a-z]+[A-Z][A-Za-z]*"), re.compile("[A-Z][a-z]{3,}")  # brands: "TikTokер"
_TAIL = 5  # letters of an ending, with what makes a noun of the brand
_NUMERAL_OF_BOTH = re.compile("[IXCMVLDІХСМ]+")
# Letters that many Cyrillic keyboards lack; a text that mostly takes them from the Latin one stays.
_KEYBOARD = ("iI", "jJ")
_RUNNING = 3  # words: a name or a phrase of fewer is too short to show a habit
_NEIGHBOURHOOD = 200  # code points on each side that settle the script of a word of twins only


def in_cyrillic(word: str) -> str:
    """A word with the twins of its Latin letters, if nearly all of it is Cyrillic and these have twins."""
    latin = re.findall("[A-Za-z]", word)
    if not latin or 2 * len(latin) >= len(word) or not TO_CYRILLIC.keys() >= set(latin):
        return word
    cyrillic = sum(len(run) for run in _CYRILLIC_RUN.findall(word))
    return word if cyrillic <= 2 * len(latin) else "".join(TO_CYRILLIC.get(letter, letter) for letter in word)


def homoglyph_edits(text: str) -> list[Edit]:
    """Edits that give each mixed-script word back its one script."""
    if text.isascii() or not _BORDER.search(text):
        return []
    judged = [(match, _script_meant(text, match)) for match in _MIXED.finditer(text)]
    habits = _habits(text, [match.group() for match, script in judged if script == "cyrillic"])
    habits |= _foreign(text)
    to_cyrillic = {letter: twin for letter, twin in TO_CYRILLIC.items() if letter not in habits}
    found: list[Edit] = []
    for match, script in judged:
        if script == "cyrillic" and habits.isdisjoint(match.group()):  # else the word would stay mixed
            found += _replace(text, match, to_cyrillic, "Latin letter in a Cyrillic word")
        elif script == "latin":
            found += _replace(text, match, TO_LATIN, "Cyrillic letter in a Latin word")
    return found


def _foreign(text: str) -> set[str]:
    """Latin letters whose twins the alphabet of this text lacks, as far as its other letters tell."""
    return {
        letter
        for letters, (needed, pattern) in _ALPHABETS.items()
        if bool(pattern.search(text)) != needed
        for letter in letters
    }


# Twins of few alphabets stand in if a letter of those is there; У looks no more like Y than Ү does, where there is one.
_ALPHABETS = {
    "Ss": (True, re.compile("[ѓѕќљњџЃЅЌЉЊЏ]")),
    "Jj": (True, re.compile("[ђјљњћџѓќЂЈЉЊЋЏЃЌ]")),
    "h": (True, re.compile("[\u0492\u0493\u049a\u049b\u04a2\u04a3\u04ae-\u04b1\u04ba\u04bb\u04d8\u04d9\u04e8\u04e9]")),
    "Yy": (False, re.compile("[\u04ae-\u04b1]")),
}


def _habits(text: str, words: list[str]) -> set[str]:
    """Letters that the writer takes from the Latin keyboard more often than not."""
    found: set[str] = set()
    if sum(1 for _ in islice(_WORD.finditer(text), _RUNNING)) < _RUNNING:
        return found
    mixed = "".join(words)
    for letters in _KEYBOARD:
        twins = "".join(TO_CYRILLIC[letter] for letter in letters)
        if _count(mixed, letters) > _count(text, twins):
            found.update(letters)
    return found


def _count(text: str, letters: str) -> int:
    return sum(map(text.count, letters))


def _replace(text: str, match: re.Match[str], twins: dict[str, str], why: str) -> list[Edit]:
    found: list[Edit] = []
    position, end = match.span()
    while position < end:
        start = position
        while position < end and text[position] in twins:
            position += 1
        if position > start:
            found.append(
                edit(text, start, position, "".join(twins[letter] for letter in text[start:position]), RULE, why)
            )
        position += 1
    return found


_RAISED = re.compile(f"[a-zß-öø-ÿ][АВСЕНКМОРТХ](?=[a-zß-öø-ÿ])|[а-яѐ-џ][{_L}](?<=[A-Z])(?=[а-яѐ-џ])")


def _script_meant(text: str, match: re.Match[str]) -> str:
    """``cyrillic``, ``latin``, or nothing where the mixture may be meant."""
    word = match.group()
    latin = [letter for letter in word if _LATIN_RUN.match(letter)]
    cyrillic = [letter for letter in word if _CYRILLIC_RUN.match(letter)]
    if _CODE.search(_piece(text, match)) or (len(word) < 3 and _script_around(text, match, itself=False) == ""):
        return ""
    if "\ufffd" in text[max(0, match.start() - 1) : match.end() + 1]:  # half a word says nothing
        return ""
    if set(latin) <= {"è", "È"}:  # the stress mark of Macedonian and Bulgarian, typed with the Latin letter
        return ""
    to_cyrillic, to_latin = all(a in TO_CYRILLIC for a in latin), all(a in TO_LATIN for a in cyrillic)
    if (_beside_digit(text, match) and len(word) < 4) or not (to_cyrillic or to_latin) or _is_real_mixture(text, match):
        return ""
    if _RAISED.search(word):  # a capital among small letters is no look-alike of what stood there
        return ""
    if to_cyrillic != to_latin:
        return "cyrillic" if to_cyrillic else "latin"
    return _script_around(text, match)


def _piece(text: str, match: re.Match[str]) -> str:
    """The word with what stands around it, up to spaces, as far as a line of code goes."""
    start, end = max(0, match.start() - _PIECE), match.end() + _PIECE
    return text[start : match.start()].rpartition(" ")[2] + match.group() + text[match.end() : end].partition(" ")[0]


_PIECE = 40  # code points
_CODE = re.compile(r"[%@_\[\]{}\\<>=$|^\u3400-\u9fff]")


def _beside_digit(text: str, match: re.Match[str]) -> bool:
    return text[match.start() - 1 : match.start()].isdigit() or text[match.end() : match.end() + 1].isdigit()


def _is_real_mixture(text: str, match: re.Match[str]) -> bool:
    """A Latin name, numeral or abbreviation with a Cyrillic ending, in Cyrillic text."""
    if _NUMERAL_OF_BOTH.fullmatch(match.group()) or _BRAND.fullmatch(match.group()):
        return True
    head = _LATIN_RUN.match(text, match.start(), match.end())
    if head is None:
        return False
    tail = _CYRILLIC_RUN.match(text, head.end(), match.end())
    if tail is None or tail.end() != match.end() or not tail.group().islower():
        return False
    if _NUMERAL.fullmatch(head.group()) and _ENDING.fullmatch(tail.group()):
        return True
    if len(head.group()) >= 2 and head.group().isupper():
        return True
    around = _script_around(text, match, itself=False)
    if _CAMEL.fullmatch(head.group()) and len(tail.group()) <= _TAIL:
        return around != "latin"
    if around == "" and _TITLE.fullmatch(head.group()) and _ENDING.fullmatch(tail.group()):
        return True  # nothing around says which script is meant
    name = len(head.group()) >= 3 and not all(letter in TO_CYRILLIC for letter in head.group())
    return name and bool(_ENDING.fullmatch(tail.group())) and around == "cyrillic"


def _script_around(text: str, match: re.Match[str], *, itself: bool = True) -> str:
    """The script of most letters near the word, with or without the word itself."""
    start, end = match.span()
    word = text[start:end] if itself else ""
    near = f"{text[max(0, start - _NEIGHBOURHOOD) : start]} {word} {text[end : end + _NEIGHBOURHOOD]}"
    latin = sum(len(run) for run in _LATIN_RUN.findall(near))
    cyrillic = sum(len(run) for run in _CYRILLIC_RUN.findall(near))
    if latin == cyrillic:
        return ""
    return "latin" if latin > cyrillic else "cyrillic"
