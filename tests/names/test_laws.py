"""Laws of the names stage, on sentences put together from names, traps and arbitrary text."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizer.edits import apply_edits
from normalizer.errors import NormalizerError
from normalizer.names import NameStage
from normalizer.names.decide import Document
from normalizer.names.fold import View, fold
from normalizer.names.gate import Gate
from normalizer.names.matcher import Matcher
from normalizer.names.reading import Reading
from normalizer.names.table import AliasTable
from normalizer.names.windowing import windows

WORDS = (
    "Zelenskiy Zelenskyy Zelensky Vladimir Volodymyr Igor President Mr. V. Kiev Kyiv Odessa Texas Київ Києва "
    "Зеленський "
    "Zele\u0301nskiy Zelen\u00adskiy Zel\u0435nskiy ZELENSKIY kiev Krivoy Rog Nuclear Plant @Kiev #Kiev kiev.ua (Київ) "
    "Kiev/Odessa Kiev-based «Київ» \"Kiev\" 'Kiev' d'Odessa Selenskis formerly spelled or not Street Battle of 1941 "
    "\ud800 \x00 \u0130 \ufeff \u0085 \u2028 \U0001d50e ``` ` <b> </b> ( ) \u2019s 's"
)
PIECES = st.sampled_from(WORDS.split())
GAPS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\u00a0", ", ", ". ", "-", "/", "", "-\n", "\r\n", "\r"])
TEXTS = st.one_of(
    st.lists(st.tuples(PIECES, GAPS), max_size=14).map(lambda pairs: "".join(a + b for a, b in pairs)),
    st.text(max_size=60),
)
LANGUAGES = st.sampled_from(["en", "uk", "ru", "de", "fr", "tr", "und", "ja"])


@cache
def stage() -> NameStage:
    return NameStage(AliasTable.default(), "official", lambda _: True)


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_edits_are_sorted_disjoint_and_settle(text: str, language: str) -> None:
    seen = set()
    for _ in range(8):
        edits = stage().edits(text, lambda _: language)
        if not edits:
            break
        text = apply_edits(text, edits)
        assert text not in seen
        seen.add(text)
    assert stage().edits(text, lambda _: language) == []


@cache
def gates() -> list[Gate]:
    """A gate for each way of scanning: word by word, with a sparse automaton, with a dense one."""
    return [Gate(AliasTable.default(), "official", scanned) for scanned in (-(10**12), 1_000_000, 10_000_000)]


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_the_gate_never_shuts_out_an_edit(text: str, language: str) -> None:
    table = AliasTable.default()
    for whole in (text, "word " * 300 + text + " word" * 300):
        decisions = Document(Reading(View(whole), Matcher(table, "official"), lambda _: language)).decisions()
        if any(decision.change is not None for decision in decisions):
            assert all(gate.opens(whole, lambda _: language) for gate in gates())


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_looking_only_at_what_may_change_finds_every_change(text: str, language: str) -> None:
    matcher = Matcher(AliasTable.default(), "official")
    found = [
        Document(Reading(View(text), matcher, lambda _: language, changes_only=only)).decisions()
        for only in (False, True)
    ]
    changes = [[decision for decision in decisions if decision.change is not None] for decisions in found]
    assert changes[0] == changes[1]


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_mentions_are_sorted_disjoint_and_say_what_stands_there(text: str, language: str) -> None:
    position = 0
    for mention in stage().mentions(text, lambda _: language):
        assert position <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert mention.decision in {"rewritten", "kept", "reported"}
        position = mention.end


@given(st.text(max_size=80))
def test_a_view_maps_every_span_into_its_source(text: str) -> None:
    view = View(text)
    last = 0
    for position in range(len(view.text)):
        start, end = view.raw(position, position + 1)
        assert last <= start < end <= len(text)
        last = start


@given(st.text(alphabet="Abce'-\u0301 ", max_size=20) | st.text(alphabet="ЖїАс'-\u0301 ", max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_name_that_blanks_stretch_over_the_border_of_two_pieces_is_seen() -> None:
    piece = 1 << 20
    text = "word " * (piece // 5 - 20)
    text += "." * (piece - 90 - len(text) - 1) + " Krivoy" + " " * 180 + "Rog is a town."
    assert all(gate.opens(text) for gate in gates()[1:])


def test_a_long_text_is_read_in_windows_that_join_without_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normalizer.names.windowing.WINDOW", 1_000)
    stage = NameStage(AliasTable.default(), "official", lambda _: True)
    text = "President Zelenskiy spoke in Kiev on Monday. " * 100
    assert "".join(part for _, part in windows(text)) == text
    edits = stage.edits(text, lambda _: "en")
    assert apply_edits(text, edits) == "President Zelenskyy spoke in Kyiv on Monday. " * 100
    assert len(stage.mentions(text, lambda _: "en")) == len(edits)


def test_more_names_than_memory_holds_are_refused_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normalizer.names._MOST", 3)
    stage = NameStage(AliasTable.default(), "official", lambda _: True)
    with pytest.raises(NormalizerError, match=r"more than 3 names to rewrite .* split the document"):
        stage.edits("President Zelenskiy spoke in Kiev on Monday. " * 3, lambda _: "en")
