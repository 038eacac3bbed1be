"""Segments: quotations, blocks and lines, each with its language."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.language import label_blocks, segments
from normalizer.language.quotes import quoted_spans
from normalizer.result import Block, Language
from normalizer.testing import count_steps

STORY = "Міністр заявив у вівторок, що міст знову відкриють ще до зими. Роботи тривають від весни."
QUOTE = "«Мы не знаем, когда это закончится, но будем ждать столько, сколько понадобится»"


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_spans(text)]


def test_marks_of_many_languages() -> None:
    assert quoted('a «b» c „d“ e “f” g "h" i »j« k 「l」') == ["«b»", "„d“", "“f”", '"h"', "»j«", "「l」"]
    assert quoted("„German closes with the English opener“ and “English”") == [
        "„German closes with the English opener“",
        "“English”",
    ]


def test_single_marks_are_told_from_apostrophes() -> None:
    assert quoted("She said ‘we don’t know’ and ‚das war’s‘") == ["‘we don’t know’", "‚das war’s‘"]
    assert quoted("п‘ять, п’ять, the workers’ rights") == []


def test_the_outermost_quotation_counts() -> None:
    assert quoted("он сказал: «а «б» в» и ушёл") == ["«а «б» в»"]
    assert quoted("«an opener that nothing closes, then “this”") == ["“this”"]


def test_typed_marks() -> None:
    assert quoted("said: 'We know' and <<a>> ,,b'' ``c'' >>d<<") == ["'We know'", "<<a>>", ",,b''", "``c''", ">>d<<"]
    assert quoted('„a" and „b"') == ['„a"', '„b"']
    assert quoted("그는 'We know'라고, 请使用‘apt-mark’。") == ["'We know'", "‘apt-mark’"]


def test_typed_apostrophes_are_no_quotation_marks() -> None:
    for text in (
        "the players' strike, the workers' rights",
        "hy het 'n boek en sy 'n pen",
        "rock 'n' roll",
        "l'un d'eux",
    ):
        assert quoted(text) == [], text


def test_a_quotation_over_lines_is_a_span_in_each() -> None:
    assert quoted("«a\nb» «c»") == ["«a", "b»", "«c»"]
    assert quoted("»a\n«b»") == ["«b»"]
    assert quoted("«a\n\n«b\n\n«c», d «e»") == ["«a", "«b", "«c»", "«e»"]
    assert quoted('"a\n"b", c') == ['"a', '"b"']
    assert quoted("«" + "a " * 800 + "\nb» c") == []


@pytest.mark.parametrize("unit", ["«\n", "'a ", '"\n', "„\n„", "“ a\n", "<<", "``a\n\n", "«" + 99 * "\n"])
def test_spans_cost_in_proportion_to_the_text(unit: str) -> None:
    small, large = unit * 200, unit * 400
    assert count_steps(lambda: quoted_spans(large)) < 2.2 * count_steps(lambda: quoted_spans(small))


@given(st.text(st.sampled_from("ab \n«»„“”\"'‘’‹›「」『』《》<>`,"), max_size=60))
def test_spans_are_sorted_disjoint_and_inside_one_line(text: str) -> None:
    end = 0
    for start, stop in quoted_spans(text):
        assert end <= start < stop <= len(text)
        assert "\n" not in text[start:stop]
        end = stop


def test_a_quotation_is_a_segment_of_its_own() -> None:
    text = f"{STORY} {QUOTE}, — сказала вона."
    found = [(text[part.start : part.end].strip(), part.kind, part.language.code) for part in segments(text)]
    assert found == [(STORY, "text", "uk"), (QUOTE, "quote", "ru"), (", — сказала вона.", "text", "uk")]


def test_a_quoted_name_is_no_segment() -> None:
    text = "Він працює в «Розетці» вже п'ять років і нікуди не йде."
    assert [(part.start, part.end, part.kind) for part in segments(text)] == [(0, len(text), "text")]


@given(st.text(st.characters(), max_size=80))
def test_segments_are_sorted_disjoint_and_hold_every_letter(text: str) -> None:
    parts = segments(text)
    inside: set[int] = set()
    end = 0
    for part in parts:
        assert end <= part.start < part.end <= len(text)
        inside.update(range(part.start, part.end))
        end = part.end
    assert all(place in inside for place, char in enumerate(text) if char.isalpha())


def test_blocks_have_their_own_language() -> None:
    lines = [
        STORY,
        "Subscribe to our newsletter and never miss a story",
        "Мы не знаем, когда это закончится.",
        "Фото: УП",
    ]
    text = "\n".join(lines)
    blocks = []
    for line in lines:
        start = text.index(line)
        blocks.append(Block(start, start + len(line), "paragraph"))
    labelled = label_blocks(text, blocks)
    assert [block.language for block in labelled] == ["uk", "en", "ru", "uk"]
    assert [block._replace(language="und") for block in labelled] == blocks


def test_a_line_that_fits_two_languages_has_that_of_its_document() -> None:
    line = "Погода на завтра"
    for story, code in ((STORY, "uk"), ("Министр заявил во вторник, что мост снова откроют ещё до зимы.", "ru")):
        text = f"{story}\n{line}"
        (block,) = label_blocks(text, [Block(text.index(line), len(text), "paragraph")])
        assert block.language == code


def test_no_blocks() -> None:
    assert label_blocks("", ()) == ()
    assert segments("") == ()
    assert segments("\n \r\n") == ()


def test_another_detector_tells_the_parts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shout:
        name = "shout"

        def identify(self, text: str) -> Language:
            return Language("eo" if "!" in text else "is", 0.5, "Latn", self.name)

    monkeypatch.setattr(import_module("normalizer.language.backends"), "_started", lambda _name: Shout())
    line, short = "A line of a story that is long enough!", "Ho!"
    text = f"The story, which nobody has told so far\n{line}\n{short}"
    blocks = [Block(text.index(part), text.index(part) + len(part), "paragraph") for part in (line, short)]
    assert [block.language for block in label_blocks(text, blocks, backend="lingua")] == ["eo", "eo"]
    assert [part.language.code for part in segments(text, "is", "lingua")] == ["is", "eo", "is"]
