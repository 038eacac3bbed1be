"""How a canonical form takes on what the text has: the capital of a sentence, the apostrophe."""

from __future__ import annotations

import pytest

from normalizer import canonicalize_names
from normalizer.names.table import AliasTable

RECORDS: list[dict[str, object]] = [
    {
        "id": "t:al-hasri",
        "type": "person",
        "canonical": {"en": "Karim al-Hasri"},
        "family": {"en": "al-Hasri"},
        "aliases": [{"s": "al-Hasry", "use": "guarded"}],
    },
    {
        "id": "t:o-callan",
        "type": "person",
        "canonical": {"en": "Brid O'Callanan"},
        "aliases": [{"s": "O'Calanan", "use": "guarded"}],
    },
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al-Hasry left.", "Al-Hasri left."),
        ("They met. “Al-Hasry left.”", "They met. “Al-Hasri left.”"),
        ("Then al-Hasry left.", "Then al-Hasri left."),
        ("Then Al-Hasry left.", "Then al-Hasri left."),
        ("AL-HASRY LEFT.", "AL-HASRI LEFT."),
        ("Then O’Calanan left.", "Then O’Callanan left."),
        ("Then O'Calanan left.", "Then O'Callanan left."),
    ],
)
def test_the_text_keeps_its_own_capital_and_apostrophe(text: str, expected: str) -> None:
    table = AliasTable.default().overlay(AliasTable.from_records(RECORDS))
    assert canonicalize_names(text, language="en", table=table) == expected
