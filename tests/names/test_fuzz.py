"""Whatever a table file holds, it is read or refused with a message; never another exception."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalizer import ConfigError
from normalizer.names import NameStage
from normalizer.names.check import check_table
from normalizer.names.schema import ALIAS_FIELDS, FIELDS
from normalizer.names.table import AliasTable

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=6),
    st.sampled_from(["en", "person", "place", "\u200b", "-"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*FIELDS[:8], *ALIAS_FIELDS, "en", "uk", "not_next", "x"]), inner, max_size=4),
    ),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6).map(lambda record: {"id": "a:1", **record})
TEXTS = st.one_of(st.text(min_size=1, max_size=8), st.sampled_from([" ", "\u200b", "-", "A B", "J."]))
SOUND = st.fixed_dictionaries(
    {"id": st.just("a:1"), "type": st.sampled_from(["person", "place", "org", "other"])},
    optional={
        "canonical": st.dictionaries(st.sampled_from(["en", "uk", "hu"]), TEXTS, min_size=1, max_size=2),
        "aliases": st.lists(st.fixed_dictionaries({"s": TEXTS}, optional={"lang": st.just(["en"])}), max_size=3),
        "given": st.lists(TEXTS, max_size=2),
        "middle": st.lists(TEXTS, max_size=2),
        "titles": st.lists(TEXTS, max_size=2),
        "guards": st.dictionaries(st.sampled_from(["not_next", "not_prev", "not_near"]), st.lists(TEXTS, max_size=2)),
        "forms": st.dictionaries(st.just("uk"), st.lists(TEXTS, max_size=2)),
    },
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(RECORDS, VALUES), max_size=3))
def test_any_json_is_checked_and_loaded_or_refused(tmp_path: Path, values: list[Any]) -> None:
    path = tmp_path / "any.jsonl"
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    assert all(problem.remedy for problem in check_table(path))
    with contextlib.suppress(ConfigError):
        AliasTable.load(path)


@settings(deadline=None)
@given(SOUND, st.text(max_size=30))
def test_a_table_that_is_taken_can_be_used(record: dict[str, Any], text: str) -> None:
    try:
        table = AliasTable.from_records([record])
    except ConfigError:
        return
    words = [alias["s"] for alias in record.get("aliases", [])]
    stage = NameStage(table, "official", lambda _: True)
    assert isinstance(stage.mentions(" ".join([text, *words, text]), lambda _: "en"), tuple)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"{", b"[" * 5000, b"\x00\n", b'"\\ud800"'])
def test_any_bytes_are_refused_with_a_line(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bytes.jsonl"
    path.write_bytes(data)
    assert [problem.line for problem in check_table(path)] == [1]
