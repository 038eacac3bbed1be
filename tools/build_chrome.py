"""Compile the chrome packs: src/normalizer/data/chrome/*.toml to compiled.txt, beside them.

    python tools/build_chrome.py [--check]

``--check`` writes nothing and exits 1 when the compiled form is not what the packs give.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from normalizer.chrome.lines import fold
from normalizer.chrome.packs import PackRule, load_pack
from normalizer.chrome.tables import compiled as tables_of
from normalizer.chrome.tables import dumped, merged

# A match costs as much as so many characters.
MATCH = 300
HOME = Path(__file__).resolve().parent.parent / "src/normalizer/data/chrome"


def compiled(home: Path = HOME) -> bytes:
    """The compiled form of all packs under ``home``."""
    items = [item for path in sorted(home.glob("*.toml")) for item in load_pack(path)]
    return dumped(tables_of(merged(item.rule for item in items), cost_in("\n".join(texts_of(items)))))


def texts_of(items: Iterable[PackRule]) -> Iterator[str]:
    """The lines that stay: news, as far as letters go."""
    return (line for item in items for line in item.keeps)


def cost_in(text: str) -> Callable[[str], int]:
    """What it costs to search news like ``text`` for a literal: its beginning, where it comes up, takes an automaton
    away from its first state, which stays in the processor's cache; the whole of it is a match to look into.
    """
    news = fold(text)
    starts = [Counter(map("".join, zip(*(news[first:] for first in range(size)), strict=False))) for size in (1, 2, 3)]

    def cost(literal: str) -> int:
        begun = sum(
            weight * counts[literal[:size]] for size, weight, counts in zip((1, 2, 3), (1, 2, 2), starts, strict=True)
        )
        return begun + MATCH * news.count(literal)

    return cost


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
