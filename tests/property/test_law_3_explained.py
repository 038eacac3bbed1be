"""Law 3, explained: the edits make the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from normalizer.testing import check_explained
from tests.property.strategies import documents, normalizers

if TYPE_CHECKING:
    from normalizer import Normalizer


@given(normalizers(), documents())
def test_explained(normalizer: Normalizer, source: str) -> None:
    check_explained(normalizer, source)
