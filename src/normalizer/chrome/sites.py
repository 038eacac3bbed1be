"""Site memory: the lines that a site prints on every page, learned from several of its documents.

In flow the texts of one site. Out flows a :class:`SiteMemory`: an explicit value that is saved to a
file which a person can review, and that does not depend on the order of the documents.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalizer.chrome.lines import TAIL, Line, key, line_of, split_lines, wide
from normalizer.chrome.shapes import ends_as_sentence, is_prose
from normalizer.errors import ConfigError

# A line counts as the site's from so many documents on, and where there are no more than four, in every second one:
# of those that stand in two of three, all were the site's on the development pages. A paragraph needs both, since a
# news agency's standing paragraph on the background of a story is in many of one week's reports.
DOCUMENTS = 3
SHARE = 0.5
# No more words stand beside the figures of furniture: "12 comments", "Updated 14 May 2025, 10:15".
FIGURED, FIGURED_WIDE = 4, 6
FORMAT = "newsnorm-site-memory 1"


@dataclass(frozen=True, slots=True)
class SiteMemory:
    """Lines that repeat across the documents of a site: (line, number of documents), sorted.

    ``documents`` is how many different documents they were learned from. Hashable and picklable;
    pass it as ``Config(site_memory=...)``.
    """

    lines: tuple[tuple[str, int], ...] = ()
    documents: int = 0
    _counts: dict[str, int] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_counts", {_name(line_of(0, 0, 0, line)): count for line, count in self.lines})

    def __reduce__(self) -> tuple[object, ...]:
        return (SiteMemory, (self.lines, self.documents))

    @classmethod
    def learn(cls, documents: Iterable[str]) -> SiteMemory:
        """The memory of ``documents``, the texts of one site, in any order; equal texts count once."""
        counts: Counter[str] = Counter()
        shown: dict[str, str] = {}
        paragraphs: set[str] = set()
        different = set(documents)
        for text in different:
            found = {_name(line): line for line in split_lines(text) if _may_repeat(line)}
            counts.update(found.keys())
            for name, line in found.items():
                shown[name] = min(shown.get(name, line.text.strip()), line.text.strip())
            paragraphs.update(name for name, line in found.items() if is_prose(line))
        if len(different) < DOCUMENTS:
            return cls((), len(different))
        share = SHARE * len(different)
        kept = [
            (shown[name], count)
            for name, count in counts.items()
            if count >= (max(DOCUMENTS, share) if name in paragraphs else min(DOCUMENTS, share))
        ]
        return cls(tuple(sorted(kept)), len(different))

    def count(self, line: Line) -> int:
        """In how many documents the line stood; 0 when it is not in the memory."""
        return self._counts.get(_name(line), 0)

    def knows_any(self, heads: Iterable[str]) -> bool:
        """Whether one of the folded lines is in the memory."""
        return bool(self._counts) and any(
            head in self._counts or head.rstrip(TAIL) in self._counts or key(head) in self._counts for head in heads
        )

    def dumps(self) -> str:
        """The memory as text: a JSON object with one line a row, the most frequent first."""
        rows = sorted(self.lines, key=lambda row: (-row[1], row[0]))
        body = ",\n".join(f"  {json.dumps(line, ensure_ascii=False)}: {count}" for line, count in rows)
        lines = f"{{\n{body}\n }}" if rows else "{}"
        return f'{{"format": "{FORMAT}",\n "documents": {self.documents},\n "lines": {lines}}}\n'

    def save(self, path: str | Path) -> None:
        """Write the memory to ``path``, for review: a row that is deleted is forgotten."""
        Path(path).write_bytes(self.dumps().encode("utf-8", "surrogatepass"))

    @classmethod
    def load(cls, path: str | Path) -> SiteMemory:
        """Read a saved memory. Raises :class:`ConfigError` for a file that is none."""
        try:
            data: Any = json.loads(Path(path).read_bytes().decode("utf-8", "surrogatepass"))
        except OSError as error:
            raise ConfigError(f"{path}: no site memory can be read: {error.strerror}: check the path") from error
        except ValueError as error:
            raise ConfigError(f"{path}: not JSON in UTF-8: {error}: mend it, or learn it again") from error
        if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("lines"), dict):
            raise ConfigError(f"{path}: not a site memory: make one with newsnorm sites learn")
        documents, lines = data.get("documents"), data["lines"]
        if not isinstance(documents, int) or not all(isinstance(count, int) for count in lines.values()):
            raise ConfigError(f"{path}: documents and the counts of lines are whole numbers")
        return cls(tuple(sorted(lines.items())), documents)


def _name(line: Line) -> str:
    """What a line is remembered by: a counter or a date without its figures, all else to the letter. The figures of
    a headline or a sentence are the news of a serial report, such as one on the day's stocks or on an earthquake.
    """
    short = line.words <= FIGURED and wide(line.text) <= FIGURED_WIDE and not ends_as_sentence(line.text)
    return line.key if short else line.head.rstrip(TAIL)


def _may_repeat(line: Line) -> bool:
    """Whether the line says enough to be recognised: figures and single letters do not."""
    return sum(character.isalpha() for character in line.key) >= 2
