"""The guide names every option, key, kind and exit code that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from normalizer._commands.arguments import COMMANDS
from normalizer.batch.formats import KINDS, SUFFIXES
from normalizer.batch.keys import KEYS
from normalizer.batch.settings import Resolver

DOCS = Path(__file__).parents[2] / "docs"


def test_every_key_is_described() -> None:
    text = (DOCS / "config.md").read_text()
    assert [name for name in KEYS if f"`{name.replace('_', '-')}`" not in text] == []


def test_every_kind_and_suffix_is_described() -> None:
    text = (DOCS / "command.md").read_text()
    assert [suffix for suffix in SUFFIXES if f"`.{suffix}`" not in text] == []
    assert [kind for kind in KINDS if not re.search(rf"\b{kind}\b", text)] == []


def test_every_command_is_described() -> None:
    text = (DOCS / "command.md").read_text()
    assert [name for name in COMMANDS if f"newsnorm {name}" not in text] == []


def test_the_example_configuration_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    example = (DOCS / "config.md").read_text().split("```toml\n")[1].split("```")[0]
    (tmp_path / "newsnorm.toml").write_text(example)
    settings = Resolver().of_folder(str(tmp_path))
    assert settings.fields == {"*": ("title", "body")}
    assert settings.patterns.excluded(str(tmp_path / "archive/a.txt"))
