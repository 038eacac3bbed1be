"""The regression cases of the encoding stage: each is one text, what becomes of it, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import pytest

from normalizer.edits import apply_edits
from normalizer.encoding import repair_edits

CASES = Path(__file__).parent.parent / "cases"


class Case(TypedDict):
    label: str
    comment: str
    input: str
    expected: str
    kind: str


def cases() -> list[Case]:
    return [
        case for path in sorted(CASES.glob("encoding*.json")) for case in json.loads(path.read_text(encoding="utf-8"))
    ]


def marked(case: Case) -> object:
    known = [pytest.mark.xfail(strict=True, reason=case["comment"])] if case["kind"] == "known-failure" else []
    return pytest.param(case, id=case["label"], marks=known)


def every_rule(_rule: str) -> bool:
    return True


def repaired(text: str) -> str:
    return apply_edits(text, repair_edits(text, every_rule))


@pytest.mark.parametrize("case", [marked(case) for case in cases()])
def test_case(case: Case) -> None:
    assert repaired(case["input"]) == case["expected"]


@pytest.mark.parametrize(
    "case", [case for case in cases() if case["kind"] != "known-failure"], ids=lambda case: case["label"]
)
def test_stable(case: Case) -> None:
    assert repair_edits(case["expected"], every_rule) == []
