"""Language detection: plain cases, what it refuses, and that its answer depends on nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer._data import read_text
from normalizer.errors import NormalizerError
from normalizer.language import detect, script_of
from normalizer.language.detect import LEAST_LEAD, RELIABILITY
from normalizer.language.evidence import judge

CASES = json.loads((Path(__file__).parent.parent / "cases" / "language.json").read_text(encoding="utf-8"))
SENTENCES = [(case["expected"], case["input"]) for case in CASES if case["kind"] == "sentence"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases(case: dict[str, str]) -> None:
    assert detect(case["input"]).code == case["expected"], case["comment"]


@pytest.mark.parametrize("text", ["", " \n", "12:30 — 14.5 %", "\N{SNOWMAN}", "\ud800", "\0"])
def test_text_without_letters_is_undetermined(text: str) -> None:
    assert detect(text).code == "und"
    assert detect(text).confidence == 0
    assert detect(text).script == "Zyyy"


@given(st.text(st.characters(), max_size=60))
def test_every_text_has_an_answer(text: str) -> None:
    language = detect(text)
    assert language == detect(text)
    assert 0 <= language.confidence <= 1
    assert (language.code == "und") == (language.confidence == 0)


@pytest.mark.parametrize("text", [None, b"bytes", 17, ["a"]])
def test_what_is_no_text_is_named(text: Any) -> None:
    with pytest.raises(NormalizerError, match=f"not in {type(text).__name__}"):
        detect(text)


def test_a_long_text_is_read_in_part() -> None:
    text = " ".join(sentence for _, sentence in SENTENCES)
    read = judge(text * 50).read
    assert 0 < read < 2_500


def test_a_language_without_a_table_is_not_answered_with_confidence() -> None:
    uncovered = [case["input"] for case in CASES if case["kind"] == "uncovered"]
    assert all(
        detect(text).confidence < 0.95 for text in uncovered if script_of(text) != "Hebr" and script_of(text) != "Beng"
    )


def test_a_level_lead_is_undetermined() -> None:
    assert LEAST_LEAD > 0
    assert detect("a a").code in {"und", detect("a").code}
    assert detect("ка").confidence < 0.5


def test_confidence_grows_with_the_lead() -> None:
    assert [percent for _, percent in RELIABILITY] == sorted(percent for _, percent in RELIABILITY)
    assert detect("за").confidence < detect("Міністр заявив, що міст знову відкриють ще до зими.").confidence


def test_case_does_not_matter() -> None:
    for code, text in SENTENCES:
        assert detect(text.upper()).code == code
        assert detect(text.lower()).code == code


def test_long_text_is_sampled_evenly() -> None:
    by_code = dict(SENTENCES)
    story = (by_code["uk"] + " ") * 400
    assert detect(by_code["en"] + "\n" + story + "\n" + by_code["en"]).code == "uk"


def test_any_order_and_thread_gives_the_same_answers() -> None:
    texts = [text for _, text in SENTENCES] * 4
    with ThreadPoolExecutor(8) as pool:
        threaded = list(pool.map(detect, texts))
    assert threaded == [detect(text) for text in texts]
    assert threaded[::-1] == [detect(text) for text in reversed(texts)]


def test_another_process_gives_the_same_answers() -> None:
    program = (
        "import sys, json; from normalizer.language import detect; "
        "print(json.dumps([detect(text) for text in json.load(sys.stdin)]))"
    )
    texts = [text for _, text in SENTENCES]
    run = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    assert [tuple(answer) for answer in json.loads(run.stdout)] == [tuple(detect(text)) for text in texts]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Київ", "Cyrl"),
        ("東京タワー", "Jpan"),
        ("北京", "Hani"),
        ("서울 2024", "Hang"),
        ("Αθήνα", "Grek"),
        ("", "Zyyy"),
    ],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script


def test_a_word_of_one_near_language_is_not_the_others() -> None:
    tables = tomllib.loads(read_text("language/near.toml"))
    for entry in [*tables["pair"], *tables["close"], *tables["frame"]]:
        first, second = (words.split() for words in entry.values())
        assert len({*first, *second}) == len(first) + len(second), tuple(entry)
