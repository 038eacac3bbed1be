"""Build src/normalizer/data/names/spellings.jsonl: how the press spells what core.jsonl names.

    python tools/build_spellings.py [--check]

In flow the Ukrainian, Russian and Belarusian forms of core.jsonl, and the practices of press_spellings.toml.
Out flow partial records with the spellings of the given and the family names of people, and of places, that
core.jsonl does not list itself. What is spelled by rule alone is an alias only with evidence (the full name,
a title, the country), unless the curated aliases say that the surname points to one person.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from built_table import NAMES, Record, core, family_of, line, parser, surface, write_or_check
from press_spellings import (
    CEDILLA,
    czech_women,
    foreign,
    is_alone,
    is_common,
    is_doubtful,
    is_namesake,
    is_word,
    plain,
    spellings,
    usual,
)

from normalizer.names.entity import split_name
from normalizer.names.fold import fold
from normalizer.names.given import spellings_of

# The press in Latin letters whose practices are known, and languages that spell each other's names by ear.
PRESS = ("en", "de", "fr", "es", "pl", "it", "pt", "tr", "cs", "ro")
NATIVE = ("uk", "ru", "be")
REGION = ("UA", "RU", "BY")
SPELLING = (*PRESS, "uk", "ru")
SHORTEST = 4  # letters: "Kim", "Lee" and what rules make of names so short are everybody's
LETTERS = 5  # of a surname in Cyrillic letters that editors may also write otherwise
POINTING = 6  # letters from which a spelling by rule may stand for a person without more evidence
HISTORY = {
    "geonames:713174": "Артемівськ Артёмовск",
    "geonames:704422": "Красноармійськ Красноармейск",
    "geonames:709930": "Дніпропетровськ Днепропетровск",
    "geonames:709354": "Дзержинськ Дзержинск",
    "geonames:710035": "Димитров Димитров",
    "geonames:705812": "Кіровоград Кировоград",
    "geonames:709932": "Дніпродзержинськ Днепродзержинск",
    "geonames:702658": "Ворошиловград Ворошиловград",
    "geonames:707471": "Станіслав Станислав",
}
CYRILLIC = re.compile("[а-яґєії]", re.IGNORECASE)
STRESSED = re.compile("[áéíóúêô]", re.IGNORECASE)
# Given names that are not in given.json, with surnames of these endings, are of the region too.
SLAVIC = re.compile(r"(?:[оеєёи]в|[иії]н|ий|ый|ой|ко|[уюяиї]к|[ие]ч|[оеє]ва|[иії]на|[сц]ька|ая|[её]ц|ець|л[оа])$")


@cache
def spelled(name: str, target: str, source: str) -> frozenset[str]:
    """The spellings of a name; of several words only one departs from the usual at a time."""
    words = name.split()
    if len(words) == 1:
        return frozenset(spellings(name, target, source))
    standard = [usual(word, target, source) for word in words]
    return frozenset(
        " ".join([*standard[:at], form, *standard[at + 1 :]])
        for at, word in enumerate(words)
        for form in spellings(word, target, source)
    )


def natives(record: Record) -> dict[str, str]:
    """The Cyrillic forms of a record by language."""
    return {code: record["canonical"][code] for code in NATIVE if code in record["canonical"]}


def families(record: Record) -> dict[str, str]:
    """The Cyrillic family names of a person by language."""
    return {code: family_of(record, code) for code in natives(record)}


def is_of_the_region(record: Record) -> bool:
    """Whether a person's name is at home in Cyrillic, and the English one spells it: Lavrov, Klitschko, not Witkoff."""
    english = plain(family_of(record, "en")).lower()
    cyrillic = families(record)
    if not any(english in _plain_spellings(name, code) for code, name in cyrillic.items()):
        return False
    given = (fold(split_name(record["canonical"][code], name)) for code, name in cyrillic.items())
    return any(len(spellings_of(name)) > 1 for name in given) or any(map(SLAVIC.search, cyrillic.values()))


def _plain_spellings(name: str, source: str) -> set[str]:
    return {plain(form).lower() for target in ("en", "de") for form in spelled(name, target, source)}


def family_spellings(record: Record) -> set[str]:
    """The family name in all practices; Czech adds the forms of women."""
    cyrillic = families(record).items()
    found = {form for code, name in cyrillic for target in SPELLING for form in spelled(name, target, code)}
    if record.get("gender") == "f" and family_of(record, "cs").endswith(("á", "ová")):
        found |= {form for code, name in cyrillic for form in czech_women(name, code)}
    return found


