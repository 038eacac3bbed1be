"""Blocks: every line is in one, and the kinds are those of the guide."""

from __future__ import annotations

import pytest

from normalizer.chrome import ChromeStage
from normalizer.result import Block

STANDARD = ChromeStage(lambda rule: rule != "chrome.key-points")

A = "The ferry to the island sails again from Monday, eleven years after the old pier was closed by a storm."
B = "Tickets cost half of what the fishermen used to ask, and the last boat leaves an hour before midnight."


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and first words of each block."""
    return [(block.kind, text[block.start : block.end][:12]) for block in STANDARD.blocks(text)]


def test_kinds_of_an_article() -> None:
    lines = [
        "ua en ru",
        "Ferry returns to the island",
        A,
        "Key points",
        "- The ferry sails again.",
        "- Tickets cost half the price.",
        "We would rather close it for a year than bury someone.",
        "Marta Nowak",
        "Deputy Minister of Transport",
        B,
        "“It has guided us home for a century.”",
        "The timetable",
        "- from the harbour at seven",
        "- from the island at eight",
        "The boat at dusk. Photo: Tom Ashby / Reuters",
        B,
        "Share this article",
    ]
    text = "\n".join(lines)
    assert kinds(text) == [
        ("language-switcher", "ua en ru"),
        ("heading", "Ferry return"),
        ("paragraph", A[:12]),
        ("key-points", "Key points\n-"),
        ("quote", "We would rat"),
        ("attribution", "Marta Nowak"),
        ("attribution", "Deputy Minis"),
        ("paragraph", B[:12]),
        ("quote", "“It has guid"),
        ("heading", "The timetabl"),
        ("list", "- from the h"),
        ("caption", "The boat at "),
        ("paragraph", B[:12]),
        ("share", "Share this a"),
    ]


def test_a_caption_carries_its_credit() -> None:
    text = f"{A}\nThe boat at dusk. Photo: Tom Ashby / Reuters\n{B}"
    (caption,) = [block for block in STANDARD.blocks(text) if block.kind == "caption"]
    assert caption.credit == "Tom Ashby / Reuters"


def test_a_byline_that_stays_is_tagged() -> None:
    text = f"Ferry returns to the island\nBy Jane Doe\n{A}\n{B}"
    assert ("byline", "By Jane Doe") in kinds(text)
    assert STANDARD.edits(text) == []


@pytest.mark.parametrize("text", ["", "\n\n", "a", "\ud800\n\x00", f"{A}\r\n\r\n{B}\r", "Share\nSubscribe now"])
def test_blocks_cover_every_line_in_order(text: str) -> None:
    blocks: tuple[Block, ...] = STANDARD.blocks(text)
    covered = "\n".join(text[block.start : block.end] for block in blocks)
    assert covered.split() == text.split()
    assert [block.start for block in blocks] == sorted(block.start for block in blocks)


def test_a_page_of_nothing_but_chrome_is_kept() -> None:
    text = "Share on Facebook\nSubscribe now"
    assert STANDARD.edits(text) == []
    assert len(STANDARD.blocks(text)) == 2


def test_a_document_that_is_all_chrome_is_kept_and_its_blocks_say_so() -> None:
    lines = [
        "Share this article",
        "Log in",
        "Comments (4)",
        "Subscribe to our newsletter",
    ]
    for scraps in ([], ["Jane Ellery"], ["Jane Ellery", "3 minutes"]):
        text = "\n".join([*lines[:2], *scraps, *lines[2:]])
        stage = ChromeStage(lambda _: True)
        assert stage.edits(text) == []
        kinds = {text[block.start : block.end]: block.kind for block in stage.blocks(text)}
        assert [kinds[line] for line in lines] == ["share", "paywall", "comments", "subscribe"]
