"""Language detection: text in, a :class:`Language` out, by exact scoring and never by chance."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from math import log

from normalizer.language.scripts import SETTLED, count_scripts, dominant
from normalizer.result import Language

UNSURE = "und"
_SAMPLE = 3000
_LATIN = [
    "af",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "en",
    "es",
    "et",
    "fi",
    "fr",
    "hr",
    "hu",
    "id",
    "it",
    "lt",
    "lv",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "sk",
    "sl",
    "so",
    "sq",
    "sv",
    "sw",
    "tl",
    "tr",
    "vi",
]
_OF_SCRIPT = {"Latn": _LATIN, "Cyrl": ["bg", "mk", "ru", "uk"], "Arab": ["ar", "fa", "ur"], "Deva": ["hi", "mr", "ne"]}


@cache
def _profiles(script: str) -> dict[str, dict[str, int]]:
    """For each n-gram of langdetect's profiles the scaled, rounded log-probability by language, of one script."""
    table: dict[str, dict[str, int]] = {}
    folder = resources.files("langdetect").joinpath("profiles")
    for code in _OF_SCRIPT[script]:
        profile = json.loads(folder.joinpath(code).read_text(encoding="utf-8"))
        for gram, count in profile["freq"].items():
            weight = round(100 * log(1 + 2e5 * count / profile["n_words"][len(gram) - 1]))
            table.setdefault(gram.lower(), {})[code] = weight
    return table


def detect(text: str, backend: str = "default") -> Language:
    """The language of ``text``; ``und`` for text without letters or of too few to tell."""
    sample = text[:_SAMPLE].lower()
    script = dominant(count_scripts(sample))
    if script in SETTLED:
        return Language(SETTLED[script], 1.0, script, backend)
    if script == "Hani":
        return Language("zh", 0.9, script, backend)
    if script not in _OF_SCRIPT:
        return Language(UNSURE, 0.0, script, backend)
    table = _profiles(script)
    scores = dict.fromkeys(_OF_SCRIPT[script], 0)
    for word in "".join(char if char.isalpha() else " " for char in sample).split():
        padded = f" {word} "
        for size in (1, 2, 3):
            for start in range(len(padded) - size + 1):
                for code, weight in table.get(padded[start : start + size], {}).items():
                    scores[code] += weight
    best, second = sorted(scores, key=lambda code: (-scores[code], code))[:2]
    if scores[best] == scores[second]:
        return Language(UNSURE, 0.0, script, backend)
    margin = scores[best] - scores[second]
    return Language("nb" if best == "no" else best, round(margin / (margin + 300), 2), script, backend)
