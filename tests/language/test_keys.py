"""Search keys: cases and laws."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.errors import ConfigError
from normalizer.keys import search_key
from normalizer.names.romanize import romanize

CASES = json.loads((Path(__file__).parent.parent / "cases" / "keys.json").read_text(encoding="utf-8"))
LANGUAGES = st.sampled_from([None, "uk", "ru", "bg", "sr", "en"])
WORDS = st.sampled_from(["Київ", "Харьков", "US", "us", "IT", "O’Brien", "Jean-Luc", "Łódź", "İzmir", "U.S.", "ЩЕ",
                         "Σίσυφος", "თბილისი", "Երևան", "東京", "NATO", "COVID-19", "Ю. Шевельов", "ﬁ"])  # fmt: skip
TEXTS = st.one_of(st.text(st.characters(), max_size=40), st.lists(WORDS, max_size=5).map(" ".join))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases(case: dict[str, Any]) -> None:
    assert search_key(case["input"], case["language"]) == case["expected"], case["comment"]


@given(TEXTS, LANGUAGES)
def test_the_key_of_a_key_is_that_key(text: str, language: str | None) -> None:
    key = search_key(text, language)
    assert search_key(key, language) == key


@given(TEXTS, LANGUAGES)
def test_keys_are_ascii_words(text: str, language: str | None) -> None:
    assert re.fullmatch(r"(?:[A-Za-z0-9]+(?: [A-Za-z0-9]+)*)?", search_key(text, language))


@given(TEXTS, LANGUAGES, st.sampled_from(["NFC", "NFD"]))
def test_canonically_equivalent_text_has_one_key(text: str, language: str | None, form: Any) -> None:
    assert search_key(unicodedata.normalize(form, text), language) == search_key(text, language)


@given(st.lists(WORDS, min_size=1, max_size=4), LANGUAGES, st.data())
def test_typography_does_not_matter(words: list[str], language: str | None, data: st.DataObject) -> None:
    plain = " ".join(words).replace("’", "'")
    for straight, curly in (("'", "’‘ʼ"), ("-", "‐‑–—"), (" ", "\u00a0\u202f\u2009")):
        variant = plain.replace(straight, data.draw(st.sampled_from(curly)))
        assert search_key(variant, language) == search_key(plain, language)


@pytest.mark.parametrize("acronym", ["US", "IT", "WHO", "AIDS", "U.S."])
def test_an_acronym_is_never_the_word(acronym: str) -> None:
    word = acronym.replace(".", "").lower()
    assert search_key(acronym) != search_key(word)
    assert search_key(f"the {acronym} said") != search_key(f"the {word} said")


@pytest.mark.parametrize("name", ["Володимир Гончаренко", "Згурський", "Єнакієве", "Мар'їне"])
def test_keys_meet_the_romanization(name: str) -> None:
    assert search_key(name, "uk") == search_key(romanize(name, "uk"))


@pytest.mark.parametrize(
    ("ukrainian", "russian"), [("Зеленський", "Зеленский"), ("Матвієнко", "Матвиенко"), ("Рибаков", "Рыбаков")]
)
def test_spellings_meet_where_the_language_is_unknown(ukrainian: str, russian: str) -> None:
    assert search_key(ukrainian) == search_key(russian)


def test_a_word_has_one_key_in_any_company() -> None:
    assert search_key("Гончаренко Юрій").split()[0] == search_key("Гончаренко")


def test_bad_language() -> None:
    with pytest.raises(ConfigError, match="language code"):
        search_key("text", "Ukrainian")
