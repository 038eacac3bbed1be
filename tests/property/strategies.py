"""Strategies that the property tests share: documents from our own fixtures, and stacks of edits."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from normalizer import Config, Normalizer
from normalizer.edits import Edit, EditLog
from normalizer.testing import sources

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

FIXTURES = Path(__file__).parents[2] / "fixtures"
NORMALIZERS = {
    profile: Normalizer(Config(profile=profile)) for profile in ("minimal", "standard", "body", "aggressive")
}


@cache
def fixture_lines() -> tuple[str, ...]:
    lines: dict[str, None] = {}
    for path in sorted(FIXTURES.glob("*/*.txt")):
        lines.update(dict.fromkeys(path.read_bytes().decode("utf-8-sig").splitlines()))
    return tuple(line for line in lines if line)


def documents() -> SearchStrategy[str]:
    return sources(fixture_lines())


def encoded_documents() -> SearchStrategy[bytes]:
    """Documents as bytes, in the charsets that news still comes in."""
    codecs = st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp1252", "cp1250", "gb18030"))
    return st.builds(lambda text, codec: text.encode(codec, "replace"), documents(), codecs)


def normalizers() -> SearchStrategy[Normalizer]:
    return st.sampled_from(sorted(NORMALIZERS)).map(NORMALIZERS.__getitem__)


_LETTERS = st.sampled_from("ab\N{GRINNING FACE}é\n")


@st.composite
def stage(draw: DrawFn, text: str) -> list[Edit]:
    """Sorted, disjoint edits of ``text``: insertions, deletions, replacements, touching ones among them."""
    edits: list[Edit] = []
    position = 0
    for _ in range(draw(st.integers(0, 5))):
        start = position + draw(st.integers(0, 2))
        if start > len(text):
            break
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 1, 2, 3))))
        after = draw(st.text(_LETTERS, max_size=3))
        edits.append(Edit(start, end, text[start:end], after, (f"rule.{draw(st.integers(0, 3))}",), "drawn"))
        position = end
    return edits


@st.composite
def stacks(draw: DrawFn) -> tuple[str, list[list[Edit]]]:
    """A source and three to six stages of edits, each against the text that the stage before left."""
    source = text = draw(st.text(_LETTERS, max_size=12))
    stages: list[list[Edit]] = []
    for _ in range(draw(st.integers(3, 6))):
        edits = draw(stage(text))
        stages.append(edits)
        text = EditLog(text, edits).text
    return source, stages


@cache
def clean_articles() -> list[str]:
    """The reviewed pool of clean articles (their byte order mark, if any, aside)."""
    return [path.read_bytes().decode("utf-8-sig") for path in sorted((FIXTURES / "clean").glob("*.txt"))]