def given_spellings(record: Record) -> list[str]:
    """Spellings of a person's given name that neither the record nor the groups of given.json have."""
    own = {code: split_name(name, family_of(record, code)) for code, name in record["canonical"].items()}
    cyrillic = {code: name for code, name in own.items() if code in NATIVE and name and " " not in name}
    kept = record.get("given_kept", ())
    kept = [name for names in kept.values() for name in names] if isinstance(kept, dict) else kept
    known = {fold(name) for name in (*record.get("given", ()), *kept)}
    for name in own.values():
        known |= spellings_of(fold(name))
    found = {form for code, name in cyrillic.items() for target in SPELLING for form in spelled(name, target, code)}
    return sorted({fold(form): form for form in sorted(found) if fold(form) not in known}.values())


@cache
def inflected() -> frozenset[str]:
    """The folded case forms of all records: Енакиеве is a case of Енакиево, and no misspelling of Єнакієве."""
    lines = (NAMES / "forms.jsonl").read_text(encoding="utf-8").splitlines()
    by_language = [json.loads(entry)["forms"] for entry in lines]
    return frozenset(fold(form) for forms in by_language for listed in forms.values() for form in listed)


def listed(record: Record) -> set[str]:
    """The folded spellings that are taken: the record's own aliases and derived forms, and all case forms."""
    derived = (form for forms in record.get("derived", {}).values() for form in forms)
    return {fold(surface(alias)) for alias in record.get("aliases", ())} | set(map(fold, derived)) | inflected()


def settled(record: Record) -> dict[str, set[str]]:
    """The languages for which the record's own aliases settle a spelling; those without languages settle it for all."""
    found: dict[str, set[str]] = {}
    for alias in record.get("aliases", ()):
        languages = alias.get("lang", ()) if isinstance(alias, dict) else ()
        found.setdefault(fold(surface(alias)), set()).update(languages or SPELLING)
    return found


def uses(record: Record) -> set[str]:
    """How the curated aliases of a record are used."""
    aliases = record.get("aliases", ())
    return {alias.get("use", "guarded") if isinstance(alias, dict) else "guarded" for alias in aliases}


def elsewhere(own: dict[str, str], form: str) -> list[str]:
    """The languages of the press that write a name otherwise than ``form``, the form of another language."""
    return [code for code in PRESS if code in own and fold(own[code]) != fold(form)]


def sure_by_itself(form: str) -> bool:
    """Whether a spelling by rule is long enough to point to one bearer, no case form, without stress and no word."""
    plainly = not CYRILLIC.search(form) and not STRESSED.search(form)
    return plainly and len(plain(form)) >= POINTING and not is_doubtful(form)


def family_aliases(record: Record, bearers: Counter[str]) -> Iterator[Record]:
    """The family spellings of a person that the record does not list."""
    own = {code: family_of(record, code) for code in record["canonical"]}
    canonical = {fold(form) for form in own.values()}
    known = listed(record)
    taken: set[str] = set()
    pointing = "guarded" in uses(record) and is_alone(own.get("uk", ""))
    use = "recognise" if is_common(own.get("uk", "")) else "evidence"
    stated = {own[code] for code in PRESS if code in own}
    bare = {spelling for form in stated for spelling in (plain(form), form.translate(CEDILLA))}
    marked = plain(own.get("es", "")).lower()
    already = settled(record)
    for form in sorted(family_spellings(record) | stated | bare):
        folded = fold(form)
        if folded in canonical and folded not in inflected():
            languages = [code for code in elsewhere(own, form) if code not in already.get(folded, ())]
            if languages and folded not in taken and len(plain(form)) >= SHORTEST:
                yield {"s": form, "lang": languages, "use": use}
        elif folded in known or len(plain(form)) < SHORTEST:
            continue
        elif STRESSED.search(form) and plain(form).lower() == marked:
            # Whether a stress is marked, and where, is each editor's choice: Bórtnikov, Bortnikov.
            yield {"s": form, "use": "recognise"}
        else:
            alone = pointing and bearers[folded] == 1 and sure_by_itself(form)
            yield {"s": form, "use": "guarded", "case": "title"} if alone else {"s": form, "use": use}
        known.add(folded)
        taken.add(folded)


