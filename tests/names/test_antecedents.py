"""A surname that several of the table bear is the one's whom the text has named in full."""

from __future__ import annotations

import pytest

from normalizer import normalize

BEARERS = {
    "Mykhailo Fedorov": "person:mykhailo-fedorov",
    "Jonathan Powell": "person:jonathan-powell",
    "Mike Johnson": "person:mike-johnson",
    "Yulia Tymoshenko": "person:yulia-tymoshenko",
    "Oleksii Kuleba": "person:oleksii-kuleba",
    "Wladimir Klitschko": "person:wladimir-klitschko",
    "Melania Trump": "person:melania-trump",
    "Andriy Shevchenko": "person:andriy-shevchenko",
}


@pytest.mark.parametrize("name", BEARERS)
def test_a_bare_surname_follows_the_full_name(name: str) -> None:
    text = f"On Monday {name} gave an interview. Later {name.rsplit(maxsplit=1)[-1]} flew home."
    assert [mention.entity for mention in normalize(text, language="en").mentions] == [BEARERS[name]] * 2
