"""Site memory: what is learned, that it is saved for review, and that the order of documents is nothing."""

from __future__ import annotations

import pickle
import random
from pathlib import Path

import pytest

from normalizer import Config, Normalizer
from normalizer.chrome.sites import SiteMemory
from normalizer.errors import ConfigError

TAGLINE = "Your harbour, your paper"
STORIES = [
    f"Story number {number} tells of a boat that came home after {number} nights, as nobody had thought it would."
    for number in range(2, 9)
]
SITE = [f"{TAGLINE}\nHeadline {'abcdefgh'[n]}x\n{story}\n{STORIES[n - 1]} Again." for n, story in enumerate(STORIES)]


def test_lines_of_three_documents_are_the_sites() -> None:
    memory = SiteMemory.learn(SITE)
    assert memory.lines == ((TAGLINE, len(SITE)),)
    assert memory.documents == len(SITE)
    assert SiteMemory.learn(SITE[:2]).lines == ()


def test_of_few_documents_every_second_is_enough_for_a_line_and_not_for_a_paragraph() -> None:
    background = "The war began in the year of the great flood and has cost more lives than either side has counted."
    documents = [*(f"{text}\n{background}\nOn the quay" for text in SITE[:2]), SITE[2]]
    assert SiteMemory.learn(documents).lines == (("On the quay", 2), (TAGLINE, 3))
    assert SiteMemory.learn([*documents, *SITE[3:5]]).lines == ((TAGLINE, 5),)


def test_equal_documents_count_once() -> None:
    assert SiteMemory.learn([SITE[0]] * 5) == SiteMemory.learn([SITE[0]])
    assert SiteMemory.learn([SITE[0]] * 5).lines == ()


def test_the_order_of_documents_is_nothing() -> None:
    shuffled = SITE[:]
    random.Random(4).shuffle(shuffled)  # noqa: S311  cases, not secrets
    assert SiteMemory.learn(iter(shuffled)) == SiteMemory.learn(SITE)


def test_a_standing_paragraph_of_an_agency_is_not_the_sites() -> None:
    background = "The war began in the year of the great flood and has cost more lives than either side has counted."
    documents = [*SITE, *(f"{story}\n{background}" for story in STORIES[:3])]
    assert background not in dict(SiteMemory.learn(documents).lines)


def test_the_memory_drops_what_it_knows() -> None:
    memory = SiteMemory.learn(SITE)
    text = f"{STORIES[0]}\n{TAGLINE}\n{STORIES[1]}"
    assert Normalizer(Config())(text).text == text
    result = Normalizer(Config(site_memory=memory))(text)
    assert result.text == f"{STORIES[0]}\n{STORIES[1]}"
    (change,) = result.edits
    assert change.rules == ("chrome.site",)
    assert "in 7 of 7 documents of the site" in change.detail


def test_a_saved_memory_can_be_reviewed_and_loaded(tmp_path: Path) -> None:
    memory = SiteMemory.learn([*SITE, *(f"Ferry | Pier \ud800\n{text}" for text in SITE)])
    path = tmp_path / "site.json"
    memory.save(path)
    assert SiteMemory.load(path) == memory
    rows = path.read_bytes().decode("utf-8", "surrogatepass").split("\n")
    assert sum(TAGLINE in row for row in rows) == 1, "one line a row, so that a row can be deleted"


def test_a_memory_is_a_value() -> None:
    memory = SiteMemory.learn(SITE)
    assert pickle.loads(pickle.dumps(memory)) == memory  # noqa: S301  our own bytes
    assert hash(SiteMemory.learn(SITE)) == hash(memory)
    assert Config(site_memory=memory) == Config(site_memory=SiteMemory.learn(SITE))


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"format": "other", "lines": {}}', '{"format": "newsnorm-site-memory 1", "lines": {"a": "b"}}'],
)
def test_a_file_that_is_no_memory_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "site.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"site\.json"):
        SiteMemory.load(path)


SERIAL = [
    ("Grain index ends {} per cent up", "The grain index ended the day at {} points, more than anybody hoped.", "3127"),
    ("水戸市で震度{}の地震を観測", "{}日朝、水戸市で強い揺れを観測した。", "456"),
]


@pytest.mark.parametrize(("headline", "lead", "figures"), SERIAL, ids=["market", "earthquake"])
def test_figures_are_the_news_of_a_serial_report(headline: str, lead: str, figures: str) -> None:
    documents = [
        "\n\n".join(("Home | Markets", headline.format(figure), lead.format(figure), STORIES[number]))
        for number, figure in enumerate(figures)
    ]
    memory = SiteMemory.learn(documents)
    assert dict(memory.lines) == {"Home | Markets": len(figures)}
    for text in documents:
        assert Normalizer(Config(site_memory=memory))(text).text == text.removeprefix("Home | Markets\n\n")


def test_a_counter_is_known_without_its_figures() -> None:
    documents = [f"{number} people reacted\n{text}" for number, text in enumerate(SITE, 11)]
    memory = SiteMemory.learn(documents)
    assert len(memory.lines) == 2
    result = Normalizer(Config(site_memory=memory))("99 people reacted\n" + SITE[0])
    assert "reacted" not in result.text
