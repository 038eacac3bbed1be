"""newsnorm: news text that a search index, a corpus or an editor can trust.

It decodes bytes, repairs encoding, detects language, strips site chrome and canonicalizes
transliterated names; every change says where, why and by which rule, and can be undone.
All offsets are code points, half-open. The names below are imported when first used.
"""

from __future__ import annotations

from normalizer._version import __version__

# Not from typing, which takes 10 ms: an interruption of the command would end in its traceback.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from normalizer.api import (
        canonicalize_names,
        detect_language,
        fingerprint,
        normalize,
        repair_encoding,
        strip_chrome,
    )
    from normalizer.chrome.html import normalize_html
    from normalizer.chrome.sites import SiteMemory
    from normalizer.config import Config
    from normalizer.edits import Edit, EditLog, apply_edits
    from normalizer.errors import ConfigError, DecodeError, NormalizerError, SpanError
    from normalizer.keys import search_key
    from normalizer.names.romanize import romanize
    from normalizer.names.table import AliasTable
    from normalizer.pipeline import Normalizer
    from normalizer.result import Block, Decoding, Language, Mention, Result
    from normalizer.rules import Rule, all_rules

_HOMES = {
    "api": (
        "canonicalize_names",
        "detect_language",
        "fingerprint",
        "normalize",
        "repair_encoding",
        "strip_chrome",
    ),
    "chrome.html": ("normalize_html",),
    "chrome.sites": ("SiteMemory",),
    "config": ("Config",),
    "edits": ("Edit", "EditLog", "apply_edits"),
    "errors": ("ConfigError", "DecodeError", "NormalizerError", "SpanError"),
    "keys": ("search_key",),
    "names.romanize": ("romanize",),
    "names.table": ("AliasTable",),
    "pipeline": ("Normalizer",),
    "result": ("Block", "Decoding", "Language", "Mention", "Result"),
    "rules": ("Rule", "all_rules"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AliasTable",
    "Block",
    "Config",
    "ConfigError",
    "DecodeError",
    "Decoding",
    "Edit",
    "EditLog",
    "Language",
    "Mention",
    "Normalizer",
    "NormalizerError",
    "Result",
    "Rule",
    "SiteMemory",
    "SpanError",
    "__version__",
    "all_rules",
    "apply_edits",
    "canonicalize_names",
    "detect_language",
    "fingerprint",
    "normalize",
    "normalize_html",
    "repair_encoding",
    "romanize",
    "search_key",
    "strip_chrome",
]


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'normalizer' has no attribute {name!r}: see normalizer.__all__")
    from importlib import import_module

    value: object = getattr(import_module(f"normalizer.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
