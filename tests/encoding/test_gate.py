"""The gate lets through whatever ftfy in its careful setting, or any rule of ours, would change."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from ftfy import TextFixerConfig, fix_text
from ftfy.badness import MOJIBAKE_CATEGORIES
from ftfy.chardata import CHARMAP_ENCODINGS

from normalizer.encoding.gate import needs_repair
from normalizer.encoding.pairs import CERTAIN, Search

CAREFUL = TextFixerConfig(
    unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False,
    uncurl_quotes=False, fix_line_breaks=False, explain=False,
)  # fmt: skip
FIXTURES = Path(__file__).parents[2] / "fixtures"
HIGH = [bytes(range(0x80, 0x100)).decode(name, "ignore") for name in CHARMAP_ENCODINGS]
CLASSES = [
    *MOJIBAKE_CATEGORIES.values(),
    *HIGH,
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEF .,;!?",
    "абвгдежийклмнопрстуфхцч",
    "αβγδε",
]
MARKS = "\u0301\u0308\u0327\u093c\u09be\u09d7\u0b3e\u0bbe\u0cc2\u0d3e\u0dcf\u1161\u11a8\u3099"


def changed(line: str) -> bool:
    return fix_text(line, CAREFUL) != line


def random_line(chance: random.Random) -> str:
    """A few characters of ftfy's classes, or of one charset's upper half, among letters and marks."""
    pools = [chance.choice(CLASSES) for _ in range(chance.randint(1, 3))]
    line = "".join(chance.choice(chance.choice(pools)) for _ in range(chance.randint(1, 9)))
    if chance.random() < 0.15:
        line += chance.choice(MARKS)
    return line + " " + chance.choice(["", "word", "слово"])


def check_random(count: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - cases, not secrets
    for _ in range(count):
        line = random_line(chance)
        if not needs_repair(line):
            assert not changed(line), ascii(line)


def test_random_strings() -> None:
    check_random(20_000, seed=1)


@pytest.mark.slow
def test_many_random_strings() -> None:
    check_random(300_000, seed=2)


def damaged(line: str, chance: random.Random) -> str:
    """The line read wrongly in one random way, or cut into where it hurts."""
    charset = chance.choice(CHARMAP_ENCODINGS)
    way = chance.randrange(4)
    if way == 0:
        return line
    if way == 1:
        return line.encode("utf-8").decode(charset, "replace")
    if way == 2:
        position = chance.randrange(len(line) + 1)
        return line[:position] + chance.choice(chance.choice(CLASSES)) + line[position:]
    return unicodedata.normalize("NFD", line)


def fixture_lines() -> list[str]:
    found = {line for path in FIXTURES.rglob("*.*") if path.is_file() for line in read(path).splitlines()}
    return sorted(line for line in found if line.strip())


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "ignore")


def check_lines(count: int, seed: int) -> None:
    chance, lines = random.Random(seed), fixture_lines()  # noqa: S311 - cases, not secrets
    assert lines
    for _ in range(count):
        line = damaged(chance.choice(lines)[:200], chance)
        if not needs_repair(line):
            assert not changed(line), ascii(line)


def test_lines() -> None:
    check_lines(3_000, seed=3)


@pytest.mark.slow
def test_many_lines() -> None:
    check_lines(100_000, seed=4)


@pytest.mark.parametrize(
    "text",
    [
        "", "Plain ASCII, nothing more.", "Уряд ухвалив рішення про бюджет.", "Le président a dit : « c’est fini ».",
        "Die Bundesregierung prüft »neue« Maßnahmen.", "می\u200cروم", "日本語の文章です。", "한국어 문장입니다.",
    ],
)  # fmt: skip
def test_clean_text_stops(text: str) -> None:
    assert not needs_repair(text)


@pytest.mark.parametrize("text", ["\ud83d", "a\x00", "é\x85", "&amp;", "Ã©", "e\u0301", "Мoсква", "\udc80я"])
def test_trouble_goes_on(text: str) -> None:
    assert needs_repair(text)


def test_the_automaton_misses_nothing() -> None:
    """After much text an automaton sifts for the table; both must find the same places."""
    table, automaton = Search(much=10**9), Search(much=0)
    assert list(automaton.find("слово")) == []  # builds it
    chance, lines = random.Random(5), fixture_lines()  # noqa: S311 - cases, not secrets
    for _ in range(20_000):
        line = random_line(chance) if chance.random() < 0.5 else damaged(chance.choice(lines)[:100], chance)
        sifted, looked_up = list(automaton.find(line)), list(table.find(line))
        if CERTAIN in {place.kind for place in looked_up}:
            assert CERTAIN in {place.kind for place in sifted}
        else:
            assert sifted == looked_up, ascii(line)


@pytest.mark.parametrize("much", [0, 10**9])
@pytest.mark.parametrize("trouble", ["Ã©", "щђ", "aщ", "œ!", "ąщ"])
def test_long_texts_are_looked_through_in_blocks(much: int, trouble: str) -> None:
    """What stands on the border of two blocks is found, where it stands."""
    search = Search(much=much)
    for before in range(199_997, 200_003):
        places = list(search.find("я" * before + trouble + " я" * 10))
        assert places
        assert all(before - 1 <= place.start and place.end <= before + len(trouble) + 1 for place in places)
