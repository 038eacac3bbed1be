"""Build src/normalizer/data/names/forms.jsonl: the case forms of what core.jsonl names.

    python tools/build_inflections.py [--check]

In flow the canonical forms of core.jsonl in Ukrainian, Russian, Belarusian, Polish and Czech, and the variants of
surnames and the short names of organisations that their press inflects as well (Orbana, Виткоффа, Госдумы). Out flow
partial records with their case forms, which the engine recognises and never rewrites. A surname that many bear comes
with its given name too; one that does not decline, with that only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from built_table import Record, core, family_of, line, parser, surface, write_or_check
from inflect_slavic import cases, phrase, read_phrases
from press_spellings import plain

LANGUAGES = ("uk", "ru", "be", "pl", "cs")
# In Cyrillic a case form is met in its own language and its neighbours', in Latin letters (Maya, Kima) in all.
CYRILLIC = ("uk", "ru", "be")
LONG = 6  # letters of a case form in Latin letters that may stand alone for a name that others bear too
SHORTEST = 5  # letters of a surname whose variants are inflected
# What each language writes: a variant with a letter of another is not its own.
LETTERS = {
    "uk": re.compile("[а-щьюяґєії' -]+", re.IGNORECASE),
    "ru": re.compile("[а-яё' -]+", re.IGNORECASE),
    "be": re.compile("(?!)"),
    "pl": re.compile("[a-ząćęłńóśźż' -]+", re.IGNORECASE),
    "cs": re.compile("(?!)"),
}
WITH_GIVEN = ("uk", "ru", "be", "pl")  # full forms; the Czech table carries surnames alone


def bearers_of(records: list[Record]) -> dict[tuple[str, str], list[str]]:
    """Who of the table bears a family name, by language; sorted."""
    found: dict[tuple[str, str], list[str]] = {}
    for record in sorted(records, key=lambda entry: str(entry["id"])):
        for code in LANGUAGES if record["type"] == "person" else ():
            if code in record["canonical"]:
                found.setdefault((code, family_of(record, code)), []).append(record["id"])
    return found


def person(record: Record, language: str, *, alone: bool, first: bool) -> Iterator[str]:
    """The case forms of a person's name: of the surname where that says enough, and of the full name where not.

    Of those who share a surname the ``first`` has its bare forms.
    """
    full, family = str(record["canonical"][language]), family_of(record, language)
    gender = record.get("gender", "m")
    # "al-Asad", "von der Leyen": a particle in small letters, and what follows it, stay as they are.
    surname = () if " " in family or family[0].islower() else cases(family, language, gender)
    yield from (form for form in surname if first and (alone or language in CYRILLIC or len(form) >= LONG))
    given = full.removesuffix(family).split()
    if (alone and surname) or not given or language not in WITH_GIVEN:
        return
    *middle, name = given
    if not surname:
        yield from (" ".join([*middle, form, family]) for form in cases(name, language, gender))
    else:
        yield from (" ".join([*middle, form]) for form in phrase([name, family], language, [gender, gender]))


def forms(record: Record, language: str, bearers: dict[tuple[str, str], list[str]]) -> list[str]:
    """The case forms of a record in a language."""
    canonical = str(record["canonical"][language])
    stated = read_phrases().get(language, {})
    short = [form for name in variants(record, language) for form in stated.get(name, "").split("/") if form]
    if canonical in stated:
        return [*(form for form in stated[canonical].split("/") if form), *short]
    if record["type"] == "person":
        evident = any(alias.get("use") == "guarded" for alias in record.get("aliases", ()) if isinstance(alias, dict))
        sharing = bearers[language, family_of(record, language)]
        kept = record.get("given_kept", {})
        alone = len(sharing) == 1 and (evident or not ("en" in kept or isinstance(kept, list)))
        own = person(record, language, alone=alone, first=sharing[0] == record["id"])
        others = respelled(record, language) if sharing[0] == record["id"] else ()
        return list(dict.fromkeys([*own, *others]))
    if record["type"] == "place" and " " not in canonical:
        return list(cases(canonical, language, "p"))
    return short


def variants(record: Record, language: str) -> Iterator[str]:
    """The aliases of a record that a language may use: those for it, or in its script."""
    for alias in record.get("aliases", ()):
        languages = alias.get("lang") if isinstance(alias, dict) else None
        name = surface(alias)
        if language in languages if languages else bool(LETTERS[language].fullmatch(name)):
            yield name


def respelled(record: Record, language: str) -> Iterator[str]:
    """The case forms of a surname's variants: those listed in its letters, and unmarked ones of the Polish press."""
    own, gender = family_of(record, language), record.get("gender", "m")
    listed = {name for name in variants(record, language) if " " not in name}
    names = {"uk": listed, "ru": listed, "pl": {plain(own)}}.get(language, set())
    for name in sorted(names - {own} if "-" not in own else ()):
        if len(name) >= SHORTEST and "-" not in name:
            yield from cases(name, language, gender)


def lines() -> Iterator[str]:
    """The table, line by line."""
    records = core()
    bearers = bearers_of(records)
    for record in sorted(records, key=lambda entry: str(entry["id"])):
        found = {code: forms(record, code, bearers) for code in LANGUAGES if code in record["canonical"]}
        found = {code: listed for code, listed in found.items() if listed}
        if found:
            yield line({"id": record["id"], "forms": found, "src": "rules"})


if __name__ == "__main__":
    options = parser(__doc__).parse_args()
    raise SystemExit(write_or_check("forms.jsonl", Path(__file__).name, lines(), check=options.check))
