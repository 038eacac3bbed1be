"""Scripts: which writing systems a text is in, counted over its letters.

In flows text. Out flows a count of letters for each ISO 15924 code. The ranges are those of the Unicode
Character Database (Scripts.txt and Blocks.txt), coarsened to blocks: only letters are counted, so that
the unassigned code points and signs inside a block do not matter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import lru_cache

# Start of each range and the script from there on; "" where no script is told apart.
_RANGES: tuple[tuple[int, str], ...] = (
    (0x0000, ""), (0x0041, "Latn"), (0x02B0, ""), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"),
    (0x0590, "Hebr"), (0x0600, "Arab"), (0x0700, "Syrc"), (0x0750, "Arab"), (0x0780, "Thaa"), (0x07C0, "Nkoo"),
    (0x0800, ""), (0x0860, "Syrc"), (0x0870, "Arab"), (0x0900, "Deva"), (0x0980, "Beng"), (0x0A00, "Guru"),
    (0x0A80, "Gujr"), (0x0B00, "Orya"), (0x0B80, "Taml"), (0x0C00, "Telu"), (0x0C80, "Knda"), (0x0D00, "Mlym"),
    (0x0D80, "Sinh"), (0x0E00, "Thai"), (0x0E80, "Laoo"), (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"),
    (0x1100, "Hang"), (0x1200, "Ethi"), (0x13A0, "Cher"), (0x1400, "Cans"), (0x1680, ""), (0x1780, "Khmr"),
    (0x1800, "Mong"), (0x18B0, ""), (0x1C80, "Cyrl"), (0x1C90, "Geor"), (0x1CC0, ""), (0x1E00, "Latn"),
    (0x1F00, "Grek"), (0x2000, ""), (0x2C60, "Latn"), (0x2C80, ""), (0x2D00, "Geor"), (0x2D30, ""),
    (0x2D80, "Ethi"), (0x2DE0, "Cyrl"), (0x2E00, ""), (0x2E80, "Hani"), (0x3000, ""), (0x3005, "Hani"),
    (0x3008, ""), (0x3041, "Hira"), (0x30A1, "Kana"), (0x30FB, ""), (0x30FD, "Kana"), (0x3100, ""),
    (0x3130, "Hang"), (0x3190, ""), (0x31F0, "Kana"), (0x3200, ""), (0x3400, "Hani"), (0x4DC0, ""),
    (0x4E00, "Hani"), (0xA000, ""), (0xA640, "Cyrl"), (0xA6A0, ""), (0xA720, "Latn"), (0xA800, ""),
    (0xA8E0, "Deva"), (0xA900, ""), (0xA960, "Hang"), (0xA980, ""), (0xAB30, "Latn"), (0xAB70, ""),
    (0xAC00, "Hang"), (0xD800, ""), (0xF900, "Hani"), (0xFB00, "Latn"), (0xFB13, "Armn"), (0xFB1D, "Hebr"),
    (0xFB50, "Arab"), (0xFE00, ""), (0xFE70, "Arab"), (0xFF00, ""), (0xFF21, "Latn"), (0xFF5F, ""),
    (0xFF66, "Kana"), (0xFFA0, "Hang"), (0xFFE0, ""), (0x20000, "Hani"), (0x323B0, ""),
)  # fmt: skip
_STARTS = tuple(start for start, _ in _RANGES)

# A script that only one language of daily news uses settles the language. Each value is an ISO 639-1 code.
SETTLED: dict[str, str] = {
    "Armn": "hy", "Beng": "bn", "Ethi": "am", "Geor": "ka", "Grek": "el", "Gujr": "gu", "Guru": "pa", "Hang": "ko",
    "Hebr": "he", "Jpan": "ja", "Khmr": "km", "Knda": "kn", "Laoo": "lo", "Mlym": "ml", "Mymr": "my", "Orya": "or",
    "Sinh": "si", "Taml": "ta", "Telu": "te", "Thaa": "dv", "Thai": "th", "Tibt": "bo",
}  # fmt: skip


@lru_cache(4096)
def letter_script(char: str) -> str:
    """The ISO 15924 code of the script of one letter; ``""`` for a character that is none, or of another script."""
    if not char.isalpha():
        return ""
    return _RANGES[bisect_right(_STARTS, ord(char)) - 1][1]


def count_scripts(text: str) -> Counter[str]:
    """The number of letters of each script in ``text``; Japanese kana are counted apart from Han."""
    scripts: Counter[str] = Counter()
    for char, count in Counter(text).items():
        script = letter_script(char)
        if script:
            scripts[script] += count
    return scripts


def dominant(scripts: Counter[str]) -> str:
    """The script with the most letters; ``Zyyy`` where there are none.

    Han and kana together are Japanese (``Jpan``) as soon as there is any kana worth the name: a Chinese
    text may hold one brand in kana, a Japanese one has kana in every sentence.
    """
    counts = dict(scripts)
    kana = counts.pop("Hira", 0) + counts.pop("Kana", 0)
    if kana:
        han = counts.pop("Hani", 0)
        japanese = kana * KANA_SHARE >= kana + han
        counts["Jpan" if japanese else "Hani"] = kana + han
    if not counts:
        return "Zyyy"
    return min(counts, key=lambda script: (-counts[script], script))


# One kana among so many letters makes Han text Japanese; headlines in Japanese have one in two to one in five.
KANA_SHARE = 12


def script_of(text: str) -> str:
    """The ISO 15924 code of the script that most letters of ``text`` are in; ``Zyyy`` when it has none."""
    return dominant(count_scripts(text))
