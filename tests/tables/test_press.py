"""Spellings of the press: how many of them are seen to name their bearer.

In flows press.txt, written down from memory before the tables were asked: an entity a line, then by language the
spellings that its press uses, well or badly. A few stay unknown on purpose; the share may not fall.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from normalizer import Config, Result, normalize

CARRIERS = {
    "en": "On Monday {} was in the news again.",
    "de": "Am Montag war {} wieder in den Nachrichten.",
    "fr": "Lundi, {} était encore dans l'actualité.",
    "es": "El lunes {} volvió a ser noticia.",
    "pl": "W poniedziałek {} znowu był w wiadomościach.",
    "it": "Lunedì {} era di nuovo nelle notizie.",
    "pt": "Na segunda-feira {} voltou a ser notícia.",
    "tr": "Pazartesi günü {} yine gündemdeydi.",
    "cs": "V pondělí {} byl znovu ve zprávách.",
    "ro": "Luni, {} a fost din nou la știri.",
    "uk": "У понеділок {} знову був у новинах.",
    "ru": "В понедельник {} снова был в новостях.",
}
SHARE = 0.98  # at least so many of the spellings of a language


def spellings(language: str) -> Iterator[tuple[str, str]]:
    """The entities with their spellings in the press of a language."""
    for line in Path(__file__).with_name("press.txt").read_text(encoding="utf-8").splitlines():
        entity, *lists = line.split("|")
        for code, _, listed in (part.partition(":") for part in lists):
            if code == language:
                yield from ((entity, spelling) for spelling in listed.split(";"))


def read(language: str, spelling: str) -> Result:
    return normalize(CARRIERS[language].format(spelling), Config(select=("names",)), language=language)


@pytest.mark.parametrize("language", CARRIERS)
def test_the_press_names_its_people_and_places(language: str) -> None:
    every = list(spellings(language))
    missed = [
        spelling for entity, spelling in every if entity not in {m.entity for m in read(language, spelling).mentions}
    ]
    assert len(every) > 100
    assert len(missed) <= (1 - SHARE) * len(every), missed


@pytest.mark.parametrize("language", CARRIERS)
def test_what_is_rewritten_stays_as_it_then_is(language: str) -> None:
    once = [read(language, spelling) for _, spelling in spellings(language)]
    changed = [result.text for result in once if result.edits]
    assert [text for text in changed if normalize(text, Config(select=("names",)), language=language).edits] == []
