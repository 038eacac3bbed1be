"""Configuration, baselines, completion, catalogue: what makes a tool bearable."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import CLEAN, DIRTY, MENDED, command, complaints, environment, newsnorm

ONLY = ("--select", "encoding")
ROOT = Path(__file__).parents[2]


def test_configuration_of_the_nearest_file_applies(tmp_path: Path) -> None:
    for folder in (".", "sub", "sub/deep"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "a.txt").write_text(DIRTY)
    (tmp_path / "newsnorm.toml").write_text('ignore = ["encoding"]\n')
    (tmp_path / "sub/pyproject.toml").write_text('[tool.newsnorm]\nprofile = "minimal"\n')
    done = newsnorm("check", ".", cwd=tmp_path)
    assert [line.split(b":")[0] for line in done.stdout.splitlines()] == [b"sub/a.txt", b"sub/deep/a.txt"]
    done = newsnorm("check", "--ignore", "encoding", ".", cwd=tmp_path)
    assert done.returncode == 0


def test_per_file_ignores(tmp_path: Path) -> None:
    for name in ("a.txt", "archive/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(DIRTY)
    (tmp_path / "newsnorm.toml").write_text('[per-file-ignores]\n"archive/**" = ["encoding.invisible"]\n')
    done = newsnorm("check", ".", cwd=tmp_path)
    assert [line.split(b":")[0] for line in done.stdout.splitlines()] == [b"a.txt"]


def test_standard_input_lives_with_baselines_and_logs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    newsnorm("check", "--write-baseline", "accepted.json", "a.txt", cwd=tmp_path)
    named = ("--baseline", "accepted.json", "--stdin-filename", "a.txt", "-")
    assert newsnorm("check", *named, cwd=tmp_path, stdin=DIRTY.encode()).returncode == 0
    assert newsnorm("fix", *named, cwd=tmp_path, stdin=DIRTY.encode()).stdout == DIRTY.encode()
    assert newsnorm("check", "--log", "log.jsonl", "-", cwd=tmp_path, stdin=DIRTY.encode()).returncode == 1
    assert json.loads((tmp_path / "log.jsonl").read_text().splitlines()[0])["before"]
    done = newsnorm("check", "--write-baseline", "b.json", "-", cwd=tmp_path, stdin=DIRTY.encode())
    assert (done.returncode, (tmp_path / "b.json").exists()) == (2, False)
    assert b"name files" in done.stderr


def test_a_structured_text_without_fields_is_said_to_be_skipped(tmp_path: Path) -> None:
    done = newsnorm("check", "-", "--stdin-filename", "a.json", cwd=tmp_path, stdin=DIRTY.encode())
    assert (done.returncode, b"no field" in done.stderr) == (0, True)


def test_the_cache_knows_the_limit_of_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    os.utime(tmp_path / "a.txt", (1_600_000_000, 1_600_000_000))
    cache = str(tmp_path / "cache")
    assert newsnorm("check", "--cache-dir", cache, "a.txt", cwd=tmp_path).returncode == 1
    assert newsnorm("check", "--cache-dir", cache, "--max-bytes", "3", "a.txt", cwd=tmp_path).returncode == 3


def test_config_shows_what_applies_and_from_where(tmp_path: Path) -> None:
    (tmp_path / "newsnorm.toml").write_text(
        'profile = "body"\nfields = ["body"]\n[per-file-ignores]\n"a.*" = ["names"]\n'
    )
    (tmp_path / "a.json").write_text("{}")
    done = newsnorm("config", "a.json", "--ignore", "chrome", "--format", "json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert document["keys"]["profile"] == {"value": "body", "from": str(tmp_path / "newsnorm.toml")}
    assert document["keys"]["ignore"] == {"value": ["chrome"], "from": "command line"}
    assert document["keys"]["max-bytes"]["from"] == "default"
    assert (document["kind"], document["fields"], document["ignored here"]) == ("json", ["body"], ["names"])
    assert not any(rule.startswith("chrome.") for rule in document["rules"])
    text = newsnorm("config", "a.json", cwd=tmp_path).stdout.decode()
    assert f'profile = "body"  ({tmp_path / "newsnorm.toml"})' in text
    assert b"max-bytes (size): " in newsnorm("config", "--keys", cwd=tmp_path).stdout


def test_a_baseline_accepts_what_is_there_wherever_it_moves(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY)
    assert newsnorm("check", *ONLY, "--write-baseline", "accepted.json", ".", cwd=tmp_path).returncode == 0
    path.write_text(f"A line above.\n\n{DIRTY}")
    done = newsnorm("check", *ONLY, "--baseline", "accepted.json", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    path.write_text(f"{DIRTY}The radi\u200bo too.\n{DIRTY}")
    done = newsnorm("check", *ONLY, "--baseline", "accepted.json", ".", cwd=tmp_path)
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
    assert newsnorm("fix", *ONLY, "--baseline", "accepted.json", ".", cwd=tmp_path).returncode == 0
    assert path.read_text() == f"{DIRTY}The radio too.\n{MENDED}"


def test_stale_entries_of_a_baseline_are_reported(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_text(DIRTY)
    newsnorm("check", *ONLY, "--write-baseline", "accepted.json", "sub", cwd=tmp_path)
    (tmp_path / "newsnorm.toml").write_text('baseline = "accepted.json"\n')
    assert newsnorm("check", *ONLY, "a.txt", cwd=tmp_path / "sub").returncode == 0
    (tmp_path / "sub/a.txt").write_text(CLEAN)
    done = newsnorm("check", *ONLY, "sub", cwd=tmp_path)
    assert done.returncode == 0
    assert "sub/a.txt: stale in the baseline: encoding.invisible" in complaints(done)[0]
    (tmp_path / "sub/a.txt").rename(tmp_path / "sub/b.txt")
    done = newsnorm("check", *ONLY, "sub", cwd=tmp_path)
    assert "accepted.json: stale: sub/a.txt is gone" in complaints(done)[0]


@pytest.mark.parametrize("content", ["", "[]", '{"files": {"a": [{"rule": 1}]}}', '{"files": 3}'])
def test_what_is_no_baseline_is_said(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    (tmp_path / "b.json").write_text(content)
    done = newsnorm("check", "--baseline", "b.json", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "b.json: not a baseline" in complaints(done)[0]


def test_fields_of_structured_files_are_fixed_and_the_rest_stays(tmp_path: Path) -> None:
    dirty = json.dumps(DIRTY)
    (tmp_path / "a.jsonl").write_text(f'{{"body": {dirty}, "url": {dirty}}}\n')
    assert newsnorm("fix", ".", cwd=tmp_path).returncode == 0
    assert newsnorm("fix", *ONLY, "--fields", "title,body", ".", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.jsonl").read_text() == f'{{"body": {json.dumps(MENDED)}, "url": {dirty}}}\n'
    (tmp_path / "b.json").write_text('{"body": ')
    done = newsnorm("check", "--fields", "body", "b.json", cwd=tmp_path)
    assert (done.returncode, "b.json: not valid JSON at line 1" in complaints(done)[0]) == (3, True)


def test_completion_knows_commands_options_and_rules(tmp_path: Path) -> None:
    def completed(line: str) -> list[str]:
        out = tmp_path / "out"
        variables = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_IFS": "\n"}
        variables |= {"_ARGCOMPLETE_STDOUT_FILENAME": str(out), "COMP_TYPE": "9"}
        subprocess.run(command(), env=environment(tmp_path, **variables), check=False, capture_output=True)
        return [word.strip() for word in out.read_text().split("\n")]

    assert {"check", "fix", "explain"} <= set(completed("newsnorm "))
    assert "--write-baseline" in completed("newsnorm check --write")
    assert "encoding.mojibake" in completed("newsnorm explain encoding.m")
    assert "aggressive" in completed("newsnorm fix --profile a")


def test_every_rule_can_be_explained_and_listed(tmp_path: Path) -> None:
    rules = json.loads(newsnorm("rules", "--format", "json", "--ignore", "encoding", cwd=tmp_path).stdout)
    assert all(rule["enabled"] is False for rule in rules if rule["id"].startswith("encoding."))
    done = newsnorm("explain", *[rule["id"] for rule in rules], cwd=tmp_path)
    assert done.returncode == 0
    assert all(rule["id"] in done.stdout.decode() for rule in rules)
    assert len(newsnorm("rules", cwd=tmp_path).stdout.splitlines()) == len(rules)


def test_workers_and_order(tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number:03}.txt").write_text(DIRTY * (1 + number % 7))
    serial = newsnorm("check", *ONLY, "--no-cache", "-j", "1", ".", cwd=tmp_path)
    shared = newsnorm("check", *ONLY, "--no-cache", "-j", "3", ".", cwd=tmp_path)
    assert (serial.returncode, serial.stdout, serial.stderr) == (shared.returncode, shared.stdout, shared.stderr)
    assert len(serial.stdout.splitlines()) == sum(1 + number % 7 for number in range(120))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("mine.jsonl", "{", "mine.jsonl"), ("newsnorm.toml", 'language-backend = "nope"', "'nope'")],
)
def test_bad_tables_and_detectors_stop_before_a_file_is_touched(
    name: str, text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    (tmp_path / name).write_text(text)
    flags = ["--table", name] if name == "mine.jsonl" else []
    done = newsnorm("fix", *flags, "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert said in complaints(done)[0]
    assert (tmp_path / "a.txt").read_text() == DIRTY


def test_the_hooks_work_in_a_repository(tmp_path: Path) -> None:
    """The real pre-commit runs our hooks file; ``language: system`` takes the installed command."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    _git(hooks, "init", "-q")
    (hooks / ".pre-commit-hooks.yaml").write_text((ROOT / ".pre-commit-hooks.yaml").read_text())
    _git(hooks, "add", ".")
    _git(hooks, "commit", "-q", "-m", "hooks")
    _check_hooks(tmp_path, hooks, "HEAD", ", language: system")


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a repository can be installed as a hook")
def test_the_hooks_install_from_this_repository(tmp_path: Path) -> None:
    """As users have it: pre-commit clones this repository and installs it in an environment of its own."""
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True)
    _check_hooks(tmp_path, ROOT, done.stdout.strip(), "")


def _check_hooks(folder: Path, hooks: Path, revision: str, more: str) -> None:
    work = folder / "work"
    work.mkdir()
    _git(work, "init", "-q")
    (work / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n"
        f"  - {{id: newsnorm-check{more}}}\n  - {{id: newsnorm-fix{more}}}\n"
    )
    (work / "a.txt").write_text(DIRTY)
    (work / "b.py").write_text(f"# {DIRTY}")
    _git(work, "add", ".")
    first = _pre_commit(work, folder)
    assert (first.returncode, first.stdout.count(b"Failed")) == (1, 2), first.stdout
    assert ((work / "a.txt").read_text(), (work / "b.py").read_text()) == (MENDED, f"# {DIRTY}")
    _git(work, "add", ".")
    assert _pre_commit(work, folder).returncode == 0


def _git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def _pre_commit(folder: Path, home: Path) -> subprocess.CompletedProcess[bytes]:
    variables = environment(home, PRE_COMMIT_HOME=str(home / "pre-commit"))
    variables["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{variables['PATH']}"
    arguments = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    return subprocess.run(arguments, cwd=folder, env=variables, capture_output=True, check=False)
