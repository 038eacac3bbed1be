"""Names alone: where next to no other word stands, no language is told, and nothing is rewritten."""

from __future__ import annotations

import pytest

from normalizer import normalize


@pytest.mark.parametrize(
    "name",
    ["Alexander Lukashenko", "Cherson", "Alexei Navalny", "Iulia Svîrîdenko\n", "«Iulia Svîrîdenko» (foto).\n", "Kiev"],
)
def test_a_name_alone_stays(name: str) -> None:
    assert normalize(name).text == name


@pytest.mark.parametrize(("text", "name"), [("Talks in Kiev", "Kyiv"), ("Putin calls Zelenskiy", "Zelenskyy")])
def test_a_few_words_are_enough(text: str, name: str) -> None:
    assert name in normalize(text).text


def test_what_is_called_rewritten_is() -> None:
    result = normalize("Хакан Фідан прибув до Києва.", language="uk")
    assert result.text.startswith("Гакан Фідан")
