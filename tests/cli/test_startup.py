"""What starting costs: nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import CLEAN, environment

# Imported by no run that finds nothing to do: they cost tens of milliseconds each.
HEAVY = ("ftfy", "langdetect", "chardet", "unidecode", "importlib.metadata", "multiprocessing", "pathspec")

_PROBE = """
import sys
sys.argv[0] = "newsnorm"
from normalizer.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
loaded = [name for name in {names!r} if name in sys.modules]
print("loaded:", *loaded, file=sys.stderr)
sys.exit(code)
"""


def _loaded(folder: Path, *arguments: str, names: tuple[str, ...] = HEAVY) -> list[str]:
    probe = [sys.executable, "-c", _PROBE.format(names=names), *arguments]
    done = subprocess.run(probe, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].removeprefix("loaded:").split()


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"], ["fix", "--help"]])
def test_version_and_help_import_nothing_of_the_pipeline(arguments: list[str], tmp_path: Path) -> None:
    more = ("tomllib", "dataclasses", "normalizer.rules", "normalizer.pipeline", "json", "subprocess")
    assert _loaded(tmp_path, *arguments, names=(*HEAVY, *more)) == []


def test_next_to_nothing_is_imported_before_an_interruption_can_be_answered(tmp_path: Path) -> None:
    probe = "import sys; before = set(sys.modules); import normalizer.cli; print(*sorted(set(sys.modules) - before))"
    arguments = [sys.executable, "-S", "-c", probe]
    where = {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run(
        arguments, env=environment(tmp_path, **where), capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.split() == ["__future__", "normalizer", "normalizer._version", "normalizer.cli"]


def test_a_clean_file_imports_no_library_that_repairs_or_detects(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(CLEAN)
    assert _loaded(tmp_path, "check", "news.txt", "--no-cache") == []
