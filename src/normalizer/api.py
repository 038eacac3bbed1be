"""The functions of the public interface: the whole pipeline, and each stage by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from normalizer._rule_index import PROFILES_OF
from normalizer.config import Config
from normalizer.pipeline import MAX_PASSES, Normalizer
from normalizer.result import Language, Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from normalizer.names.table import AliasTable


# The libraries whose judgement enters the output.
_JUDGES = ("ahocorasick_rs", "chardet", "ftfy", "langdetect", "regex", "unidecode")


@cache
def _normalizer(config: Config) -> Normalizer:
    return Normalizer(config)


@cache
def _names_in(language: str | None) -> Config:
    return replace(_stage(None, "names"), language=language)


# A table's automaton takes tens of milliseconds to build; a few tables at a time are kept ready.
@lru_cache(maxsize=4)
def _with_table(config: Config, table: AliasTable) -> Normalizer:
    return Normalizer(config, table=table)


def _stage(config: Config | None, family: str) -> Config:
    """``config`` with only the rules of one family."""
    from dataclasses import replace

    base = config or Config()
    others = (rule_id for rule_id in PROFILES_OF if not (base.enabled(rule_id) and rule_id.startswith(family + ".")))
    return replace(base, ignore=tuple(others))


def normalize(source: str | bytes, config: Config | None = None, language: str | None = None) -> Result:
    """Normalize one document.

    ``language`` (a code) fixes the document's language instead of detecting it. Raises
    :class:`DecodeError` for bytes that no codec explains (unless ``config.errors == "keep"``).
    """
    config = config or Config()
    if language is not None:
        config = replace(config, language=language)
    return _normalizer(config)(source)


def repair_encoding(text: str) -> str:
    """``text`` with mojibake, stray controls, invisible characters and mixed scripts repaired."""
    if isinstance(text, str):
        return _repairs()(text)
    return _normalizer(_repair_only())(text).text


@cache
def _repair_only() -> Config:
    return Config(profile="minimal")


@cache
def _repairs() -> Callable[[str], str]:
    from normalizer.encoding import text_repair

    return text_repair(lambda rule: _repair_only().enabled(rule), MAX_PASSES)


def strip_chrome(text: str, config: Config | None = None) -> str:
    """``text`` without what the site added; ``config`` gives the profile."""
    return _normalizer(_stage(config, "chrome"))(text).text


def canonicalize_names(text: str, language: str | None = None, table: AliasTable | None = None) -> str:
    """``text`` with the names of ``table`` (the package's own by default) in their canonical form.

    ``language`` is detected where it is not given.
    """
    config = _names_in(language)
    if table is None:
        return _normalizer(config)(text).text
    return _with_table(config, table)(text).text


def detect_language(text: str) -> Language:
    """The language of ``text``; code ``und`` when unsure."""
    from normalizer.language import detect

    return detect(text)


@cache
def fingerprint() -> str:
    """What decides the output besides input and config, as one hexadecimal word for caches and manifests.

    It covers this package's version and data, the Unicode data, and the versions of the libraries
    whose judgement enters.
    """
    import hashlib
    import sys
    import unicodedata
    from importlib import metadata, resources
    from pathlib import Path

    from normalizer._version import __version__

    digest = hashlib.sha256()
    parts = [__version__, ".".join(map(str, sys.version_info[:2])), unicodedata.unidata_version]
    parts += [
        f"{name} {metadata.version(name)}" for name in ("ahocorasick_rs", "chardet", "ftfy", "regex", "langdetect")
    ]
    digest.update("\n".join(parts).encode())
    root = Path(str(resources.files("normalizer").joinpath("data")))
    for path in sorted(root.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]
