"""``sites learn`` and the memory it writes: what a site prints on every page is learned, reviewed and used."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

from tests.cli.process import complaints, newsnorm

TAGLINE = "The Harbour Letter, since 1921"
STORIES = [
    f"Story {number} opens the harbour again after {number} long nights of rain, as nobody had thought it would.\n"
    f"{TAGLINE}\nThe mayor said so {number} times in the council of the town, and most of the others agreed with her.\n"
    for number in range(4)
]


def folder(home: Path, name: str, texts: list[str]) -> Path:
    made = home / name
    made.mkdir(parents=True)
    for number, text in enumerate(texts):
        (made / f"{number}.txt").write_text(text)
    return made


def test_a_folder_is_a_site_and_its_memory_is_used(tmp_path: Path) -> None:
    folder(tmp_path, "harbour", STORIES)
    done = newsnorm("sites", "learn", "harbour", "-o", "memory.json", cwd=tmp_path)
    assert (done.returncode, len(complaints(done))) == (0, 1)
    learned = json.loads((tmp_path / "memory.json").read_text())
    assert learned["lines"] == {TAGLINE: len(STORIES)}
    assert newsnorm("check", "harbour", cwd=tmp_path).returncode == 0
    (tmp_path / "harbour" / "newsnorm.toml").write_text('site-memory = "../memory.json"\n')
    done = newsnorm("fix", "harbour", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "harbour" / "0.txt").read_text() == STORIES[0].replace(TAGLINE + "\n", "")
    flag = newsnorm("config", "--site-memory", "memory.json", cwd=tmp_path)
    assert b'site-memory = "1 lines of 4 documents"' in flag.stdout


def test_records_are_grouped_by_host_in_any_order(tmp_path: Path) -> None:
    rows = [{"url": f"https://www.harbour.example/{n}", "text": text} for n, text in enumerate(STORIES)]
    rows += [
        {"url": f"http://hill.example:8080/{n}", "text": text.replace("1921", "1950")} for n, text in enumerate(STORIES)
    ]
    rows.append({"url": "https://single.example/", "text": STORIES[0]})
    (tmp_path / "one.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    random.Random(3).shuffle(rows)  # noqa: S311  cases, not secrets
    with gzip.open(tmp_path / "two.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    for name, output in (("one.jsonl", "a"), ("two.jsonl.gz", "b")):
        done = newsnorm("sites", "learn", name, "-o", output, cwd=tmp_path)
        assert done.returncode == 3, "one site was refused, the others are done"
        assert "single.example: 1 different document: " in complaints(done)[0]
    names = ["harbour.example.json", "hill.example.json"]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == names
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_lines_are_learned_as_they_are_after_repair(tmp_path: Path) -> None:
    texts = [text.replace(TAGLINE, "Le caf\u00c3\u00a9 du port, depuis toujours") for text in STORIES]
    folder(tmp_path, "harbour", texts)
    assert newsnorm("sites", "learn", "harbour", "-o", "memory.json", cwd=tmp_path).returncode == 0
    assert "Le café du port, depuis toujours" in (tmp_path / "memory.json").read_text()


def test_folders_of_one_name_stay_apart(tmp_path: Path) -> None:
    for home in ("north", "south"):
        folder(tmp_path, f"{home}/news", STORIES)
    assert newsnorm("sites", "learn", "north", "south", "-o", "out", cwd=tmp_path).returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_two_documents_are_too_few(tmp_path: Path) -> None:
    folder(tmp_path, "harbour", [*STORIES[:2], STORIES[0]])
    done = newsnorm("sites", "learn", "harbour", "-o", "memory.json", cwd=tmp_path)
    assert done.returncode == 2
    assert "harbour: 2 different documents: a site's lines show from 3 on" in complaints(done)[0]
    assert not (tmp_path / "memory.json").exists()


def test_a_reviewed_memory_is_not_written_over(tmp_path: Path) -> None:
    folder(tmp_path, "harbour", STORIES)
    (tmp_path / "memory.json").write_text("reviewed")
    learn = ("sites", "learn", "harbour", "-o", "memory.json")
    done = newsnorm(*learn, cwd=tmp_path)
    assert (done.returncode, len(complaints(done))) == (2, 1)
    assert (tmp_path / "memory.json").read_text() == "reviewed"
    assert newsnorm(*learn, "--replace", cwd=tmp_path).returncode == 0


def test_what_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    folder(tmp_path, "harbour", STORIES)
    folder(tmp_path, "hill", STORIES)
    (tmp_path / "bad.jsonl").write_text("{}\n{\n")
    (tmp_path / "list.json").write_text("[]")
    for words, said in (
        (("sites", "learn", "nowhere", "-o", "x.json"), "nowhere: no such file or folder"),
        (("sites", "learn", "harbour", "hill", "-o", "x.json"), "x.json: 2 sites (harbour, hill): name a folder"),
        (("check", "harbour", "--site-memory", "none.json"), "none.json: no site memory can be read"),
        (("check", "harbour", "--site-memory", "list.json"), "list.json: not a site memory"),
    ):
        done = newsnorm(*words, cwd=tmp_path)
        assert done.returncode == 2
        (line,) = complaints(done)
        assert said in line
    done = newsnorm("sites", "learn", "bad.jsonl", "-o", "x.json", cwd=tmp_path)
    assert done.returncode == 2
    assert "bad.jsonl:1: no text under 'text'" in complaints(done)[0]
    assert "bad.jsonl:2: not a JSON record in UTF-8" in complaints(done)[1]
