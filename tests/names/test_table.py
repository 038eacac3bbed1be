"""Layers: what an overlay changes, and what stays in force under it."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from normalizer import ConfigError, canonicalize_names
from normalizer.names.layer import Layer
from normalizer.names.table import AliasTable

KYIV = {
    "id": "place:kyiv",
    "type": "place",
    "canonical": {"en": "Kyiv"},
    "aliases": [{"s": "Kiev", "use": "guarded"}],
    "guards": {"not_next": ["Ballet"]},
}


def table(*records: dict[str, Any]) -> AliasTable:
    return AliasTable.from_records(records)


def run(text: str, alias_table: AliasTable, language: str = "en") -> str:
    return canonicalize_names(text, language=language, table=alias_table)


def test_the_overlay_wins_where_both_list_an_alias() -> None:
    upper = table({"id": "my:kyiv", "type": "place", "canonical": {"en": "Kyjiw"}, "aliases": [{"s": "Kiev"}]})
    assert run("In Kiev it rained.", table(KYIV).overlay(upper)) == "In Kyjiw it rained."


def test_guards_and_blockers_below_stay_in_force() -> None:
    cake = {"id": "block:cake", "type": "blocker", "kind": "dish", "aliases": [{"s": "Kiev tart"}]}
    upper = table({"id": "my:kyiv", "type": "place", "canonical": {"en": "Kyjiw"}, "aliases": [{"s": "Kiev"}]})
    text = "The Kiev Ballet came; we ate Kiev tart."
    assert run(text, table(cake, KYIV).overlay(upper)) == text


def test_an_overlay_may_turn_a_spelling_round() -> None:
    upper = table({"id": "my:kyiv", "type": "place", "canonical": {"en": "Kiev"}, "aliases": [{"s": "Kyiv"}]})
    both = table(KYIV).overlay(upper)
    assert run("Kyiv or bust: in Kyiv it rained.", both) == "Kiev or bust: in Kiev it rained."
    assert run("In Kiev it rained.", both) == "In Kiev it rained."


def test_the_same_id_merges_and_deletes() -> None:
    more = table({"id": "place:kyiv", "canonical": {"de": "Kiew"}, "aliases": [{"s": "Kyjiv"}]})
    assert run("Kyjiv slept. In Kiev too.", table(KYIV).overlay(more)) == "Kyiv slept. In Kyiv too."
    assert run("Kiev ist groß.", table(KYIV).overlay(more), "de") == "Kiew ist groß."
    alias_gone = table({"id": "place:kyiv", "aliases": [{"s": "Kiev", "delete": True}]})
    assert run("In Kiev it rained.", table(KYIV).overlay(alias_gone)) == "In Kiev it rained."
    gone = table({"id": "place:kyiv", "delete": True})
    assert run("In Kiev it rained.", table(KYIV).overlay(gone)) == "In Kiev it rained."


def test_a_person_needs_no_parts_spelled_out() -> None:
    person = {
        "id": "p:1",
        "type": "person",
        "canonical": {"en": "Andrii Hnatov"},
        "aliases": [{"s": "Natov", "use": "evidence"}, {"s": "Khnatov"}],
    }
    alias_table = table(person)
    assert run("Andriy Natov and Mr Khnatov", alias_table) == "Andrii Hnatov and Mr Hnatov"
    assert run("Natov is a village.", alias_table) == "Natov is a village."
    assert run("Andrii Hnatov spoke. Natov sat down.", alias_table) == "Andrii Hnatov spoke. Hnatov sat down."


def test_a_surname_of_its_own_does_not_quarrel_with_the_full_name() -> None:
    full = {"id": "p:1", "type": "person", "canonical": {"en": "Andrii Hnatov"}, "aliases": [{"s": "Gnatov"}]}
    surname = {"id": "p:2", "type": "person", "canonical": {"en": "Hnatov"}, "aliases": [{"s": "Gnatov"}]}
    text = "Andriy Gnatov spoke. Gnatov then left."
    assert run(text, table(full).overlay(table(surname))) == "Andrii Hnatov spoke. Hnatov then left."


def test_an_overlay_with_the_surname_alone_hears_what_is_known_below() -> None:
    full = {"id": "p:1", "type": "person", "canonical": {"en": "Andrii Hnatov"}, "aliases": [{"s": "Gnatov"}]}
    surname = {"id": "p:2", "type": "person", "canonical": {"en": "Hnatov"}, "aliases": [{"s": "Gnatov"}]}
    both = table(full).overlay(table(surname))
    assert run("Mrs Gnatov spoke.", both) == "Mrs Gnatov spoke."
    assert run("K. Gnatov spoke.", both) == "K. Gnatov spoke."
    assert run("A. Gnatov spoke.", both) == "A. Hnatov spoke."


def test_a_style_has_its_own_canonical_form() -> None:
    from normalizer.names import NameStage

    record = {
        "id": "p:z",
        "type": "person",
        "canonical": {"en": "Volodymyr Zelenskyy"},
        "styles": {"reuters": {"en": "Volodymyr Zelenskiy"}},
        "aliases": [{"s": "Zelensky"}],
    }
    stage = NameStage(table(record), "reuters", lambda _: True)
    text = "Zelenskyy spoke. Volodymyr Zelensky left."
    assert [change.after for change in stage.edits(text, lambda _: "en")] == ["Zelenskiy", "Zelenskiy"]


def test_a_rule_that_is_off_leaves_and_reports() -> None:
    from normalizer.names import NameStage

    stage = NameStage(table(KYIV), "official", lambda _: False)
    assert stage.edits("In Kiev.", lambda _: "en") == []
    assert [(m.decision, m.reason) for m in stage.mentions("In Kiev.", lambda _: "en")] == [
        ("kept", "names.alias is off")
    ]


def test_tables_survive_pickling_and_the_generated_form(tmp_path: Path) -> None:
    alias_table = table(KYIV)
    again = pickle.loads(pickle.dumps(alias_table))  # noqa: S301
    assert run("In Kiev.", again) == "In Kyiv."
    layer = Layer.from_bytes(alias_table.layers[0].to_bytes())
    assert list(layer.records()) == [KYIV]
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps(KYIV) + "\n", encoding="utf-8")
    assert run("In Kiev.", AliasTable.load(path)) == "In Kyiv."
    assert AliasTable.load(path).find("place:kyiv") == KYIV


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"id": "a:b", "type": "place", "canonical": {"en": "X"}, "colour": "red"}, "colour: is an unknown field"),
        ({"id": "a:b", "type": "place", "canonical": {"ua": "X"}}, "canonical.ua: is an unknown language"),
        ({"id": "a:b", "type": "town", "canonical": {"en": "X"}}, "type: is 'town'"),
        ({"id": "a:b", "type": "place", "canonical": {"en": "X"}, "aliases": [{"s": "Y", "use": "sure"}]}, "use: is"),
        ({"id": "a:b", "type": "place", "canonical": {"en": "\ud800"}}, "holds a lone surrogate"),
        ({"type": "place", "canonical": {"en": "X"}}, "id: is missing"),
    ],
)
def test_a_bad_record_names_its_field(record: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        table(record)


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(ConfigError, match="given twice"):
        table(KYIV, KYIV)


def test_a_million_lookups_need_no_parsed_records() -> None:
    records = [
        {"id": f"x:{n:06}", "type": "place", "canonical": {"en": f"Right{n}"}, "aliases": [{"s": f"Wrong{n}"}]}
        for n in range(5000)
    ]
    big = table(*records)
    assert run("From Wrong17 to Wrong4999.", big) == "From Right17 to Right4999."
    assert big.size == 5000


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Sergei Petrov spoke."), ("it", "Sergei Petrov spoke."), ("es", "Serguéi Petrov spoke.")],
)
def test_a_given_name_is_kept_in_the_languages_that_say_so(language: str, expected: str) -> None:
    canonical = {"en": "Sergey Petrov", "it": "Sergey Petrov", "es": "Serguéi Petrov"}
    record = {"id": "my:petrov", "type": "person", "canonical": canonical, "given_kept": {"en": ["Sergei"]}}
    assert canonicalize_names("Sergei Petrov spoke.", language=language, table=table(record)) == expected
