"""Whether a spelling is a person's name or a common word: only for judging aliases, nothing of it is shipped."""

from __future__ import annotations

from functools import cache
from typing import Any

LANGUAGES = ("en", "de", "fr", "es", "pl", "it", "pt", "ro", "cs", "tr")
# The other way from press spellings to Russian, good enough to ask a dictionary of names.
BACK = tuple(
    tuple(pair.split("="))
    for pair in ["shch=щ", "zh=ж", "kh=х", "ts=ц", "ch=ч", "sh=ш", "ya=я", "yu=ю", "yo=ё", "ye=е", "iy=ий", "yy=ый"]
)
SINGLE = dict(zip("abvgdezijklmnoprstufhyc", "абвгдезийклмнопрстуфхыц", strict=True))


@cache
def _morphology() -> Any:
    import pymorphy3  # type: ignore[import-not-found]  # a dictionary that only this tool asks

    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def common(form: str) -> float:
    """The highest Zipf frequency of a one-word spelling in ten languages; 0 for several words."""
    from wordfreq import zipf_frequency  # type: ignore[import-not-found]  # as above

    if " " in form or "-" in form:
        return 0.0
    return max(float(zipf_frequency(form.lower(), language)) for language in LANGUAGES)


@cache
def is_name(form: str) -> bool:
    """Whether a one-word spelling, read as Russian, is a surname or a given name of the dictionary."""
    if " " in form or "-" in form:
        return False
    cyrillic = form.lower()
    for latin, letter in BACK:
        cyrillic = cyrillic.replace(latin, letter)
    cyrillic = "".join(SINGLE.get(letter, letter) for letter in cyrillic)
    return any(
        parse.is_known and ("Surn" in parse.tag or "Name" in parse.tag) and "nomn" in parse.tag
        for parse in _morphology().parse(cyrillic)
    )
