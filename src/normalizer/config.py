"""The configuration of one normalization: an immutable value, checked when it is made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from normalizer.errors import ConfigError
from normalizer.rules import RuleSet, rule_set, suggestion

if TYPE_CHECKING:
    from normalizer.chrome.sites import SiteMemory

KINDS = ("text", "markdown", "rst", "html")
ERRORS = ("strict", "keep")
STYLES = ("official", "ap", "reuters", "bbc", "dpa", "afp", "legacy")
# The primary subtag of a BCP 47 tag, and the codes that ISO 639-1 has withdrawn.
_LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*")
_WITHDRAWN = {"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr"}


@dataclass(frozen=True)
class Config:
    """Everything that steers a normalization; hashable, picklable. Lists are kept as tuples.

    ``profile``: minimal, standard, body or aggressive. ``select`` keeps, of the profile's rules, those
    under the given id prefixes; ``extend_select`` adds rules that the profile leaves out; ``ignore``
    takes away. ``charset`` is the declared charset of bytes; ``errors="keep"`` maps bytes that no codec
    explains to lone surrogates (PEP 383). ``style`` and ``tables`` (paths of JSONL overlays, later ones
    win) steer names. ``language`` (a code) fixes the document's language instead of detecting it, and
    ``language_backend`` names the detector. ``kind`` says what must not be touched (code, link targets,
    tags). Raises :class:`ConfigError` for anything unknown.
    """

    profile: str = "standard"
    select: Sequence[str] | None = None
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    charset: str | None = None
    errors: str = "strict"
    style: str = "official"
    tables: Sequence[str] = ()
    packs: Sequence[str] = ()
    language: str | None = None
    language_backend: str = "default"
    site_memory: SiteMemory | None = None
    kind: str = "text"

    def __post_init__(self) -> None:
        for name in ("select", "extend_select", "ignore", "tables", "packs"):
            value = getattr(self, name)
            if isinstance(value, str):
                raise ConfigError(f"{name} is a list of strings, not the string {value!r}: write [{value!r}]")
            if value is not None:
                object.__setattr__(self, name, tuple(str(item) for item in value))
        _one_of("kind", self.kind, KINDS)
        _one_of("errors", self.errors, ERRORS)
        _one_of("style", self.style, STYLES)
        if self.language_backend != "default":
            from normalizer.language.backends import backends

            _one_of("language_backend", self.language_backend, backends())
        if isinstance(self.site_memory, (str, bytes)) or hasattr(self.site_memory, "__fspath__"):
            raise ConfigError(f"site_memory is a SiteMemory, not a path: SiteMemory.load({self.site_memory!r})")
        if self.language is not None:
            object.__setattr__(self, "language", language_code(self.language))
        _ = self.rules

    @property
    def rules(self) -> RuleSet:
        """The rules that are on."""
        select = None if self.select is None else tuple(self.select)
        return rule_set(self.profile, select, tuple(self.extend_select), tuple(self.ignore))

    def enabled(self, rule_id: str) -> bool:
        """Whether the rule of that id may edit."""
        return self.rules.enabled(rule_id)


def language_code(tag: str) -> str:
    """The ISO 639 code of a BCP 47 tag: ``en-GB`` is ``en``. Raises :class:`ConfigError` for anything else."""
    match = _LANGUAGE_TAG.fullmatch(tag.strip().lower())
    if match is None:
        raise ConfigError(f"{tag!r} is no language tag: give an ISO 639 code such as en, uk or de")
    return _WITHDRAWN.get(match.group(1), match.group(1))


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ConfigError(f"no {name} {value!r}{suggestion(str(value), list(known))}: one of {', '.join(known)}")
