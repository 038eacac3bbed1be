"""Build the character models of the encoding stage from lingua's n-gram models.

    pip download --no-deps "lingua-language-detector==1.3.*" && unzip -d lingua lingua*.whl
    pip install brotli
    python tools/build_encoding_models.py lingua/lingua/language-models

In flow the unigram, bigram and trigram models of lingua (Apache-2.0, https://github.com/pemistahl/lingua-py),
counted inside words. Out flow `src/normalizer/data/encoding/<script>.bin`, generated, not to be edited: for
each trigram one row, a cost a language, the cost being -ln P(third | first two) in quarters of a nat. The rows
follow lines with the languages, the letters and their costs, and with the trigrams and pairs, grouped by what they
begin with. Wheels compress the files, so that they need no compression of their own, which would cost at each start.
A space stands for the border of a word, two before its first letter. The counts at borders follow from the
others: what begins a word is what follows no letter.
"""

from __future__ import annotations

import argparse
import json
import math
import zlib
from collections import defaultdict
from pathlib import Path

import brotli
import langdetect

SCRIPTS = {
    "cyrl": ("be bg kk mk mn ru sr uk", 1.0e-6),
    "latn": (
        (
            "af az ca cs cy da de en eo es et eu fi fr ga hr hu id is it la lt lv mi nb nl nn pl pt ro sk sl sq sv tr "
            "vi yo"
        ),
        3.0e-6,
    ),
    "grek": ("el", 1.0e-6),
    "hebr": ("he", 1.0e-6),
    "arab": ("ar fa ur", 1.0e-6),
}  # fmt: skip
RANGES = {
    "grek": ((0x370, 0x3FF),),
    "hebr": ((0x590, 0x5FF),),
    "arab": ((0x600, 0x6FF),),
}
# Letters beside a-z. The corpora behind the counts hold mojibake (ø in Czech), so only these are counted.
ACCENTED = {
    "af": "áéèêëíîïóôöúûüý", "az": "çəğıöşü", "ca": "àèéíïòóúüç", "cs": "áčďéěíňóřšťúůýž",
    "cy": "âêîôûŵŷáéíóäëïöẅẃàì", "da": "æøåé", "de": "äöüßé", "en": "é", "eo": "ĉĝĥĵŝŭ", "es": "áéíñóúü",
    "et": "äöõüšž", "eu": "ñç", "fi": "äöåšž", "fr": "àâæçèéêëîïôœùûüÿ", "ga": "áéíóú", "hr": "čćđšž",
    "hu": "áéíóöőúüű", "id": "é", "is": "áéíðóúýþæö", "it": "àèéìíòóù", "la": "āēīōūæœ", "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž", "mi": "āēīōū", "nb": "æøåéòô", "nl": "éëïèöüáó", "nn": "æøåéòô", "pl": "ąćęłńóśźż",
    "pt": "áàâãçéêíóôõúü", "ro": "ăâîșțşţ", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "sq": "çë",
    "sv": "åäöé", "tr": "çğıöşüâîû", "yo": "àáèéẹìíòóọṣùúńǹ",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
}  # fmt: skip
CYRILLIC = {
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "mn": "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя", "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}  # fmt: skip
# Letters that the counts of a language lack, with the letter whose neighbours stand in for theirs.
LENT = [("vi", "ấ", "â")]
IDEOGRAPHS = {"han": ("zh ja", 6000), "hangul": ("ko", 1200)}
UNIT = 4  # costs are in 1/UNIT nat
FLOOR = 1e-6  # the least probability: 13.8 nats
BACKOFF_2, BACKOFF_1 = 0.05, 0.01  # weight of the bigram and the unigram in a trigram's probability
OUT = Path(__file__).parent.parent / "src" / "normalizer" / "data" / "encoding"

Counts = dict[str, float]


def load(models: Path, language: str, order: str) -> Counts:
    raw = brotli.decompress((models / language / f"{order}.json.br").read_bytes())
    found: Counts = {}
    for fraction, ngrams in json.loads(raw)["ngrams"].items():
        above, _, below = fraction.partition("/")
        found.update(dict.fromkeys(ngrams.split(" "), int(above) / int(below)))
    for language_of, letter, twin in LENT:
        if language == language_of:
            found |= {ngram.replace(letter, twin): value for ngram, value in found.items() if letter in ngram}
    return found


def trigram_model(models: Path, language: str, script: str) -> tuple[Counts, Counts, Counts]:
    """Joint frequency per letter, P(third | first two), and P(second | first), with borders."""
    letters = alphabet(language, script)
    one, two, three = (
        {ngram: value for ngram, value in load(models, language, order).items() if letters.issuperset(ngram)}
        for order in ("unigrams", "bigrams", "trigrams")
    )
    pairs = {ngram: one.get(ngram[0], 0.0) * value for ngram, value in two.items()}
    triples = {ngram: pairs.get(ngram[:2], 0.0) * value for ngram, value in three.items()}
    begins = borders(one, pairs, 1)
    begin_pairs = borders(pairs, triples, 2)
    words = sum(begins.values())
    joint: Counts = dict(triples)
    joint.update({"  " + ngram: value for ngram, value in begins.items()})
    joint.update({" " + ngram: value for ngram, value in begin_pairs.items()})
    joint.update({" " + ngram + " ": max(value - sum_of(begin_pairs, ngram), 0.0) for ngram, value in begins.items()})
    follows: Counts = defaultdict(float)
    for ngram, value in triples.items():
        follows[ngram[:2]] += value
    joint.update({ngram + " ": max(value - follows[ngram], 0.0) for ngram, value in pairs.items()})
    context: Counts = {"  ": words} | {" " + ngram: value for ngram, value in begins.items()} | pairs
    third = {ngram: value / context[ngram[:2]] for ngram, value in joint.items() if context.get(ngram[:2], 0.0) > 0}
    second = dict(two) | {" " + ngram: value / words for ngram, value in begins.items()}
    return joint, third, second


def alphabet(language: str, script: str) -> set[str]:
    if script == "latn":
        return set("abcdefghijklmnopqrstuvwxyz" + ACCENTED[language])
    return set(CYRILLIC.get(language, "")) or {
        chr(code) for first, last in RANGES[script] for code in range(first, last + 1)
    }


def borders(short: Counts, long: Counts, size: int) -> Counts:
    """What of ``short`` begins a word: its count less the times that something precedes it."""
    preceded: Counts = defaultdict(float)
    for ngram, value in long.items():
        preceded[ngram[-size:]] += value
    return {ngram: max(value - preceded[ngram], 0.0) for ngram, value in short.items()}


def sum_of(counts: Counts, prefix: str) -> float:
    return sum(value for ngram, value in counts.items() if ngram[0] == prefix)


def cost(probability: float) -> int:
    return round(-math.log(min(max(probability, FLOOR), 1.0)) * UNIT)


def build_script(models: Path, script: str) -> None:
    names, least = SCRIPTS[script]
    languages = names.split()
    built = [trigram_model(models, language, script) for language in languages]
    keep = sorted({n for joint, _, _ in built for n, value in joint.items() if value >= least})
    pairs = sorted({n for _, _, second in built for n, value in second.items() if value >= 1e-4})
    rows = bytearray()
    for ngram in keep:
        for _, third, second in built:
            rest = BACKOFF_2 * second.get(ngram[1:], 0.0)
            rows.append(cost(third.get(ngram, 0.0) * (1 - BACKOFF_2) + rest))
    for ngram in pairs:
        for _, _, second in built:
            rows.append(cost(BACKOFF_2 * second.get(ngram, 0.0)))
    letters = letter_costs(models, languages, script)
    costs = " ".join(map(str, letters.values()))
    head = [names, "".join(letters), costs, *grouped(keep, 2), *grouped(pairs, 1)]
    write(script, "\n".join(head).encode() + b"\n" + bytes(rows))


def grouped(ngrams: list[str], size: int) -> tuple[str, str]:
    """What sorted n-grams begin with, and for each such beginning the last letters, with tabs between."""
    groups: dict[str, str] = {}
    for ngram in ngrams:
        groups[ngram[:size]] = groups.get(ngram[:size], "") + ngram[size]
    return "".join(groups), "\t".join(groups.values())


def letter_costs(models: Path, languages: list[str], script: str) -> dict[str, int]:
    """The cost of each letter in the language that uses it most."""
    shares: Counts = defaultdict(float)
    for language in languages:
        letters = alphabet(language, script)
        for letter, value in load(models, language, "unigrams").items():
            if letter in letters:
                shares[letter] = max(shares[letter], value)
    return {letter: cost(value) for letter, value in sorted(shares.items()) if value >= 1e-5}


def build_ideographs(models: Path, name: str) -> None:
    """The commonest characters of scripts that are too large for trigrams, commonest first."""
    names, size = IDEOGRAPHS[name]
    shares: Counts = defaultdict(float)
    tables = [load(models, language, "unigrams") for language in names.split()]
    if name == "han":
        tables.append(simplified())  # lingua counted traditional characters only
    for table in tables:
        for character, value in table.items():
            if character >= "\u3400":
                shares[character] = max(shares[character], value)
    common = sorted(shares, key=lambda character: (-shares[character], character))[:size]
    write(name, zlib.compress("".join(common).encode(), 9))


def simplified() -> Counts:
    """Shares of simplified characters from langdetect's profile of Chinese (Apache-2.0); the other common ones
    (level 1 of GB 2312, which orders 3,755 characters by use) get a share below all of those.
    """
    path = Path(langdetect.__file__).parent / "profiles" / "zh-cn"
    counts = json.loads(path.read_text(encoding="utf-8"))["freq"]
    single = {ngram: count for ngram, count in counts.items() if len(ngram) == 1 and ngram >= "\u3400"}
    total = sum(single.values())
    level = [bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    return dict.fromkeys(filter(None, level), LEVEL_1) | {letter: count / total for letter, count in single.items()}


LEVEL_1 = 4e-5  # the share of a common character beyond the commonest


def write(name: str, packed: bytes) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.bin"
    path.write_bytes(packed)
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, help="the folder language-models of an unpacked lingua wheel")
    options = parser.parse_args()
    for script in SCRIPTS:
        build_script(options.models, script)
    for name in IDEOGRAPHS:
        build_ideographs(options.models, name)


if __name__ == "__main__":
    main()
