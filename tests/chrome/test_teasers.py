"""What stands at the ends of a story: beginnings of others, cut to one length, and titles with a credit."""

from __future__ import annotations

import pytest

from normalizer.chrome import ChromeStage
from normalizer.edits import apply_edits

STANDARD = ChromeStage(lambda rule: rule != "chrome.key-points")
STORY = (
    "The ferry to the island sails again from Monday, eleven years after the old pier was closed by a storm.",
    "About four hundred people live there all year, and most of them came to watch the first crossing.",
    "Tickets cost half of what the fishermen used to ask, and the last boat leaves an hour before midnight.",
)
OTHER = (
    (
        "OYSTERS: The oyster beds of the bay have grown for the first time since the flood, the fishery board"
        " counted, and the boats that lay in the harbour through three winters are being painted. The board "
        "will decide in May how many licences it gives to crews from the other side of the"
    ),
    (
        "SCHOOL: Eleven children start at the island's school after the summer, one more than last year, "
        "which means that the second teacher stays. The head said that parents had moved back because of the "
        "ferry, that two houses by the chapel were let within a week, and that a third is"
    ),
    (
        "MILL: The water mill that the province wanted to sell will be run by those who live around it, the "
        "council agreed on Friday after a night of talks. The wheel must be rebuilt before the autumn, the "
        "stones have been paid for, and the first flour is promised to the hospital in"
    ),
    (
        "LIBRARY: The reading room above the post office opens on Sundays from the autumn, the parish council "
        "said, because the students who come home for the weekend asked for it. Two of the retired teachers "
        "will keep the keys, and the heating is paid from what the summer fair has"
    ),
)


def stripped(*lines: str) -> list[str]:
    text = "\n".join(lines)
    return apply_edits(text, STANDARD.edits(text)).split("\n")


@pytest.mark.parametrize("number", [4])
def test_teasers_that_break_off_at_one_length_go(number: int) -> None:
    assert stripped(*STORY, *OTHER[:number]) == list(STORY)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((*STORY, *OTHER[:3]), id="three of them"),
        pytest.param((*STORY, *(f"{line} harbour." for line in OTHER)), id="whole sentences"),
        pytest.param(
            (*STORY, OTHER[0], OTHER[1][:242], OTHER[2], OTHER[3]),
            id="of many lengths",
        ),
        pytest.param((STORY[0], *OTHER), id="a text whose paragraphs have no full stops"),
        pytest.param((*OTHER, *STORY), id="above the story"),
    ],
)
def test_paragraphs_of_the_story_stay(lines: tuple[str, ...]) -> None:
    assert stripped(*lines) == list(lines)


@pytest.mark.parametrize("credit", [" | Photo: Getty Images", " (Getty Images)", ". Photo: Getty Images"])
def test_of_a_title_with_a_credit_only_the_credit_goes(credit: str) -> None:
    assert stripped(f"12 dead in Ternopil{credit}", "Twelve died.", *STORY) == [
        "12 dead in Ternopil",
        "Twelve died.",
        *STORY,
    ]


def test_a_caption_above_the_title_goes_whole() -> None:
    assert stripped("Rescuers in Ternopil (Getty Images)", "Twelve dead in Ternopil", *STORY) == [
        "Twelve dead in Ternopil",
        *STORY,
    ]


def test_a_notice_broken_in_the_middle_is_no_title() -> None:
    notice = (
        "You are using a browser version with limited support for CSS. For all of it use a more up to date browser or"
    )
    assert stripped(notice, "Ferry sails again", *STORY) == ["Ferry sails again", *STORY]
