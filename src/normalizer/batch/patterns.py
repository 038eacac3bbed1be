"""Globs in the language of .gitignore, and what the globs of a configuration say about a path.

pathspec, which reads that language, is imported only where there are globs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from normalizer.errors import ConfigError

if TYPE_CHECKING:
    from normalizer.batch.settings import Settings

Match = Callable[[str], bool]


def matcher(globs: Iterable[str]) -> Match:
    """Whether a path, relative and with slashes, matches any of ``globs`` (``!`` takes back).

    Raises :class:`ConfigError` for a glob that cannot be read.
    """
    lines = list(globs)
    if not lines:
        return _never
    import pathspec

    try:
        return pathspec.GitIgnoreSpec.from_lines(lines).match_file
    except (ValueError, re.error) as error:
        raise ConfigError(f"a glob among {', '.join(map(repr, lines))} cannot be read: {error}") from error


def _never(_path: str) -> bool:
    return False


class Patterns:
    """The globs of one configuration, compiled; paths are absolute and seen from ``root``."""

    def __init__(self, root: str = "") -> None:
        self._root = root
        self._include: Match | None = None
        self._exclude: Match = _never
        self._kinds: list[tuple[Match, str]] = []
        self._fields: list[tuple[Match, tuple[str, ...]]] = []
        self._ignores: list[tuple[Match, tuple[str, ...]]] = []
        self.plain = True

    @classmethod
    def of(cls, settings: Settings) -> Patterns:
        """The compiled globs of ``settings``. Raises :class:`ConfigError`."""
        made = cls(settings.root)
        try:
            made._include = matcher(settings.include) if settings.include is not None else None
            made._exclude = matcher(settings.exclude)
            made._kinds = [(matcher([glob]), kind) for glob, kind in settings.kinds.items()]
            made._fields = [
                (_any if glob == "*" else matcher([glob]), names) for glob, names in settings.fields.items()
            ]
            made._ignores = [(matcher([glob]), rules) for glob, rules in settings.per_file_ignores.items()]
        except ConfigError as error:
            raise ConfigError(f"{settings.origin or 'command line'}: {error}") from error
        made.plain = made._include is None and not (settings.exclude or made._kinds or made._ignores)
        return made

    def _seen(self, path: str) -> str:
        relative = os.path.relpath(path, self._root) if self._root else path
        return relative.replace(os.sep, "/")

    def excluded(self, path: str) -> bool:
        """Whether the configuration leaves ``path`` out."""
        return self._exclude is not _never and self._exclude(self._seen(path))

    def included(self, path: str) -> bool | None:
        """Whether a folder stands for ``path``; ``None`` when the configuration does not say."""
        if self._include is not None:
            return self._include(self._seen(path))
        return True if self.kind(path) is not None else None

    def kind(self, path: str) -> str | None:
        """The kind that the configuration gives ``path``, the last glob that matches."""
        seen = self._seen(path) if self._kinds else ""
        return next((kind for match, kind in reversed(self._kinds) if match(seen)), None)

    def fields(self, path: str) -> tuple[str, ...]:
        """The fields that hold text in ``path``."""
        seen = self._seen(path) if self._fields else ""
        return next((names for match, names in reversed(self._fields) if match(seen)), ())

    def ignored(self, path: str) -> tuple[str, ...]:
        """The rules that are off for ``path``."""
        seen = self._seen(path) if self._ignores else ""
        return tuple(rule for match, rules in self._ignores if match(seen) for rule in rules)


def _any(_path: str) -> bool:
    return True
