"""Reports for programs: SARIF, GitHub annotations, JSON lines; each parsed back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.cli.process import DIRTY, newsnorm
from tests.reports.sarif_schema import sarif_schema


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(f"\U0001f600 one\r\n{DIRTY}two\rTele\u200bvision again\n")
    (tmp_path / "b c,d:e%.txt").write_text(DIRTY)
    (tmp_path / "e.txt").write_bytes(b"\xff\xfe\x00\xd8x\x00")
    return tmp_path


def _sarif(folder: Path, *arguments: str, command: str = "check") -> dict[str, Any]:
    done = newsnorm(command, "--select", "encoding", "--format", "sarif", *arguments, ".", cwd=folder)
    document = json.loads(done.stdout)
    errors = [f"{error.json_path}: {error.message}" for error in Draft7Validator(sarif_schema()).iter_errors(document)]
    assert errors == []
    run: dict[str, Any] = document["runs"][0]
    return run


def test_sarif_is_valid_and_counts_code_points(folder: Path) -> None:
    run = _sarif(folder)
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [
        result["locations"][0]["physicalLocation"]["region"]
        for result in run["results"]
        if result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.txt"
    ]
    assert [(region["startLine"], region["startColumn"], region["charOffset"]) for region in regions] == [
        (2, 5, 11),
        (4, 5, 40),
    ]


def test_sarif_of_nothing_and_of_fixed_files_is_valid(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A quiet day in the harbour.\n")
    assert _sarif(tmp_path)["results"] == []
    (tmp_path / "a.txt").write_text(DIRTY)
    (result,) = _sarif(tmp_path, command="fix")["results"]
    assert (result["level"], "fixes" in result) == ("note", False)


def test_the_schema_is_the_standard_s_own() -> None:
    schema = sarif_schema()
    Draft7Validator.check_schema(schema)
    assert schema["definitions"]["result"]["additionalProperties"] is False
    broken = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"rule": "x"}]}]}
    assert not Draft7Validator(schema).is_valid(broken)


def test_sarif_fixes_mend_the_file(folder: Path) -> None:
    text = (folder / "a.txt").read_bytes().decode()
    fixes = [
        change["replacements"][0]
        for result in _sarif(folder)["results"]
        for change in result["fixes"][0]["artifactChanges"]
        if change["artifactLocation"]["uri"] == "a.txt"
    ]
    for fix in reversed(fixes):
        region = fix["deletedRegion"]
        start = region["charOffset"]
        text = text[:start] + fix.get("insertedContent", {"text": ""})["text"] + text[start + region["charLength"] :]
    assert text == "\U0001f600 one\r\nTelevision reported it.\ntwo\rTelevision again\n"


def test_sarif_names_rules_paths_and_failures(folder: Path) -> None:
    run = _sarif(folder)
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"encoding.invisible"}
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert uris == {"a.txt", "b%20c%2Cd%3Ae%25.txt"}
    assert run["invocations"][0]["executionSuccessful"] is False
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "error"


def test_sarif_fingerprints_hold_when_lines_move(folder: Path) -> None:
    before = [result["partialFingerprints"] for result in _sarif(folder)["results"]]
    path = folder / "a.txt"
    path.write_bytes(b"A new first line.\n" + path.read_bytes())
    assert [result["partialFingerprints"] for result in _sarif(folder)["results"]] == before


def test_github_annotations_are_escaped(folder: Path) -> None:
    done = newsnorm("check", "--select", "encoding", "--format", "github", ".", cwd=folder)
    lines = done.stdout.decode().splitlines()
    assert all(re.fullmatch(r"::(warning|error) file=[^,:]*(,\w+=[^,:]*)*::[^\r\n]*", line) for line in lines)
    assert lines[0].startswith(
        "::warning file=a.txt,line=2,col=5,endLine=2,endColumn=6,title=newsnorm encoding.invisible::"
    )
    assert lines[2].startswith("::warning file=b c%2Cd%3Ae%25.txt,line=1,")
    assert lines[3].startswith("::error file=e.txt::byte 2 ")


def test_json_lines_stand_by_themselves(folder: Path) -> None:
    done = newsnorm("check", "--select", "encoding", "--format", "jsonl", ".", cwd=folder)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["file"] for record in records] == ["a.txt", "a.txt", "b c,d:e%.txt", "e.txt"]
    assert records[-1]["status"] == "failed"


def test_lone_surrogates_are_escaped_in_json(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff Tele\xe2\x80\x8bvision\n")
    done = newsnorm("check", "--errors", "keep", "--charset", "utf-8", "--format", "jsonl", "a.txt", cwd=tmp_path)
    for line in done.stdout.splitlines():
        assert json.loads(line)["file"] == "a.txt"
    assert done.stdout.decode("utf-8")
