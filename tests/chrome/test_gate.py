"""The gate finds what a plain search of every line for every cue finds, whichever way it searches."""

from __future__ import annotations

import random

import pytest

from normalizer.chrome.cues import Cues, Hit, cues
from normalizer.chrome.gate import PIECE, Gate, heads_of
from normalizer.chrome.lines import _DIGITS, _without_figures, fold, wide
from normalizer.chrome.literals import PAYS, PAYS_MORE
from normalizer.chrome.packs import example_texts, own_rules, parse_pack
from normalizer.chrome.tables import CueRule, bare_cue, compiled, dumped, loaded, own_tables
from normalizer.chrome.words import Words

EXAMPLES = example_texts()
ODD = ("\ud800", "\u2029", "\x1c", "- ", "İ", "ΣΑΣ", "\u3000", "12 ", "(3)", "年", "\x85", " / ", "|", "@", "http", "")


def plain(heads: list[str]) -> set[tuple[int, CueRule, int, int]]:
    """Every cue at the beginning or inside of a line, at the borders of words, sought in each line."""
    found = set()
    for rule in own_rules():
        for cue in rule.cues if rule.is_inner or rule.kind in {"prefix", "marker", "byline"} else ():
            bare = bare_cue(rule, cue)
            for number, head in enumerate(heads):
                start = head.find(bare)
                while start >= 0:
                    end = start + len(bare)
                    if _is_word(head, start, end, cue) and (rule.is_inner or not start):
                        found.add(
                            (
                                number,
                                rule._replace(cues=()),
                                start,
                                start + len(bare.rstrip() if not rule.is_inner else bare),
                            )
                        )
                    start = head.find(bare, start + 1)
    return found


def _is_word(head: str, start: int, end: int, cue: str) -> bool:
    before, first = head[start - 1 : start], head[start : start + 1]
    last, after = head[end - 1 : end], head[end : end + 1]
    begins = not (before.isalnum() and first.isalnum() and before < "\u2e80" and first < "\u2e80")
    ends = cue.endswith("*") or not (last.isalnum() and after.isalnum() and last < "\u2e80" and after < "\u2e80")
    return begins and ends


def documents() -> list[str]:
    chance = random.Random(11)  # noqa: S311  cases, not secrets
    made = []
    for _ in range(60):
        lines = [
            chance.choice(ODD) + chance.choice(EXAMPLES) + chance.choice(ODD) + chance.choice(EXAMPLES).upper()
            if chance.random() < 0.3
            else chance.choice(EXAMPLES) + chance.choice(ODD)
            for _ in range(5)
        ]
        made.append("\n".join(lines))
    return made


def gate_that(scanned: int) -> Gate:
    gate = Gate(Cues(own_tables()))
    gate._literals._scanned = scanned
    return gate


@pytest.mark.parametrize("scanned", [-(10**9), PAYS, PAYS_MORE], ids=["literals", "automaton", "fast automaton"])
def test_the_gate_finds_what_a_plain_search_finds(scanned: int) -> None:
    gate = gate_that(scanned)
    heads = [head for text in documents() for head in heads_of(text)]
    hits, suspects = gate.look(heads)
    found = {
        (number, hit.rule, hit.start, hit.end)
        for number, on_line in hits.items()
        for hit in on_line
        if hit.rule.kind not in {"suffix", "agency"}
    }
    assert found == plain(heads)
    assert set(hits) <= set(suspects)


def test_both_ways_give_the_same_in_the_same_order() -> None:
    few, many = gate_that(-(10**9)), gate_that(PAYS)
    for text in documents():
        heads = heads_of(text)
        assert few.look(heads) == many.look(heads)
        assert list(few.look(heads)[0].items()) == list(many.look(heads)[0].items())


def test_a_line_says_the_same_in_any_company() -> None:
    heads = [head for text in documents() for head in heads_of(text)]
    hits, suspects = gate_that(PAYS).look(heads)
    for number, head in enumerate(heads):
        alone, suspect = cues().gate.look([head])
        assert alone.get(0, []) == hits.get(number, [])
        assert bool(suspect) == (number in suspects)


@pytest.mark.parametrize("start", [PIECE - 20, PIECE - 4, PIECE, PIECE + 1, 2 * PIECE - 7, 5 * PIECE])
def test_a_cue_across_the_border_of_two_pieces_is_found_once(start: int) -> None:
    line = f"{'so ' * (start // 3 + 1)}"[:start].rstrip() + " "
    head = f"{line}foto: reuters und so weiter{' so' * PIECE}"
    (hits,) = gate_that(PAYS).look([head])[0].values()
    (short,) = gate_that(PAYS).look(["so foto: reuters und so weiter so"])[0].values()
    assert [(hit.rule, hit.cue, hit.start - len(line), hit.end - len(line)) for hit in hits] == [
        (hit.rule, hit.cue, hit.start - 3, hit.end - 3) for hit in short
    ]


def test_the_tables_come_back_as_they_were_written() -> None:
    tables = own_tables()
    assert loaded(dumped(tables)) == tables
    user = parse_pack(
        '[[rule]]\nfamily = "share"\nkind = "inside"\nneeds = ["a", "b c"]\nwhere = []\n'
        'cues = ["tell a friend"]\nstrips = [{any = "x"}]\nkeeps = ["y"]',
        "mine.toml",
    )
    both = compiled((*(item.rule for item in user), *tables.whole_rules()))
    assert loaded(dumped(both)) == both
    assert both.rules[0].needs == ("a", "b c")


def test_hits_of_one_character_that_opens_a_line() -> None:
    (hits,) = cues().scan(["© 2024 the harbour letter"]).values()
    assert ("copyright", "prefix", 0, 1) in {(hit.rule.family, hit.rule.kind, hit.start, hit.end) for hit in hits}
    assert all(isinstance(hit, Hit) for hit in hits)


def test_few_and_many_questions_about_words_get_the_same_answers() -> None:
    rows = "\n".join(sorted({line for text in EXAMPLES for line in fold(text).split("\n")} - {""})[:900])
    asked = [*rows.split("\n")[::7], *(line[:-1] for line in rows.split("\n")[::5]), "", "a\nb", "\ud800", "\n"]
    few, many = [Words(rows.encode()) for _ in asked], Words(rows.encode())
    answers = [word in many for word in asked]
    assert [word in words for word, words in zip(asked, few, strict=True)] == answers
    assert answers == [word in set(rows.split("\n")) for word in asked]


@pytest.mark.parametrize("letter", ["Σ", "İ", "ẞ", "Ω", "ſ"])
def test_long_texts_fold_as_short_ones_do(letter: str) -> None:
    text = f"ΟΔΟΣ{letter} {letter}ΑΣ\u00a0’{letter}\n" * 30_000
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded == fold(text[: text.index("\n") + 1]) * 30_000


@pytest.mark.parametrize("first", range(0, 0x110000, 0x8000))
def test_figures_and_wide_characters_are_told_in_bytes_as_in_characters(first: int) -> None:
    characters = [chr(code) for code in range(first, first + 0x8000)]
    assert [wide(character) for character in characters] == [character >= "\u2e80" for character in characters]
    text = "".join(characters)
    assert wide(text) == sum(character >= "\u2e80" for character in characters)
    for piece in (*characters[:0x1000], text):
        assert _without_figures(piece) == piece.translate(_DIGITS)
