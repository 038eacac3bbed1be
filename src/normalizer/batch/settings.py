"""Configuration files: which one applies to a folder, and what it says.

In flow ``newsnorm.toml`` or ``[tool.newsnorm]`` of ``pyproject.toml``, the nearest above each file, and
what the command line says over it. Out flow :class:`Settings`, checked; whatever is unknown or wrong
is a :class:`ConfigError` that names file and key.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from normalizer.batch.keys import KEYS, checked
from normalizer.batch.patterns import Patterns
from normalizer.config import Config
from normalizer.errors import ConfigError

DEFAULT_MAX_BYTES = 100_000_000
_OURS = "newsnorm.toml"
_NAMES = (_OURS, "pyproject.toml")
_CONFIG_FIELDS = frozenset(Config.__dataclass_fields__)
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Settings(NamedTuple):
    """What applies to the files below ``root``; ``origins`` says where each given value comes from.

    ``root`` is the folder that globs and paths of the configuration file relate to.
    """

    root: str
    config: Config
    origin: str | None = None
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    kinds: Mapping[str, str] = _NOTHING
    fields: Mapping[str, tuple[str, ...]] = _NOTHING
    per_file_ignores: Mapping[str, tuple[str, ...]] = _NOTHING
    baseline: str | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    detected: bool = False
    break_links: bool = False
    to: str | None = None
    workers: int = 0
    origins: Mapping[str, str] = _NOTHING
    patterns: Patterns = Patterns()


class Resolver:
    """Finds the settings of a folder; each folder is looked at once."""

    def __init__(self, flags: Mapping[str, Any] | None = None, config_file: str | None = None) -> None:
        self._flags = dict(flags or {})
        self._known: dict[str, Settings] = {}
        self._made: dict[str | None, Settings] = {}
        self._only = os.path.abspath(config_file) if config_file else None
        if self._only and not os.path.isfile(self._only):
            what = "not a file" if os.path.lexists(self._only) else "no such configuration file"
            raise ConfigError(f"{config_file}: {what}: name a newsnorm.toml")

    def of_folder(self, folder: str) -> Settings:
        """The settings of the files in ``folder``, an absolute path. Raises :class:`ConfigError`."""
        known = self._known.get(folder)
        if known is None:
            known = self._known[folder] = self._find(folder)
        return known

    def _find(self, folder: str) -> Settings:
        if self._only:
            return self._load(self._only)
        for name in _NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                if name == _OURS or _table(path) is not None:
                    return self._load(path)
            elif name == _OURS and os.path.lexists(path):
                raise ConfigError(f"{path}: not a file, or a link that leads to none: mend or remove it")
        parent = os.path.dirname(folder)
        return self.of_folder(parent) if parent != folder else self._load(None)

    def _load(self, path: str | None) -> Settings:
        if path not in self._made:
            values = (_table(path) or {}) if path else {}
            self._made[path] = _settings(path, values, self._flags)
        return self._made[path]


def _table(path: str) -> dict[str, Any] | None:
    """The table for newsnorm in the TOML file ``path``; ``None`` where a pyproject.toml has none."""
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    whole = os.path.basename(path) != "pyproject.toml"
    if not whole and b"newsnorm" not in raw:
        return None
    import tomllib

    try:
        document = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    if whole:
        return document
    table = document.get("tool", {}).get("newsnorm")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.newsnorm must be a table, not {table!r}")
    return table


def _settings(path: str | None, table: Mapping[str, Any], flags: Mapping[str, Any]) -> Settings:
    root = os.path.dirname(path) if path else os.getcwd()
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name in values:
            raise ConfigError(f"{path}: the key {key!r} stands twice, with hyphens and with underscores: keep one")
        values[name] = checked(path or "", key, value, root)
        origins[name] = path or ""
    for name, value in flags.items():
        adds = KEYS[name].adds and name in values
        values[name] = (*values[name], *value) if adds else value
        origins[name] = f"{path} and command line" if adds else "command line"
    config = _config(path, {name: value for name, value in values.items() if name in _CONFIG_FIELDS})
    rest = {name: value for name, value in values.items() if name not in _CONFIG_FIELDS}
    settings = Settings(root=root, origin=path, config=config, origins=origins, **rest)
    _check_rules(settings)
    return settings._replace(patterns=Patterns.of(settings))


def _config(path: str | None, values: Mapping[str, Any]) -> Config:
    try:
        config = Config(**_with_memory(values))
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}" if path else str(error)) from error
    for name in ("tables", "packs"):
        for file in getattr(config, name):
            if not os.path.isfile(file):
                raise ConfigError(f"{path or 'command line'}: {name}: {file}: no such file")
    return config


def _with_memory(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """``values`` with the site memory that a path names. Raises :class:`ConfigError` for a file that is none."""
    if values.get("site_memory") is None:
        return values
    from normalizer.chrome.sites import SiteMemory

    return {**values, "site_memory": SiteMemory.load(values["site_memory"])}


def _check_rules(settings: Settings) -> None:
    if not settings.per_file_ignores:
        return
    from dataclasses import replace

    for glob, rules in settings.per_file_ignores.items():
        try:
            replace(settings.config, ignore=(*settings.config.ignore, *rules))
        except ConfigError as error:
            raise ConfigError(f"{settings.origin}: per-file-ignores of {glob!r}: {error}") from error
