"""Packs: their examples hold, their compiled form is current, and a bad pack is refused with a remedy."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from normalizer.chrome import ChromeStage
from normalizer.chrome.packs import check_pack, example_texts, load_pack, own_packs, own_rules, parse_pack
from normalizer.chrome.tables import FAMILIES
from normalizer.chrome.trials import problems
from normalizer.edits import apply_edits
from normalizer.errors import ConfigError
from normalizer.rules import all_rules

STAGE = ChromeStage(lambda _: True)
PACKS = own_packs()
LANGUAGES = "en uk ru be pl cs sk bg sr hr sl mk de nl sv no da fi fr es pt it ro hu el tr ar he fa zh ja ko vi id"


def test_there_is_a_pack_for_each_promised_language() -> None:
    assert {f"{code}.toml" for code in LANGUAGES.split()} <= set(PACKS)


@pytest.mark.parametrize("name", sorted(PACKS))
def test_every_example_holds_in_every_article(name: str) -> None:
    assert list(problems(PACKS[name], STAGE, name)) == []


def test_the_compiled_form_is_what_the_packs_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "tools"))
    monkeypatch.delitem(sys.modules, "build_chrome", raising=False)
    import build_chrome

    home = build_chrome.HOME
    assert (home / "compiled.txt").read_bytes() == build_chrome.compiled()


def test_every_family_is_a_rule_of_the_catalogue() -> None:
    assert {f"chrome.{family}" for family in FAMILIES} <= {rule.id for rule in all_rules()}
    assert {rule.family for rule in own_rules()} <= set(FAMILIES)


def test_examples_are_there_for_the_strategies() -> None:
    assert len(example_texts()) > 1000


RULE = """
[[rule]]
family = "share"
kind = "line"
where = ["any"]
cues = ["give this to a neighbour"]
strips = [{ any = "Give this to a neighbour" }]
keeps = ["Give this to a neighbour and he will keep it, she said."]
"""


def test_a_users_pack_works_and_checks(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(RULE, encoding="utf-8")
    assert check_pack(path) == []
    stage = ChromeStage(lambda _: True, packs=(str(path),))
    story = "The ferry to the island sails again from Monday, eleven years after the old pier was closed by a storm."
    text = f"{story}\nGive this to a neighbour\n{story}"
    assert apply_edits(text, stage.edits(text)) == f"{story}\n{story}"
    assert STAGE.edits(text) == []


def test_examples_that_do_not_hold_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(RULE.replace('"Give this to a neighbour" }', '"Give that to a neighbour" }'), encoding="utf-8")
    (first, *_) = check_pack(path)
    assert "strips 'Give that to a neighbour', yet it stays at any" in first


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("family", "famly"), "did you mean family"),
        (('"share"', '"shares"'), "did you mean share"),
        (('"line"', '"lines"'), "did you mean line"),
        (('["any"]', '["anywhere"]'), "one of head, tail, run, any"),
        (("{ any =", "{ middle ="), "one of head, tail, run, any"),
        (('["give this to a neighbour"]', "[]"), "none of them blank"),
        (('cues = ["give this', 'words = 0\ncues = ["give this'), "whole number"),
        (("keeps = [", "keeps = 1 # ["), "list of strings"),
        (("[[rule]]", "[rule]"), r"begin each with a line \[\[rule\]\]"),
        (("[[rule]]", "[[rules]]"), "no table 'rules' .did you mean rule"),
        (("[[rule]]", "[[rule"), r"mine\.toml:2: not valid TOML"),
        (("family", "famly"), r"mine\.toml:2: rule 1: "),
        (('kind = "line"', ""), "no kind is given: one of line, prefix"),
        (('["give this to a neighbour"]', '["..."]'), "nothing but marks"),
        (
            ('"line"\nwhere = ["any"]\ncues = ["give this to a neighbour"]', '"byline"\ncues = ["*"]'),
            "nothing but marks",
        ),
        (("give this to a", r"give this\nto a"), "more than one line"),
        (("give this to a", "give this " * 12), "at most 96"),
    ],
)
def test_a_bad_pack_is_refused_with_a_remedy(change: tuple[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse_pack(RULE.replace(*change), "mine.toml")


def test_a_pack_without_examples_is_refused() -> None:
    bare = "\n".join(line for line in RULE.split("\n") if not line.startswith(("strips", "keeps")))
    with pytest.raises(ConfigError, match="example"):
        parse_pack(bare, "mine.toml")


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read the pack"):
        load_pack(tmp_path / "none.toml")
