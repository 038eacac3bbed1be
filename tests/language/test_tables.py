"""The tables: what is found in the file is what stands in it, and loading builds nothing."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

import normalizer
from normalizer.language import tables
from normalizer.language.tables import LONGEST, Effort, Rows, Search, Table, indexed, load, read_rows

DATA = Path(normalizer.__file__).parent / "data" / "language"
SCRIPTS = ["Arab", "Cyrl", "Deva", "Hani", "Latn"]


def rows_of(script: str) -> tuple[dict[str, object], Rows]:
    return read_rows((DATA / f"{script.lower()}.bin").read_bytes())


def lanes(number: int, languages: int) -> list[int]:
    return [number >> 16 * place & 0xFFFF for place in range(languages)]


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_row_is_found(script: str) -> None:
    header, rows = rows_of(script)
    levels, languages = header["levels"], header["languages"]
    assert isinstance(levels, list)
    assert isinstance(languages, list)
    size = LONGEST * rows.width
    for row in range(0, len(rows.keys) // size, 17):
        nibbles = rows.codes[row * rows.stride : (row + 1) * rows.stride].hex()
        expected = [levels[int(digit, 16)] for digit in nibbles[: len(languages)]]
        assert lanes(rows.longest(rows.keys[row * size : (row + 1) * size]), len(languages)) == expected


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_rows_are_sorted(script: str) -> None:
    _, rows = rows_of(script)
    size = LONGEST * rows.width
    keys = [rows.keys[at : at + size] for at in range(0, len(rows.keys), size)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("script", ["Cyrl", "Latn"])
def test_the_longest_n_gram_speaks(script: str) -> None:
    _, rows = rows_of(script)
    outsider = rows.encode("\N{SNOWMAN}")
    by_gram = rows.by_gram()
    for gram in [gram for gram in list(by_gram)[::97] if len(gram) > 1]:
        suffixes = [gram[:size] for size in range(len(gram) - 1, 0, -1)]
        shorter = next((by_gram[suffix] for suffix in suffixes if suffix in by_gram), 0)
        assert rows.longest((gram + outsider * LONGEST)[:LONGEST]) == by_gram[gram]
        assert rows.longest((gram[:-1] + outsider * LONGEST)[:LONGEST]) == shorter
        assert rows.longest((outsider + gram).ljust(LONGEST, b"\0")[:LONGEST]) == rows.strange


@pytest.mark.parametrize("script", ["Arab", "Cyrl", "Deva", "Latn"])
def test_the_index_says_what_the_search_says(script: str) -> None:
    _, rows = rows_of(script)
    by_gram = rows.by_gram()
    assert len(by_gram) == len(rows.keys) // LONGEST
    for gram in list(by_gram)[::101]:
        assert rows.longest(gram.ljust(LONGEST, b"\0")) == by_gram[gram]


def test_the_index_sums_like_the_search() -> None:
    words = ["прем'єр", "міністр", "заявив", "ӯ", "x", "щ", "щ" * 100, "ґрунт"]
    _, rows = rows_of("Cyrl")
    assert list(map(indexed(rows), words)) == list(map(Search(rows), words))


def test_a_table_makes_an_index_after_many_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["міністр", "заявив", "що", "міст", "знову", "відкриють"]
    monkeypatch.setattr(tables, "_SEARCHES", 20)
    header, rows = rows_of("Cyrl")
    languages = header["languages"]
    assert isinstance(languages, list)
    nothing = (0,) * len(languages)
    table = Table(tuple(languages), nothing, nothing, rows)
    effort = Effort(1, 1000, 0)
    first = [table.read([word], table.prior, effort) for word in words]
    assert [table.read([word], table.prior, effort) for word in words] == first
    assert table._search is None


@pytest.mark.parametrize("script", SCRIPTS)
def test_loading_builds_nothing(script: str) -> None:
    file = DATA / f"{script.lower()}.bin"
    load.cache_clear()
    tracemalloc.start()
    try:
        load(script)
        held, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < file.stat().st_size + 100_000
    assert peak < 2.5 * file.stat().st_size + 300_000


def test_letters_beyond_the_table_say_nothing() -> None:
    table = load("Hani")
    assert table.read(["\N{CJK UNIFIED IDEOGRAPH-20000}"], [0, 0], Effort(1, 1000, 0)).penalties == [0, 0]
    prior = list(load("Latn").prior)
    strange = ["\N{LATIN SMALL LETTER EZH WITH CARON}", "\N{LATIN SMALL LETTER TURNED R}"]
    assert len({tuple(load("Latn").read([letter], prior, Effort(1, 1000, 0)).penalties) for letter in strange}) == 1


def test_headers_are_json() -> None:
    for script in SCRIPTS:
        header = json.loads((DATA / f"{script.lower()}.bin").read_bytes().partition(b"\n")[0])
        assert "do not edit" in header["about"]
