"""The apostrophe of Ukrainian: a matter of style, changed only where a configuration asks for it."""

from __future__ import annotations

import pytest

from normalizer import Config, normalize

ASKED = Config(extend_select=("encoding.apostrophe",))


@pytest.mark.parametrize("sign", ["'", "`", "´", "\u02bc", "‘", "′"])
def test_written_as_asked(sign: str) -> None:
    source = f"Пам{sign}ять про об{sign}єднання, сказала п{sign}ята учасниця."
    assert normalize(source).text == source
    result = normalize(source, ASKED)
    assert result.text == "Пам’ять про об’єднання, сказала п’ята учасниця."
    assert {edit.rules for edit in result.edits} == {("encoding.apostrophe",)}
    assert normalize(result.text, ASKED).edits == ()


def test_quotation_marks_stay() -> None:
    source = "Газета 'Яблуко' вийшла, а ‘Їжак’ ні; d'Abord, l'été."
    assert normalize(source, ASKED).text == source


def test_beside_damage() -> None:
    assert normalize("Пам'ять в\u00adулиці", ASKED).text == "Пам’ять вулиці"
