"""Structured files: the values of the named fields change, every other byte stays."""

from __future__ import annotations

import csv
import io
import json
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer import Config, Normalizer, apply_edits
from normalizer.batch.fields import FormatError, field_edits
from normalizer.batch.job import Job, config_of

DIRT = "Tele\u200bvision"
MENDED = "Television"
_MINIMAL = Normalizer(Config(profile="minimal"))

CASES = [
    ("json", '{ "title":"⟦x⟧" ,\n "url": "x", "n": 1e3}', ["title"]),
    ("json", '[{"body": ["⟦x⟧", "a⟦x⟧"]}, {"a": {"body": "⟦x⟧"}, "x": "x"}]', ["body"]),
    ("json", '{"a": {"body": "⟦x⟧"}, "b": {"body": "x"}}', ["a.body"]),
    ("json", r'{"body": "\"\\\u00e9\ud83d\ude00 ⟦x⟧\n\ttab \/ ⟦x⟧"}', ["body"]),
    ("json", '"x"', ["body"]),
    ("json", '{"bo\\u0064y": "⟦x⟧", "body": null, "x": {"body": [1, ["⟦x⟧", {"y": "x"}]]}}', ["body"]),
    ("jsonl", '{"body": "⟦x⟧"}\n\n{"x": "x"}\r\n{"body": "⟦x⟧"}', ["body"]),
    ("csv", 'id,body,note\r\n1,⟦x⟧,x\r\n2,"⟦x⟧, ""x"" \n⟦x⟧",x\r\n'.replace('""x""', '""⟦x⟧""'), ["body"]),
    ("csv", "id;body\n1;⟦x⟧, x\n".replace(", x", ", ⟦x⟧"), ["body"]),
    ("csv", 'a,"the ""body"""\nx,⟦x⟧', ['the "body"']),
    ("tsv", 'body\tid\n⟦x⟧\tx\n"⟦x⟧"\tx\n', ["body"]),
    (
        "po",
        (
            'msgid ""\nmsgstr ""\n"Language: x\\n"\n\n#: x\nmsgid "x"\nmsgstr ""\n"⟦x⟧ \\"⟦x⟧\\"\\n"\n"⟦x⟧"\n'
            '\nmsgid "x"\nmsgid_plural "x"\nmsgstr[0] "⟦x⟧"\nmsgstr[1] "⟦x⟧"\n#~ msgstr "x"\n'
        ),
        [],
    ),
    ("po", 'msgid "⟦x⟧"\nmsgstr "x"\n', ["msgid"]),
    ("srt", "1\n00:00:01,000 --> 00:00:02,000\n⟦x⟧\n<i>⟦x⟧</i>\n\n2\n00:00:03,000 --> 00:00:04,000\n⟦x⟧", []),
    ("vtt", "WEBVTT x\n\nNOTE x\n\nx\n00:01.000 --> 00:02.000 align:start\r\n<v x>⟦x⟧\r\n\r\nSTYLE\nx\n", []),
]


@pytest.mark.parametrize(("kind", "marked", "names"), CASES, ids=[f"{kind}-{n}" for n, (kind, *_) in enumerate(CASES)])
def test_only_the_values_of_the_fields_change(kind: str, marked: str, names: list[str]) -> None:
    source = _filled(marked, DIRT, DIRT)
    run = Normalizer(config_of(Job(Config(profile="minimal"), kind)))
    edits, settled = field_edits(source, kind, tuple(names), run)
    assert settled
    assert apply_edits(source, edits) == _filled(marked, MENDED, DIRT)


def _filled(marked: str, wanted: str, other: str) -> str:
    """``marked`` with ``wanted`` for the letters x that are marked and ``other`` for those that are not."""
    return marked.replace("⟦x⟧", "\0").replace("x", other).replace("\0", wanted)


@pytest.mark.parametrize(
    ("kind", "source", "said"),
    [
        ("json", '{"a": }', "line 1, column 7"),
        ("json", "", "line 1, column 1"),
        ("json", "[" * 100_000, "nested too deeply"),
        ("jsonl", '{"a": 1}\n{"a": \n', "line 2"),
        ("csv", 'a,b\n1,"2\n', "a quote at line 2"),
        ("csv", 'a,b\n"1"x,2\n', "a quote at line 2"),
    ],
)
def test_what_is_not_of_the_kind_is_an_error_with_its_place(kind: str, source: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        field_edits(source, kind, ("a",), _MINIMAL)


def test_an_edit_over_two_strings_leaves_the_structure() -> None:
    source = 'msgid "a"\nmsgstr ""\n"Tele"\n"\u200b\u200b"\n"vision"\n'
    edits, _ = field_edits(source, "po", (), _MINIMAL)
    assert apply_edits(source, edits) == source.replace("\u200b", "")


@pytest.mark.parametrize("line", ["\u200b", "\u200b\xad\u200b", "\u200b\xad \u200b"])
def test_a_cue_is_never_left_without_a_line(line: str) -> None:
    source = f"1\n00:00:01,000 --> 00:00:02,000\n{line}\nx\n"
    edits, _ = field_edits(source, "srt", (), _MINIMAL)
    assert apply_edits(source, edits) == source


def test_no_text_of_a_cue_becomes_a_time() -> None:
    source = "WEBVTT\n\n00:01.000 --> 00:02.000\n00:03.000 --\u200b> 00:04.000\nx\n"
    edits, _ = field_edits(source, "vtt", (), _MINIMAL)
    assert apply_edits(source, edits) == source


def test_an_unquoted_value_never_gains_a_delimiter() -> None:
    source = "id,body\n1,caf&#44; a&amp;b\n"
    edits, _ = field_edits(source, "csv", ("body",), _MINIMAL)
    assert [len(row) for row in csv.reader(io.StringIO(apply_edits(source, edits)))] == [2, 2]


_TEXTS = st.text(st.sampled_from(f'ab "\\\n\t,;\u00e9\u0416\U0001f600{DIRT}'), max_size=12)


@given(rows=st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=4), ascii_only=st.booleans())
def test_json_says_what_the_values_become_and_nothing_else(rows: list[tuple[str, str]], ascii_only: bool) -> None:
    source = json.dumps([{"body": body, "other": other} for body, other in rows], ensure_ascii=ascii_only, indent=1)
    edits, _ = field_edits(source, "json", ("body",), _MINIMAL)
    result = json.loads(apply_edits(source, edits))
    assert result == [{"body": _MINIMAL(body).text, "other": other} for body, other in rows]
    assert not ascii_only or apply_edits(source, edits).isascii()


@given(rows=st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=4), quoting=st.sampled_from((0, 1)))
def test_csv_says_what_the_values_become_and_nothing_else(rows: list[tuple[str, str]], quoting: Literal[0, 1]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=quoting).writerows([("body", "other"), *rows])
    edits, _ = field_edits(out.getvalue(), "csv", ("body",), _MINIMAL)
    back = list(csv.reader(io.StringIO(apply_edits(out.getvalue(), edits), newline="")))
    assert back[1:] == [[_MINIMAL(body).text, other] for body, other in rows]
