"""Build the wheel, install it by itself in a clean environment, and run the main job there.

python tools/check_wheel.py FOLDER      needs the package ``build``
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WHEEL_LIMIT = 6_000_000  # bytes; the tables and profiles must stay compact
SOURCE = "ua en ru\n\nMinisters meet in Kyiv\n\nMr Zelenskiy met Mr Witkov in Zaporizhia on Monday, officials said.\n"


def run(*command: str | Path, cwd: Path, expected: int = 0, stdin: str | None = None) -> str:
    # An environment of its own: nothing of the one that runs this may leak in.
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(command, cwd=cwd, env=clean, input=stdin, capture_output=True, text=True, check=False)
    if done.returncode != expected:
        sys.exit(f"{command}: exit {done.returncode}, expected {expected}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist", ROOT, cwd=folder)
    (wheel,) = (folder / "dist").glob("newsnorm-*.whl")
    size = wheel.stat().st_size
    if size > WHEEL_LIMIT:
        sys.exit(f"{wheel.name} has {size} bytes, more than {WHEEL_LIMIT}")
    venv.create(folder / "clean", with_pip=True, clear=True)
    python = folder / "clean" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=folder)
    newsnorm = folder / "clean" / "bin" / "newsnorm"
    print(run(newsnorm, "--version", cwd=folder).strip(), f"wheel {size} bytes")
    document = folder / "article.txt"
    document.write_text(SOURCE, encoding="utf-8")
    run(newsnorm, "check", "--diff", document, cwd=folder, expected=1)
    run(newsnorm, "fix", document, cwd=folder)
    run(newsnorm, "check", document, cwd=folder)
    fixed = document.read_text(encoding="utf-8")
    expected = SOURCE.removeprefix("ua en ru\n\n").replace("Zelenskiy", "Zelenskyy").replace("Witkov", "Witkoff")
    expected = expected.replace("Zaporizhia", "Zaporizhzhia")
    if fixed != expected:
        sys.exit(f"the main job gave {fixed!r}, expected {expected!r}")
    print("the main job runs from the wheel")


if __name__ == "__main__":
    main()
