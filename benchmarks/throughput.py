"""Time each stage and the whole pipeline on clean and on dirty text, beside ftfy, plsfix and clean-text.

    python -m benchmarks throughput [--seconds 2] [--rounds 3]

Every candidate gets the same documents in the same run, in turn, for several rounds; printed are the
median MB of UTF-8 a second and the ratio to ftfy. Peers that are not installed are named and left out.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from normalizer import Config, Normalizer

FIXTURES = Path(__file__).parents[1] / "fixtures"
Candidate = Callable[[str], object]


def documents(folder: str) -> list[str]:
    return [path.read_bytes().decode("utf-8-sig") for path in sorted((FIXTURES / folder).glob("*.txt"))]


def stages() -> dict[str, Candidate]:
    def only(*prefixes: str) -> Normalizer:
        return Normalizer(Config(select=prefixes))

    return {
        "encoding": only("encoding"),
        "chrome": only("chrome"),
        "names": only("names"),
        "whole pipeline": Normalizer(),
        "pipeline + language": lambda text: Normalizer()(text).language,
    }


def peers() -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    ftfy = import_module("ftfy")
    careful = ftfy.TextFixerConfig(
        unescape_html=False,
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        fix_line_breaks=False,
    )
    found["ftfy, careful"] = partial(ftfy.fix_text, config=careful)
    found["ftfy, default"] = ftfy.fix_text
    for name, module, function in (("plsfix", "plsfix", "fix_text"), ("clean-text", "cleantext", "clean")):
        try:
            found[name] = getattr(import_module(module), function)
        except ImportError:
            print(f"{name}: not installed, left out (pip install {name})")
    return found


def speed(candidate: Candidate, texts: list[str], seconds: float) -> float:
    """MB of UTF-8 a second, over whole turns through ``texts``."""
    size, turns = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts), 0
    start = time.perf_counter()
    while True:
        for text in texts:
            candidate(text)
        turns += 1
        spent = time.perf_counter() - start
        if spent >= seconds:
            return turns * size / spent / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each candidate, text and round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    candidates = peers() | stages()
    for folder, title in (("clean", "clean text"), ("articles", "dirty text")):
        texts = documents(folder)
        print(f"\n{title}: {len(texts)} documents, {sum(map(len, texts))} characters")
        rates: dict[str, list[float]] = {name: [] for name in candidates}
        for candidate in candidates.values():
            for text in texts:
                candidate(text)
        for _ in range(options.rounds):
            for name, candidate in candidates.items():
                rates[name].append(speed(candidate, texts, options.seconds))
        base = statistics.median(rates["ftfy, careful"])
        for name, found in rates.items():
            middle = statistics.median(found)
            print(f"  {name:22}{middle:9.2f} MB/s {middle / base:9.2f}x ftfy")


if __name__ == "__main__":
    main()
