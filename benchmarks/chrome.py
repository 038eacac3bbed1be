"""Chrome: what is removed and what is lost, on labelled documents, beside simple peers; and speed on clean text.

    python -m benchmarks chrome [--data FILE.jsonl.gz] [--families]

Without ``--data`` the documents are those of tests/cases/chrome_documents.json. A row of a data file is a
document: ``lang``, ``kind`` (who extracted it), ``lines`` with ``text`` and ``label`` (content, chrome,
others are shown and not scored). Tokens are runs of word characters, in scripts without spaces characters.

    loss    share of content tokens that are gone         purity  share of what is gone that was chrome
    tokens  share of chrome tokens removed                lines   share of chrome lines removed whole
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ftfy

from normalizer.chrome import ChromeStage
from normalizer.edits import Edit

HERE = Path(__file__).parent.parent
HAND_MADE = HERE / "tests/cases/chrome_documents.json"
_DENSE = r"\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF"
_TOKEN = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}]+")

Editor = Callable[[str], list[Edit]]


@dataclass
class Score:
    """Tokens and lines, counted over documents."""

    content: int = 0
    lost: int = 0
    chrome: int = 0
    gone: int = 0
    lines: int = 0
    lines_gone: int = 0
    families: Counter[tuple[str, str]] = field(default_factory=Counter)

    def row(self, name: str) -> str:
        shares = (
            ("loss", self.lost, self.content),
            ("tokens", self.gone, self.chrome),
            ("lines", self.lines_gone, self.lines),
            ("purity", self.gone, self.gone + self.lost),
        )
        return f"{name:26}" + "".join(f"  {what} {part / whole if whole else 0:7.2%}" for what, part, whole in shares)

    def f1(self) -> tuple[float, float]:
        """F1 of the text as it came and as it is left; what the extractor missed is in neither."""
        left = self.content - self.lost
        before = 2 * self.content / (2 * self.content + self.chrome)
        return before, 2 * left / (left + self.chrome - self.gone + self.content)


def documents(path: Path | None) -> Iterator[dict[str, Any]]:
    """The labelled documents of a data file, or the hand-made ones."""
    if path is None:
        for document in json.loads(HAND_MADE.read_text(encoding="utf-8")):
            lines = [{"text": x["text"], "label": "chrome" if x["chrome"] else "content"} for x in document["lines"]]
            yield {"lang": document["language"], "kind": "hand-made", "lines": lines}
        return
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        yield from (row for row in map(json.loads, rows) if row["kind"] != "raw")


def add(score: Score, document: dict[str, Any], edit: Editor) -> None:
    """Count what ``edit`` does to ``document``."""
    edits = edit("\n".join(line["text"] for line in document["lines"]))
    start = 0
    for line in document["lines"]:
        end = start + len(line["text"])
        touching = [e for e in edits if e.start < end and e.end > start]
        left = line["text"]
        for change in reversed(touching):
            left = left[: max(change.start - start, 0)] + left[max(change.end - start, 0) :]
        size = len(_TOKEN.findall(line["text"]))
        taken = size - len(_TOKEN.findall(left))
        if line["label"] == "content":
            score.content, score.lost = score.content + size, score.lost + taken
        elif line["label"] == "chrome":
            score.chrome, score.gone = score.chrome + size, score.gone + taken
            score.lines, score.lines_gone = score.lines + 1, score.lines_gone + (not left.strip())
        for change in touching:
            score.families[change.rules[0], line["label"]] += taken
        start = end + 1


def c4(text: str) -> list[Edit]:
    """The line rules of C4 (Raffel et al. 2020): a line ends as a sentence and has five words or more."""
    return _lines(text, lambda line: not line.rstrip().endswith((".", "!", "?", '"')) or len(line.split()) < 5)


KEYWORDS = "cookie newsletter subscribe advertisement copyright comments share facebook twitter related login".split()  # noqa: SIM905


def keywords(text: str) -> list[Edit]:
    """A list of English words, the filter that every pipeline starts with."""
    return _lines(text, lambda line: any(word in line.lower() for word in KEYWORDS))


def _lines(text: str, drop: Callable[[str], bool]) -> list[Edit]:
    edits, start = [], 0
    for line in text.split("\n"):
        if line and drop(line):
            edits.append(Edit(start, start + len(line), line, "", ("peer",)))
        start += len(line) + 1
    return edits


METHODS: dict[str, Editor] = {
    "C4 line rules": c4,
    "keyword list": keywords,
    "newsnorm standard": ChromeStage(lambda rule: rule != "chrome.key-points").edits,
    "newsnorm body": ChromeStage(lambda _: True).edits,
    "newsnorm aggressive": ChromeStage(lambda _: True, aggressive=True).edits,
}


_Groups = defaultdict[tuple[str, str], Score]


def quality(path: Path | None, *, families: bool) -> None:
    rows = list(documents(path))
    for name, edit in METHODS.items():
        total, groups = Score(), _Groups(Score)
        for row in rows:
            for score in (total, groups["language", row["lang"]], groups["kind", row["kind"]]):
                add(score, row, edit)
        print(total.row(name))
        languages = {key: s for (what, key), s in groups.items() if what == "language" and s.content}
        worst = max(languages, key=lambda key: languages[key].lost / languages[key].content)
        mean = sum(score.lost / score.content for score in languages.values()) / len(languages)
        most = languages[worst].lost / languages[worst].content
        print(f"{'':26}  loss: mean over {len(languages)} languages {mean:.2%}, worst {most:.2%} ({worst})")
        for (what, key), score in sorted(groups.items()):
            if what == "kind" and "trafilatura" in key and "newsnorm" in name:
                before, after = score.f1()
                print(f"{'':26}  F1 of {key}: {before:.2%} alone, {after:.2%} with this stage")
        if families and "newsnorm" in name:
            for rule in sorted({rule for rule, _ in total.families}):
                good, bad = total.families[rule, "chrome"], total.families[rule, "content"]
                print(f"{'':26}  {rule:28} chrome tokens {good:6}  content tokens {bad:6}")


def speed() -> None:
    """MB/s on the fixtures' articles as they should be, beside ftfy in the same run."""
    clean = [path.read_text(encoding="utf-8") for path in sorted((HERE / "fixtures/expected/body").glob("*.txt"))]
    untouched = [text for text in clean if not METHODS["newsnorm standard"](text)]
    texts = untouched * 20
    size = sum(map(len, texts))
    rates = {}
    for name, work in (("newsnorm standard", METHODS["newsnorm standard"]), ("ftfy.fix_text", ftfy.fix_text)):
        for text in texts:  # warm
            work(text)
        started = time.process_time()
        for text in texts:
            work(text)
        rates[name] = size / (time.process_time() - started) / 1e6
        print(f"{name:26}  {rates[name]:7.1f} MB/s on clean text")
    print(f"{'':26}  {rates['newsnorm standard'] / rates['ftfy.fix_text']:.1f} times ftfy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="labelled documents, gzipped JSON lines")
    parser.add_argument("--families", action="store_true", help="tokens removed by each rule")
    options = parser.parse_args()
    quality(options.data, families=options.families)
    speed()


if __name__ == "__main__":
    main()
