"""Compile the chrome packs: src/normalizer/data/chrome/*.toml to compiled.txt, beside them.

    python tools/build_chrome.py [--check]

``--check`` writes nothing and exits 1 when the compiled form is not what the packs give.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import prod
from pathlib import Path

from normalizer.chrome.lines import fold
from normalizer.chrome.packs import PackRule, load_pack
from normalizer.chrome.tables import compiled as tables_of
from normalizer.chrome.tables import dumped, merged

HOME = Path(__file__).resolve().parent.parent / "src/normalizer/data/chrome"


def compiled(home: Path = HOME) -> bytes:
    """The compiled form of all packs under ``home``."""
    items = [item for path in sorted(home.glob("*.toml")) for item in load_pack(path)]
    return dumped(tables_of(merged(item.rule for item in items), frequency_in("\n".join(texts_of(items)))))


def texts_of(items: Iterable[PackRule]) -> Iterator[str]:
    """The lines that stay: news, as far as letters go."""
    return (line for item in items for line in item.keeps)


def frequency_in(text: str) -> Callable[[str], tuple[int, int]]:
    """How often a literal stands in ``text``; among the many that never do, those of rare pairs of letters first."""
    news = fold(text)
    pairs = Counter(pairwise(news))

    def frequency(literal: str) -> tuple[int, int]:
        return news.count(literal), prod(pairs[pair] + 1 for pair in pairwise(literal))

    return frequency


def main() -> int:
    """Write the compiled form, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    target = HOME / "compiled.txt"
    made = compiled()
    if parser.parse_args().check:
        if not target.exists() or target.read_bytes() != made:
            print(f"{target}: not what the packs give: run python tools/build_chrome.py", file=sys.stderr)
            return 1
        return 0
    target.write_bytes(made)
    print(f"{target.name}: {len(made):,} bytes from {len(list(HOME.glob('*.toml')))} packs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
