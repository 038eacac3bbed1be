"""Law 6, clean text is untouched: the reviewed pool comes back as the same object."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.testing import check_untouched
from tests.property.strategies import NORMALIZERS, clean_articles


@pytest.mark.parametrize("article", clean_articles(), ids=lambda text: text[:24])
def test_the_clean_pool(article: str) -> None:
    check_untouched(NORMALIZERS["standard"], article)


@given(st.sampled_from(clean_articles()), st.sampled_from(("\n", "\r\n", "\r")), st.booleans())
def test_line_ends_and_the_final_newline_stay(article: str, end: str, final: bool) -> None:
    source = article.rstrip("\n").replace("\n", end) + (end if final else "")
    check_untouched(NORMALIZERS["standard"], source)
