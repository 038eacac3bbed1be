"""Russian names of Ukrainian places by rule: Горлівка, Горловка; Широке, Широкое.

In flows a Ukrainian name. Out flow the names that Russian is likely to have for it: endings, stems, beginnings and
whole words are put into their Russian counterparts, and an unstressed о may be а.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from place_spellings import cased, pieces


def _pairs(table: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The entries of a table written as ``Ukrainian=Russian/another``."""
    entries = (entry.split("=") for entry in table.split())
    return tuple((ukrainian, tuple(russian.split("/"))) for ukrainian, russian in entries)


# How Russian names Ukrainian places: endings, stems and starts of words, whole words.
RUSSIAN_ENDINGS = _pairs(
    """
    івка=овка/евка ївка=евка івці=овцы ївці=евцы івськ=овск ївськ=евск ове=ово/овое еве=ево/евое/ёвое єве=ево
    ине=ино іне=ино їне=ино ське=ское цьке=цкое ській=ский ський=ский цький=цкий ська=ская/ска
    цька=цкая ові=овые ів=ов/ев їв=ев
    ичі=ичи ці=цы ня=ня не=ное ле=лое те=тое ре=рое ке=кое че=чее/че ний=ный тий=тый лий=лый кий=кий ьо=ё иця=ица
    ище=ище ин=ин ень=ень піль=поль ель=ель иль=иль/ыль ий=ый ні=ные/ни на=на/ная ва=ва/вая ла=ла/лая
    """
)
RUSSIAN_STEMS = _pairs("ськ=ск цьк=цк зьк=зк ґ=г є=е йо=ё ьо=ё '=ъ ’=ъ")
RUSSIAN_WORDS = {
    ukrainian: russian[0]
    for ukrainian, russian in _pairs(
        """
        нова=новая нове=новое новий=новый нові=новые стара=старая старе=старое старий=старый старі=старые
        велика=великая велике=великое великий=великий великі=великие мала=малая мале=малое малий=малый малі=малые
        верхня=верхняя верхнє=верхнее верхній=верхний верхні=верхние нижня=нижняя нижнє=нижнее нижній=нижний
        нижні=нижние біла=белая біле=белое чорна=чёрная чорний=чёрный червона=красная красна=красная красне=красное
        красний=красный криве=кривое кривий=кривой жовті=жёлтые золоте=золотое золотий=золотой широке=широкое
        довге=долгое станиця=станица озеро=озеро води=воды ріг=рог круглик=круглик
        рокитне=ракитное комишуваха=камышеваха щастя=счастье іларіонове=илларионово немішаєве=немешаево помічна=помошная
        """
    )
}
RUSSIAN_STARTS = _pairs(
    """
    миколаї=николае олександр=александр олексі=алексе андрі=андре костянтин=константин катерин=екатерин
    володимир=владимир павлі=павло петрі=петро степані=степано семен=семён білго=белго біло=бело біл=бел дніпр=днепр
    під=под від=от ніж=неж чорно=черно зелен=зелён слов'ян=славян слов’ян=славян сєвєро=северо
    вишнев=вишнёв шахтар=шахтёр
    сіверо=северо новомикола=новоникола світ=свет сніг=снег ліс=лес хрест=крест мик=ник
    """
)


def russian_names(name: str) -> set[str]:
    """Likely Russian names of a Ukrainian place, by rule: Горлівка, Горловка; Широке, Широкое."""
    choices = [_russian_word(word) if word not in " -" else {word} for word in _pieces_kept(name)]
    return {"".join(parts) for parts in product(*choices)}


def _pieces_kept(name: str) -> Iterator[str]:
    yield from pieces(name.replace("'", "ъ").replace("’", "ъ").replace("ʼ", "ъ"))


def _russian_word(word: str) -> set[str]:
    low = word.lower()
    if low in RUSSIAN_WORDS:
        return {cased(word, RUSSIAN_WORDS[low])}
    stems = {(low, "")}
    for ending, russian in RUSSIAN_ENDINGS:
        if low.endswith(ending) and len(low) > len(ending):
            stems = {(low[: -len(ending)], tail) for tail in russian}
            break
    return {cased(word, start + tail) for stem, tail in stems for start in _russian_stems(stem)}


def _russian_stems(stem: str) -> set[str]:
    for start, russian in RUSSIAN_STARTS:
        if stem.startswith(start):
            stem = russian[0] + stem[len(start) :]
            break
    for old, new in RUSSIAN_STEMS:
        stem = stem.replace(old, new[0])
    plain = stem.replace("ї", "и")
    return {plain.replace("и", y).replace("і", i) for y in ("и", "ы") for i in ("и", "е", "о")}
