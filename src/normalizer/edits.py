"""Edits and their composition: the one currency in which every rule pays.

In flows a text and, stage after stage, lists of edits against the text of that moment. Out flows one
:class:`EditLog` whose edits stand in source coordinates. All offsets are code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from normalizer._fusion import Edit, Fusion, settle, shifts
from normalizer.errors import SpanError

__all__ = ["Edit", "EditLog", "apply_edits", "edit"]


def edit(text: str, start: int, end: int, after: str, rule: str, detail: str = "") -> Edit:
    """The edit that puts ``after`` in the place of ``text[start:end]``."""
    return Edit(start, end, text[start:end], after, (rule,), detail)


def apply_edits(source: str, edits: Iterable[Edit]) -> str:
    """Apply sorted, disjoint edits to ``source``.

    Raises :class:`SpanError` when an edit is out of order, overlaps the one before it, lies outside
    ``source`` or expects another text than it finds.
    """
    parts: list[str] = []
    position = 0
    for change in edits:
        if not position <= change.start <= change.end <= len(source):
            raise SpanError(
                f"edit {change.start}-{change.end} overlaps, is out of order or lies outside the text of "
                f"{len(source)} code points: give sorted, disjoint edits of this text"
            )
        if source[change.start : change.end] != change.before:
            raise SpanError(
                f"edit {change.start}-{change.end} expects {change.before[:40]!r} and finds "
                f"{source[change.start : change.end][:40]!r}: it was made for another text"
            )
        parts.append(source[position : change.start])
        parts.append(change.after)
        position = change.end
    if not parts:
        return source
    parts.append(source[position:])
    return "".join(parts)


class EditLog:
    """All changes between ``source`` and ``text``, composed; immutable.

    ``edits`` are sorted and disjoint in source coordinates, each with ``before != after``. Two edits
    fuse when they overlap, when they touch and one of them has no width there, and when an insertion
    touches the other; what fuses back into the original vanishes.
    """

    __slots__ = ("_shifts", "edits", "source", "text")

    source: str
    text: str
    edits: tuple[Edit, ...]

    def __init__(self, source: str, edits: Iterable[Edit] = ()) -> None:
        changes = tuple(settle(source, [change for change in edits if change.before != change.after]))
        self._set(source, apply_edits(source, changes), changes)

    def _set(self, source: str, text: str, edits: tuple[Edit, ...]) -> None:
        self.source = source
        self.text = text
        self.edits = edits
        self._shifts = list(shifts(edits))

    @classmethod
    def _made(cls, source: str, text: str, edits: tuple[Edit, ...]) -> EditLog:
        log = cls.__new__(cls)
        log._set(source, text, edits)
        return log

    def __reduce__(self) -> tuple[object, ...]:
        return (EditLog._made, (self.source, self.text, self.edits))

    def then(self, edits: Iterable[Edit]) -> EditLog:
        """The log of this one followed by ``edits``, which are sorted and disjoint against ``self.text``.

        Costs time linear in the text and in the number of edits. Raises :class:`SpanError` as
        :func:`apply_edits` does.
        """
        changes = [change for change in edits if change.before != change.after]
        if not changes:
            return self
        text = apply_edits(self.text, changes)
        fused = Fusion(self.source, self.text, self.edits, self._shifts).of(changes) if self.edits else changes
        return EditLog._made(self.source, text, tuple(settle(self.source, fused)))

    def invert(self) -> EditLog:
        """The log that leads from ``text`` back to ``source``."""
        back = [
            Edit(self._text_start(k), self._text_end(k), change.after, change.before, change.rules, change.detail)
            for k, change in enumerate(self.edits)
        ]
        return EditLog(self.text, back)

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of ``text`` that covers ``source[start:end]``.

        An empty span inside an edit maps to the edit's start. Raises :class:`SpanError` when the span
        does not lie in ``source``.
        """
        _check_span(start, end, len(self.source))
        edits, shifts = self.edits, self._shifts
        if start == end:
            last = bisect_right(edits, start, key=_start) - 1
            if last < 0 or edits[last].end < start or edits[last].start < start == edits[last].end:
                position = start + shifts[last + 1]
            else:
                position = edits[last].start + shifts[last]
            return position, position
        first = bisect_right(edits, start, key=_end)
        inside = first < len(edits) and edits[first].start <= start
        begin = (edits[first].start if inside else start) + shifts[first]
        last = bisect_left(edits, end, key=_start) - 1
        inside = last >= 0 and edits[last].end >= end
        return begin, (edits[last].end if inside else end) + shifts[last + 1]

    def to_source(self, start: int, end: int, *, tight: bool = False) -> tuple[int, int]:
        """The smallest span of ``source`` that covers ``text[start:end]``.

        An empty span where a deletion stood maps to the deleted span, any other empty span inside an
        edit to the edit's start. A span that is not empty takes in the deletions at its two borders,
        so that ``to_source(to_text(s))`` covers every ``s``; ``tight=True`` leaves those out, which is
        what an annotation wants. Raises :class:`SpanError` when the span does not lie in ``text``.
        """
        _check_span(start, end, len(self.text))
        if start == end:
            return self._empty_to_source(start)
        edits, shifts = self.edits, self._shifts
        first = bisect_left(range(len(edits)), start, key=self._text_end)
        while first < len(edits) and self._text_end(first) == start and (tight or edits[first].after):
            first += 1
        inside = first < len(edits) and self._text_start(first) <= start
        begin = edits[first].start if inside else start - shifts[first]
        last = bisect_right(range(len(edits)), end, key=self._text_start) - 1
        while last >= 0 and self._text_start(last) == end and (tight or edits[last].after):
            last -= 1
        inside = last >= 0 and self._text_end(last) >= end
        return begin, (edits[last].end if inside else end - shifts[last + 1])

    def _empty_to_source(self, position: int) -> tuple[int, int]:
        edits = self.edits
        last = bisect_right(range(len(edits)), position, key=self._text_start) - 1
        deleted = [k for k in self._backwards(last, position) if not edits[k].after]
        if deleted:
            return edits[deleted[-1]].start, edits[deleted[0]].end
        if last < 0 or self._text_end(last) < position:
            point = position - self._shifts[last + 1]
        else:
            point = edits[last].end if self._text_end(last) == position else edits[last].start
        return point, point

    def _backwards(self, last: int, position: int) -> Iterator[int]:
        while last >= 0 and self._text_end(last) >= position:
            yield last
            last -= 1

    def _text_start(self, index: int) -> int:
        return self.edits[index].start + self._shifts[index]

    def _text_end(self, index: int) -> int:
        return self.edits[index].end + self._shifts[index + 1]


def _start(change: Edit) -> int:
    return change.start


def _end(change: Edit) -> int:
    return change.end


def _check_span(start: int, end: int, size: int) -> None:
    if not 0 <= start <= end <= size:
        raise SpanError(f"span {start}-{end} does not lie in a text of {size} code points: give 0 <= start <= end")
