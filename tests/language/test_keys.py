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

from normalizer.errors import ConfigError, NormalizerError
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
    for straight, curly in (("'", "’‘ʼ´`"), ("-", "‐‑–—"), (" ", "\u00a0\u202f\u2009")):
        variant = plain.replace(straight, data.draw(st.sampled_from(curly)))
        assert search_key(variant, language) == search_key(plain, language)


@given(st.text(st.sampled_from(list("AOSUaos.'\"- яЯЇé1")), max_size=14), LANGUAGES, st.data())
def test_typography_does_not_matter_in_any_mixture(text: str, language: str | None, data: st.DataObject) -> None:
    forms = {"'": "’‘ʼ´`＇", "-": "‐‑–—", '"': "“”„«", " ": "\u00a0\u2009"}
    variant = "".join(data.draw(st.sampled_from(char + forms.get(char, ""))) for char in text)
    assert search_key(variant, language) == search_key(text, language)


@given(TEXTS, LANGUAGES, st.sampled_from("\u00ad\u200b\u200c\u200d\u2060\ufeff"), st.integers(0, 40))
def test_what_is_not_seen_does_not_matter(text: str, language: str | None, unseen: str, place: int) -> None:
    at = min(place, len(text))
    if not text[at : at + 1] or unicodedata.combining(text[at]) == 0:  # a mark after it would stand alone
        assert search_key(text[:at] + unseen + text[at:], language) == search_key(text, language)


@pytest.mark.parametrize("letter", list("ЯЩЮЄЇЖЧШЦХÆŒΘΨЋЏ"))
def test_a_letter_by_itself_is_no_acronym(letter: str) -> None:
    for language in (None, "uk", "ru", "sr", "bg"):
        assert search_key(letter, language) == search_key(letter.lower(), language) != ""
        assert search_key(f"{letter}. Name", language) == search_key(f"{letter.lower()}. name", language)


@pytest.mark.parametrize("name", ["Київ", "Kyiv", "Lviv", "Суми", "Одеса", "Rome", "Житомир"])
def test_a_name_in_capitals_is_the_name(name: str) -> None:
    for language in (None, "uk", "ru"):
        assert search_key(name.upper(), language) == search_key(name, language)
        assert search_key(f"the mayor of {name.upper()}", language) == search_key(f"the mayor of {name}", language)


@pytest.mark.parametrize("acronym", ["US", "IT", "WHO", "AIDS", "U.S."])
def test_an_acronym_is_never_the_word(acronym: str) -> None:
    word = acronym.replace(".", "").lower()
    assert search_key(acronym) != search_key(word)
    assert search_key(f"the {acronym} said") != search_key(f"the {word} said")


@pytest.mark.parametrize(
    "name", ["Володимир Гончаренко", "Згурський", "Єнакієве", "Мар'їне", "Αθήνα", "თბილისი", "Երևան"]
)
@pytest.mark.parametrize("language", ["uk", "ru", "bg", "sr", "mk", "be"])
def test_keys_meet_the_romanization(name: str, language: str) -> None:
    assert search_key(name, language) == search_key(romanize(name, language))


@pytest.mark.parametrize(
    ("ukrainian", "russian"), [("Зеленський", "Зеленский"), ("Матвієнко", "Матвиенко"), ("Рибаков", "Рыбаков")]
)
def test_spellings_meet_where_the_language_is_unknown(ukrainian: str, russian: str) -> None:
    assert search_key(ukrainian) == search_key(russian)


def test_a_word_has_one_key_in_any_company() -> None:
    assert search_key("Гончаренко Юрій").split()[0] == search_key("Гончаренко")


@pytest.mark.parametrize("language", ["Ukrainian", "xx", "UK", "", "u", "ukr", ["uk"]])
def test_bad_language_lists_the_known(language: Any) -> None:
    with pytest.raises(ConfigError, match="known ones are those of ISO 639-1, of which be, bg, el"):
        search_key("text", language)


def test_every_language_that_is_detected_may_be_given() -> None:
    for case in json.loads((Path(__file__).parent.parent / "cases" / "language.json").read_text(encoding="utf-8")):
        assert search_key("text", case["expected"]) == "text"


@pytest.mark.parametrize("text", [None, b"text", 5])
def test_what_is_no_text_is_named(text: Any) -> None:
    with pytest.raises(NormalizerError, match=type(text).__name__):
        search_key(text)
    with pytest.raises(NormalizerError, match=type(text).__name__):
        romanize(text, "uk")
