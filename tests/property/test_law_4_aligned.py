"""Law 4, aligned: spans map to the text and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from normalizer.testing import check_aligned
from tests.property.strategies import documents, normalizers

if TYPE_CHECKING:
    from normalizer import Normalizer


@given(normalizers(), documents())
def test_aligned(normalizer: Normalizer, source: str) -> None:
    check_aligned(normalizer, source)
