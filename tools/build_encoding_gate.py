"""Build the patterns of the gate from the character models and from ftfy's heuristic.

    python tools/build_encoding_gate.py lingua/lingua/language-models    (see build_encoding_models.py)

Out flows `src/normalizer/data/encoding/gate.bin`, generated, not to be edited: a compressed line of counts, then
pairs of characters and single characters in UTF-16, by kind. `certain` ones are trouble wherever they stand,
`border` ones are look-alikes, `beside` ones trouble beside another character above ASCII (ftfy's heuristic joins
these only with such), `closing` ones before a letter or after a small one, and `doubtful` ones, which sound text
hardly ever holds, ask for a look at the word.
"""

from __future__ import annotations

import argparse
import itertools
import zlib
from collections.abc import Iterable
from pathlib import Path

from build_encoding_models import OUT, SCRIPTS, alphabet, load, trigram_model
from ftfy.badness import MOJIBAKE_CATEGORIES

# A pair of letters is rare if even the language that likes it best writes it less often than this after its first.
RARE_PAIR = {"latn": 0.002, "cyrl": 0.002, "grek": 0.002}
# Nor may it be more common than this among all pairs: each look that it asks for in vain costs as much as reading on.
RARE_AT_ALL = 7e-5
BORDER_SHARE = 0.15  # of all pairs begin a word
# What the commonest Cyrillic letters of UTF-8 look like when it is read as GB 18030.
MISREAD = "рстуфхцчшщъыьэюя"
ODD = (
    (0xA4, 0xA4), (0xA6, 0xA6), (0xA8, 0xA8), (0xAA, 0xAA), (0xAC, 0xAC), (0xAF, 0xAF), (0xB1, 0xB3), (0xB5, 0xB6),
    (0xB8, 0xBA), (0xBC, 0xBE), (0xD7, 0xD7), (0xF7, 0xF7), (0x192, 0x192), (0x2C6, 0x2C7), (0x2D8, 0x2DD),
    (0x2030, 0x2030), (0x207F, 0x207F), (0x20A7, 0x20A7), (0x2126, 0x2126), (0x2202, 0x2265), (0x2310, 0x2321),
    (0x2500, 0x25CA), (0xF8FF, 0xF8FF), (0xFB01, 0xFB02),
)  # fmt: skip
CONTROLS = (
    *range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, 0x200B, 0x200E, 0x200F,
    *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFE),
)  # fmt: skip
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# The letters of living Cyrillic alphabets; what of older and rarer ones stands beside Latin, a class finds.
CYRILLIC = [*map(chr, range(0x400, 0x460)), "ґ", "Ґ"]
# What the first byte of UTF-8 looks like in common charsets stands before what its second looks like.
LEADS, DASHES = "ÂÃÄÅĂĹÎÏÐÑŃ", "–—"
SYMBOLS = [*map(chr, (*range(0x2010, 0x2045), *range(0x20A0, 0x20C0), *range(0x2100, 0x2127)))]


def members(name: str) -> list[str]:
    """The characters of one of ftfy's classes, ranges spelled out."""
    found: list[str] = []
    text = MOJIBAKE_CATEGORIES[name]
    position = 0
    while position < len(text):
        if text[position + 1 : position + 2] == "-" and position + 2 < len(text):
            found += map(chr, range(ord(text[position]), ord(text[position + 2]) + 1))
            position += 3
        else:
            found.append(text[position])
            position += 1
    return found


def joined(pairs: Iterable[tuple[str, str]]) -> set[str]:
    return {first + second for first, second in pairs}


def certain() -> set[str]:
    upper, lower = members("upper_accented"), members("lower_accented")
    opening, closing, currency = members("start_punctuation"), members("end_punctuation"), members("currency")
    pairs = {
        *itertools.product(lower + closing, upper),
        *itertools.product(closing, lower),
        *itertools.product(closing, opening),
        *itertools.product(upper, "°"),
        *itertools.product("ÂÃÎÐ", [*"€œŠš¢£Ÿž\xa0\xad®©°·»–—´", *opening, *closing]),
        *itertools.product("ØÙ", [*members("common"), *currency, *members("bad"), *members("numeric"), *"ŸŠ®°µ»"]),
        *itertools.product("‚", "Äâó"),
        *itertools.product("ВГРСΒΓΞΟ", [*opening, *closing, "°"]),
        *itertools.product("ÂÃ", " "), ("Ã", "¡"), ("Г", "ў"), ("в", "Ђ"),
    }  # fmt: skip
    small, capital = (list(filter(is_case, CYRILLIC)) for is_case in (str.islower, str.isupper))
    return joined(pairs) | joined(itertools.product(small, capital)) | {chr(code) for code in CONTROLS}


