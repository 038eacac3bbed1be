"""Repair of damaged text, and decoding of bytes, beside the peers, in the same run.

    python -m benchmarks encoding [--rows ROWS.jsonl.gz ...] [--bytes ROWS.jsonl.gz ...] [--sample N] [--by FIELD ...]

A row is a JSON object: ``input``, ``gold``, ``fam`` and, for damaged text, ``pair`` and ``lang``; of bytes, ``hex``,
``gold``, ``enc`` and ``lang``. Rows without ``gold`` are sound. Without ``--rows`` the lines of ``fixtures/clean`` are
damaged by the pairs below. Printed, by tool: the share that comes back as it was, in all and by each field of ``--by``
(fam, lang and pair), with quotes folded; what is changed to something else; sound lines whose letters change; CPU time
and its ratio, of damaged text and of sound text in twelve languages; no tool explains what it does. Peers are whatever
is installed of ftfy (careful setting), plsfix, chardet and charset-normalizer.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import normalizer
from normalizer.encoding import decode
from normalizer.errors import DecodeError

CLEAN = Path(__file__).parents[1] / "fixtures" / "clean"
FOLD = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛ʼ", "'") | {"\xa0": " "})
# Right and wrong charset; two such pairs are two mistakes on top of each other.
PAIRS = {
    "utf-8 misread": ["utf-8>latin-1", "utf-8>cp1252", "utf-8>cp1251", "utf-8>cp437", "utf-8>cp850", "utf-8>mac-roman"],
    "cyrillic swaps": ["cp1251>koi8-r", "koi8-r>cp1251", "cp866>cp1251", "cp1251>latin-1", "iso8859-5>cp1251"],
    "latin swaps": ["cp1252>cp850", "cp1252>mac-roman", "cp1250>cp1252", "iso8859-2>cp1250", "cp850>cp1252"],
    "twice": ["utf-8>latin-1>utf-8>latin-1", "cp1251>latin-1>utf-8>latin-1"],
}
LANGUAGES = ("en", "uk", "ru", "de", "fr", "pl", "es", "tr", "cs", "el", "ar", "ja")
Row = dict[str, str]
Repair = Callable[[str], str]


def read(paths: list[Path], sample: int) -> list[Row]:
    found: list[Row] = []
    for path in paths:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line) for number, line in enumerate(lines) if number % sample == 0]
    return [row for row in found if not row.get("lossy")]


def own_rows() -> Iterator[Row]:
    for path in sorted(CLEAN.glob("*.txt")):
        lang = path.name[:2]
        for line in path.read_bytes().decode("utf-8-sig").splitlines():
            if len(line) > 20 and not line.isascii():
                yield {"input": line, "fam": "sound", "lang": lang, "pair": ""}
                yield from damaged(line, lang)


def damaged(line: str, lang: str) -> Iterator[Row]:
    for family, pairs in PAIRS.items():
        for pair in pairs:
            codecs, text = pair.split(">"), line
            try:
                for right, wrong in zip(codecs[::2], codecs[1::2], strict=True):
                    text = text.encode(right).decode(wrong)
            except UnicodeError:
                continue  # the charset does not hold the line
            if text != line:
                yield {"input": text, "gold": line, "fam": family, "pair": pair, "lang": lang}


def repairs() -> dict[str, Repair]:
    found: dict[str, Repair] = {"newsnorm": normalizer.repair_encoding}
    if find_spec("ftfy"):
        import ftfy

        careful = ftfy.TextFixerConfig(
            unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False,
            uncurl_quotes=False, fix_line_breaks=False, explain=False,
        )  # fmt: skip
        found["ftfy"] = lambda text: ftfy.fix_text(text, careful)
    if find_spec("plsfix"):
        found["plsfix"] = guarded(import_module("plsfix").fix_text)
    return found


def guarded(fix: Callable[[str], str]) -> Repair:
    """plsfix raises on lone surrogates: such a text stays as it is."""

    def repair(text: str) -> str:
        try:
            return fix(text)
        except UnicodeEncodeError:
            return text

    return repair


def decoders() -> dict[str, Callable[[bytes], str]]:
    def newsnorm(raw: bytes) -> str:
        try:
            return decode(raw)[0]
        except DecodeError:
            return ""

    found: dict[str, Callable[[bytes], str]] = {"newsnorm": newsnorm}
    if find_spec("chardet"):
        import chardet

        found["chardet"] = lambda raw: raw.decode(chardet.detect(raw)["encoding"] or "latin-1", "replace")
    if find_spec("charset_normalizer"):
        from_bytes = import_module("charset_normalizer").from_bytes
        found["charset-normalizer"] = lambda raw: str(from_bytes(raw).best() or "")
    return found


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(FOLD)).strip()


def measure_repairs(rows: list[Row], fields: list[str]) -> None:
    results: dict[str, Counter[str]] = {}
    damaged_rows = [row for row in rows if "gold" in row]
    for name, repair in repairs().items():
        results[name] = Counter()
        warm(repair)
        for row in rows:
            count(results[name], row, fold(repair(row["input"])), fields)
    totals: Counter[str] = Counter()
    for row in rows:
        count(totals, row, fold(row.get("gold", "\x00")), fields)
        totals["changed to something else"] += "gold" in row
        totals["sound lines changed"] += "gold" not in row
    show(results, totals)
    race("damaged", [row["input"] for row in damaged_rows])
    sound: list[str] = []
    for language in LANGUAGES:
        lines = [row["input"] for row in rows if "gold" not in row and row["lang"] == language]
        sound += lines
        race(f"sound {language}", lines)
    race("sound, together", sound)
    race("sound articles", [path.read_bytes().decode("utf-8-sig") for path in sorted(CLEAN.glob("*.txt"))])


def warm(repair: Repair) -> None:
    """Load tables, and what a tool builds once much text came by."""
    repair("Tables load at the first word beyond ASCII: Ã©té, слово.")
    for _ in range(60):
        repair("Слово за словом. " * 1000)


def race(title: str, texts: list[str], rounds: int = 3) -> None:
    """CPU time of one pass over the texts, the least of some rounds in which the tools take turns."""
    tools = repairs()
    seconds = dict.fromkeys(tools, float("inf"))
    for name, repair in [*tools.items()] * rounds if texts else ():
        start = time.process_time()
        for text in texts:
            repair(text)
        seconds[name] = min(seconds[name], time.process_time() - start)
    base = seconds.get("ftfy")
    if texts and base:
        shares = ", ".join(f"{name} {spent:.3f} s ({base / spent:.2f}x ftfy)" for name, spent in seconds.items())
        print(f"CPU on {title}, {len(texts)} texts: {shares}")


def count(counts: Counter[str], row: Row, got: str, fields: list[str]) -> None:
    if "gold" not in row:
        counts["sound lines changed"] += got not in {fold(row["input"]), "\x00"}
        return
    gold = fold(row["gold"])
    for name in ("all", *(f"{field} {row[field]}" for field in fields)):
        counts[name] += got == gold
    counts["changed to something else"] += got not in {gold, fold(row["input"])}


def measure_decoders(rows: list[Row], fields: list[str]) -> None:
    results: dict[str, Counter[str]] = {}
    for name, decoder in decoders().items():
        results[name] = Counter()
        for row in rows:
            raw = bytes.fromhex(row["hex"])
            try:
                right = decoder(raw).removeprefix("\ufeff") == row["gold"]
            except (LookupError, UnicodeError):
                right = False
            for key in groups(row, fields):
                results[name][key] += right
    totals = Counter(key for row in rows for key in groups(row, fields))
    show(results, totals)


def groups(row: Row, fields: list[str]) -> list[str]:
    found = ["all", "unicode" if row["enc"].startswith("utf") else "legacy"]
    return found + [f"{name} {row[name]}" for name in ("lang", "enc") if name == "enc" or "lang" in fields]


def show(results: dict[str, Counter[str]], totals: Counter[str]) -> None:
    print("  ".join(["", *results, "of"]))
    for key, total in sorted(totals.items()):
        if total:
            print(f"{key:28}", *(f"{counts[key] / total:8.4f}" for counts in results.values()), f"{total:7}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=Path, nargs="*", default=[])
    parser.add_argument("--bytes", type=Path, nargs="*", default=[])
    parser.add_argument("--sample", type=int, default=1, help="take each Nth row")
    parser.add_argument("--by", nargs="*", default=["fam", "lang", "pair"], choices=["fam", "pair", "lang"])
    options = parser.parse_args()
    if options.rows or not options.bytes:
        measure_repairs(read(options.rows, options.sample) if options.rows else list(own_rows()), options.by)
    if options.bytes:
        measure_decoders(read(options.bytes, options.sample), options.by)


if __name__ == "__main__":
    main()
