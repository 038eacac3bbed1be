"""Differences made from edits: what ``git apply`` makes of them is the text that the edits make."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.edits import Edit, apply_edits
from normalizer.reports.diff import unified

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


@st.composite
def _edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    lines = draw(st.lists(st.sampled_from(["a", "b", "long line", "", "c\r"]), max_size=14))
    source = "\n".join(lines) + draw(st.sampled_from(["", "\n"]))
    points = sorted(draw(st.sets(st.integers(0, len(source)), max_size=8)))
    edits = []
    for start, end in zip(points[::2], points[1::2], strict=False):
        after = draw(st.sampled_from(["", "x", "x\n", "\n", "x\ny", "\nx"]))
        if after != source[start:end]:
            edits.append(Edit(start, end, source[start:end], after, ("test.rule",)))
    return source, edits


def _applied(source: str, diff: str) -> str:
    """What a strict reader makes of a unified difference: every line and every number must fit."""
    old = source.split("\n")
    lines = [line + "\n" for line in old[:-1]] + ([old[-1]] if old[-1] else [])
    result: list[str] = []
    position = 0
    body = diff.split("\n")[2:-1]
    while body:
        match = _HUNK.fullmatch(body.pop(0))
        assert match
        first, count = int(match[1]), int(match[2] or 1)
        start = first if count == 0 else first - 1
        result += lines[position:start]
        position = start
        new_first, new_count = int(match[3]), int(match[4] or 1)
        assert len(result) == (new_first if new_count == 0 else new_first - 1)
        added = 0
        while body and not body[0].startswith("@@"):
            line = body.pop(0)
            text = line[1:] + "\n"
            if body and body[0].startswith("\\"):
                body.pop(0)
                text = text[:-1]
            if line[0] in " -":
                assert lines[position] == text
                position += 1
                count -= 1
            if line[0] in " +":
                result.append(text)
                added += 1
        assert (count, added) == (0, new_count)
    return "".join(result + lines[position:])


@given(_edited())
def test_the_difference_says_what_the_edits_do(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    diff = unified("news.txt", source, edits)
    assert (_applied(source, diff) if diff else source) == apply_edits(source, edits)


CASES = [
    ("one\ntwo\nthree\n", [(4, 7, "2")]),
    ("one\ntwo", [(4, 7, "2")]),
    ("one\ntwo\n", [(7, 8, "")]),
    ("one", [(0, 3, "")]),
    ("one\n", [(4, 4, "two\n")]),
    ("one", [(3, 3, "\ntwo")]),
    ("\n".join("abcdefghijklmnopqrstuvwxyz"), [(0, 1, "A"), (20, 22, ""), (50, 51, "Z")]),
    ("a\nb\nc\nd\n", [(0, 2, ""), (4, 6, "")]),
]


@pytest.mark.parametrize(("source", "changes"), CASES)
def test_git_applies_it(source: str, changes: list[tuple[int, int, str]], tmp_path: Path) -> None:
    edits = [Edit(start, end, source[start:end], after, ("test.rule",)) for start, end, after in changes]
    path = tmp_path / "news and views.txt"
    path.write_text(source)
    patch = unified(path.name, source, edits)
    command = ["git", "apply", "--unidiff-zero", "-"]
    subprocess.run(command, cwd=tmp_path, input=patch.encode(), check=True, capture_output=True)
    assert path.read_text() == apply_edits(source, edits)


def test_far_changes_stand_in_hunks_of_their_own() -> None:
    source = "\n".join(map(str, range(30))) + "\n"
    edits = [Edit(0, 1, "0", "zero", ("r",)), Edit(source.index("29"), source.index("29") + 2, "29", "last", ("r",))]
    assert unified("a", source, edits).count("@@ -") == 2


def test_names_that_would_break_the_line_are_quoted() -> None:
    diff = unified('a"b\n\udce9.txt', "x", [Edit(0, 1, "x", "y", ("r",))])
    assert diff.split("\n")[0] == '--- "a/a\\042b\\012\\351.txt"'
