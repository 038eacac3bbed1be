"""Everyday words, and names of others, in texts that name a bearer whose name is spelled like them: they stay."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from normalizer import Config, canonicalize_names, normalize

ROOT = Path(__file__).parents[2]
STAYING = (
    ("ro", "Vladimir Putin a lipsit. Au rămas puțin timp și putine vorbe. Puțin mai târziu a plecat."),
    ("cs", "Oleksandr Syrskyj přijel. Syrský prezident mlčel."),
    ("cs", "Heorhij Tychyj mluvil. Tichý večer skončil, tichý dům spal."),
    ("cs", "Andrij Pyšnyj podepsal zákon. Pyšný kohout kokrhal."),
    ("it", "Stepan Bandera divide ancora. Bandiera bianca, bandiera rossa."),
    ("en", "Keir Starmer listened. His guest had a stammer, and a Stammer is no shame."),
    ("en", "Herman Gref paid. Grief is private."),
    ("fr", "Mark Rutte est venu. Route fermée, route ouverte."),
    ("de", "Mark Rutte kam. Die Route war gesperrt."),
    ("es", "Yalta, en Ucrania, tiene un puerto. Alta tensión en la zona."),
    ("pt", "Ialta fica na Ucrânia. Alta tensão na zona."),
    ("pl", "Matwij Bidny odpowiedział. Biedny dom i Biedni ludzie."),
    ("pl", "Petr Pavel przyjechał. Paweł i Pawel czekali."),
    ("ru", "Андрей Садовый уехал. Дом стоит на Садовой улице."),
    ("tr", "İlya Yaşin konuştu. Altmış yaşın üzerinde, dedi Yasin Bey."),
    ("de", "Olaf Scholz ging. Auch Schulz von der SPD ging."),
    ("es", "Dmitri Medvédev opinó. Medvedev ganó el partido de tenis."),
    ("de", "Julia Timoschenko und Julija Tymoschenko sind eine."),
    ("tr", "Rustem Umerov konuştu."),
    ("uk", "Дік Схоф приїхав."),
    ("ru", "Себастьян Лекорню ушёл."),
    ("pt", "Sergei Kirienko falou."),
    ("fr", "Le prince Gueorgui Lvov dirigea le gouvernement provisoire."),
    ("fr", "Plus tard, Arkadi Lvov ouvrit la porte."),
    ("de", "Danach sprach Jakow Charkow."),
    ("en", "Nikolaev-Bergin is an author, and Odessa-on-the-Lake a camp."),
)


@pytest.mark.parametrize(("language", "text"), STAYING)
def test_words_and_other_names_stay(language: str, text: str) -> None:
    assert canonicalize_names(text, language=language) == text


def test_no_spelling_by_rule_is_a_reviewed_word_or_stands_for_one_in_small_letters() -> None:
    source = tomllib.loads((ROOT / "tools/press_spellings.toml").read_text(encoding="utf-8"))
    words = set(source["all"]["words"].split())
    lines = (ROOT / "src/normalizer/data/names/spellings.jsonl").read_text(encoding="utf-8").splitlines()
    aliases = [alias for line in lines for alias in json.loads(line).get("aliases", ())]
    single = [alias for alias in aliases if " " not in alias["s"]]
    assert not words & {alias["s"] for alias in single}
    assert all(alias["case"] == "title" for alias in single)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "The officials said so."), ("uk", "Писали про Петра Коваля."), ("uk", "Прибув Кім Чон Ин.")],
)
def test_no_bearer_is_seen_in_a_word_or_in_anothers_name(language: str, text: str) -> None:
    wrong = {"person:mohammed-bin-zayed", "person:gustavo-petro", "person:vitalii-kim"}
    found = normalize(text, Config(select=("names",)), language=language).mentions
    assert wrong.isdisjoint(mention.entity for mention in found)


@pytest.mark.parametrize(
    ("language", "text", "entity"),
    [
        ("uk", "Марк Рутте приїхав.", "person:mark-rutte"),
        ("en", "Robert Brovdy spoke.", "person:robert-brovdi"),
        ("uk", "Дік Шоф приїхав.", "person:dick-schoof"),
        ("pl", "Andrej Babisz mówił.", "person:andrej-babis"),
        ("uk", "Укроборонпром звітував.", "org:ukroboronprom"),
        ("de", "Dmytro Lubinets sprach.", "person:dmytro-lubinets"),
    ],
)
def test_a_further_spelling_names_its_bearer(language: str, text: str, entity: str) -> None:
    found = normalize(text, Config(select=("names",)), language=language).mentions
    assert entity in {mention.entity for mention in found}


@pytest.mark.parametrize(
    ("language", "text", "after"),
    [
        ("uk", "Приїхав Кейт Келлог.", "Приїхав Кіт Келлог."),
        ("ru", "Приехал Антони Блинкен.", "Приехал Энтони Блинкен."),
        ("pl", "Mówiła Maja Sandu.", "Mówiła Maia Sandu."),
        ("en", "Vladimir Putin ate poutine.", "Vladimir Putin ate poutine."),
    ],
)
def test_a_given_name_of_the_press_is_put_right(language: str, text: str, after: str) -> None:
    assert canonicalize_names(text, language=language) == after


def test_no_genitive_s_follows_a_sibilant() -> None:
    made = canonicalize_names("Dmytro Lubinets und Ihor Taburets kamen.", language="de")
    assert "zs" not in made
