from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from normalizer import Config, canonicalize_names, normalize, romanize
from normalizer.names.check import check_table
from normalizer.names.review import review

ROOT = Path(__file__).parents[2]
NAMES = ROOT / "src/normalizer/data/names"
STYLES = tuple(f"styles_{style}.jsonl" for style in ("afp", "ap", "bbc", "dpa", "legacy", "reuters"))
FILES = ("core.jsonl", "places.jsonl", "forms.jsonl", "spellings.jsonl", *STYLES)
LANGUAGES = ("en", "uk", "ru", "de", "fr", "es", "pl", "it", "pt", "tr", "cs", "ro")
CARRIERS = {
    "uk": "Учора журналісти писали про {} у своїх статтях.",
    "ru": "Вчера журналисты писали про {} в своих статьях.",
    "be": "Учора журналісты пісалі пра {} ў сваіх артыкулах.",
    "pl": "Wczoraj dziennikarze pisali o {} w swoich artykułach.",
    "cs": "Včera novináři psali o {} ve svých článcích.",
}
STEP = 7  # every seventh form: enough to notice a class of forms that is not recognised


@cache
def records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (NAMES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", FILES)
def test_a_table_has_no_problems(name: str) -> None:
    assert check_table(NAMES / name) == []


def test_every_source_is_named_with_its_licence() -> None:
    known = json.loads((NAMES / "SOURCES.json").read_text(encoding="utf-8"))
    used = {record["src"] for name in FILES for record in records(name)}
    assert used <= set(known)
    assert all(source["licence"] and source["title"] for source in known.values())


def test_the_core_is_as_large_as_promised() -> None:
    kinds = [record["type"] for record in records("core.jsonl")]
    assert kinds.count("person") >= 300
    assert kinds.count("org") >= 60


def test_people_and_organisations_have_a_form_in_each_language() -> None:
    lacking = [
        record["id"]
        for record in records("core.jsonl")
        if record["type"] in {"person", "org"} and not set(LANGUAGES) <= set(record["canonical"])
    ]
    assert lacking == []


def test_canonical_forms_are_in_the_script_of_their_language() -> None:
    wrong = []
    for record in records("core.jsonl"):
        for code, form in record.get("canonical", {}).items():
            cyrillic = bool(re.search("[а-яіїєґ]", form, re.IGNORECASE))
            latin_name = record["type"] == "org" and form.isascii()  # Reuters is Reuters in Ukrainian too
            if cyrillic != (code in {"uk", "ru", "be"}) and not latin_name:
                wrong.append((record["id"], code, form))
    assert wrong == []


@pytest.mark.parametrize("language", CARRIERS)
def test_case_forms_are_recognised_and_stay(language: str) -> None:
    pairs = [(entry["id"], form) for entry in records("forms.jsonl") for form in entry["forms"].get(language, ())]
    missed, changed = [], []
    for identity, form in pairs[::STEP]:
        text = CARRIERS[language].format(form)
        result = normalize(text, Config(select=("names",)), language=language)
        if identity not in {mention.entity for mention in result.mentions}:
            missed.append(form)
        if result.text != text:
            changed.append(form)
    assert len(missed) <= len(pairs[::STEP]) // 100
    assert changed == []


CASES = [
    ("official", "en", "Volodymyr Zelensky spoke.", "Volodymyr Zelenskyy spoke."),
    ("reuters", "en", "Volodymyr Zelenskyy spoke.", "Volodymyr Zelenskiy spoke."),
    ("bbc", "en", "Volodymyr Zelenskyy spoke.", "Volodymyr Zelensky spoke."),
    ("legacy", "en", "They met in Kyiv and Kharkiv.", "They met in Kiev and Kharkov."),
    ("official", "de", "Wolodymyr Selenski sprach.", "Wolodymyr Selenskyj sprach."),
    ("official", "fr", "Volodymyr Zelenskiy a parlé.", "Volodymyr Zelensky a parlé."),
    ("official", "pl", "Przemówił Wołodymyr Zelenski.", "Przemówił Wołodymyr Zełenski."),
    ("official", "es", "Habló Volodímir Zelensky.", "Habló Volodímir Zelenski."),
    ("official", "cs", "Promluvil Volodymyr Zelenskij.", "Promluvil Volodymyr Zelenskyj."),
    ("official", "en", "Officials in Ukraine visited Belaya Tserkov.", "Officials in Ukraine visited Bila Tserkva."),
    ("official", "en", "Shops in Gorlovka, Ukraine, reopened.", "Shops in Horlivka, Ukraine, reopened."),
]


@pytest.mark.parametrize(("style", "language", "before", "after"), CASES)
def test_a_form_is_right_for_language_and_style(style: str, language: str, before: str, after: str) -> None:
    result = normalize(before, Config(select=("names",), style=style), language=language)
    assert result.text == after


VISITS = {
    "en": "On Monday {} visited the city.",
    "de": "Am Montag hat {} die Stadt besucht.",
    "fr": "Lundi, {} a visité la ville.",
    "es": "El lunes {} visitó la ciudad.",
    "pl": "W poniedziałek {} odwiedził miasto.",
    "it": "Lunedì {} ha visitato la città.",
    "pt": "Na segunda-feira {} visitou a cidade.",
    "tr": "Pazartesi günü {} kenti ziyaret etti.",
    "cs": "V pondělí {} navštívil město.",
    "ro": "Luni, {} a vizitat orașul.",
    "uk": "У понеділок {} відвідав місто.",
    "ru": "В понедельник {} посетил город.",
}


def variants() -> list[list[str]]:
    """Language, spelling in the press, entity, what becomes of it (itself where it is an established form)."""
    lines = (Path(__file__).with_name("variants.tsv")).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


@pytest.mark.parametrize(("language", "variant", "entity", "after"), variants())
def test_a_spelling_of_the_press_finds_its_bearer(language: str, variant: str, entity: str, after: str) -> None:
    result = normalize(VISITS[language].format(variant), Config(select=("names",)), language=language)
    assert result.text == VISITS[language].format(after)
    assert [mention.entity for mention in result.mentions] == [entity]


KEPT = [
    ("en", "Olena Zelenska opened the exhibition."),
    ("en", "The Zelenskys flew home."),
    ("en", "J.D. Vance and JD Vance are the same man."),
    ("en", "Recep Tayyip Erdogan met Viktor Orban."),
    ("en", "Dnipropetrovsk was renamed in 2016."),
    ("en", "The Nikolaev Railroad linked Moscow and Saint Petersburg."),
    ("en", "Xi and Lee, Li and Kim: four short names."),
    ("cs", "I kdyby chtěl, nemohl."),
    ("uk", "Милувався i заспокоював."),
    ("ru", "Людовик XI умер в 1483 году."),
    ("de", "Er hat es gesagt."),
    ("fr", "Le président est arrivé à Kiev."),
    ("en", "Luck is what you make of it, and Sumi ink is black."),
    ("ru", "Петр Порошенко и Семен Кривонос дали интервью."),
    ("es", "Habló Aleksandr Bortnikov, y luego Aleksandr Bórtnikov."),
    ("es", "Llegaron Denís Pushilin y Denis Pushilin."),
    ("uk", "Учора писали про Марка Рубіо та Урсулу фон дер Лаєн."),
    ("pl", "Rozmawiali o Andriju Sadowym, a Andrij Sadowy milczał."),
    ("cs", "Návštěva prezidenta Lukašenka skončila."),
    ("ru", "Об этом пишет The New York Times, а клуб Roma победил."),
    ("uk", "Гурт Berlin і фільм Roma відомі."),
]


@pytest.mark.parametrize(("language", "text"), KEPT)
def test_what_is_right_or_somebody_else_stays(language: str, text: str) -> None:
    assert canonicalize_names(text, language=language) == text


SHORT = [
    ("ru", "Об этом заявили в Госдуме.", "org:state-duma"),
    ("ru", "Страны Евросоюза согласились.", "org:european-union"),
    ("uk", "Про це повідомили в Єврокомісії.", "org:european-commission"),
    ("pl", "To zakłady Rosatomu.", "org:rosatom"),
    ("pl", "Spotkanie Orbana z dziennikarzami.", "person:viktor-orban"),
    ("ru", "Переговоры с участием Виткоффа.", "person:steve-witkoff"),
    ("uk", "Зустріч у Стамбулі завершилася.", "geonames:745044"),
    ("tr", "Görüşmeler İstanbul'da başladı.", "geonames:745044"),
    ("it", "Le sanzioni della Bce e della Cpi.", "org:european-central-bank"),
]


@pytest.mark.parametrize(("language", "text", "entity"), SHORT)
def test_short_names_and_case_forms_name_their_bearers(language: str, text: str, entity: str) -> None:
    result = normalize(text, Config(select=("names",)), language=language)
    assert entity in {mention.entity for mention in result.mentions}
    assert result.text == text


def test_the_reviewers_table_has_a_row_for_each_record() -> None:
    lines = list(review([NAMES / "core.jsonl", *(NAMES / name for name in STYLES)]))
    assert len(lines) == len(records("core.jsonl")) + 2
    row = next(line for line in lines if line.startswith("| person:volodymyr-zelenskyy "))
    assert "Zelenskiy" in row
    assert "en Volodymyr Zelenskyy" in row
    assert "curated, style:afp" in row


@pytest.mark.parametrize("name", STYLES)
def test_a_style_names_its_source_and_says_what_the_table_does_not(name: str) -> None:
    official = {record["id"]: record.get("canonical", {}) for record in records("core.jsonl")}
    style = name.removeprefix("styles_").removesuffix(".jsonl")
    assert {record["src"] for record in records(name)} == {f"style:{style}"}
    repeated = [
        (record["id"], code)
        for record in records(name)
        for code, form in record["styles"][style].items()
        if official[record["id"]].get(code) == form
    ]
    assert repeated == []


@pytest.mark.parametrize("name", ["build_inflections.py", "build_spellings.py"])
def test_case_forms_and_spellings_are_as_built(name: str) -> None:
    tool = ROOT / "tools" / name
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_places_of_ukraine_follow_the_resolution_of_2010() -> None:
    places = [record for record in records("places.jsonl") if record["country"] == "UA" and "uk" in record["canonical"]]
    wrong = [
        (record["id"], record["canonical"]["en"])
        for record in places
        if romanize(record["canonical"]["uk"], "uk") != record["canonical"]["en"]
    ]
    assert len(places) > 2500
    assert wrong == []
