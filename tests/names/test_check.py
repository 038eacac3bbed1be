"""Bad tables: each is told apart, with file, line, field and remedy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from normalizer import ConfigError
from normalizer.names.check import check_table
from normalizer.names.table import AliasTable

GOOD: dict[str, Any] = {
    "id": "place:b",
    "type": "place",
    "canonical": {"en": "Odesa"},
    "aliases": [{"s": "Odessa", "src": "curated"}],
}


def other(identity: str, canonical: str, *aliases: str, **fields: object) -> dict[str, Any]:
    spelled = [{"s": alias} for alias in aliases]
    return {"id": identity, "type": "place", "canonical": {"en": canonical}, "aliases": spelled, **fields}


def lines(*records: object) -> str:
    return "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in records)


BAD = {
    "unknown field": (lines({**GOOD, "alias": []}), 1, "alias", "unknown field"),
    "unknown alias field": (lines({**GOOD, "aliases": [{"s": "X", "usage": "safe"}]}), 1, "usage", "unknown field"),
    "unknown language": (lines({**GOOD, "canonical": {"ua": "X"}}), 1, "canonical.ua", "unknown language"),
    "alias language": (lines({**GOOD, "aliases": [{"s": "X", "lang": ["eng"]}]}), 1, "lang", "unknown language"),
    "duplicate id": (lines(GOOD, other("place:b", "Lviv")), 2, "id", "line 1"),
    "alias of two": (lines(GOOD, other("place:c", "Odessos", "Odessa")), 2, "aliases[0].s", "an alias of 'place:b'"),
    "unsorted": (lines(other("place:c", "Lviv"), GOOD), 2, "id", "comes after"),
    "chain": (lines(GOOD, other("place:c", "Odessa")), 1, "aliases[0].s", "a chain or cycle"),
    "cycle": (lines(other("a:1", "Aaa", "Bbb"), other("a:2", "Bbb", "Aaa")), 1, "aliases[0].s", "cycle"),
    "not JSON": (lines("{id: 1}"), 1, "record", "not JSON"),
    "not an object": (lines("[1]"), 1, "record", "not an object"),
    "a field twice": (lines('{"id":"a:1","id":"a:2"}'), 1, "record", "given twice"),
    "no canonical form": (lines({"id": "a:1", "type": "place"}), 1, "canonical", "missing"),
    "mixed script": (lines(other("a:1", "Kyiv", "Ki\u0435v")), 1, "aliases[0].s", "mixes scripts"),
    "example fails": (
        lines({**GOOD, "examples": [{"lang": "en", "text": "In Odessa."}]}), 1, "examples[0]", "gives"),
    "an alias of two uses": (
        lines({**GOOD, "aliases": [{"s": "Odessa", "use": "safe"}, {"s": "ODESSA"}]}), 1, "aliases[1].use", "'safe'"),
    "guard untried": (lines({**GOOD, "guards": {"not_next": ["Steps"]}}), 1, "guards.not_next", "no example"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_table_is_explained(name: str, tmp_path: Path) -> None:
    text, line, field, words = BAD[name]
    path = tmp_path / "bad.jsonl"
    path.write_text(text, encoding="utf-8")
    problems = check_table(path)
    assert any(p.line == line and field in p.field and words in p.problem and p.remedy for p in problems), problems
    assert all(str(problem).startswith(f"{path}:{problem.line}: ") for problem in problems)


def test_a_good_table_has_no_problems(tmp_path: Path) -> None:
    path = tmp_path / "good.jsonl"
    guarded = {
        **GOOD,
        "guards": {"not_next": ["Steps"]},
        "examples": [{"lang": "en", "text": "The Odessa Steps."}, {"lang": "en", "text": "Odessa.", "after": "Odesa."}],
    }
    path.write_text(lines(guarded, other("place:c", "Lviv", "Lvov")), encoding="utf-8")
    assert check_table(path) == []


@pytest.mark.parametrize(
    "name", ["unknown field", "unsorted", "duplicate id", "not JSON", "alias of two", "chain", "cycle"]
)
def test_loading_refuses_what_checking_reports(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(BAD[name][0], encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bad\.jsonl:\d+: "):
        AliasTable.load(path)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        check_table(tmp_path / "none.jsonl")
