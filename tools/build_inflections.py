"""Build src/normalizer/data/names/forms.jsonl: the case forms of what core.jsonl names.

    python tools/build_inflections.py [--check]

In flow the canonical forms of core.jsonl in Ukrainian, Russian, Belarusian, Polish and Czech. Out flow partial
records with their case forms, which the engine recognises and never rewrites. A surname that many bear comes with
its given name only; so does one that does not decline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from built_table import Record, core, family_of, line, parser, write_or_check
from inflect_slavic import cases, phrase, read_phrases

LANGUAGES = ("uk", "ru", "be", "pl", "cs")
WITH_GIVEN = ("uk", "ru", "be", "pl")  # full forms; the Czech table carries surnames alone


def shared(records: list[Record]) -> Counter[tuple[str, str]]:
    """How many people of the table bear a family name, by language."""
    people = [record for record in records if record["type"] == "person"]
    return Counter(
        (code, family_of(record, code)) for record in people for code in LANGUAGES if code in record["canonical"]
    )


def person(record: Record, language: str, *, alone: bool) -> Iterator[str]:
    """The case forms of a person's name: of the surname, or of the full name."""
    full, family = str(record["canonical"][language]), family_of(record, language)
    gender = record.get("gender", "m")
    surname = (family,) if " " in family else cases(family, language, gender)
    if alone and " " not in family:
        yield from surname
    given = full.removesuffix(family).split()
    if (alone and surname and " " not in family) or not given or language not in WITH_GIVEN:
        return
    *middle, name = given
    if " " in family or not surname:
        yield from (" ".join([*middle, form, family]) for form in cases(name, language, gender))
    else:
        yield from (" ".join([*middle, form]) for form in phrase([name, family], language, [gender, gender]))


def forms(record: Record, language: str, bearers: Counter[tuple[str, str]]) -> list[str]:
    """The case forms of a record in a language."""
    canonical = str(record["canonical"][language])
    stated = read_phrases().get(language, {})
    if canonical in stated:
        return [form for form in stated[canonical].split("/") if form]
    if record["type"] == "person":
        evident = any(alias.get("use") == "guarded" for alias in record.get("aliases", ()) if isinstance(alias, dict))
        alone = bearers[language, family_of(record, language)] == 1 and (evident or "given_kept" not in record)
        return list(dict.fromkeys(person(record, language, alone=alone)))
    if record["type"] == "place" and " " not in canonical:
        return list(cases(canonical, language, "p"))
    return []


def lines() -> Iterator[str]:
    """The table, line by line."""
    records = core()
    bearers = shared(records)
    for record in sorted(records, key=lambda entry: str(entry["id"])):
        found = {code: forms(record, code, bearers) for code in LANGUAGES if code in record["canonical"]}
        found = {code: listed for code, listed in found.items() if listed}
        if found:
            yield line({"id": record["id"], "forms": found, "src": "rules"})


if __name__ == "__main__":
    options = parser(__doc__).parse_args()
    raise SystemExit(write_or_check("forms.jsonl", Path(__file__).name, lines(), check=options.check))
