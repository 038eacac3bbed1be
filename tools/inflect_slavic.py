"""Case forms of names in Ukrainian, Russian, Belarusian, Polish and Czech, by ending.

In flows a nominative word with its language, and whether it is a man's, a woman's or a place's name.
Out flow its other case forms. The rules are the school grammars'; a name that no rule fits is indeclinable.

The rules stand in inflections.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("inflections.toml")


@cache
def _source() -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return tables


def read_phrases() -> dict[str, dict[str, str]]:
    """Names whose forms were written by hand: by language, the nominative and its forms joined by ``/``."""
    phrases: Any = _source()["phrases"]
    return dict(phrases)


@cache
def rules(language: str, kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The rules of a language and kind (m, f or p), in their order."""
    entries = (entry.partition(":") for entry in str(_source().get(language, {}).get(kind, "")).split())
    return tuple((ending, tuple(forms.split("/"))) for ending, _, forms in entries)


def cases(word: str, language: str, kind: str) -> tuple[str, ...]:
    """The case forms of one word, the nominative left out; nothing for an indeclinable word."""
    if "-" in word:
        return tuple(_hyphened(word, language, kind))
    low = word.lower()
    for ending, forms in rules(language, kind):
        if low.endswith(ending) and len(low) > len(ending):
            stem = word[: len(word) - len(ending)]
            return tuple(dict.fromkeys(stem + form for form in forms if stem + form != word))
        if low == ending:
            return tuple(dict.fromkeys(_capital(word, form) for form in forms if form != low))
    return ()


def _capital(word: str, form: str) -> str:
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


def _hyphened(word: str, language: str, kind: str) -> Iterator[str]:
    """A double name: the last part declined, or all parts in step."""
    parts = word.split("-")
    last = cases(parts[-1], language, kind)
    yield from ("-".join([*parts[:-1], form]) for form in last)
    first = cases(parts[0], language, kind)
    if len(parts) == 2 and len(first) == len(last):
        yield from ("-".join(pair) for pair in zip(first, last, strict=True))
    elif len(parts) == 2:
        yield from (f"{one}-{other}" for one in first for other in last)


# Case endings that go together: instrumental, accusative with dative, and the rest. Enough to pair given names
# with surnames; a pair that no grammar makes is never met.
TOGETHER = {
    "uk": ("[оеє]м|им|[оеє]ю", "[ую]|ому|[оеє]ві"),
    "ru": ("[оеё]м|[иы]м|[оеё]й", "[ую]|ому"),
    "be": ("[аеоё]м|[іы]м|[аоя]й", "[ую]|аму"),
    "pl": ("em|[iy]m|ą", "owi|emu|ę"),
}


def _together(form: str, language: str) -> int:
    patterns = TOGETHER.get(language, ())
    return next((at for at, pattern in enumerate(patterns) if re.search(rf"(?:{pattern})$", form)), len(patterns))


def phrase(words: list[str], language: str, kinds: list[str]) -> tuple[str, ...]:
    """Case forms of words that agree."""
    columns = [cases(word, language, kind) or (word,) for word, kind in zip(words, kinds, strict=True)]
    agreed = (
        forms
        for forms in product(*columns)
        if len({_together(form, language) for form, column in zip(forms, columns, strict=True) if len(column) > 1}) < 2
    )
    return tuple(" ".join(forms) for forms in agreed)
