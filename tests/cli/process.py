"""The command as users run it: a process of its own, with its own cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# A hidden character inside a word: the smallest damage, and the same in every language.
DIRTY = "Tele\u200bvision reported it.\n"
MENDED = "Television reported it.\n"
CLEAN = "A quiet day in the harbour.\n"


def command(*arguments: str | bytes | Path) -> list[str | bytes]:
    """The command line that runs ``newsnorm`` with ``arguments``."""
    words: list[str | bytes] = [item if isinstance(item, bytes) else str(item) for item in arguments]
    return [sys.executable, "-m", "normalizer.cli", *words]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of the user's own is seen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSNORM", "GIT_"))}
    return {**kept, "NEWSNORM_CACHE_DIR": str(folder / ".cache-of-test"), "NO_COLOR": "1", **more}


def newsnorm(
    *arguments: str | bytes | Path, cwd: Path, stdin: bytes | None = None, **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end. No run may ever show a traceback."""
    done = subprocess.run(
        command(*arguments), cwd=cwd, env=environment(cwd, **more), input=stdin or b"", capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
    return done


def complaints(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    """The lines on standard error."""
    return done.stderr.decode("utf-8", "surrogateescape").splitlines()
