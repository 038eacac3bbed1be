"""A JSON line takes new members and keeps every other byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.corpora.splice import dumps, spliced
from normalizer.corpora.surrogates import escape, unescape

TEXT = st.text(st.characters(), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3))


@pytest.mark.parametrize(
    ("line", "replaced"),
    [
        (b'{"text":"a"}', b'{"text":"B","n":1}'),
        (b'{ "text" : "a" , "x": 1e5 }', b'{ "text" : "B" , "x": 1e5,"n":1}'),
        (b'{"x":12345678901234567890123,"text":"a"}', b'{"x":12345678901234567890123,"text":"B","n":1}'),
        (b'{"x":{"text":"no"},"text":"a","y":"\\u00e9"}', b'{"x":{"text":"no"},"text":"B","y":"\\u00e9","n":1}'),
        (b'{"text":"first","text":"a"}', b'{"text":"first","text":"B","n":1}'),
        ('{"é":"ї","text":"а"}'.encode(), '{"é":"ї","text":"B","n":1}'.encode()),
        (b'{"b":"\xff\xfe","text":"a"}', b'{"b":"\xff\xfe","text":"B","n":1}'),
        (b'{"te\\u0078t":"a"}', b'{"te\\u0078t":"B","n":1}'),
    ],
)
def test_only_the_value_changes(line: bytes, replaced: bytes) -> None:
    assert spliced(line, {"n": 1}, ("text", "B")) == replaced + b"\n"


def test_an_empty_object_gets_no_comma() -> None:
    assert spliced(b"{ }", {"n": 1}) == b'{"n":1}\n'


@given(st.dictionaries(TEXT, VALUES, max_size=4), TEXT, TEXT, st.booleans())
def test_parsed_again_it_is_the_object_with_its_new_members(
    members: dict[str, object], text: str, other: str, plain: bool
) -> None:
    before = {**members, "text": text}
    line = json.dumps(before, ensure_ascii=plain).encode("utf-8", "surrogatepass" if plain else "replace")
    before = json.loads(line)
    after = json.loads(spliced(line, {"n": [other]}, ("text", other)))
    assert after == {**before, "text": other, "n": [other]}


@given(VALUES)
def test_dumped_and_loaded_it_is_the_same(value: object) -> None:
    assert json.loads(dumps(value)) == value


@given(st.text(st.characters() | st.sampled_from("\ud800\udcff\ufdd0d80f"), max_size=20))
def test_escape_has_an_inverse_and_is_valid_unicode(text: str) -> None:
    escaped = escape(text)
    assert escaped.encode().decode() == escaped
    assert unescape(escaped) == text
