"""The laws, as checks that anybody can run on their own rules, packs and tables.

Each ``check_…`` takes a normalizer and a source, returns nothing, and raises :class:`LawBroken` with
the counterexample. :func:`sources` (it needs ``hypothesis``) draws the texts that break things::

    from hypothesis import given
    from normalizer import Config, Normalizer
    from normalizer.testing import LAWS, sources

    mine = Normalizer(Config(tables=["house-style.jsonl"]))

    @given(sources())
    def test_laws(source):
        for law in LAWS:
            law(mine, source)
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING

from normalizer.edits import apply_edits
from normalizer.errors import NormalizerError

if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from hypothesis.strategies import SearchStrategy

    from normalizer.pipeline import Normalizer
    from normalizer.result import Result


class LawBroken(AssertionError):  # noqa: N818 - it is a finding, not an error of the program
    """A law does not hold; the message shows the case."""


def _demand(holds: bool, law: str, source: str | bytes, found: object) -> None:
    if not holds:
        raise LawBroken(f"{law}: {source[:400]!r} gave {found!r}")


def check_idempotent(normalizer: Normalizer, source: str) -> None:
    """Law 1: a second run has no edits and the same text."""
    first = normalizer(source)
    second = normalizer(first.text)
    _demand(second.text == first.text and not second.edits, "idempotent", source, (first.edits, second.edits))


def check_reversible(normalizer: Normalizer, source: str | bytes) -> None:
    """Law 2: the source comes back, and bytes stay as they came."""
    result = normalizer(source)
    expected = source if isinstance(source, str) else result.source
    _demand(result.revert() == expected == result.source, "reversible", source, result.edits)
    _demand(result.raw == (source if isinstance(source, bytes) else None), "raw bytes kept", source, result.raw)


def check_explained(normalizer: Normalizer, source: str) -> None:
    """Law 3: the edits make the text; they are sorted, disjoint, true to the source, and give rule and evidence."""
    result = normalizer(source)
    _demand(apply_edits(result.source, result.edits) == result.text, "explained", source, result.edits)
    for before, after in pairwise(result.edits):
        _demand(before.end <= after.start, "edits sorted and disjoint", source, (before, after))
    for change in result.edits:
        _demand(change.before == source[change.start : change.end] != change.after, "edit is true", source, change)
        _demand(bool(change.rules and all(change.rules) and change.detail), "edit gives its reasons", source, change)
        enabled = all(normalizer.config.enabled(rule) for rule in change.rules)
        _demand(enabled, "edit by a rule that is on", source, change)


def check_aligned(normalizer: Normalizer, source: str, spans: Iterable[tuple[int, int]] | None = None) -> None:
    """Law 4: spans map to text and back. Without ``spans``, those around every edit are tried."""
    result = normalizer(source)
    for start, end in _spans(result) if spans is None else spans:
        _check_span(result, *sorted((min(start, len(source)), min(end, len(source)))))
    for change in result.edits:
        if not change.after:
            place = result.to_text(change.start, change.end)
            back = result.to_source(*place)
            _demand(back[0] <= change.start and change.end <= back[1], "a deletion maps back", source, (change, back))


def _spans(result: Result) -> list[tuple[int, int]]:
    size = len(result.source)
    borders = {0, size}
    for change in result.edits[:8]:
        borders |= {change.start - 1, change.start, change.start + 1, change.end - 1, change.end, change.end + 1}
    places = sorted(border for border in borders if 0 <= border <= size)
    return [(start, end) for start in places for end in places if start <= end]


def _check_span(result: Result, start: int, end: int) -> None:
    text_start, text_end = result.to_text(start, end)
    source_start, source_end = result.to_source(text_start, text_end)
    shown = ((start, end), (text_start, text_end), (source_start, source_end))
    if start < end:
        _demand(source_start <= start and end <= source_end, "the way back covers", result.source, shown)
    if not any(change.start <= end and start <= change.end for change in result.edits):
        same = result.source[start:end] == result.text[text_start:text_end]
        _demand(same and (source_start, source_end) == (start, end), "an untouched span is kept", result.source, shown)


def check_content_kept(normalizer: Normalizer, source: str, content: Iterable[str]) -> None:
    """Law 5: every one of ``content`` (lines of ``source`` that tell the story) survives as it is."""
    result = normalizer(source)
    position = 0
    for line in content:
        found = result.text.find(line, position)
        _demand(found >= 0, "content kept", source, (line, result.edits))
        position = found + len(line)


def check_never_emptied(normalizer: Normalizer, source: str) -> None:
    """Law 5: a document with a letter or digit in it keeps one, and a deletion gives its two pieces of evidence."""
    result = normalizer(source)
    told = any(character.isalnum() for character in source)
    _demand(not told or any(character.isalnum() for character in result.text), "never emptied", source, result.edits)


def check_untouched(normalizer: Normalizer, source: str) -> None:
    """Law 6: clean text comes back as the same object, without edits."""
    result = normalizer(source)
    _demand(result.text is source and not result.edits, "clean text untouched", source, result.edits)


def check_total(normalizer: Normalizer, source: str | bytes) -> None:
    """Law 7: a result or a NormalizerError with a message; everything that is lazy can be asked for."""
    try:
        result = normalizer(source)
    except NormalizerError as error:
        _demand(bool(str(error)), "errors say what is wrong", source, error)
        return
    result.as_dict()
    for mention in result.mentions:
        _demand(0 <= mention.start < mention.end <= len(result.text), "mentions lie in the text", source, mention)
    for block in result.blocks:
        _demand(0 <= block.start <= block.end <= len(result.source), "blocks lie in the source", source, block)


def check_deterministic(normalizer: Normalizer, source: str) -> None:
    """Law 8: the same answer again, from a copy, and from another thread."""
    expected = normalizer(source).as_dict()
    copy: Normalizer = pickle.loads(pickle.dumps(normalizer))  # noqa: S301 - our own bytes
    _demand(copy(source).as_dict() == expected, "deterministic in a copy", source, expected)
    with ThreadPoolExecutor(2) as pool:
        answers = [result.as_dict() for result in pool.map(normalizer, [source, source])]
    _demand(answers == [expected, expected], "deterministic in threads", source, expected)


LAWS: tuple[Callable[[Normalizer, str], None], ...] = (
    check_idempotent,
    check_reversible,
    check_explained,
    check_aligned,
    check_never_emptied,
    check_total,
    check_deterministic,
)


def count_steps(function: Callable[[], object]) -> int:
    """How many lines of Python ``function`` runs: a measure of work that no noisy machine can change."""
    steps = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return trace

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(previous)
    return steps


# Characters that have broken text tools before: surrogates, bidi, joiners, marks, odd line ends, NUL, BOM.
HARD_CHARACTERS = (
    "\ud800\udc80\udfff\u202a\u202b\u202c\u202e\u2066\u2069\u200b\u200c\u200d\u200e\u200f\u0301\u0306\u0308\u0338"
    "\u093c\u09be\u0c4d\u0f71\x00\x01\x7f\ufeff\x85\u2028\u2029\r\n\t\x0b\x0c\x1c\xa0\xad\u2060\ufffd\ufffe\U0001f468"
    "\U0001f3fd\U0010ffff\U0001d400\ufb01ıİßſǅａ漢字&<>;'’`\"«»[](){}/\\@#:.-–—…0Aa"
)


def sources(lines: Sequence[str] = ()) -> SearchStrategy[str]:
    """A hypothesis strategy of documents: story lines, site chrome, names, mojibake and arbitrary Unicode.

    ``lines`` are added to the package's own examples (the catalogue's and the packs').
    """
    from hypothesis import strategies as st

    known = [*example_lines(), *lines]
    wild = st.text(st.one_of(st.sampled_from(HARD_CHARACTERS), st.characters(codec=None)), max_size=40)
    sample = st.sampled_from(known)
    line = st.one_of(
        sample, st.builds(_damaged, sample, st.sampled_from(_DAMAGES)), wild, st.builds(_spliced, sample, wild)
    )
    ends = st.sampled_from(("\n", "\n\n", "\r\n", "\r", "\n\n\n", " ", "\u2028", "\x85", ""))
    return st.lists(st.tuples(line, ends), max_size=9).map(lambda parts: "".join(text + end for text, end in parts))


# (written with, read with): the accidents that make most mojibake.
_DAMAGES = (
    ("utf-8", "cp1252"),
    ("utf-8", "cp1251"),
    ("utf-8", "latin-1"),
    ("cp1251", "koi8-r"),
    ("koi8-r", "cp1251"),
    ("cp1251", "cp1252"),
    ("cp1250", "cp1252"),
)


def _damaged(line: str, codecs: tuple[str, str]) -> str:
    return line.encode(codecs[0], "replace").decode(codecs[1], "replace")


def _spliced(line: str, wild: str) -> str:
    middle = len(line) // 2
    return line[:middle] + wild + line[middle:]


def example_lines() -> list[str]:
    """The lines of every example in the catalogue of rules and in the chrome packs."""
    from normalizer.chrome.packs import example_texts
    from normalizer.rules import all_rules

    texts = [text for rule in all_rules() for example in rule.examples for text in (example.before, example.after)]
    lines = dict.fromkeys(line for text in (*texts, *example_texts()) for line in text.split("\n") if line)
    return list(lines)
