"""Romanization: the official examples, contexts and case, and the laws that the systems keep."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.errors import ConfigError
from normalizer.names.romanize import load_system, romanize, systems

CASES = json.loads((Path(__file__).parent.parent / "cases" / "romanize.json").read_text(encoding="utf-8"))
DATA = resources.files("normalizer").joinpath("data", "romanization")
INDEX: dict[str, list[str]] = tomllib.loads(DATA.joinpath("index.toml").read_text(encoding="utf-8"))
PAIRS = [(language, system) for language, names in INDEX.items() for system in names]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases(case: dict[str, Any]) -> None:
    expected = unicodedata.normalize("NFC", case["expected"])
    assert romanize(case["input"], case["language"], case["system"]) == expected, case["comment"]


def test_the_default_system_is_the_first() -> None:
    assert systems("uk")[0] == "kmu2010"
    assert romanize("Їжакевич", "uk") == romanize("Їжакевич", "uk", "kmu2010")


@pytest.mark.parametrize(("language", "system"), PAIRS)
def test_every_system_names_its_source(language: str, system: str) -> None:
    table = load_system(language, system)
    assert table.name
    assert len(table.source) > 20


@pytest.mark.parametrize(
    ("language", "system"), [("xx", None), ("uk", "nonesuch"), ("", None), (["uk"], None), ("uk", ["a"])]
)
def test_bad_arguments_list_the_known_ones(language: Any, system: Any) -> None:
    with pytest.raises(ConfigError, match="known ones are") as caught:
        romanize("текст", language, system)
    assert ("kmu2010" if language == "uk" else "bg") in str(caught.value)


@pytest.mark.parametrize(("language", "system"), PAIRS)
@given(text=st.text(st.characters(), max_size=30))
def test_every_text_is_romanized(language: str, system: str, text: str) -> None:
    letters = [char for char in romanize(text, language, system) if char.isalpha()]
    assert all(char.isascii() or unicodedata.name(char).startswith(("LATIN", "MODIFIER")) for char in letters)


@pytest.mark.parametrize(("language", "system"), PAIRS)
def test_no_letter_of_the_source_script_is_left(language: str, system: str) -> None:
    for letters in load_system(language, system).rules.values():
        for rule in letters:
            for form in (rule.source, rule.source.upper(), rule.source.capitalize()):
                result = romanize(form, language, system)
                assert not re.search(r"[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u10a0-\u10ff]", result), form


@pytest.mark.parametrize(("language", "system"), PAIRS)
@given(data=st.data())
def test_capitals_are_the_capitals_of_the_small(language: str, system: str, data: st.DataObject) -> None:
    letters = [letter for letter in load_system(language, system).rules if letter.upper() != letter]
    if not letters:
        return
    word = data.draw(st.text(st.sampled_from(letters), min_size=2, max_size=8))
    if len(word.upper()) == len(word) and word.upper().lower() == word:
        assert romanize(word.upper(), language, system) == romanize(word, language, system).upper()


@given(data=st.data())
def test_iso9_can_be_undone(data: st.DataObject) -> None:
    letters: dict[str, str] = tomllib.loads(DATA.joinpath("any-iso9.toml").read_text(encoding="utf-8"))["letters"]
    back = {latin: letter for letter, latin in letters.items()}
    assert len(back) == len(letters)
    word = data.draw(st.text(st.sampled_from([letter for letter in letters if letter.isalpha()]), max_size=12))
    signs = re.findall(".[\u0300-\u036f]*", unicodedata.normalize("NFD", romanize(word, "uk", "iso9")))
    table = {unicodedata.normalize("NFD", latin): letter for latin, letter in back.items()}
    assert "".join(table[sign] for sign in signs) == word
