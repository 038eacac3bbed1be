"""Build the patterns of the gate from the character models and from ftfy's heuristic.

    python tools/build_encoding_gate.py lingua/lingua/language-models    (see build_encoding_models.py)

Out flows `src/normalizer/data/encoding/gate.bin`, generated, not to be edited: UTF-8 patterns in four kinds.
`certain` ones are trouble wherever they stand. `beside` ones are trouble beside another character above ASCII
(ftfy's heuristic joins these only with such), `closing` ones before a letter or after a small one, and
`doubtful` ones, pairs of letters that sound text hardly ever holds, ask for a look at the word.
"""

from __future__ import annotations

import argparse
import itertools
import json
import zlib
from pathlib import Path

from build_encoding_models import OUT, SCRIPTS, alphabet, trigram_model
from ftfy.badness import MOJIBAKE_CATEGORIES

# A pair of letters is rare if even the language that likes it best writes it less often than this after its first.
RARE_PAIR = {"latn": 0.002, "cyrl": 0.002, "grek": 0.002}
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


def certain() -> set[bytes]:
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
    patterns = {(first + second).encode() for first, second in pairs} | {chr(code).encode() for code in CONTROLS}
    patterns |= {b"\xed" + bytes([byte]) for byte in range(0xA0, 0xC0)}  # surrogates
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    patterns |= {letter.encode() + bytes([byte]) for letter in "Œœ" for byte in range(256) if byte not in letters}
    return patterns | borders()


def borders() -> set[bytes]:
    """Latin beside Cyrillic or Greek, and a capital inside a Cyrillic word."""
    western = [
        chr(code)
        for code in (
            *range(0x41, 0x5B),
            *range(0x61, 0x7B),
            *range(0xC0, 0xD7),
            *range(0xD8, 0xF7),
            *range(0xF8, 0x180),
        )
    ]
    cyrillic = [chr(code) for code in range(0x400, 0x460)] + ["ґ", "Ґ"]
    small = [letter for letter in cyrillic if letter.islower()]
    capital = [letter for letter in cyrillic if letter.isupper()]
    found = {letter.encode() + lead for letter in western for lead in (b"\xd0", b"\xd1", b"\xd2", b"\xd3")}
    found |= {(a + b).encode() for a in cyrillic for b in western if b.isascii()}
    greek = [letter for letter in members("lower_common") if "α" <= letter <= "ω" or letter in "άέήίΰ"]
    found |= {letter.encode() + lead for letter in [*cyrillic, *greek] for lead in (b"\xc3", b"\xc4", b"\xc5")}
    return found | {(a + b).encode() for a in small for b in capital}


def leads() -> set[bytes]:
    """What the first byte of UTF-8 looks like in common charsets, before another character above ASCII, and
    capitals and low quotes where no word has them.
    """
    found = {
        dash.encode() + bytes([byte]) for dash in "–—" for byte in (*range(0xC3, 0xC6), 0xCE, 0xCF, 0xD0, 0xD1, 0xE2)
    }
    small = "abcdefghijklmnopqrstuvwxyz"
    capitals = [chr(code) for code in (*range(0xC0, 0xD7), *range(0xD8, 0xDF), *range(0x100, 0x17F))]
    found |= {(a + b).encode() for a in small for b in [*filter(str.isupper, capitals), "„", "‚"]}
    return found | {lead.encode() + bytes([byte]) for lead in "ÂÃÄÅĂĹÎÏÐÑŃ" for byte in (*range(0xC2, 0xC6), 0xE2)}


def beside() -> set[bytes]:
    names = ("bad", "box", "numeric", "currency", "law")
    return {character.encode() for name in names for character in members(name)}


def closing() -> set[bytes]:
    accented = members("upper_accented") + members("lower_accented")
    return {(a + b).encode() for a in accented for b in members("start_punctuation") + members("end_punctuation")}


def doubtful(models: Path) -> set[bytes]:
    pairs: set[str] = {chr(code) for first, last in ODD for code in range(first, last + 1)}
    pairs |= set("".join(letter.encode().decode("gb18030", "ignore") for letter in MISREAD))
    kana = [chr(code).encode("cp932") for code in (*range(0x3041, 0x3094), *range(0x30A1, 0x30F7))]
    pairs |= set("".join(letter.decode("gb18030", "ignore") for letter in kana))
    for script, rare in RARE_PAIR.items():
        languages = SCRIPTS[script][0].split()
        seconds = [trigram_model(models, language, script)[2] for language in languages]
        # Vietnamese and Yoruba letters beyond these stand in no charset of the search.
        letters = sorted(
            {letter for one in languages for letter in alphabet(one, script) if "\x7f" < letter < "\u0530"}
        )
        if script == "grek":
            letters = [letter for letter in letters if "\u03ac" <= letter <= "\u03ce"]
        plain = list("abcdefghijklmnopqrstuvwxyz") if script == "latn" else letters
        tried = {
            *itertools.product(letters, plain),
            *itertools.product(plain, letters),
            *itertools.product(" ", letters),
        }
        if script == "latn":
            western = [chr(code) for code in (*range(0xDF, 0xF7), *range(0xF8, 0x100))]
            tried |= {*itertools.product(western, western)}
        found = {a + b for a, b in tried if max(table.get(a + b, 0.0) for table in seconds) < rare}
        pairs |= found | {pair[0].upper() + pair[1] for pair in found if pair[0].upper().lower() == pair[0]}
        if script == "cyrl":
            pairs |= {
                " " + letter for letter in letters if max(table.get(" " + letter, 0.0) for table in seconds) < rare
            }
            pairs |= {pair.upper() for pair in found}
    return {pair.encode() for pair in pairs if not pair.isascii()} | leads()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, help="the folder language-models of an unpacked lingua wheel")
    kinds = {"certain": certain(), "beside": beside(), "closing": closing()}
    kinds["doubtful"] = doubtful(parser.parse_args().models) - set().union(*kinds.values())
    body = b"".join(bytes([len(pattern)]) + pattern for patterns in kinds.values() for pattern in sorted(patterns))
    head = json.dumps({name: len(patterns) for name, patterns in kinds.items()})
    path = OUT / "gate.bin"
    path.write_bytes(zlib.compress(head.encode() + b"\n" + body, 9))
    print(f"{path.name}: {head}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
