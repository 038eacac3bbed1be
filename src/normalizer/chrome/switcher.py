"""Language switchers: a row or a column of language codes or of languages in their own names.

In flows one line, or the lines at the top. Out flows whether they are such a row. ``is it so`` is made
of codes too, hence a row must hold codes that are no words, or say by its case or signs that they are codes.
"""

from __future__ import annotations

from itertools import pairwise

from normalizer.chrome.lines import BULLETS, fold

# ISO 639-1 codes of languages in which news sites offer editions, and the country codes used for them.
_CODE_ROW = """
aa af am ar az be bg bn bs ca cs cy cz da de dk ee el en es et eu fa fi fil fr ga gb ge gr he hi hr hu hy id il in is it
iw ja jp ka kk km ko kr ky kz lo lt lv md mk ml mn mr ms mt my ne nl no or pa pl ps pt ro rs ru si sk sl so sq sr sv sw
ta te tg th tk tl tr ua uk ur us uz vi vn zh cn zu eng ukr rus deu ger fra fre spa esp ita por pol tur ara chi
укр рус англ рос бел анг ук ру eng. укр. рус. العربية
"""
_CODES = frozenset(_CODE_ROW.split())
# Of these, the ones that are no common word in the languages they name.
_TELLING_ROW = """
en uk ua ru fr pl pt tr ar zh cn gb cz bg ro hu sk sr hr lt lv et fa he ja jp ko kr vi kk uz az ka hy eng ukr rus deu
ger fra esp ita por pol tur ara укр рус ру англ
"""
_TELLING = frozenset(_TELLING_ROW.split())
_NAME_ROW = """
English|Українська|Русский|Русская версия|Українська версія|English version|Deutsch|Français|Español|Italiano|Português
Polski|Türkçe|العربية|中文|简体中文|繁體中文|日本語|한국어|Nederlands|Svenska|Norsk|Dansk|Suomi|Čeština|Slovenčina|Magyar
Română|Български|Српски|Srpski|Hrvatski|Bosanski|Slovenščina|Ελληνικά|עברית|فارسی|हिन्दी|বাংলা|Tiếng Việt
Bahasa Indonesia|Bahasa Melayu|ไทย|Беларуская|Қазақша|Казакша|O'zbek|Azərbaycan|ქართული|Հայերեն|Lietuvių|Latviešu
Eesti|Македонски|Shqip|Català|Euskara|Galego|Українською|По-русски|На русском|In English|Українською мовою|Кыргызча
Тоҷикӣ|Türkmen|Kiswahili|Filipino|اردو|Русский язык|عربي|عربى|简体|繁體|繁体|繁中|简中|中文网|日文|英文|Arabic|Chinese
Українська мова|Беларуская мова|Lingua italiana|Kurdî|کوردی|پښتو|Oʻzbekcha|Монгол|Íslenska|Gaeilge|Cymraeg|Afrikaans
isiZulu|Hausa|Soomaali|አማርኛ|தமிழ்|తెలుగు|മലയാളം|ਪੰਜਾਬੀ|मराठी|नेपाली|සිංහල|မြန်မာ|ខ្មែร|Eng|Укр|Рус
"""
_NAMES = frozenset(fold(name) for row in _NAME_ROW.split("\n") for name in row.split("|") if name)
_SPLIT = str.maketrans(dict.fromkeys("|/·•,;:[]()<>→▼▾", "\n"))


_FIRST = frozenset(name.split()[0] for name in _NAMES)
_EDGES = "|/·•,;:[]()<>▼▾"
_AROUND = BULLETS + _EDGES + " \u00a0\t"


def may_begin_switcher(word: str) -> bool:
    """Whether a row of languages may begin with the folded ``word``; cheap."""
    bare = word.strip(_EDGES)
    return bare in _CODES or bare in _FIRST or "/" in word or "|" in word


def may_be_switcher(folded: str) -> bool:
    """Whether a folded line starts as a row of languages does; cheap."""
    words = folded.split(None, 2)
    if len(words) > 1 and words[0].strip(_EDGES) in _CODES:
        return words[1].strip(_EDGES) in _CODES or not words[1].strip(_EDGES)
    return bool(words) and (words[0].strip(_EDGES) in _FIRST or "/" in words[0] or "|" in words[0])


def is_language_switcher(line: str) -> bool:
    """Whether ``line`` is a row of two or more languages to choose from, and nothing else."""
    if not 4 <= len(line) <= _ROW:
        return False
    pieces = [piece.strip(" -–—\u00a0\t") for piece in line.translate(_SPLIT).split("\n")]
    pieces = [piece for piece in pieces if piece]
    names = [piece for piece in pieces if fold(piece) in _NAMES]
    if len(names) >= 2 and len({fold(name) for name in names}) == len(names) == len(pieces):
        return True
    return _is_code_row(pieces) or _is_name_row(line)


def _is_code_row(pieces: list[str]) -> bool:
    words = [word for piece in pieces for word in piece.split()]
    codes = [fold(word) for word in words]
    if not 2 <= len(codes) <= 30 or len(set(codes)) != len(codes) or not all(code in _CODES for code in codes):
        return False
    telling = sum(code in _TELLING for code in codes)
    marked = len(pieces) == len(words) or all(word.isupper() for word in words)
    return telling >= (1 if marked else 2)


def is_pair(line: str) -> bool:
    """Whether ``line`` is a pair of codes that may be words of one language too: ``en es``, ``de en``."""
    return len(line) <= _PAIR and frozenset(fold(line).split()) in _PAIRS


# A row of languages is no longer than this; splitting a long line into words takes ten bytes a character.
_ROW = 200
# A pair of codes is shorter still.
_PAIR = 20
_PAIRS = frozenset(frozenset({"en", other}) for other in ("es", "de", "it"))


def is_language(folded: str) -> bool:
    """Whether a folded line is the code or the name of one language."""
    bare = folded.strip(_AROUND)
    return bare in _CODES or bare in _NAMES


def are_languages(lines: list[str]) -> bool:
    """Whether lines that each name a language differ, and enough of them are no words, as their case may say."""
    names = [fold(line).strip(_AROUND) for line in lines]
    telling = sum(name in _TELLING or name in _NAMES for name in names)
    return len(names) >= 2 and len(set(names)) == len(names) and telling >= (1 if "".join(lines).isupper() else 2)


# No name of a language is longer, the marks around it included.
_LONGEST = 60
# A column of languages stands above the story, among its first lines.
COLUMN = 12


def has_column(heads: list[str]) -> bool:
    """Whether two of the first lines, one below the other, name a language each; cheap."""
    short = [head if len(head) <= _LONGEST else "" for head in heads[:COLUMN]]
    return any(first and second and is_language(first) and is_language(second) for first, second in pairwise(short))


def _is_name_row(line: str) -> bool:
    """Names of languages with nothing but spaces between them."""
    words = [fold(word) for word in line.split()]
    return 2 <= len(words) <= 30 and len(set(words)) == len(words) and all(word in _NAMES for word in words)
