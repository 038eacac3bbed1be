"""One record of the table, made ready for matching.

In flows a validated record and a style. Out flows an :class:`Entity`: its forms folded, its canonical
spellings by language, its given names with all their spellings, its guards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from normalizer.names.fold import fold, words
from normalizer.names.given import gender_of, spellings_of

Record = Mapping[str, Any]
EAST_SLAVIC = ("be", "ru", "uk")
FAMILY_FIRST = frozenset({"hu", "ja", "ko", "zh"})


class Form(NamedTuple):
    """One way to write an entity.

    ``folded`` is compared, ``surface`` is what the table says. ``kind``: canonical, alias, form
    (inflected), derived or blocker. ``part``: full or family. ``langs``: the document languages in
    which an alias is rewritten (None: every one), or those of which a canonical form is the own one.
    """

    folded: str
    surface: str
    kind: str
    part: str
    use: str
    langs: frozenset[str] | None
    title: bool


@dataclass(frozen=True, slots=True)
class Entity:
    """A record made ready. ``by_key`` maps key words to the forms that hold them, with the key's offset;
    ``compounds`` are the given names of several words, longest first.
    """

    id: str
    type: str
    kind: str
    canonical: dict[str, str]
    family: dict[str, str]
    by_key: dict[str, list[tuple[Form, int]]]
    given: frozenset[str]
    given_kept: frozenset[str]
    middle: frozenset[str]
    initials: frozenset[str]
    guards: dict[str, tuple[str, ...]]
    titles: tuple[str, ...]
    companions: frozenset[str]
    gender: str
    country: str
    families: frozenset[str] = field(default=frozenset())
    kept_in: dict[str, frozenset[str]] = field(default_factory=dict)
    compounds: tuple[str, ...] = ()

    def keeps(self, given: str, full: str) -> bool:
        """Whether a folded spelling of the given name stays in a language whose canonical form is ``full``."""
        languages = self.kept_in.get(given)
        return languages is None or any(self.canonical.get(code) == full for code in languages)


def family_of(canonical: str, family: str | None, language: str = "") -> str:
    """The family name in a full form: the one stated, or the last word (the first where it leads)."""
    if family:
        return family
    parts = canonical.split()
    return parts[0] if language in FAMILY_FIRST and canonical[:1] > "\u2e80" else parts[-1]


def split_name(canonical: str, family: str) -> str:
    """The given part of a full form, or nothing where the form has none."""
    if canonical.endswith(family):
        return canonical[: -len(family)].strip()
    return canonical[len(family) :].strip() if canonical.startswith(family) else ""


def forms_of(record: Record, style: str = "official") -> Iterator[Form]:
    """Every form of a record in a style; official spellings become aliases where the style has its own."""
    person = record.get("type") == "person"
    canonical, family = styled(record, style)
    by_surface: dict[str, set[str]] = {}
    for language, surface in canonical.items():
        by_surface.setdefault(surface, set()).add(language)
    for surface, languages in by_surface.items():
        yield _form(surface, "canonical", "full", "safe", languages)
    if person:
        families: dict[str, set[str]] = {}
        for language, surface in family.items():
            families.setdefault(surface, set()).add(language)
        for surface, languages in families.items():
            if surface not in by_surface:
                yield _form(surface, "canonical", "family", "safe", languages)
    yield from _replaced(record, canonical, family)
    if person:
        yield from _neighbours(canonical)
    length = max((len(surface.split()) for surface in family.values()), default=1)
    for alias in record.get("aliases", ()):
        yield _alias(alias, record, person, length)
    yield from _inflected(record, person, length)


def styled(record: Record, style: str) -> tuple[dict[str, str], dict[str, str]]:
    """The canonical and the family forms by language in a style."""
    official: dict[str, str] = dict(record.get("canonical", {}))
    stated: dict[str, str] = dict(record.get("family", {}))
    if record.get("type") != "person":
        return official | record.get("styles", {}).get(style, {}), {}
    family = {code: family_of(surface, stated.get(code), code) for code, surface in official.items()}
    for code, surface in record.get("styles", {}).get(style, {}).items():
        length = len(family[code].split()) if code in family else 1
        family[code] = " ".join(surface.split()[-length:])
        official[code] = surface
    return official, family


def _replaced(record: Record, canonical: dict[str, str], family: dict[str, str]) -> Iterator[Form]:
    official, own = styled(record, "official")
    for code, surface in official.items():
        if canonical[code] != surface:
            yield _form(surface, "alias", "full", "safe", {code})
        if own and family[code] != own[code]:
            yield _form(own[code], "alias", "family", "guarded", {code})


def _neighbours(canonical: dict[str, str]) -> Iterator[Form]:
    """A person's full forms in the other East Slavic languages: each is rewritten in a text of its neighbours."""
    for code in EAST_SLAVIC:
        others = {other for other in EAST_SLAVIC if canonical.get(other, "") not in {"", canonical.get(code)}}
        if code in canonical and others and " " in canonical[code]:
            yield _form(canonical[code], "alias", "full", "guarded", others)


