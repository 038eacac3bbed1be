"""Every article of ``fixtures/`` against its expected output, byte for byte as ``newsnorm fix`` would write it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

import normalizer
from normalizer import Config, Result
from normalizer.cli import main

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLES = sorted((FIXTURES / "articles").glob("*.txt"))
CLEAN = sorted((FIXTURES / "clean").glob("*.txt"))
PROFILES = ("standard", "body")


def by_name(path: Path) -> str:
    return path.stem


@cache
def normalized(path: Path, profile: str) -> Result:
    return normalizer.normalize(path.read_bytes(), Config(profile=profile))


def written(result: Result) -> str:
    """What goes back to the file, as text: the byte order mark is not part of ``result.text``."""
    assert result.encoding is not None
    return "\N{ZERO WIDTH NO-BREAK SPACE}" * result.encoding.bom + result.text


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("path", ARTICLES, ids=by_name)
def test_article_comes_out_as_expected(path: Path, profile: str) -> None:
    expected = (FIXTURES / "expected" / profile / path.name).read_bytes().decode("utf-8")
    assert written(normalized(path, profile)) == expected


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("path", ARTICLES, ids=by_name)
def test_second_run_has_no_edits(path: Path, profile: str) -> None:
    text = normalized(path, profile).text
    again = normalizer.normalize(text, Config(profile=profile))
    assert not again.edits
    assert again.text is text


@pytest.mark.parametrize("profile", PROFILES)
def test_the_command_writes_what_is_expected(profile: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FIXTURES / "articles", tmp_path / "articles"))
    assert main(["fix", "--profile", profile, str(folder)]) == 0
    expected = {path.name: path.read_bytes() for path in (FIXTURES / "expected" / profile).iterdir()}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == expected
    assert main(["check", "--profile", profile, str(folder)]) == 0


@pytest.mark.parametrize("path", ARTICLES, ids=by_name)
def test_article_can_be_had_back(path: Path) -> None:
    result = normalized(path, "body")
    assert result.raw == path.read_bytes()
    assert result.revert() == result.source


@pytest.mark.parametrize("profile", ["minimal", *PROFILES])
@pytest.mark.parametrize("path", CLEAN, ids=by_name)
def test_clean_article_is_untouched(path: Path, profile: str) -> None:
    result = normalized(path, profile)
    assert not result.edits
    assert result.text is result.source


@pytest.mark.parametrize("profile", PROFILES)
def test_each_article_has_its_expectation_and_each_expectation_its_article(profile: str) -> None:
    expected = {path.name for path in (FIXTURES / "expected" / profile).iterdir()}
    assert expected == {path.name for path in ARTICLES}


def test_the_profiles_differ_where_a_summary_stands() -> None:
    """``body`` drops more than ``standard`` in some articles, or half of these tests would show nothing."""
    folders = [FIXTURES / "expected" / profile for profile in PROFILES]
    differing = [
        path.name for path in ARTICLES if (folders[0] / path.name).read_bytes() != (folders[1] / path.name).read_bytes()
    ]
    assert len(differing) >= 5


def test_every_article_has_something_to_show() -> None:
    for path in ARTICLES:
        assert path.read_bytes() != (FIXTURES / "expected" / "body" / path.name).read_bytes(), path.name
