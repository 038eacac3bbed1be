"""Law 1, idempotent: a second run changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from normalizer.testing import check_idempotent
from tests.property.strategies import documents, normalizers

if TYPE_CHECKING:
    from normalizer import Normalizer


@given(normalizers(), documents())
def test_idempotent(normalizer: Normalizer, source: str) -> None:
    check_idempotent(normalizer, source)
