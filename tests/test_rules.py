"""The catalogue: every rule says what and why, and its examples come out as they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from normalizer import Config, ConfigError, Normalizer, all_rules
from normalizer.rules import PROFILES, Example, find_rule

BUILDER = Path(__file__).parents[1] / "tools" / "build_rules.py"
EXAMPLES = [
    pytest.param(rule.id, example, id=f"{rule.id}-{number}")
    for rule in all_rules()
    for number, example in enumerate(rule.examples)
]


def test_the_index_is_that_of_the_catalogue() -> None:
    done = subprocess.run([sys.executable, BUILDER, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_catalogue_is_sorted_and_says_why() -> None:
    rules = all_rules()
    assert [rule.id for rule in rules] == sorted({rule.id for rule in rules})
    for rule in rules:
        assert rule.family in {"encoding", "chrome", "names"}
        assert rule.summary.endswith(".")
        assert len(rule.rationale) > len(rule.summary) / 2
        assert set(rule.profiles) <= set(PROFILES)


@pytest.mark.parametrize(("rule_id", "example"), EXAMPLES)
def test_examples_come_out_as_they_say(rule_id: str, example: Example) -> None:
    normalizer = Normalizer(Config(profile=example.profile, language=example.language, extend_select=(rule_id,)))
    result = normalizer(example.before)
    assert result.text == example.after
    if example.before != example.after:
        assert rule_id in {rule for change in result.edits for rule in change.rules}
    assert normalizer(example.after).text == example.after


def test_every_rule_that_edits_shows_an_example() -> None:
    bare = [rule.id for rule in all_rules() if not any(example.before != example.after for example in rule.examples)]
    # Decoding takes bytes, and TOML cannot write a lone surrogate; tests/encoding shows both.
    assert bare == ["encoding.decode", "encoding.surrogate"]


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"profile": "standart"}, "standard"),
        ({"select": ["chrom"]}, "chrome"),
        ({"ignore": ["chrome.captoin"]}, "chrome.caption"),
        ({"extend_select": ["names.nothing"]}, "newsnorm rules"),
        ({"kind": "word"}, "one of"),
        ({"errors": "ignore"}, "strict"),
        ({"select": "chrome"}, r"\['chrome'\]"),
        ({"style": "reuter"}, "reuters"),
        ({"language": "English please"}, "ISO 639"),
        ({"ignore": [""]}, "no rule"),
        ({"site_memory": "site.json"}, r"SiteMemory.load\('site.json'\)"),
    ],
)
def test_what_is_unknown_is_refused_with_a_remedy(config: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Config(**config)  # type: ignore[arg-type]


def test_an_unknown_rule_suggests_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"encoding\.decode"):
        find_rule("encoding.decod")


def test_select_extend_and_ignore() -> None:
    chrome = {rule.id for rule in all_rules() if rule.family == "chrome" and "standard" in rule.profiles}
    assert Config(select=["chrome"]).rules.ids == chrome
    assert Config(select=["chrome"], ignore=["chrome.caption"]).rules.ids == chrome - {"chrome.caption"}
    assert not Config(select=[]).rules.ids
    assert not Config().enabled("chrome.key-points")
    assert Config(extend_select=["chrome.key-points"]).enabled("chrome.key-points")
    assert all(Config(profile="minimal").enabled(rule) == (rule.partition(".")[0] == "encoding") for rule in chrome)


@pytest.mark.parametrize(("tag", "code"), [("EN", "en"), ("en-GB", "en"), ("uk_UA", "uk"), ("iw", "he"), ("xx", "xx")])
def test_a_language_tag_is_reduced_to_its_code(tag: str, code: str) -> None:
    assert Config(language=tag).language == code
