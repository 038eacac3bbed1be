"""The judge: weighs the evidence line by line until no more lines go.

In flow the lines of one text and their hits. Out flow the findings for the lines that are dropped or
cut, and from them the edits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from normalizer.chrome import runs, spared
from normalizer.chrome.authors import authors
from normalizer.chrome.columns import columns
from normalizer.chrome.cues import Cues, Hit
from normalizer.chrome.cuts import marker_cut
from normalizer.chrome.duplicates import repeated_headlines
from normalizer.chrome.evidence import find
from normalizer.chrome.findings import NOWHERE, Finding, Place, speaks
from normalizer.chrome.lines import Line, split_lines
from normalizer.chrome.neighbours import cookie_tables, lone_dates, split_captions
from normalizer.chrome.places import places_of
from normalizer.chrome.script import leaked_code
from normalizer.chrome.shapes import ends_as_sentence, has_year, is_prose
from normalizer.chrome.summaries import key_points
from normalizer.edits import Edit

if TYPE_CHECKING:
    from normalizer.chrome.sites import SiteMemory

# Each round needs a drop in the one before; real documents settle in three.
MAX_ROUNDS = 12
# A page of at least so many known lines beside which at most so many others stand, of so few words, is all chrome.
KNOWN, UNKNOWN, UNKNOWN_WORDS = 4, 2, 3


class Judge:
    """Findings for the lines of one text, made when asked for. ``hits`` has an entry, if an empty one, for each
    line that is to be looked at.
    """

    def __init__(
        self,
        text: str,
        hits: dict[int, list[Hit]],
        cues: Cues,
        *,
        enabled: Callable[[str], bool],
        aggressive: bool = False,
        memory: SiteMemory | None = None,
    ) -> None:
        self.text = text
        self.lines = split_lines(text)
        self.hits = hits
        self.cues = cues
        self.enabled = enabled
        self.aggressive = aggressive
        self.memory = memory
        # What the lines are of a text that is all chrome and is therefore kept; known once ``findings`` is.
        self.all_chrome: dict[int, Finding] = {}

    @cached_property
    def alone(self) -> list[Finding | None]:
        """What each line says by itself, wherever it stands."""
        return [self._alone(line) for line in self.lines]

    def _alone(self, line: Line) -> Finding | None:
        hits = self.hits.get(line.index)
        return None if hits is None else find(line, hits, NOWHERE, self.cues)

    @cached_property
    def prose(self) -> list[bool]:
        """For each line whether it is a paragraph of the story (as far as its words tell)."""
        return [is_prose(line) and not speaks(alone) for line, alone in zip(self.lines, self.alone, strict=True)]

    @cached_property
    def datelines(self) -> list[bool]:
        """For each line whether it says, with the year, when the page was published."""
        return [
            alone is not None and alone.family == "timestamp" and has_year(line.text)
            for line, alone in zip(self.lines, self.alone, strict=True)
        ]

    @cached_property
    def findings(self) -> dict[int, Finding]:
        """The lines that go or are cut, by number; empty when nothing would be left. Captions in sentences stay
        where no other line asserts anything: they are the story.
        """
        found = self._settled(frozenset())
        left = [line for line in self.lines if found.get(line.index, _CUT).end >= 0]
        if any(map(spared.is_statement, left)):
            return found
        captions = frozenset(
            index
            for index, finding in found.items()
            if finding.family == "caption" and spared.is_captioned_statement(self.lines[index], finding)
        )
        return self._settled(captions) if captions else found

    def _settled(self, kept: frozenset[int]) -> dict[int, Finding]:
        """What is found, but for the lines ``kept``, when no round finds more."""
        gone: dict[int, Finding] = {}
        cut: dict[int, Finding] = {}
        alive = self.lines
        for _ in range(MAX_ROUNDS):
            found = {i: finding for i, finding in self._round(alive, cut).items() if i not in kept}
            cut.update({index: finding for index, finding in found.items() if finding.end >= 0})
            drops = {index: finding for index, finding in found.items() if finding.end < 0}
            if not drops:
                break
            gone.update(drops)
            alive = [line for line in alive if line.index not in drops]
        if _tells(alive, gone):
            return {**gone, **cut}
        self.all_chrome = gone
        return {}

    def _round(self, alive: list[Line], cut: dict[int, Finding]) -> dict[int, Finding]:
        places = places_of(self, alive)
        found: dict[int, Finding] = {}
        for line, place in zip(alive, places, strict=True):
            finding = self._one(line, place)
            if finding and line.index not in cut:
                found[line.index] = finding
        for step in _STEPS:
            for index, finding in step(self, alive, places, found).items():
                known = found.get(index)
                if self.enabled("chrome." + finding.family) and (known is None or known.family == "caption"):
                    found[index] = finding
        found = spared.spare_title(self, alive, found)
        found = spared.spare_sections(self, alive, places, found)
        return spared.spare_captions(
            self, alive, spared.spare_programme(self, alive, spared.spare_times(self, alive, found))
        )

    def _one(self, line: Line, place: Place) -> Finding | None:
        """The finding that is enough to drop or cut ``line``."""
        finding = self._remembered(line, place)
        if finding:
            return finding
        if self.alone[line.index] is not None and not place.listed:
            finding = find(line, self.hits.get(line.index, []), place, self.cues)
        if finding is None or not self.enough(finding) or self.prose[line.index]:
            finding = marker_cut(line, self.hits.get(line.index, []))
        return finding if finding and self.enabled("chrome." + finding.family) else None

    def _remembered(self, line: Line, place: Place) -> Finding | None:
        """The finding that the site's memory gives."""
        count = self.memory.count(line) if self.memory is not None else 0
        if self.memory is None or not count or not self.enabled("chrome.site"):
            return None
        signals = [f"in {count} of {self.memory.documents} documents of the site", *place.signals(("any",))]
        if not is_prose(line):
            signals.append(f"short, {line.words} words")
        finding = Finding("site", tuple(signals))
        return finding if self.enough(finding) else None

    def enough(self, finding: Finding) -> bool:
        """Whether the signals suffice in this profile."""
        return len(finding.signals) >= (1 if self.aggressive else 2)

    def edits(self) -> list[Edit]:
        """The edits that take out what was found."""
        changes = [*self._drops(), *self._cuts()]
        return sorted(changes)

    def _cuts(self) -> list[Edit]:
        made = []
        for index, finding in self.findings.items():
            if finding.end >= 0:
                start = self.lines[index].start + finding.start
                end = self.lines[index].start + finding.end
                made.append(Edit(start, end, self.text[start:end], "", (f"chrome.{finding.family}",), finding.detail))
        return made

    def _drops(self) -> list[Edit]:
        """One edit for each maximal run of dropped lines; the larger of the blank gaps around it stays."""
        gone = {index for index, finding in self.findings.items() if finding.end < 0}
        made: list[Edit] = []
        index, size = 0, len(self.lines)
        while index < size:
            stop = index
            while stop < size and stop in gone:
                stop += 1
            if stop > index:
                made.append(self._drop(index, stop))
            index = max(stop, index + 1)
        return made

    def _drop(self, first: int, stop: int) -> Edit:
        lines, text = self.lines, self.text
        before = lines[first - 1] if first else None
        after = lines[stop] if stop < len(lines) else None
        if before is None:
            start, end = 0, after.start if after else len(text)
        elif after is None:
            start, end = (self._next(before.end) if text[-1] in "\r\n" else before.end), len(text)
        elif lines[first].gap >= after.gap:
            start, end = lines[first].start, after.start
        else:
            start, end = self._next(before.end), self._next(lines[stop - 1].end)
        findings = [self.findings[index] for index in range(first, stop)]
        rules = tuple(dict.fromkeys(f"chrome.{finding.family}" for finding in findings))
        detail = " | ".join(dict.fromkeys(f"{finding.family}: {finding.detail}" for finding in findings))
        return Edit(start, end, text[start:end], "", rules, detail)

    def _next(self, end: int) -> int:
        """The start of the line after the one that ends at ``end``."""
        return end + (2 if self.text[end : end + 2] == "\r\n" else 1)


_STEPS = (
    leaked_code,
    repeated_headlines,
    columns,
    runs.introduced,
    runs.dated_headlines,
    runs.broken_teasers,
    authors,
    split_captions,
    cookie_tables,
    lone_dates,
    key_points,
    runs.enclosed,
    runs.repetitions,
    runs.scraps,
)


def _tells(alive: list[Line], gone: dict[int, Finding]) -> bool:
    """Whether the lines that are left say anything: more than a scrap or two that no cue knows."""
    scraps = [line for line in alive if line.words <= UNKNOWN_WORDS and not ends_as_sentence(line.text)]
    if len(gone) < KNOWN or len(alive) > UNKNOWN:
        return bool(alive)
    return len(scraps) < len(alive)


_CUT = Finding("", (), end=0)
