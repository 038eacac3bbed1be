"""The shape of one table record: its fields, and every way in which it can be wrong.

In flows one parsed record. Out flow :class:`Flaw` values: the field, what is wrong there, the remedy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from normalizer import config
from normalizer.rules import suggestion

TYPES = ("person", "place", "org", "other", "blocker")
USES = ("safe", "guarded", "evidence", "recognise")
STYLES = config.STYLES[1:]  # the official style is the record itself
KINDS = ("person", "place", "work", "product", "dish", "street", "event", "org", "other")
GUARDS = ("not_next", "not_prev", "not_near", "only_next", "only_prev")

# ISO 639-1, and nothing else: a table that says "ua" or "eng" is told so.
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu "
    "ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn "
    "so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa "
    "wo xh yi yo za zh zu"
)
LANGUAGES = frozenset(_CODES.split())
_STRINGS = ("given", "middle", "titles", "with")
_TEXTS = ("src", "note", "country", "gender", "kind")
FIELDS = (
    "id", "type", "kind", "canonical", "family", "given", "given_kept", "middle", "styles", "aliases", "forms",
    "derived", "guards", "titles", "with", "gender", "country", "src", "examples", "note", "delete",
)  # fmt: skip
_PLAIN_NEEDED = frozenset({"id", "type", "canonical", "aliases"})
_PLAIN_FIELDS = _PLAIN_NEEDED | {"src", "guards"}
_NO_GUARDS: dict[str, object] = {}
_PLAIN_ALIAS = frozenset({"s", "use", "lang"})
ALIAS_FIELDS = ("s", "lang", "use", "src", "part", "case", "note", "delete")


class Flaw(NamedTuple):
    """What is wrong with a record: the ``field``, the ``problem`` and the ``remedy``."""

    field: str
    problem: str
    remedy: str


def is_plain(record: object) -> bool:
    """Whether a record is plainly well formed; False says nothing. Big tables are mostly such records."""
    if not isinstance(record, dict) or not record.keys() <= _PLAIN_FIELDS or len(record.keys() & _PLAIN_NEEDED) < 4:
        return False
    canonical, aliases = record["canonical"], record["aliases"]
    if record["type"] not in TYPES[:4] or type(record["id"]) is not str or not record["id"]:
        return False
    if type(canonical) is not dict or type(aliases) is not list or not canonical or not canonical.keys() <= LANGUAGES:
        return False
    if not all(type(surface) is str and surface.strip() and surface.isprintable() for surface in canonical.values()):
        return False
    guards = record.get("guards", _NO_GUARDS)
    if guards is not _NO_GUARDS and next(_guards(guards), None) is not None:
        return False
    return type(record.get("src", "")) is str and all(map(_is_plain_alias, aliases))


def _is_plain_alias(alias: object) -> bool:
    if type(alias) is not dict or not alias.keys() <= _PLAIN_ALIAS:
        return False
    surface, languages = alias.get("s"), alias.get("lang", ())
    return (
        type(surface) is str
        and surface.isprintable()
        and any(map(str.isalnum, surface))
        and alias.get("use", "safe") in USES
        and (
            languages == ()
            or (type(languages) is list and all(type(code) is str and code in LANGUAGES for code in languages))
        )
    )


def flaws(record: object, *, partial: bool = False) -> Iterator[Flaw]:
    """Everything wrong with one record.

    A ``partial`` record leaves out its type: it adds to the record of the same id in a table below.
    """
    if is_plain(record):
        return
    if not isinstance(record, dict):
        yield Flaw("record", f"is {type(record).__name__}, not an object", "write one JSON object a line")
        return
    yield from _unknown(record, FIELDS, "")
    if not isinstance(record.get("id"), str) or not record["id"]:
        yield Flaw("id", "is missing or not a string", 'give a unique "namespace:name"')
    if record.get("delete") is True:
        return
    kind = record.get("type")
    if not (partial and kind is None):
        yield from _choice("type", kind, TYPES)
    if not partial or kind is not None:
        needed = "aliases" if kind == "blocker" else "canonical"
        if not record.get(needed):
            yield Flaw(needed, "is missing or empty", f"a {kind} needs {needed}")
    yield from _surrogates(record)
    yield from _by_language(record)
    yield from _plain(record)
    for number, alias in enumerate(_list(record.get("aliases"))):
        yield from _alias(alias, f"aliases[{number}]")
    yield from _guards(record.get("guards", {}))
    yield from _examples(record.get("examples", []))


def _unknown(value: dict[str, object], known: tuple[str, ...], where: str) -> Iterator[Flaw]:
    for name in value:
        if name not in known:
            remedy = f"remove it or use a known field{suggestion(str(name), list(known))}"
            yield Flaw(f"{where}{name}", "is an unknown field", remedy)


def _surrogates(record: dict[str, object]) -> Iterator[Flaw]:
    for name, value in record.items():
        text = json.dumps(value, ensure_ascii=False)
        if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
            yield Flaw(name, "holds a lone surrogate", "write the character itself")


def _choice(field: str, value: object, known: tuple[str, ...]) -> Iterator[Flaw]:
    if value not in known:
        near = suggestion(value, list(known)) if isinstance(value, str) else ""
        yield Flaw(field, f"is {value!r}{near}", f"one of {', '.join(known)}")


def _by_language(record: dict[str, object]) -> Iterator[Flaw]:
    for field in ("canonical", "family"):
        yield from _language_map(field, record.get(field, {}), str)
    for field in ("forms", "derived"):
        yield from _language_map(field, record.get(field, {}), list)
    styles = record.get("styles", {})
    if not isinstance(styles, dict):
        yield Flaw("styles", "is not an object", 'write {"reuters": {"en": "…"}}')
        return
    for style, forms in styles.items():
        yield from _choice(f"styles.{style}", style, STYLES)
        yield from _language_map(f"styles.{style}", forms, str)


def _language_map(field: str, value: object, kind: type) -> Iterator[Flaw]:
    if not isinstance(value, dict):
        yield Flaw(field, "is not an object", 'key it by language: {"en": …}')
        return
    for code, content in value.items():
        if code not in LANGUAGES:
            yield Flaw(f"{field}.{code}", "is an unknown language", "use an ISO 639-1 code (Ukrainian is uk)")
        if kind is str and (not isinstance(content, str) or not content.strip()):
            yield Flaw(f"{field}.{code}", "is not a form", "write a non-empty string")
        if kind is list and not _strings(content):
            yield Flaw(f"{field}.{code}", "is not a list of forms", 'write ["…", "…"]')


def _plain(record: dict[str, object]) -> Iterator[Flaw]:
    kept = record.get("given_kept", [])
    if isinstance(kept, dict):
        yield from _language_map("given_kept", kept, list)
    for field in (*_STRINGS, *(() if isinstance(kept, dict) else ("given_kept",))):
        if field in record and not _strings(record[field]):
            yield Flaw(field, "is not a list of strings", 'write ["…", "…"]')
    for field in _TEXTS:
        if field in record and not isinstance(record[field], str):
            yield Flaw(field, "is not a string", "write one string")
    if "kind" in record:
        yield from _choice("kind", record["kind"], KINDS)
    if "gender" in record:
        yield from _choice("gender", record["gender"], ("f", "m"))
    if "aliases" in record and not isinstance(record["aliases"], list):
        yield Flaw("aliases", "is not a list", 'write [{"s": "…", "use": "guarded"}]')


def _alias(alias: object, where: str) -> Iterator[Flaw]:
    if isinstance(alias, str) and alias.strip():
        return
    if not isinstance(alias, dict):
        yield Flaw(where, "is not an alias", 'write {"s": "…", "use": "guarded"}')
        return
    yield from _unknown(alias, ALIAS_FIELDS, f"{where}.")
    surface = alias.get("s")
    if not isinstance(surface, str) or not any(map(str.isalnum, surface)):
        yield Flaw(f"{where}.s", "is missing or holds no letter", "give the spelling as a string")
    if "use" in alias:
        yield from _choice(f"{where}.use", alias["use"], USES)
    if "part" in alias:
        yield from _choice(f"{where}.part", alias["part"], ("full", "family"))
    if "case" in alias:
        yield from _choice(f"{where}.case", alias["case"], ("any", "title"))
    languages = alias.get("lang", [])
    if not _strings(languages):
        yield Flaw(f"{where}.lang", "is not a list of languages", 'write ["en", "fr"]')
        return
    for code in _list(languages):
        if code not in LANGUAGES:
            yield Flaw(f"{where}.lang", f"holds the unknown language {code!r}", "use ISO 639-1 codes (Ukrainian is uk)")


def _guards(guards: object) -> Iterator[Flaw]:
    if not isinstance(guards, dict):
        yield Flaw("guards", "is not an object", 'write {"not_next": ["Texas"]}')
        return
    yield from _unknown(guards, GUARDS, "guards.")
    for name, phrases in guards.items():
        if not _strings(phrases):
            yield Flaw(f"guards.{name}", "is not a list of strings", 'write ["Texas", "TX"]')


def _examples(examples: object) -> Iterator[Flaw]:
    for number, example in enumerate(_list(examples)):
        fields = example if isinstance(example, dict) else {}
        known = {"lang", "text"} <= set(fields) <= {"lang", "text", "after"}
        if not known or not _strings(list(fields.values())):
            yield Flaw(f"examples[{number}]", "is not an example", 'write {"lang": "en", "text": "…", "after": "…"}')


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
