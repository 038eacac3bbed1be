"""Names: throughput on clean text, the cost of a million aliases, and the traps, beside flashtext and regex.

    python -m benchmarks names [--aliases 20000] [--million] [--seconds 1]

All candidates get the same aliases and the same documents in the same run. The aliases are invented,
so that none stands in the text; ours carry guards. Printed are MB of characters a second of processor
time (best of the rounds) and the ratio to flashtext, which is timed for finding and for replacing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from normalizer import canonicalize_names
from normalizer.names import NameStage
from normalizer.names.table import AliasTable

ROOT = Path(__file__).parents[1]
PER_RECORD = 5
Candidate = Callable[[str], object]


def invented(count: int, seed: int = 7) -> list[str]:
    """Distinct names of three to six syllables that no language has by plan."""
    source = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = (source.choice("bcdfghklmnprstvyz") + source.choice("aeiou") for _ in range(source.randint(3, 6)))
        found["".join(syllables).capitalize() + source.choice(["v", "k", "sk", "iy", "ov", "ivka"])] = None
    return list(found)


def records(count: int) -> Iterator[dict[str, Any]]:
    names = invented(count + count // PER_RECORD + 1)
    for number, first in enumerate(range(0, count, PER_RECORD)):
        aliases = names[first : first + PER_RECORD]
        canonical = names[count + number]
        yield {
            "id": f"bench:{number:07}",
            "type": "person" if number % 2 else "place",
            "canonical": {"en": f"John {canonical}" if number % 2 else canonical},
            "aliases": [{"s": alias, "use": "guarded"} for alias in aliases],
            "guards": {"not_next": ["Texas", "Street"]},
        }


def texts() -> dict[str, list[str]]:
    folder = ROOT / "fixtures/clean"
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.txt")):
        found.setdefault(path.name[:2], []).append(path.read_bytes().decode("utf-8-sig"))
    return {code: [("\n\n".join(pages) * 400)[:400_000]] for code, pages in found.items()}


def speed(candidate: Candidate, pages: list[str], seconds: float) -> float:
    """The best of several turns; not a number where a candidate fails (flashtext does on U+0130)."""
    try:
        return _speed(candidate, pages, seconds)
    except IndexError:
        return float("nan")


def _speed(candidate: Candidate, pages: list[str], seconds: float) -> float:
    size = sum(map(len, pages))
    best = 0.0
    deadline = time.process_time() + seconds
    while time.process_time() < deadline:
        start = time.process_time()
        for page in pages:
            candidate(page)
        best = max(best, size / (time.process_time() - start) / 1e6)
    return best


def flashtext(rows: list[dict[str, Any]]) -> Any:
    processor: Any = import_module("flashtext").KeywordProcessor()
    for row in rows:
        for alias in row["aliases"]:
            processor.add_keyword(alias["s"], row["canonical"]["en"])
    return processor


def throughput(count: int, seconds: float) -> None:
    rows = list(records(count))
    stage = NameStage(AliasTable.from_records(rows), "official", lambda _: True)
    peer = flashtext(rows)
    print(f"{count} aliases, clean text, MB of characters a second")
    for code, pages in texts().items():
        ours = speed(lambda text, code=code: stage.rewrites(text, lambda _: code), pages, seconds)  # type: ignore[misc]
        finding = speed(peer.extract_keywords, pages, seconds)
        replacing = speed(peer.replace_keywords, pages, seconds)
        print(
            f"  {code}: ours {ours:7.1f}   flashtext finds {finding:5.2f} ({ours / finding:5.1f} x), "
            f"replaces {replacing:5.2f} ({ours / replacing:5.1f} x)"
        )


def write(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, separators=(",", ":")) + "\n" for row in records(count))


def resident() -> float:
    """MB of memory that the process holds (Linux; elsewhere not a number)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return float("nan")
    return pages * 4096 / 1e6


def million(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.jsonl"
        # Written by another process: what is measured here is the table, not the making of it.
        subprocess.run([sys.executable, "-m", "benchmarks", "names", "--write", str(path)], check=True, cwd=ROOT)
        before, start = resident(), time.process_time()
        stage = NameStage(AliasTable.load(path), "official", lambda _: True)
        stage.rewrites("warm", lambda _: "en")
        print(f"1,000,000 aliases: built in {time.process_time() - start:.1f} s", end="")
        print(f", {resident() - before:.0f} MB more than before ({resident():.0f} MB in all)")
    for code, pages in texts().items():
        ours = speed(lambda text, code=code: stage.rewrites(text, lambda _: code), pages, seconds)  # type: ignore[misc]
        print(f"  {code}: {ours:.1f} MB/s")


def masked(rows: list[dict[str, Any]]) -> Candidate:
    """The usual home-made answer: one alternation at word boundaries, with addresses and handles masked."""
    forms = {alias["s"]: row["canonical"]["en"] for row in rows for alias in row["aliases"] if "en" in row["canonical"]}
    names = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    pattern = re.compile(rf"(https?://\S+|\S+@\S+|[@#]\w+|`[^`]*`)|\b({names})\b")
    return lambda text: pattern.sub(lambda m: m.group(1) or forms[m.group(2)], text)


def traps() -> None:
    cases = ROOT / "tests/cases"
    rows = json.loads((cases / "names_overlay.json").read_text(encoding="utf-8"))
    table = AliasTable.default().overlay(AliasTable.from_records(rows))
    peer, pattern = flashtext(rows), masked(rows)
    for kind in ("names_change", "names_keep"):
        found = json.loads((cases / f"{kind}.json").read_text(encoding="utf-8"))
        english = [case for case in found if case["language"] == "en"]
        scores: dict[str, Callable[[dict[str, Any]], object]] = {
            "ours": lambda case: canonicalize_names(case["input"], language=case["language"], table=table),
            "flashtext": lambda case: peer.replace_keywords(case["input"]),
            "regex with masks": lambda case: pattern(case["input"]),
        }
        counts = {name: sum(run(case) == case["expected"] for case in english) for name, run in scores.items()}
        print(f"{kind}: {len(english)} English traps: {counts}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aliases", type=int, default=20_000)
    parser.add_argument("--million", action="store_true", help="also build and scan with a million aliases")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each candidate and language")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(options.write, 1_000_000)
        return
    if options.million:
        # First, in a process that holds nothing else yet: its memory is what is measured.
        million(options.seconds)
    traps()
    throughput(options.aliases, options.seconds)


if __name__ == "__main__":
    main()
