"""Shapes of chrome in many languages, each put into a story; and the same words where they are the story."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from normalizer.chrome import ChromeStage
from normalizer.edits import apply_edits

CASES = Path(__file__).parent.parent / "cases"
STANDARD = ChromeStage(lambda rule: rule != "chrome.key-points")
BODY = ChromeStage(lambda _: True)


def load(name: str) -> list[dict[str, Any]]:
    """The records of a file of cases."""
    records: list[dict[str, Any]] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return records


# language -> headline and paragraphs
STORIES = {
    document["language"]: [line["text"] for line in document["lines"] if not line["chrome"]]
    for document in load("chrome_documents.json")
}


def story(language: str) -> list[str]:
    """The story in ``language``, or the English one."""
    return STORIES.get(language, STORIES["en"])


def placed(lines: list[str], language: str, place: str) -> list[str]:
    """The story with ``lines`` at ``place``."""
    title, *body = story(language)
    before = {"top": 0, "head": 1, "mid": 3, "tail": len(body) + 1}[place]
    return [*[title, *body][:before], *lines, *[title, *body][before:]]


def left(lines: list[str], stage: ChromeStage, gap: str) -> list[str]:
    """The lines that ``stage`` leaves; a second run must leave them all."""
    text = gap.join(lines)
    output = apply_edits(text, stage.edits(text))
    assert stage.edits(output) == []
    return output.split("\n")


@pytest.mark.parametrize("case", load("chrome_shapes.json"), ids=lambda case: case["label"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["dense", "spaced"])
def test_shapes(case: dict[str, Any], gap: str) -> None:
    for variant in case["variants"]:
        language = case["language"]
        lines = variant.replace("{T}", story(language)[0]).split("\n")
        output = left(placed(lines, language, case["place"]), STANDARD, gap)
        assert [line for line in story(language) if line not in output] == [], variant
        kept = [line for line in lines if line in output]
        assert kept == (lines if case["kind"] == "keep" else []), case["comment"]


@pytest.mark.parametrize(
    ("headline", "copy"),
    [
        (
            "Le maire dit « Nous ne céderons rien »",
            "Le maire dit « Nous ne céderons rien » Photo : Jean Dupont, maire (AFP)",
        ),
        ("„Wir bleiben hier“", "„Wir bleiben hier“ Foto: Anna Berg (dpa)"),
        ("Чому «Зоря» не зійшла", "Чому «Зоря» не зійшла Фото: голова клубу (Getty Images)"),
    ],
)
def test_a_headline_may_end_in_a_quotation_mark(headline: str, copy: str) -> None:
    _, *body = story("fr")
    assert left([headline, copy, *body], STANDARD, "\n\n") == "\n\n".join([headline, *body]).split("\n")


LABELS = {
    "en": ["Summary", "Key points", "What we know"],
    "de": ["Kurz gefasst", "Das Wichtigste in Kürze", "Darum geht's"],
    "fr": ["L'essentiel", "À retenir"],
    "es": ["Claves", "Lo que debe saber"],
    "it": ["In sintesi", "Cosa c'è da sapere"],
    "pt": ["Destaques", "O que saber"],
    "pl": ["W pigułce", "Najważniejsze"],
    "uk": ["Важливо", "Що потрібно знати"],
    "ru": ["Важно", "Что нужно знать"],
    "tr": ["Öne çıkanlar", "Bilinmesi gerekenler"],
    "ja": ["要点", "記事のポイント"],
    "ar": ["أبرز النقاط", "ملخص"],
}


@pytest.mark.parametrize(("language", "label"), [(code, label) for code, labels in LABELS.items() for label in labels])
def test_a_summary_box_goes_whole_or_not_at_all(language: str, label: str) -> None:
    title, first, second, *body = story(language)
    box = [label, f"- {first}", f"- {second}"]
    assert left([title, *box, *body], BODY, "\n") == [title, *body]
    assert left([title, *box, *body], STANDARD, "\n") == [title, *box, *body]
    alone = [title, first, label, second, *body]
    assert left(alone, BODY, "\n") == alone
    assert left(alone, STANDARD, "\n") == alone
    headed = [title, label, first, second, *body]
    assert left(headed, STANDARD, "\n") == headed


TALE = [
    "Negotiators met for three days in the harbour town, while the fishermen waited for the results on the pier.",
    "Nothing was agreed about the quotas, the ministry said, and the talks will go on in March in the capital.",
]


@pytest.mark.parametrize(
    ("last", "bullets", "goes"),
    [
        ("The fishermen left.", ["- Negotiators met for three days.", "- Nothing was agreed."], True),
        ("The fishermen left.", ["• Negotiators met in the harbour town", "• No quotas agreed, talks go on"], True),
        ("The fishermen brought:", ["- bread from the harbour town.", "- nothing for the talks."], False),
        ("Four people are missing.", ["- Anna Holm, 31", "- Peter Ashby, 40"], False),
        ("The coast guard advises.", ["- Keep a torch beside your bed.", "- Never sail alone at night."], False),
        ("The fishermen left.", ["– Negotiators met for three days.", "– Nothing was agreed."], False),
    ],
)
def test_bullets_that_end_the_story_go_when_they_say_it_again(last: str, bullets: list[str], goes: bool) -> None:
    lines = ["Talks about quotas end", *TALE, last, *bullets]
    assert left(lines, BODY, "\n") == (lines[:4] if goes else lines)
    assert left(lines, STANDARD, "\n") == lines


@pytest.mark.parametrize(
    "times", [("10.15 Uhr", "10:32 Uhr"), ("14:05 GMT", "14:20 GMT"), ("7 h 10", "7 h 45"), ("kl. 10.15", "kl. 10.32")]
)
def test_times_stay_over_short_entries(times: tuple[str, str]) -> None:
    title, first, *body = story("en")
    lines = [title, times[0], "The square fills.", times[1], "The mayor speaks.", first, *body]
    assert left(lines, STANDARD, "\n") == lines


def test_the_same_evidence_is_given_once() -> None:
    title, first, *body = story("en")
    (change,) = STANDARD.edits("\n".join([title, first, "Advertisement", "Advertisement", "Advertisement", *body]))
    assert len(change.detail.split(" | ")) == len(set(change.detail.split(" | ")))
