"""Build src/normalizer/data/names/forms.jsonl: the case forms of what core.jsonl names.

    python tools/build_inflections.py [--check]

In flow the canonical forms of core.jsonl in Ukrainian, Russian, Polish and Czech. Out flow partial records
with their case forms, which the engine recognises and never rewrites. A surname that many bear comes with
its given name only; so does one that does not decline.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inflect_slavic import cases, phrase, read_phrases

NAMES = Path(__file__).parents[1] / "src/normalizer/data/names"
LANGUAGES = ("uk", "ru", "pl", "cs")
WITH_GIVEN = ("uk", "ru", "pl")  # full forms; the Czech table carries surnames alone

Record = dict[str, Any]


def core() -> list[Record]:
    """The records of core.jsonl that have canonical forms."""
    lines = (NAMES / "core.jsonl").read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if "canonical" in record]


def family_of(record: Record, language: str) -> str:
    """The family name in a language."""
    stated: str = record.get("family", {}).get(language, "")
    return stated or str(record["canonical"][language]).split()[-1]


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
            made = {"id": record["id"], "forms": found, "src": "rules"}
            yield json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> int:
    """Write the table, or with --check say whether it is as built."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if the table is not as built")
    options = parser.parse_args()
    built = "".join(lines())
    path = NAMES / "forms.jsonl"
    if options.check:
        same = path.exists() and path.read_text(encoding="utf-8") == built
        print("forms.jsonl is as built" if same else "forms.jsonl differs: run tools/build_inflections.py")
        return 0 if same else 1
    path.write_text(built, encoding="utf-8")
    print(f"{built.count(chr(10))} records, {len(built) // 1024} KiB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