def border() -> set[str]:
    """Latin beside Cyrillic."""
    return joined(itertools.product(LATIN, CYRILLIC)) | joined(itertools.product(CYRILLIC, LATIN))


def beside() -> set[str]:
    names = ("bad", "box", "numeric", "currency", "law")
    return {character for name in names for character in members(name)}


def closing() -> set[str]:
    accented = members("upper_accented") + members("lower_accented")
    return joined(itertools.product(accented, members("start_punctuation") + members("end_punctuation")))


def leads() -> set[str]:
    """First bytes of UTF-8 misread, and capitals and low quotes where no word has them."""
    accented = [*map(chr, range(0xC0, 0x180))]
    greek, cyrillic = [*map(chr, range(0x384, 0x3CF))], [*map(chr, range(0x400, 0x460))]
    found = joined(itertools.product(DASHES, [*accented, *greek, *cyrillic, *SYMBOLS]))
    capitals = [chr(code) for code in (*range(0xC0, 0xD7), *range(0xD8, 0xDF), *range(0x100, 0x17F))]
    found |= joined(itertools.product(LATIN[26:], [*filter(str.isupper, capitals), "„", "‚"]))
    return found | joined(itertools.product(LEADS, [*map(chr, range(0xA0, 0xC0)), *accented, *SYMBOLS]))


def rare_pairs(models: Path, script: str) -> set[str]:
    """Pairs of letters that no language of the script writes often."""
    languages = SCRIPTS[script][0].split()
    seconds = [trigram_model(models, language, script)[2] for language in languages]
    # Vietnamese and Yoruba letters beyond these stand in no charset of the search.
    letters = sorted({letter for one in languages for letter in alphabet(one, script) if "\x7f" < letter < "\u0530"})
    if script == "grek":
        letters = [letter for letter in letters if "\u03ac" <= letter <= "\u03ce"]
    plain = list("abcdefghijklmnopqrstuvwxyz") if script == "latn" else letters
    tried = {*itertools.product(letters, plain), *itertools.product(plain, letters), *itertools.product(" ", letters)}
    if script == "latn":
        western = [chr(code) for code in (*range(0xDF, 0xF7), *range(0xF8, 0x100))]
        tried |= {*itertools.product(western, western)}
    firsts = [{" ": BORDER_SHARE} | load(models, language, "unigrams") for language in languages]
    found = {
        a + b
        for a, b in tried
        if max(table.get(a + b, 0.0) for table in seconds) < RARE_PAIR[script]
        and max(one.get(a, 0.0) * two.get(a + b, 0.0) for one, two in zip(firsts, seconds, strict=True)) < RARE_AT_ALL
    }
    pairs = found | {pair[0].upper() + pair[1] for pair in found if pair[0].upper().lower() == pair[0]}
    return pairs | {pair.upper() for pair in found} if script == "cyrl" else pairs


def doubtful(models: Path) -> set[str]:
    pairs = {chr(code) for first, last in ODD for code in range(first, last + 1)}
    pairs |= set("".join(letter.encode().decode("gb18030", "ignore") for letter in MISREAD))
    kana = [chr(code).encode("cp932") for code in (*range(0x3041, 0x3094), *range(0x30A1, 0x30F7))]
    pairs |= set("".join(letter.decode("gb18030", "ignore") for letter in kana))
    for script in RARE_PAIR:
        pairs |= rare_pairs(models, script)
    return {pair for pair in pairs if not pair.isascii()} | leads()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, help="the folder language-models of an unpacked lingua wheel")
    kinds = [certain(), border(), beside(), closing(), doubtful(parser.parse_args().models)]
    seen: set[str] = set()
    parts: list[list[str]] = []
    for kind in kinds:
        fresh = sorted(kind - seen)
        seen |= kind
        parts += [[one for one in fresh if len(one) == size] for size in (2, 1)]
    head = " ".join(str(len(part)) for part in parts).encode() + b"\n"
    path = OUT / "gate.bin"
    body = "".join(one for part in [*parts[::2], *parts[1::2]] for one in part)
    path.write_bytes(zlib.compress(head + body.encode("utf-16-le"), 9))
    print(f"{path.name}: {head!r}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
