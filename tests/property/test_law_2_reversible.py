"""Law 2, reversible: the source comes back."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from normalizer import Config, DecodeError, Normalizer
from normalizer.testing import check_reversible
from tests.property.strategies import documents, encoded_documents, normalizers


@given(normalizers(), documents())
def test_reversible(normalizer: Normalizer, source: str) -> None:
    check_reversible(normalizer, source)


@given(normalizers(), st.one_of(st.binary(max_size=60), encoded_documents()))
def test_bytes_stay_as_they_came(normalizer: Normalizer, raw: bytes) -> None:
    with suppress(DecodeError):  # which bytes are refused is the decoder's own test
        check_reversible(normalizer, raw)


@given(st.one_of(st.binary(max_size=60), encoded_documents()))
def test_kept_bytes_are_never_refused(raw: bytes) -> None:
    check_reversible(Normalizer(Config(errors="keep")), raw)
