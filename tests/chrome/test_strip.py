"""The stage as a whole: its edits, the gaps they leave, its stability, its silence on clean text."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from normalizer.chrome import ChromeStage
from normalizer.edits import apply_edits

STANDARD = ChromeStage(lambda rule: rule != "chrome.key-points")
BODY = ChromeStage(lambda _: True)

A = "The ferry to the island sails again from Monday, eleven years after the old pier was closed by a storm."
B = "Tickets cost half of what the fishermen used to ask, and the last boat leaves an hour before midnight."
AD = "Story continues below advertisement"
SHARE = "Share this article"


def stripped(text: str, stage: ChromeStage = STANDARD) -> str:
    return apply_edits(text, stage.edits(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{A}\n{AD}\n{B}", f"{A}\n{B}", id="no gaps"),
        pytest.param(f"{A}\n\n{AD}\n\n{B}\n", f"{A}\n\n{B}\n", id="equal gaps"),
        pytest.param(f"{A}\n\n\n{AD}\n{B}\n", f"{A}\n\n\n{B}\n", id="the larger gap before stays"),
        pytest.param(f"{A}\n{AD}\n\n\n{B}\n", f"{A}\n\n\n{B}\n", id="the larger gap after stays"),
        pytest.param(f"{AD}\n\n{A}\n{B}", f"{A}\n{B}", id="no gap at the head"),
        pytest.param(f"\n\n{AD}\n\n{A}\n{B}", f"{A}\n{B}", id="no gap at the head, blank lines first"),
        pytest.param(f"{A}\n{B}\n\n{SHARE}", f"{A}\n{B}", id="no gap at the tail, no final newline"),
        pytest.param(f"{A}\n{B}\n\n{SHARE}\n", f"{A}\n{B}\n", id="no gap at the tail, final newline"),
        pytest.param(f"{A}\n{B}\n\n{SHARE}\n\n\n", f"{A}\n{B}\n", id="blank lines after the tail"),
        pytest.param(f"{A}\r\n\r\n{AD}\r\n\r\n{B}\r\n", f"{A}\r\n\r\n{B}\r\n", id="CRLF"),
        pytest.param(f"{A}\r\r{AD}\r\r{B}\r", f"{A}\r\r{B}\r", id="CR"),
        pytest.param(f"{A}\n{AD}\n\n{SHARE}\n{B}", f"{A}\n{B}", id="a run with a gap inside"),
    ],
)
def test_gaps(text: str, expected: str) -> None:
    assert stripped(text) == expected


def test_a_run_is_one_edit_that_says_why() -> None:
    text = f"{A}\n\n{AD}\n{SHARE}\n\n{B}"
    (change,) = STANDARD.edits(text)
    assert change.rules == ("chrome.ads", "chrome.share")
    assert change.before == f"{AD}\n{SHARE}\n\n"
    for finding in change.detail.split(" | "):
        assert finding.count(";") >= 1, "a drop in standard shows two signals"


@pytest.mark.parametrize("text", ["", "\n", " \r\n ", SHARE, f"{SHARE}\n{AD}\nLeave a comment\n"])
def test_a_document_is_never_emptied(text: str) -> None:
    assert STANDARD.edits(text) == []
    assert BODY.edits(text) == []


def test_a_rule_that_is_off_edits_nothing() -> None:
    off = ChromeStage(lambda rule: rule != "chrome.ads")
    assert stripped(f"{A}\n{AD}\n{SHARE}\n{B}", off) == f"{A}\n{AD}\n{B}"


@pytest.mark.parametrize("breaker", ["\x85", "\u2028", "\x0b", "\x0c", "\x1c"])
def test_other_line_breaks_end_no_line(breaker: str) -> None:
    text = f"{A}{breaker}{SHARE}{breaker}{B}"
    assert STANDARD.edits(text) == []


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "\ufeff", "\U0001f468\u200d\U0001f469", "\u0301", "İ", "\u202e"])
def test_any_character_passes_and_offsets_hold(odd: str) -> None:
    text = f"{odd}{A}{odd}\n{AD}\n{odd * 3}{B}{odd}"
    assert stripped(text) == f"{odd}{A}{odd}\n{odd * 3}{B}{odd}"


@pytest.mark.parametrize("line", ["–\u2029", "\x0b•", "*\x1c", "\x85-"])
def test_lines_of_nothing_but_breaks_and_bullets(line: str) -> None:
    assert STANDARD.edits(f"{line}\n{A}\n{line}") == []


def test_flattened_marker_is_cut_out_of_a_paragraph() -> None:
    text = f"{A} Read also: Library reopens after the flood. {B}"
    assert stripped(text) == f"{A} {B}"
    (change,) = STANDARD.edits(text)
    assert change.rules == ("chrome.related",)


def test_caption_glued_before_a_paragraph_is_cut() -> None:
    text = f"Photo: Ana Costa (Getty Images) {A}\n{B}"
    assert stripped(text) == f"{A}\n{B}"


def test_key_points_go_whole_and_only_in_body() -> None:
    box = "Key points\n- The ferry sails again after years.\n- Tickets cost half the old price."
    text = f"{A}\n{box}\n{B}"
    assert stripped(text) == text
    assert stripped(text, BODY) == f"{A}\n{B}"


def test_bullets_that_end_the_story_go_only_in_body() -> None:
    bullets = "- The ferry sails again after eleven years.\n- Tickets cost half the old price now."
    assert stripped(f"{A}\n{B}\n{bullets}\n") == f"{A}\n{B}\n{bullets}\n"
    assert stripped(f"{A}\n{B}\n{bullets}\n", BODY) == f"{A}\n{B}\n"
    introduced = f"{A}\nThe council decided two things, the mayor said when the meeting was over at last:\n{bullets}"
    assert stripped(introduced, BODY) == introduced


CHROME = (
    AD,
    SHARE,
    "ua en ru",
    "12 May 2025, 14:05",
    "Read also",
    "Town hall reopens after the flood",
    "World",
    "Tags: sea, ferry",
)
STORY = (A, B, "What happens next", '"We waited for it," she said.', "- a short item", "14:05", "")


@pytest.mark.parametrize("seed", range(60))
def test_the_stage_has_nothing_to_do_on_its_own_output(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  cases, not secrets
    lines = [chance.choice(chance.choice((CHROME, STORY))) for _ in range(chance.randint(1, 14))]
    text = chance.choice(("\n", "\r\n", "\n\n")).join(lines)
    for stage in (STANDARD, BODY, ChromeStage(lambda _: True, aggressive=True)):
        once = stripped(text, stage)
        assert stage.edits(once) == []


def test_edits_are_sorted_disjoint_and_true() -> None:
    lines = [AD, A, SHARE, B, AD, A, "Leave a comment"]
    text = "\n\n".join(lines)
    edits = STANDARD.edits(text)
    assert len(edits) == 4
    assert all(text[change.start : change.end] == change.before != change.after for change in edits)
    assert all(first.end <= second.start for first, second in pairwise(edits))


@pytest.mark.parametrize("home", ["Forside", "Etusivu", "Share"])
def test_aggressive_keeps_the_headline_under_lines_of_the_page(home: str) -> None:
    stage = ChromeStage(lambda _: True, aggressive=True)
    story = "Mill turns again after forty years\nThe mill turned on Monday.\nMost of the village came."
    text = f"{home}\n{story}"
    assert story in apply_edits(text, stage.edits(text))


def test_aggressive_keeps_tables_and_lists_of_numbers() -> None:
    stage = ChromeStage(lambda _: True, aggressive=True)
    text = (
        "Three calls to make\nThe storm came on Monday.\nFire brigade 112\nPolice 110\nHarbour office 555 0143\n"
        "Nobody was hurt, the mayor said."
    )
    assert stage.edits(text) == []
