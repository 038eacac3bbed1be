"""Law 5, nothing asserted is lost: content survives in any mix of articles, and no document is emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from normalizer.testing import check_content_kept, check_never_emptied
from tests.property.strategies import NORMALIZERS, clean_articles, documents, normalizers

if TYPE_CHECKING:
    from normalizer import Normalizer


@given(normalizers(), documents())
def test_never_emptied(normalizer: Normalizer, source: str) -> None:
    check_never_emptied(normalizer, source)


@given(st.lists(st.sampled_from(clean_articles()), min_size=1, max_size=3), st.sampled_from(("\n\n", "\n")))
def test_the_content_of_mixed_articles_survives(articles: list[str], between: str) -> None:
    lines = [line for article in articles for line in article.splitlines() if line.strip()]
    source = between.join(articles)
    check_content_kept(NORMALIZERS["standard"], source, _without_repeats(lines))


def _without_repeats(lines: list[str]) -> list[str]:
    """The first of equal lines: a headline that comes twice is a headline duplicate, not a loss."""
    return list(dict.fromkeys(lines))
