"""The traps: what must change and what must stay, on an overlay without guards of its own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from normalizer import canonicalize_names
from normalizer.config import Config
from normalizer.names.gate import Gate
from normalizer.names.table import AliasTable
from normalizer.pipeline import Normalizer

CASES = Path(__file__).parents[1] / "cases"


def rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def table() -> AliasTable:
    return AliasTable.default().overlay(AliasTable.from_records(rows("names_overlay")))


@cache
def normalizer(language: str) -> Normalizer:
    rules = Config(language=language, profile="minimal", select=(), extend_select=("names",))
    return Normalizer(rules, table=table())


def parameters() -> list[Any]:
    """All traps; those known to fail must go on failing until they are mended."""
    found = []
    for case in (*rows("names_change"), *rows("names_keep")):
        open_ = case["kind"] == "known-failure"
        marks = [pytest.mark.xfail(strict=True, reason=case["comment"])] if open_ else []
        found.append(pytest.param(case, id=case["label"], marks=marks))
    return found


@pytest.mark.parametrize("case", parameters())
def test_trap(case: dict[str, Any]) -> None:
    result = normalizer(case["language"])(case["input"])
    assert result.text == case["expected"]
    assert result.revert() == case["input"]
    again = normalizer(case["language"])(result.text)
    assert again.text == result.text


@pytest.mark.parametrize("kind", ["names_change", "names_keep"])
def test_there_are_traps_of_each_kind(kind: str) -> None:
    labels = [row["label"] for row in rows(kind)]
    assert len(labels) == len(set(labels)) >= 75


def test_the_public_function_takes_a_table() -> None:
    text = "Witkov flew to Kiev; the Kiev cake stayed."
    assert canonicalize_names(text, language="en", table=table()) == "Witkoff flew to Kyiv; the Kiev cake stayed."


def test_every_mention_says_why() -> None:
    text = "President Zelenskiy left Odessa, Texas; the Kyiv mayor and Zelenska stayed."
    mentions = normalizer("en")(text).mentions
    assert [mention.decision for mention in mentions] == ["rewritten", "kept", "kept", "kept"]
    assert all(mention.reason and mention.entity for mention in mentions)
    assert "texas" in mentions[1].reason


@cache
def gates() -> list[Gate]:
    """A gate for each way of scanning: word by word, with a sparse automaton, with a dense one."""
    return [Gate(table(), "official", scanned) for scanned in (-(10**9), 10**6, 10**7)]


def test_gates_stay_shut_before_a_curly_apostrophe() -> None:
    text = "“We met in Kyiv,” said Volodymyr Zelenskyy’s adviser, as Donald Trump’s had said before. " * 20
    assert [gate.opens(text, lambda _: "en") for gate in gates()] == [False] * len(gates())


def test_every_way_of_scanning_lets_every_change_through() -> None:
    changed = [case for case in rows("names_change") if case["input"] != case["expected"]]
    assert len(changed) > 100
    shut = [case["label"] for case in changed for gate in gates() if not gate.opens(case["input"])]
    assert shut == []


def test_a_german_genitive_is_no_english_plural() -> None:
    assert canonicalize_names("Zelenskys Rede dauerte lange.", language="de") == "Selenskyjs Rede dauerte lange."
    assert canonicalize_names("The Zelenskys waved.", language="en") == "The Zelenskys waved."
