"""Traps that must survive, and documents in 18 languages whose every line is labelled."""

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
AGGRESSIVE = ChromeStage(lambda _: True, aggressive=True)
# Aim of the chrome issue for hand-made documents in `standard`.
DROPPED = 0.95


def stripped(text: str, stage: ChromeStage = STANDARD) -> str:
    """``text`` after one run of ``stage``."""
    return apply_edits(text, stage.edits(text))


def load(name: str) -> list[dict[str, Any]]:
    """The records of a file of cases."""
    records: list[dict[str, Any]] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return records


DOCUMENTS = [*load("chrome_documents.json"), *load("chrome_pages.json")]


@pytest.mark.parametrize("case", load("chrome_keep.json"), ids=lambda case: case["label"])
@pytest.mark.parametrize("stage", [STANDARD, BODY], ids=["standard", "body"])
def test_traps_survive(case: dict[str, Any], stage: ChromeStage) -> None:
    assert stripped(case["input"], stage) == case["expected"], case["comment"]


@pytest.mark.parametrize("case", load("chrome_traps.json"), ids=lambda case: case["label"])
@pytest.mark.parametrize("blank", ["\n", "\n\n"], ids=["dense", "spaced"])
def test_traps_between_paragraphs_survive(case: dict[str, Any], blank: str) -> None:
    text = blank.join(case["lines"])
    assert stripped(text) == text, case["comment"]


@pytest.mark.parametrize("case", load("chrome_traps.json"), ids=lambda case: case["label"])
@pytest.mark.parametrize("row", ["Share this article", "Read also: Ferry returns to the island"])
def test_traps_survive_beside_lines_of_the_page(case: dict[str, Any], row: str, request: pytest.FixtureRequest) -> None:
    lines = case["lines"]
    if "beside" in case:  # a known failure, with its reason
        request.applymarker(pytest.mark.xfail(reason=case["beside"], strict=True))
    for position in range(len(lines) + 1):
        left = stripped("\n".join([*lines[:position], row, *lines[position:]])).split("\n")
        assert [line for line in lines if line not in left] == [], position


def lines_of(document: dict[str, Any], *, chrome: bool) -> list[str]:
    """The chrome lines of a labelled document, or its other lines."""
    return [line["text"] for line in document["lines"] if line["chrome"] is chrome]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["language"])
@pytest.mark.parametrize("blank", ["\n", "\n\n"], ids=["dense", "spaced"])
def test_documents_lose_chrome_and_keep_the_story(document: dict[str, Any], blank: str) -> None:
    text = blank.join(line["text"] for line in document["lines"])
    left = stripped(text).split("\n")
    assert [line for line in lines_of(document, chrome=False) if line not in left] == []
    chrome = lines_of(document, chrome=True)
    kept = [line for line in chrome if line in left]
    assert len(kept) <= (1 - DROPPED) * len(chrome), kept


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["language"])
def test_one_piece_of_evidence_keeps_the_story_of_plain_documents_too(document: dict[str, Any]) -> None:
    left = stripped("\n".join(line["text"] for line in document["lines"]), AGGRESSIVE).split("\n")
    assert [line for line in lines_of(document, chrome=False) if line not in left] == []
