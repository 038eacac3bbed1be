"""Segments: quotations, blocks and lines, each with its language."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalizer.language import label_blocks, segments
from normalizer.language.quotes import quoted_spans
from normalizer.result import Block

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


def test_a_quotation_ends_with_its_line() -> None:
    assert quoted("«a\nb» «c»") == ["«c»"]
    assert quoted("»a\n«b»") == ["«b»"]


@given(st.text(st.sampled_from('ab \n«»„“”"‹›「」『』《》'), max_size=60))
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
