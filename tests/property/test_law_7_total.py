"""Law 7, total: every str and bytes gives a result or a NormalizerError, in steps that grow linearly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.testing import check_total, count_steps
from tests.property.strategies import NORMALIZERS, documents, encoded_documents, normalizers

if TYPE_CHECKING:
    from normalizer import Normalizer

# Twice the text may cost at most this much more than twice the steps; the rest is one-time work.
LINEAR = 2.3


@given(normalizers(), documents())
def test_every_text(normalizer: Normalizer, source: str) -> None:
    check_total(normalizer, source)


@given(normalizers(), st.one_of(st.binary(max_size=200), encoded_documents()))
def test_all_bytes(normalizer: Normalizer, source: bytes) -> None:
    check_total(normalizer, source)


GROWING = {
    "one line of words": "word ",
    "chrome lines": "Read also: Ministers meet in the capital again\n",
    "names": "Zelenskiy met Witkov in Kiev. ",
    "mojibake": "РњРёРЅРёСЃС‚СЂС‹ РІСЃС‚СЂРµС‚РёР»РёСЃСЊ. ",
    "mojibake lines": "La rÃ©union a durÃ© deux heures.\n",
    "marks": "e\u0301",
    "invisible": "wo\u200brd ",
    "mixed scripts": "Зеленськiй ",
    "surrogates": "\ud800 ",
    "controls": "a\x00\x85",
    "quotes": "\u201cword\u201d ",
    "bullets": "- one more point of the day\n",
    "blank lines": "\n",
    "carriage returns": "line\r",
    "markers on one line": "The council met. Read also: Title of it. ",
    "German markers on one line": "The council met on Monday. Lesen Sie auch: Neue Brücke. ",
    "copyright on one line": "© 2025 All rights reserved. ",
    "invitations on one line": "Subscribe to our newsletter, the charity begged. ",
}


# After so much text the names gate scans another way, once and for all: the runs to compare must both come later.
MUCH = "word " * 25_000


@pytest.mark.parametrize("unit", GROWING.values(), ids=GROWING)
def test_steps_grow_linearly(unit: str) -> None:
    normalizer = NORMALIZERS["aggressive"]
    normalizer(MUCH)
    normalizer(unit * 40)
    small, large = unit * 400, unit * 800
    first = count_steps(lambda: normalizer(small))
    second = count_steps(lambda: normalizer(large))
    assert second <= LINEAR * first + 500, (first, second)


def test_a_line_of_one_megabyte() -> None:
    source = "Ministers of both countries met again in the capital on Monday. " * 16_000
    check_total(NORMALIZERS["standard"], source)
    assert NORMALIZERS["standard"](source).text is source