def place_aliases(record: Record, taken: set[str]) -> Iterator[Record]:
    """The spellings of a place, and of its former names, that the record does not list."""
    own = natives(record)
    known = listed(record) | {fold(form) for form in record["canonical"].values()} | taken
    sure = "guarded" in uses(record) and "evidence" not in uses(record)
    now = {form for code, name in own.items() for target in SPELLING for form in spelled(name, target, code)}
    stated = {record["canonical"][code] for code in PRESS if code in record["canonical"]}
    now |= {plain(form) for form in stated} | {form.translate(CEDILLA) for form in stated}
    former = {
        form
        for name, code in zip(HISTORY.get(record["id"], "").split(), NATIVE, strict=False)
        for target in SPELLING
        for form in spelled(name, target, code)
    }
    for form in sorted(now | former):
        if fold(form) in known or len(plain(form)) < SHORTEST:
            continue
        known.add(fold(form))
        use = "guarded" if sure and sure_by_itself(form) else "evidence"
        yield {"s": form, "use": "recognise" if form in former else use, "case": "title"}


def unaccented(record: Record) -> Iterator[Record]:
    """What is left of names without accents: right in much of the press, so never rewritten."""
    person = record["type"] == "person"
    known = listed(record) | {fold(form) for form in record["canonical"].values()}
    known |= {fold(family_of(record, code)) for code in record["canonical"]} if person else set()
    stated = {record["canonical"][code] for code in PRESS if code in record["canonical"]}
    parts = {part for full in stated for part in ((full, full.split()[-1]) if person else (full,))}
    for form in sorted({spelling for part in parts for spelling in (plain(part), part.translate(CEDILLA))}):
        if fold(form) not in known and len(form) >= SHORTEST:
            known.add(fold(form))
            yield {"s": form, "use": "recognise"}


def from_elsewhere(record: Record, others: set[str]) -> Iterator[Record]:
    """What Ukrainian and Russian editors also make of the surname of somebody from elsewhere: right or not, it stays.

    ``others`` are the folded surnames of all.
    """
    known = listed(record) | others
    for code in ("uk", "ru"):
        family = family_of(record, code)
        for form in sorted(foreign(family, code) if " " not in family else ()):
            if fold(form) not in known and len(form) >= LETTERS:
                known.add(fold(form))
                yield {"s": form, "use": "recognise", "case": "title"}


def given_elsewhere(record: Record) -> tuple[list[str], dict[str, list[str]]]:
    """The same for the given name: what is put right (h is г in Ukrainian since 2019), and what stays."""
    right, kept = [], {}
    for code in ("uk", "ru"):
        name = split_name(record["canonical"][code], family_of(record, code))
        found = sorted(foreign(name, code)) if name and " " not in name else []
        other = [form for form in found if code == "uk" and name[0] == "Г" and form[0] in "ХҐ"]
        right += other
        if len(found) > len(other):
            kept[code] = [form for form in found if form not in other]
    return right, kept


def reviewed(aliases: Iterable[Record]) -> Iterator[Record]:
    """The aliases that are no everyday words; one word in small letters is never a name by rule: flag, stutter."""
    for alias in aliases:
        form = str(alias["s"])
        if is_word(form):
            continue
        made = alias | {"use": "recognise"} if is_namesake(form) else alias
        yield made if " " in form else made | {"case": "title"}


def lines() -> Iterator[str]:
    """The table, line by line."""
    records = core()
    people = [record for record in records if record["type"] == "person" and is_of_the_region(record)]
    bearers = Counter(fold(form) for record in people for form in family_spellings(record))
    taken = {fold(form) for record in records if record["type"] == "person" for form in map(str, own_families(record))}
    for record in sorted(records, key=lambda entry: str(entry["id"])):
        made: Record = {"id": record["id"]}
        if record in people:
            made["given"] = given_spellings(record)
            made["aliases"] = list(family_aliases(record, bearers))
        elif record.get("country") in REGION and record["id"].startswith("geonames:"):
            made["aliases"] = list(place_aliases(record, taken))
        elif record["type"] in {"person", "org"} or "country" in record:
            made["aliases"] = list(unaccented(record))
        if record["type"] == "person" and record not in people:
            made["aliases"] += from_elsewhere(record, taken)
            made["given"], kept = given_elsewhere(record)
            listed_kept = isinstance(record.get("given_kept"), list)
            made["given_kept"] = sorted({form for forms in kept.values() for form in forms}) if listed_kept else kept
        made["aliases"] = list(reviewed(made.get("aliases", ())))
        made = {name: value for name, value in made.items() if value}
        if len(made) > 1:
            yield line(made | {"src": "practice"})


def own_families(record: Record) -> Iterator[str]:
    """The family names of a person in all languages."""
    return (family_of(record, code) for code in record["canonical"])


if __name__ == "__main__":
    options = parser(__doc__).parse_args()
    raise SystemExit(write_or_check("spellings.jsonl", Path(__file__).name, lines(), check=options.check))
