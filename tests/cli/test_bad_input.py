"""Bad input: one line on standard error that says what and what to do, the right code, never a traceback."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.process import CLEAN, DIRTY, MENDED, command, complaints, environment, newsnorm


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["chekc", "a.txt"], "invalid choice"),
        (["check"], "nothing named"),
        (["check", "nowhere.txt"], "nowhere.txt: no such file"),
        (["check", "a.txt", "--dif"], "did you mean --diff?"),
        (["check", "a.txt", "--select", "chrome.capton"], "no rule 'chrome.capton' (did you mean chrome.caption"),
        (["check", "a.txt", "--select", ""], "names nothing"),
        (["check", "a.txt", "--ignore", ""], "names nothing"),
        (["check", "a.txt", "--ignore", " , "], "names nothing"),
        (["check", "a.txt", "--fields", ""], "names nothing"),
        (["check", "a.txt", "--style", "nostyle"], "no style 'nostyle'"),
        (["check", "a.txt", "--profile", "standart"], "did you mean standard?"),
        (["check", "a.txt", "--charset", "utf-99"], "must be a charset"),
        (["check", "a.txt", "--charset", "hex"], "must be a charset"),
        (["check", "a.txt", "--charset", "undefined"], "must be a charset"),
        (["check", "a.txt", "--exclude", "[z-a]"], "cannot be read"),
        (["check", "a.txt", "--log", "./a.txt"], "a.txt: is one of the files to be judged"),
        (["check", "a.txt", "--max-bytes", "many"], "must be a size"),
        (["check", "a.txt", "--table", "none.jsonl"], "none.jsonl: no such file"),
        (["check", "a.txt", "--config", "none.toml"], "no such configuration file"),
        (["check", "a.txt", "--config", "."], "not a file"),
        (["check", "a.txt", "--baseline", "none.json"], "none.json"),
        (["check", "a.txt", "-"], "stands alone"),
        (["check", "a.txt", "--diff", "--format", "json"], "choose one"),
        (["check", "--files-from", "none", "a.txt"], "none: No such file"),
        (["explain", "chrome.capton"], "did you mean"),
        (["rules", "chek", "x"], "newsnorm rules check"),
        (["rules", "check", "none.toml"], "none.toml: no such file"),
        (["names", "check", "none.jsonl"], "none.jsonl: no such file"),
        (["config", "nowhere"], "nowhere: no such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage_and_configuration_exit_two_and_touch_nothing(arguments: list[str], said: str, tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": DIRTY.encode()})
    for words in (arguments, ["fix", *arguments[1:]] if arguments[:1] == ["check"] else arguments):
        done = newsnorm(*words, cwd=tmp_path)
        assert done.returncode == 2
        assert len(complaints(done)) == 1
        assert said in complaints(done)[0]
    assert (tmp_path / "a.txt").read_text() == DIRTY


@pytest.mark.parametrize("words", [["--"], ["-q", "--"], ["a.txt", "--"]])
def test_what_follows_two_hyphens_are_names(words: list[str], tmp_path: Path) -> None:
    _write(tmp_path, {"-dash.txt": DIRTY.encode(), "--diff": DIRTY.encode(), "a.txt": CLEAN.encode()})
    done = newsnorm("check", *words, "-dash.txt", "--diff", cwd=tmp_path)
    assert done.returncode == 1
    assert [line.split(b":")[0] for line in done.stdout.splitlines()] == [b"-dash.txt", b"--diff"]


def test_a_missing_path_among_others_touches_nothing(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": DIRTY.encode()})
    done = newsnorm("fix", "a.txt", "gone.txt", "lost/", cwd=tmp_path)
    assert done.returncode == 2
    assert len(complaints(done)) == 2
    assert (tmp_path / "a.txt").read_text() == DIRTY


@pytest.mark.parametrize("files", [{}, {"picture.png": b"\x89PNG\0"}, {"code.py": b"print()"}])
def test_a_folder_without_text_is_no_error(files: dict[str, bytes], tmp_path: Path) -> None:
    _write(tmp_path, files)
    done = newsnorm("check", ".", cwd=tmp_path)
    assert done.returncode == 0
    assert "no text to check" in complaints(done)[0]


def test_a_folder_that_is_gone_has_no_files(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    _write(tmp_path, {"a.txt": DIRTY.encode()})
    for words in (("check", tmp_path / "a.txt"), ("fix", "."), ("config", ".")):
        folder = tmp_path / "here"
        folder.mkdir(exist_ok=True)
        line = " ".join(map(str, command(*words)))
        shell = ["sh", "-c", f"rmdir ../here && {line}"]
        done = subprocess.run(shell, cwd=folder, env=environment(tmp_path), capture_output=True, check=False)
        assert done.returncode == 2
        assert complaints(done)[-1] == "newsnorm: the current folder is gone: change into one that exists"


def test_binary_and_empty_files_are_skipped_and_counted(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": b"x\0y", "b.txt": b"", "c.txt": b" \n\t\n", "d.txt": DIRTY.encode()})
    done = newsnorm("fix", ".", cwd=tmp_path)
    assert done.returncode == 0
    assert complaints(done)[-1] == "newsnorm: 1 file fixed (1 edit); 3 files skipped (1 binary, 2 empty)"
    named = newsnorm("fix", "a.txt", cwd=tmp_path)
    assert named.returncode == 0
    assert complaints(named)[0] == "newsnorm: a.txt: skipped: binary"
    assert (tmp_path / "a.txt").read_bytes() == b"x\0y"


def test_bytes_that_no_codec_explains_fail_and_the_others_are_done(tmp_path: Path) -> None:
    broken = "\ufeffKyiv".encode("utf-16-le") + b"\x00\xd8x"
    _write(tmp_path, {"a.txt": broken, "b.txt": DIRTY.encode()})
    for word in ("check", "fix"):
        done = newsnorm(word, ".", cwd=tmp_path)
        assert done.returncode == 3
        assert complaints(done)[0].startswith("newsnorm: a.txt: byte ")
    assert (tmp_path / "a.txt").read_bytes() == broken
    assert (tmp_path / "b.txt").read_text() == MENDED


def test_utf16_with_its_mark_is_written_back_as_it_was(tmp_path: Path) -> None:
    for codec, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-32-le", b"\xff\xfe\0\0")):
        _write(tmp_path, {"a.txt": mark + DIRTY.replace("\n", "\r\n").encode(codec)})
        assert newsnorm("fix", "a.txt", cwd=tmp_path).returncode == 0
        assert (tmp_path / "a.txt").read_bytes() == mark + MENDED.replace("\n", "\r\n").encode(codec)


def test_read_only_files_and_folders_are_refused_by_their_mode_bits(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": DIRTY.encode(), "sub/b.txt": DIRTY.encode(), "c.txt": DIRTY.encode()})
    (tmp_path / "a.txt").chmod(0o444)
    (tmp_path / "sub").chmod(0o555)
    try:
        assert newsnorm("check", ".", cwd=tmp_path).returncode == 1
        done = newsnorm("fix", ".", cwd=tmp_path)
    finally:
        (tmp_path / "sub").chmod(0o755)
    assert done.returncode == 3
    assert "a.txt: read-only: make it writable" in complaints(done)[0]
    assert "sub/b.txt: stands in a read-only folder" in complaints(done)[1]
    assert (tmp_path / "a.txt").read_text() == (tmp_path / "sub/b.txt").read_text() == DIRTY
    assert (tmp_path / "c.txt").read_text() == MENDED


def test_hard_links_are_refused_unless_they_may_break(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": DIRTY.encode()})
    os.link(tmp_path / "a.txt", tmp_path / "b.txt")
    done = newsnorm("fix", "a.txt", cwd=tmp_path)
    assert done.returncode == 3
    assert "--break-links" in complaints(done)[0]
    assert newsnorm("fix", "--break-links", "a.txt", cwd=tmp_path).returncode == 0
    assert ((tmp_path / "a.txt").read_text(), (tmp_path / "b.txt").read_text()) == (MENDED, DIRTY)


def test_links_pipes_and_loops(tmp_path: Path) -> None:
    _write(tmp_path, {"tree/a.txt": DIRTY.encode(), "outside.txt": DIRTY.encode()})
    (tmp_path / "tree/out.txt").symlink_to("../outside.txt")
    (tmp_path / "tree/in.txt").symlink_to("a.txt")
    (tmp_path / "tree/loop.txt").symlink_to("loop.txt")
    (tmp_path / "tree/up").symlink_to("..")
    os.mkfifo(tmp_path / "tree/pipe.txt")
    done = newsnorm("fix", "tree", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "outside.txt").read_text() == DIRTY
    assert "1 file fixed" in complaints(done)[-1]
    assert "3 links, 1 of other kinds, 1 special" in complaints(done)[-1]
    pipe = newsnorm("check", "tree/pipe.txt", cwd=tmp_path)
    assert (pipe.returncode, "not a regular file" in complaints(pipe)[0]) == (3, True)
    loop = newsnorm("check", "tree/loop.txt", cwd=tmp_path)
    assert (loop.returncode, "symbolic link" in complaints(loop)[0]) == (2, True)


def test_a_named_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    _write(tmp_path, {"real/a.txt": DIRTY.encode()})
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    assert newsnorm("fix", "link.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real/a.txt").read_text() == MENDED


def test_a_path_given_twice_is_judged_once(tmp_path: Path) -> None:
    _write(tmp_path, {"sub/a.txt": DIRTY.encode()})
    (tmp_path / "link").symlink_to("sub")
    done = newsnorm("check", "sub/a.txt", "./sub/a.txt", "sub", "link/a.txt", tmp_path / "sub/a.txt", cwd=tmp_path)
    assert len(done.stdout.splitlines()) == 1


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    path = Path(os.fsdecode(name))
    path.write_text(DIRTY)
    done = newsnorm("check", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout.startswith(b"caf\\udce9.txt:1:5:")) == (1, True)
    for form in ("json", "jsonl", "github", "sarif"):
        assert newsnorm("check", "--format", form, name, cwd=tmp_path).returncode == 1
    assert newsnorm("check", "--diff", ".", cwd=tmp_path).stdout.startswith(b'--- "a/caf\\351.txt"\n')
    assert newsnorm("fix", name, cwd=tmp_path).returncode == 0
    assert path.read_text() == MENDED


def test_files_above_the_limit_are_refused(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": DIRTY.encode() * 50, "b.txt": DIRTY.encode()})
    done = newsnorm("fix", "--max-bytes", "1k", ".", cwd=tmp_path)
    assert done.returncode == 3
    assert "--max-bytes 1350" in complaints(done)[0]
    assert (tmp_path / "b.txt").read_text() == MENDED
    assert newsnorm("check", "--max-bytes", "1k", "-", cwd=tmp_path, stdin=DIRTY.encode() * 50).returncode == 3
    assert newsnorm("check", "--max-bytes", "2Ki", "a.txt", cwd=tmp_path).returncode == 1


def test_a_guessed_charset_is_reported_and_fixed_only_on_demand(tmp_path: Path) -> None:
    text = "Вчора в Одесі відбулася нарада про відбудову міста і порту, повідо\u00adмили в адміністрації.\n" * 4
    _write(tmp_path, {"a.txt": text.encode("cp1251")})
    check = newsnorm("check", "a.txt", cwd=tmp_path)
    assert check.returncode in (0, 1)
    assert "decoded as cp1251, a guess" in complaints(check)[0]
    done = newsnorm("fix", "--to", "utf-8", "a.txt", cwd=tmp_path)
    assert done.returncode == 3
    assert "--detected" in complaints(done)[0]
    assert (tmp_path / "a.txt").read_bytes() == text.encode("cp1251")
    assert newsnorm("fix", "--to", "utf-8", "--detected", "a.txt", cwd=tmp_path).returncode == 0
    assert "Вчора в Одесі" in (tmp_path / "a.txt").read_text()


def test_a_codec_that_cannot_hold_the_result_leaves_the_file_alone(tmp_path: Path) -> None:
    # The damage is an em dash in UTF-8 read as windows-1252; ISO 8859-1 has no em dash.
    text = "Caf\u00e9 life \u00e2\u0080\u0094 a review of the summer\n"
    _write(tmp_path, {"a.txt": text.encode("latin-1"), "b.txt": CLEAN.encode()})
    done = newsnorm("fix", "--charset", "iso8859-15", ".", cwd=tmp_path)
    assert done.returncode == 3
    assert "cannot hold the result: convert the file with --to utf-8" in complaints(done)[0]
    assert (tmp_path / "a.txt").read_bytes() == text.encode("latin-1")
    assert newsnorm("fix", "--charset", "iso8859-15", "--to", "utf-8", ".", cwd=tmp_path).returncode == 0
    assert "— a review" in (tmp_path / "a.txt").read_text()


def test_a_converted_page_that_declares_its_old_charset_is_named(tmp_path: Path) -> None:
    page = '<meta charset="windows-1251"><p>\u0412\u0447\u043e\u0440\u0430 \u0434\u043e\u0449\u0438\u043b\u043e.</p>\n'
    _write(tmp_path, {"a.html": page.encode("windows-1251")})
    done = newsnorm("fix", "--to", "utf-8", "a.html", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "a.html").read_text("utf-8")) == (0, page)
    assert "still declares windows-1251" in complaints(done)[0]


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    for number in range(300):
        _write(tmp_path, {f"{number}.txt": DIRTY.encode() * 20})
    from subprocess import PIPE, Popen

    with (tmp_path / "said").open("wb") as messages:
        process = Popen(command("check", "."), cwd=tmp_path, env=environment(tmp_path), stdout=PIPE, stderr=messages)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 1
    assert (tmp_path / "said").read_bytes() == b""


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("check a.txt >&-", 1, b"would change"),
        ("check --diff a.txt >&-", 1, b"would change"),
        ("check - <a.txt >&-", 1, b""),
        ("check - <&-", 2, b"standard input is closed"),
        ("check a.txt 2>&-", 1, b""),
        ("check a.txt >/dev/full", 3, b"standard output: no space left on device"),
        ("fix a.txt >/dev/full", 3, b"standard output: no space left on device"),
        ("check a.txt 2>/dev/full", 1, b""),
        ("check nowhere 2>/dev/full", 2, b""),
        ("fix --log /dev/full a.txt", 3, b"/dev/full: the log cannot be written"),
        ("rules >/dev/full", 3, b"standard output"),
        ("rules | head -1", 0, b""),
        ("--version >/dev/full", 3, b"standard output"),
        ("--version >&-", 0, b""),
        ("explain names.alias >&- 2>&-", 0, b""),
    ],
)
def test_closed_and_full_outputs(line: str, code: int, said: bytes, tmp_path: Path) -> None:
    import sys

    _write(tmp_path, {"a.txt": DIRTY.encode()})
    shell = ["sh", "-c", f'"{sys.executable}" -m normalizer.cli {line}']
    coloured = {name: value for name, value in environment(tmp_path).items() if name != "NO_COLOR"}
    done = subprocess.run(shell, cwd=tmp_path, env=coloured, capture_output=True, check=False)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    assert (tmp_path / "a.txt").read_text() == (MENDED if line.startswith("fix") else DIRTY)