def _alias(alias: Any, record: Record, person: bool, length: int) -> Form:
    if isinstance(alias, str):
        alias = {"s": alias}
    surface = alias["s"]
    part = alias.get("part") or ("family" if person and len(surface.split()) <= length else "full")
    if record.get("type") == "blocker":
        return _form(surface, "blocker", "full", "safe", alias.get("lang"), alias.get("case") == "title")
    return _form(surface, "alias", part, alias.get("use", "guarded"), alias.get("lang"), alias.get("case") == "title")


def _inflected(record: Record, person: bool, length: int) -> Iterator[Form]:
    for kind in ("form", "derived"):
        for code, surfaces in record.get("forms" if kind == "form" else kind, {}).items():
            for surface in surfaces:
                part = "family" if person and len(surface.split()) <= length else "full"
                yield _form(surface, kind, part, "recognise", {code})


def _form(surface: str, kind: str, part: str, use: str, languages: Iterable[str] | None, title: bool = False) -> Form:
    return Form(fold(surface), surface, kind, part, use, frozenset(languages) if languages else None, title)


def given_words(record: Record) -> tuple[dict[str, str], frozenset[str]]:
    """The last words of a person's canonical given names by language, and of those listed as variants; folded."""
    canonical, family = styled(record, "official")
    own = {code: fold(split_name(surface, family[code])).split() for code, surface in canonical.items()}
    listed = _folded(record, "given")
    if isinstance(record.get("given_kept"), dict):
        listed |= _folded(record, "given_kept")
    return {code: name[-1] for code, name in own.items() if name}, frozenset(name.split()[-1] for name in listed)


def _folded(record: Record, name: str) -> frozenset[str]:
    """A list of the record, or all its lists by language, folded, without what folds to nothing."""
    listed = record.get(name, ())
    if isinstance(listed, dict):
        listed = [item for items in listed.values() for item in items]
    return frozenset(map(fold, listed)) - {""}


def _kept_in(record: Record) -> dict[str, frozenset[str]]:
    """The languages in which a spelling of the given name is kept, where the record says so."""
    listed = record.get("given_kept", ())
    found: dict[str, frozenset[str]] = {}
    for code, names in listed.items() if isinstance(listed, dict) else ():
        for name in names:
            found[fold(name)] = found.get(fold(name), frozenset()) | {code}
    return found


def key_of(form: Form) -> tuple[str, int] | None:
    """The key word of a form and its offset: the longest word, the later of equals; None without words."""
    if form.folded.isalpha():
        return form.folded, 0
    best: tuple[str, int] | None = None
    position = 0
    for word in words(form.folded):
        position = form.folded.index(word, position)
        if best is None or len(word) >= len(best[0]):
            best = (word, position)
        position += len(word)
    return best


def key_word(folded: str) -> str:
    """The key word alone of a folded form; empty without words."""
    return folded if folded.isalpha() else max(reversed(words(folded)), key=len, default="")


def entity_of(record: Record, style: str = "official") -> Entity:
    """The entity of a validated record."""
    canonical, family = styled(record, style)
    by_key: dict[str, list[tuple[Form, int]]] = {}
    families = set()
    for form in forms_of(record, style):
        key = key_of(form)
        if key is not None:
            by_key.setdefault(key[0], []).append((form, key[1]))
        if form.part == "family" and form.kind in {"canonical", "alias"}:
            families.add(form.folded)
    own = {fold(split_name(surface, family[code])) for code, surface in canonical.items()} if family else set()
    own.discard("")
    given = set(own) | _folded(record, "given")
    for name in own:
        given |= spellings_of(name)
    kept = _folded(record, "given_kept")
    genders = {gender_of(name) for name in own} - {""}
    return Entity(
        id=record["id"],
        type=record.get("type", "other"),
        kind=record.get("kind", ""),
        canonical=canonical,
        family=family,
        by_key=by_key,
        given=frozenset(given) - kept,
        given_kept=kept,
        middle=_folded(record, "middle"),
        initials=frozenset(name[0] for name in given | kept),
        guards={
            name: tuple(folded for phrase in phrases if (folded := fold(phrase)))
            for name, phrases in record.get("guards", {}).items()
        },
        titles=tuple(sorted(_folded(record, "titles"))),
        companions=frozenset(record.get("with", ())),
        gender=record.get("gender") or (genders.pop() if len(genders) == 1 else ""),
        country=record.get("country", ""),
        families=frozenset(families),
        kept_in=_kept_in(record),
        compounds=tuple(sorted((name for name in given | kept if " " in name), key=lambda name: (-len(name), name))),
    )
