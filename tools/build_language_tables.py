"""Build the n-gram tables of language detection: ``src/normalizer/data/language/*.bin``.

    pip download --no-deps lingua-language-detector==1.3.5
    pip install brotli numpy langdetect==1.0.9 opencc-python-reimplemented==0.1.7
    python tools/build_language_tables.py lingua_language_detector-1.3.5-py3-none-any.whl [SCRIPT ...]

Sources: see ``language_counts.py``. Nothing of the development data goes in.
Their format: see ``language_format.py``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt
import opencc
from language_counts import Counts, character_counts, langdetect_counts, lingua_counts
from language_format import write
from language_model import Table, choose, estimate

OUTPUT = Path(__file__).parent.parent / "src" / "normalizer" / "data" / "language"

# By script: the beginning of its letters' Unicode names, its languages, and how many n-grams to keep. Bosnian is
# left out: nothing but names tells it from Croatian and Serbian, so it would only take from them.
GROUPS: dict[str, tuple[str, str, int]] = {
    "Latn": (
        "LATIN",
        """
        af az ca cs cy da de en eo es et eu fi fr ga hr hu id is it la lg lt lv mi ms nb nl nn pl pt ro sk sl sn so sq
        st sv sw tl tn tr ts vi xh yo zu
        """,
        80_000,
    ),
    "Cyrl": ("CYRILLIC", "be bg kk mk mn ru sr uk", 110_000),
    "Arab": ("ARABIC", "ar fa ur", 20_000),
    "Deva": ("DEVANAGARI", "hi mr ne", 12_000),
    "Hani": ("CJK", "ja zh", 8_000),
}
FROM_LANGDETECT = {"hi", "mr", "ne"}  # lingua counts letters only, and these are written with vowel signs
# Languages that news in the 49 languages of the evaluation is rarely in: a prior against them, and a smaller say
# in which n-grams are kept.
RARE = frozenset(["az", "cy", "lg", "mi", "ms", "sn", "so", "sq", "st", "sw", "tl", "tn", "ts", "xh", "yo", "zu", "ne"])
RARE_WEIGHT = 0.35
# In tenths of a nat, by how much news there is in a language beside those that it may be taken for: a little for the
# languages of much of the web, against those of few, more against Malay, which two words in three are shared with
# Indonesian, and against Japanese without a single kana. Without them single words fall to the small languages.
PRIORS = {
    **dict.fromkeys(RARE, 30),
    "en": -18, "ru": -12, **dict.fromkeys(["de", "es", "fa", "fr"], -5),
    **dict.fromkeys(["af", "eo"], 4), **dict.fromkeys(["la", "nn"], 12), "ga": -8, "ur": 40, "mr": 30, "ja": 30,
    "ms": 70,
}  # fmt: skip
# The same for a word by itself, where letters say so little that this decides. Fitted to the single words of the
# development data, by steps, where that also holds for the half of them that were left out.
SHORT = {
    **PRIORS,
    "af": 15, "bg": -3, "ca": 14, "cs": -3, "da": 11, "de": -2, "en": -21, "eo": 23, "es": -2, "et": 8, "eu": 22,
    "fa": 0, "fi": 8, "ga": 0, "hr": -8, "hu": -5, "it": -3, "la": 28, "lv": 8, "mk": -8, "mn": -3, "nb": 11, "nl": -3,
    "pl": 3, "pt": -11, "ru": -9, "sl": 6, "sr": -6, "vi": -8,
}  # fmt: skip
# Penalties in tenths of a nat, as many as a nibble holds.
LEVELS = (0, 3, 6, 9, 12, 16, 20, 25, 30, 36, 42, 50, 58, 66, 73, 80)
SHIFTS = 4  # tenths of a nat that a row is shifted by, at most, to be near the levels
IDEOGRAPHS, LAST_OF_BMP = "\N{CJK UNIFIED IDEOGRAPH-4E00}", "\uffff"


def counts_of(wheel: ZipFile, script: str, language: str) -> Counts:
    """The counts of one language from the source that serves its script."""
    if script == "Hani":
        return {1: ideograph_counts(wheel, language)}
    if language in FROM_LANGDETECT:
        return langdetect_counts(language, GROUPS[script][0])
    return lingua_counts(wheel, language, GROUPS[script][0])


def ideograph_counts(wheel: ZipFile, language: str) -> dict[str, int]:
    """Counts of ideographs; lingua's Chinese is traditional, so each count serves the simplified form too."""
    counts = {char: n for char, n in character_counts(wheel, language).items() if IDEOGRAPHS <= char <= LAST_OF_BMP}
    if language != "zh":
        return counts
    both = Counter(counts)
    simplify = opencc.OpenCC("t2s").convert
    for char, count in counts.items():
        both[simplify(char)] += count
    return dict(both)


def codes_of(table: Table, keep: dict[int, npt.NDArray[np.bool_]]) -> tuple[list[str], npt.NDArray[np.uint8]]:
    """The kept n-grams and, a row each, the index of the nearest level for each language."""
    grams: list[str] = []
    parts: list[npt.NDArray[np.uint8]] = []
    for size in table.grams:
        logp = np.round(table.logp[size][keep[size]] * 10, 4)
        parts.append(_nearest(logp.max(axis=1, keepdims=True) - logp, np.array(LEVELS)))
        grams += [gram for gram, kept in zip(table.grams[size], keep[size], strict=True) if kept]
    return grams, np.concatenate(parts)


def _nearest(penalty: npt.NDArray[np.float64], levels: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """The index of the nearest level. Only differences inside a row matter, so each row may be shifted: of some
    shifts the one with the least error is taken, where small penalties (the likely languages) weigh most.
    """
    best = np.zeros(penalty.shape, np.uint8)
    least = np.full(len(penalty), np.inf)
    weight = np.exp(-penalty / 20)
    for shift in range(SHIFTS):
        moved = np.minimum(penalty + shift, levels[-1])
        codes = np.abs(moved[:, :, None] - levels).argmin(axis=2)
        error = (weight * (levels[codes] - moved) ** 2).sum(axis=1)
        better = error < least
        best[better], least[better] = codes[better], error[better]
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path, help="lingua-language-detector 1.3.5, pure Python")
    parser.add_argument("scripts", nargs="*", default=list(GROUPS))
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    with ZipFile(options.wheel) as wheel:
        for script in options.scripts:
            _, names, budget = GROUPS[script]
            table = estimate({language: counts_of(wheel, script, language) for language in names.split()})
            weights = np.array([RARE_WEIGHT if language in RARE else 1.0 for language in table.languages])
            grams, codes = codes_of(table, choose(table, budget, weights))
            numbers = {
                "levels": list(LEVELS),
                "prior": [PRIORS.get(code, 0) for code in table.languages],
                "short": [SHORT.get(code, 0) for code in table.languages],
            }
            size = write(options.output / f"{script.lower()}.bin", table.languages, numbers, grams, codes)
            print(f"{script}: {len(table.languages)} languages, {len(grams)} n-grams, {size} bytes")


if __name__ == "__main__":
    main()
