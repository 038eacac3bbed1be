"""The laws of the stage: any text goes through, edits apply, and a second run has nothing to do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import normalizer
from normalizer import Config, Normalizer
from normalizer.edits import apply_edits
from normalizer.encoding import decode, repair_edits
from normalizer.encoding.pairs import find_places
from normalizer.errors import DecodeError

LETTERS = st.text(st.characters(codec=None), max_size=60)
WORDS = st.sampled_from(
    [
        "слово",
        "Größe",
        "naïve",
        "мiсто",
        "Ð¼Ð¸Ñ€",
        "Ã©tÃ©",
        "ïðèâåò",
        "РјРёСЂ",
        "ÎÒÃÇ",
        "&amp;amp;",
        "\ud83d",
        "e\u0301",
        "日本語",
        "\x85",
    ]
)
TEXTS = st.lists(st.one_of(LETTERS, WORDS), max_size=8).map(" ".join)


MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # bytes after these must fit UTF-16 or UTF-32, tested elsewhere


ONLY_REPAIR = Normalizer(Config(profile="minimal"))


def every_rule(_rule: str) -> bool:
    return True


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_total_explained_and_stable(text: str) -> None:
    edits = repair_edits(text, every_rule)
    once = apply_edits(text, edits)
    assert all(change.before != change.after and change.rules for change in edits)
    again = repair_edits(once, every_rule)
    assert repair_edits(apply_edits(once, again), every_rule) == []


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_repaired_text_is_that_of_the_result(text: str) -> None:
    """``repair_encoding`` makes no edits on its way, and comes to the same text."""
    assert normalizer.repair_encoding(text) == ONLY_REPAIR(text).text


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_nothing_enabled_nothing_done(text: str) -> None:
    assert repair_edits(text, lambda _rule: False) == []


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
def test_all_bytes_decode_or_say_why(raw: bytes) -> None:
    kept, how = decode(raw, errors="keep") if not raw.startswith(MARKS) else ("", None)
    if how is None:
        return
    assert isinstance(kept, str)
    assert 0 <= how.confidence <= 1
    if how.how == "kept":
        with pytest.raises(DecodeError) as caught:
            decode(raw)
        assert 0 <= caught.value.offset <= len(raw)
    else:
        assert decode(raw) == (kept, how)


@pytest.mark.parametrize("unit", ["слово Ð¼Ð¸Ñ€ ", "Größe Ã© ", "ïðèâåò ", "═║ ", "ÎÒÃÇ", "đ", "\ud800", "й"])
def test_cost_is_linear(unit: str) -> None:
    """Counted in calls, not timed: ten times the text may take little more than ten times the work."""
    small, large = calls(unit * 40), calls(unit * 400)
    assert large <= 14 * small + 2000


def calls(text: str) -> int:
    import sys

    count = 0

    def tick(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    find_places("x" * 1_100_000)  # so much text that the automaton stands
    repair_edits(text, every_rule)  # tables and caches first
    sys.setprofile(tick)
    try:
        repair_edits(text, every_rule)
    finally:
        sys.setprofile(None)
    return count
