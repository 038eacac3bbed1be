"""Which files a command line means: folders opened, globs applied, every file once.

In flow paths as they were named. Out flow the files in order, each with the settings and the kind that
apply to it, and a count of what was left out and why. A folder inside a git repository stands for its
tracked and unignored files, any other for what a walk finds. Nothing is opened here.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from normalizer.batch.atomic import is_temporary
from normalizer.batch.formats import STRUCTURED, kind_of
from normalizer.batch.settings import Resolver, Settings
from normalizer.batch.tree import listing
from normalizer.errors import ConfigError

NO_FIELDS = 'skipped: no field of it is known to hold text: name them (fields = ["body"])'
_ALWAYS_TEXT = ("srt", "vtt", "po")  # their text stands in known places, no field needs naming


class Found(NamedTuple):
    """A file to be judged: as it is shown (``path``), where it is (``real``, absolute) and its state."""

    path: str
    real: str
    state: os.stat_result | None
    settings: Settings
    kind: str
    fields: tuple[str, ...] = ()
    named: bool = False


class Discovery:
    """Collects files; ``skipped`` counts what was left out, ``temporary`` holds folders with leftovers."""

    def __init__(self, resolver: Resolver, *, use_git: bool = True) -> None:
        self.files: list[Found] = []
        self.skipped: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []
        self.temporary: set[str] = set()
        self._resolver = resolver
        self._use_git = use_git
        self._seen: set[str] = set()
        self._real_folders: dict[str, str] = {}  # a hook names thousands of files in a few folders

    def add_all(self, paths: Iterable[str]) -> None:
        """Add what each of ``paths`` stands for.

        Raises :class:`ConfigError` for paths that do not exist, one line each, before any is looked at,
        and for configuration that cannot be used.
        """
        named = list(dict.fromkeys(paths))
        states = [(path, _state(path)) for path in named]
        missing = [path for path, state in states if isinstance(state, OSError)]
        if missing:
            raise ConfigError("\n".join(_missing(path, os.path.islink(path)) for path in missing))
        for path, state in states:
            if isinstance(state, os.stat_result) and stat.S_ISDIR(state.st_mode):
                self._add_folder(path)
            elif isinstance(state, os.stat_result):
                self._add_named(path, state)

    def _add_named(self, path: str, state: os.stat_result) -> None:
        folder, base = os.path.split(path)
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder or ".")
        standing = os.path.join(self._real_folders[folder], base)
        real = os.path.realpath(path) if os.path.islink(path) else standing
        if real in self._seen or standing in self._seen:
            return
        settings = self._resolver.of_folder(os.path.dirname(standing))
        left_out = settings.patterns.excluded(standing)
        self._seen.add(standing if left_out else real)  # a link that is excluded hides no file
        if left_out:
            self.skipped["excluded"] += 1
            self.notes.append((path, "left out: the configuration excludes it"))
            return
        kind = settings.patterns.kind(standing) or kind_of(path) or "text"
        fields = settings.patterns.fields(standing) if kind in STRUCTURED else ()
        if lacks_fields(kind, fields):
            self.skipped["without fields"] += 1
            self.notes.append((path, NO_FIELDS))
            return
        self.files.append(Found(path, real, state, settings, kind, fields, named=True))

    def _add_folder(self, path: str) -> None:
        root = os.path.realpath(path)
        shown = "" if path in (".", "./") else os.path.join(path, "")
        of_folder: dict[str, Settings] = {}
        for name in listing(root, use_git=self._use_git):
            folder, _, base = name.rpartition("/")
            if is_temporary(base):
                self.temporary.add(os.path.join(root, folder))
                continue
            settings = of_folder.get(folder)
            if settings is None:
                settings = of_folder[folder] = self._resolver.of_folder(os.path.join(root, folder) if folder else root)
            self._add_walked(f"{root}/{name}", f"{shown}{name}", base, settings)

    def _add_walked(self, real: str, shown: str, base: str, settings: Settings) -> None:
        kind = kind_of(base)
        patterns = settings.patterns
        if not patterns.plain:
            if patterns.excluded(real):
                self.skipped["excluded"] += 1
                return
            included = patterns.included(real)
            kind = patterns.kind(real) or (kind or "text" if included else kind)
            kind = None if included is False else kind
        if kind is None:
            self.skipped["of other kinds"] += 1
            return
        fields = patterns.fields(real) if kind in STRUCTURED else ()
        if lacks_fields(kind, fields):
            self.skipped["without fields"] += 1
            return
        if real in self._seen:
            return
        try:
            state = os.lstat(real)
        except OSError:  # git still lists what was deleted
            return
        self._seen.add(real)
        if stat.S_ISREG(state.st_mode):
            self.files.append(Found(shown, real, state, settings, kind, fields))
        elif not stat.S_ISDIR(state.st_mode):
            self.skipped["links" if stat.S_ISLNK(state.st_mode) else "special"] += 1


def lacks_fields(kind: str, fields: tuple[str, ...]) -> bool:
    """Whether a file of that kind holds no text that we know of."""
    return kind in STRUCTURED and kind not in _ALWAYS_TEXT and not fields


def _state(path: str) -> os.stat_result | OSError | None:
    """The state of what ``path`` leads to; an error when it leads nowhere, ``None`` when it is out of reach."""
    try:
        return os.stat(path)
    except PermissionError:
        return os.stat_result((stat.S_IFREG, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    except (OSError, ValueError) as error:
        return error if isinstance(error, OSError) else OSError(str(error))


def _missing(path: str, is_link: bool) -> str:
    if is_link:
        return f"{path}: a symbolic link that leads nowhere or in a circle: mend or remove it"
    return f"{path}: no such file or folder: check the spelling"
