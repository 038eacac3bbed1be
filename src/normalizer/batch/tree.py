"""The files below a folder: as git sees them inside a repository, as a walk finds them elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator

from normalizer.batch.patterns import Match, matcher

# Folders that hold what tools make, never what people write.
_NEVER = frozenset({"node_modules", "__pycache__", "__pypackages__", "venv", "site-packages"})
_GIT_SECONDS = 120


def listing(root: str, *, use_git: bool = True) -> list[str]:
    """Paths of the files below ``root``, relative to it, with slashes, sorted.

    Inside a git repository these are the tracked and the unignored files (in a folder that git ignores,
    all). Elsewhere hidden folders and folders of tools are left out, ``.gitignore`` files hold, and
    symbolic links are not followed.
    """
    names = _from_git(root) if use_git and repository(root) else None
    return sorted(_walk(root) if names is None else names)


def repository(folder: str) -> str | None:
    """The root of the git repository that ``folder``, an absolute path, lies in."""
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _from_git(root: str) -> set[str] | None:
    output = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if output is None or (not output and _git(root, "check-ignore", "-q", ".") is not None):
        return None
    return set(os.fsdecode(output).split("\0")) - {""}


def _git(root: str, *arguments: str) -> bytes | None:
    """What git prints; nothing where it is missing, refuses (another owner's folder) or says no."""
    import subprocess

    # Inside a hook git exports the repository it works on, which need not be that of ``root``.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and the arguments are ours
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _walk(root: str) -> Iterator[str]:
    waiting: list[tuple[str, tuple[tuple[int, Match], ...]]] = [("", ())]
    while waiting:
        folder, ignores = waiting.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as entries:
                found = list(entries)
        except OSError:  # not ours to read, or gone
            continue
        if any(entry.name == ".gitignore" for entry in found):
            ignores = (*ignores, (len(folder), _ignore_file(os.path.join(root, folder, ".gitignore"))))
        for entry in found:
            name = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                if not (entry.name.startswith(".") or entry.name in _NEVER or _ignored(f"{name}/", ignores)):
                    waiting.append((f"{name}/", ignores))
            elif not _ignored(name, ignores):
                yield name


def _ignore_file(path: str) -> Match:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return matcher(file.read().split("\n"))
    except OSError:
        return matcher(())


def _ignored(name: str, ignores: tuple[tuple[int, Match], ...]) -> bool:
    return any(match(name[depth:]) for depth, match in ignores)
