"""Scores of the chrome benchmark: labelled documents, and what an editor takes of each label.

Tokens are runs of word characters, in scripts without spaces characters.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalizer.edits import Edit

HERE = Path(__file__).parent.parent
HAND_MADE = ("chrome_documents.json", "chrome_pages.json")
_CASES = HERE / "tests/cases"
_DENSE = r"\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF"
_TOKEN = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}]+")

Editor = Callable[[str], list[Edit]]
Document = dict[str, Any]


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


def documents(path: Path | None) -> Iterator[Document]:
    """The labelled documents of a data file, or the hand-made ones; of kind ``raw`` is all visible text of a page."""
    if path is None:
        for document in (row for name in HAND_MADE for row in json.loads((_CASES / name).read_text(encoding="utf-8"))):
            lines = [{"text": x["text"], "label": "chrome" if x["chrome"] else "content"} for x in document["lines"]]
            yield {"lang": document["language"], "kind": "hand-made", "lines": lines}
        return
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        yield from map(json.loads, rows)


def add(score: Score, document: Document, edit: Editor) -> None:
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
