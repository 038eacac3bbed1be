"""The bar: on a terminal only, and gone when the run ends."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.process import CLEAN, command, environment

FILES = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(FILES):
        (tmp_path / f"{number}.txt").write_text(CLEAN * 400)
    return tmp_path


def _on_terminal(folder: Path, *flags: str) -> bytes:
    """What a terminal is sent on standard error."""
    ours, theirs = pty.openpty()
    arguments = command("check", "--select", "encoding", "--no-cache", *flags, ".")
    process = subprocess.Popen(
        arguments, cwd=folder, env=environment(folder, TERM="xterm"), stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux says so when the other side is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    assert process.wait() == 0
    return said


def test_the_bar_is_drawn_and_taken_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    said = _on_terminal(folder)
    assert said.rstrip().endswith(b"newsnorm: 60 files clean")
    assert b"Traceback" not in said
    assert b"newsnorm: 60 files clean" not in _on_terminal(folder, "-q")


def test_steps_draw_and_hide(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from rich.console import Console
    from rich.progress import Progress as Bar

    from normalizer.reports import progress

    monkeypatch.setattr(progress, "_SECONDS_BETWEEN", 0.0)
    drawn = io.StringIO()
    console = Console(file=drawn, force_terminal=True, width=60)
    bar = progress.RichProgress(Bar(console=console, transient=True, auto_refresh=False), 4)
    bar.step()
    assert "25%" in drawn.getvalue()
    bar.hide()
    shown = len(drawn.getvalue())
    bar.hide()
    assert len(drawn.getvalue()) == shown
    bar.step()
    assert "50%" in drawn.getvalue()
    bar.hide()
