"""Traps on tables of a reader's own: names that the core table knows otherwise or not at all."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from normalizer.config import Config
from normalizer.names.gate import Gate
from normalizer.names.table import AliasTable
from normalizer.pipeline import Normalizer

TABLES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "names_tables.json").read_text(encoding="utf-8")
)


@cache
def normalizer(number: int, language: str) -> Normalizer:
    rules = Config(language=language, profile="minimal", select=(), extend_select=("names",))
    table = AliasTable.default().overlay(AliasTable.from_records(TABLES[number]["table"]))
    return Normalizer(rules, table=table)


def parameters() -> list[Any]:
    """All traps; a case without ``expected`` stays, one with a ``comment`` must go on failing until it is mended."""
    found = []
    for number, table in enumerate(TABLES):
        for case in table["cases"]:
            marks = [pytest.mark.xfail(strict=True, reason=case["comment"])] if "comment" in case else []
            found.append(pytest.param(number, case, marks=marks, id=f"{number}: {case['input'][:50]}"))
    return found


@pytest.mark.parametrize(("number", "case"), parameters())
def test_trap(number: int, case: dict[str, Any]) -> None:
    clean = normalizer(number, case["language"])
    result = clean(case["input"])
    assert result.text == case.get("expected", case["input"])
    assert result.revert() == case["input"]
    assert clean(result.text).text == result.text
    assert all(change.detail for change in result.edits)


def test_both_directions_are_held() -> None:
    changing = sum("expected" in case for table in TABLES for case in table["cases"])
    staying = sum("expected" not in case for table in TABLES for case in table["cases"])
    assert changing >= 150
    assert staying >= 150


PERSIAN = {
    "id": "my:kharkiv",
    "type": "place",
    "canonical": {"fa": "خارکیو", "en": "Kharkiv"},
    "aliases": [{"s": "خارکف", "use": "safe"}, {"s": "Kharkov", "use": "safe"}],
}
LATIN_ONLY = {
    "id": "my:kharkiv",
    "type": "place",
    "canonical": {"en": "Kharkiv"},
    "aliases": [{"s": "Kharkov", "use": "safe"}],
}


@pytest.mark.parametrize("scanned", [0, 200_000, 5_000_000])
@pytest.mark.parametrize(
    ("record", "text", "opens"),
    [
        (PERSIAN, "او در خار\u200cکف است", True),
        (LATIN_ONLY, "او در خار\u200cکف است", False),
        (LATIN_ONLY, "می\u200cروم Kharkov", True),
        (LATIN_ONLY, "می\u200cروم Khar\u200ckov", True),
        (LATIN_ONLY, "می\u200cروم Kharkov\u200c، خوب", True),
        (LATIN_ONLY, "می\u200cKhar\u200d\u00adkov", False),
        (LATIN_ONLY, "Khar\u200d\u00adkov", True),
    ],
)
def test_a_joiner_hides_a_name_only_between_letters_of_its_script(
    record: dict[str, Any], text: str, opens: bool, scanned: int
) -> None:
    gate = Gate(AliasTable.from_records([record]), "official", scanned)
    assert gate.opens(text, lambda _: "fa" if "fa" in record["canonical"] else "en") == opens
