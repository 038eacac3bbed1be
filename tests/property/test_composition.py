"""Composition against a slow, obviously right model: every character carries where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given

from normalizer.edits import Edit, EditLog, apply_edits
from normalizer.errors import SpanError
from tests.property.strategies import stacks


@dataclass
class Piece:
    """A stretch of the text of the moment: one source character that stands, or one edit's whole replacement."""

    start: int
    end: int
    text: str
    rules: list[str] = field(default_factory=list)

    @property
    def edited(self) -> bool:
        return bool(self.rules)


def modelled(source: str, stages: list[list[Edit]]) -> list[Piece]:
    """The text as pieces after all stages, by the definition: fuse, character by character."""
    pieces = [Piece(index, index + 1, character) for index, character in enumerate(source)]
    for edits in stages:
        real = [change for change in edits if change.before != change.after]
        pieces = _staged(pieces, real)
        pieces = [piece for piece in pieces if not (piece.edited and piece.text == source[piece.start : piece.end])]
        pieces = _restored(source, pieces)
    return pieces


def _staged(pieces: list[Piece], edits: list[Edit]) -> list[Piece]:
    """One stage: union every piece and new edit that fuse, then rebuild."""
    spans = _spans(pieces)
    parent = list(range(len(pieces) + len(edits)))

    def root(node: int) -> int:
        while parent[node] != node:
            node = parent[node]
        return node

    for number, new in enumerate(edits):
        for index, (piece, (start, end)) in enumerate(zip(pieces, spans, strict=True)):
            overlap = max(start, new.start) < min(end, new.end)
            thin = start == end or new.start == new.end or (piece.edited and piece.start == piece.end)
            strictly_inside = start < new.start == new.end < end
            touch = piece.edited and thin and start <= new.end and new.start <= end
            if overlap or strictly_inside or touch:
                parent[root(len(pieces) + number)] = root(index)
        if number and edits[number - 1].end == new.start and "" in (edits[number - 1].before, new.before):
            parent[root(len(pieces) + number)] = root(len(pieces) + number - 1)
    return _rebuilt(pieces, spans, edits, [root(node) for node in range(len(parent))])


def _spans(pieces: list[Piece]) -> list[tuple[int, int]]:
    spans, position = [], 0
    for piece in pieces:
        spans.append((position, position + len(piece.text)))
        position += len(piece.text)
    return spans


def _rebuilt(pieces: list[Piece], spans: list[tuple[int, int]], edits: list[Edit], roots: list[int]) -> list[Piece]:
    text = "".join(piece.text for piece in pieces)
    groups: dict[int, tuple[list[int], list[Edit]]] = {}
    for index in range(len(pieces)):
        groups.setdefault(roots[index], ([], []))[0].append(index)
    for number, new in enumerate(edits):
        groups.setdefault(roots[len(pieces) + number], ([], []))[1].append(new)
    out: list[tuple[tuple[int, int, int], Piece]] = []
    for members, news in groups.values():
        if not news:
            out += [((pieces[i].start, pieces[i].end, spans[i][0]), pieces[i]) for i in members]
            continue
        places = [spans[i] for i in members] + [(new.start, new.end) for new in news]
        low, high = min(start for start, _ in places), max(end for _, end in places)
        position, parts = low, []
        for new in news:
            parts += [text[position : new.start], new.after]
            position = new.end
        parts.append(text[position:high])
        if members:
            start, end = pieces[members[0]].start, pieces[members[-1]].end
        else:
            start = end = max((p.end for p, s in zip(pieces, spans, strict=True) if s[1] <= low), default=0)
        rules = list(dict.fromkeys([r for i in members for r in pieces[i].rules] + [r for n in news for r in n.rules]))
        out.append(((start, end, low), Piece(start, end, "".join(parts), rules)))
    return [piece for _, piece in sorted(out, key=lambda item: item[0])]


def _restored(source: str, pieces: list[Piece]) -> list[Piece]:
    """Source characters whose edit vanished stand again, each by itself."""
    covered = {index for piece in pieces for index in range(piece.start, piece.end)}
    missing = [Piece(index, index + 1, source[index]) for index in range(len(source)) if index not in covered]
    return sorted([*pieces, *missing], key=lambda piece: (piece.start, piece.end))


def composed(source: str, stages: list[list[Edit]]) -> EditLog:
    log = EditLog(source)
    for edits in stages:
        log = log.then(edits)
    return log


@given(stacks())
def test_the_log_is_the_model(stack: tuple[str, list[list[Edit]]]) -> None:
    source, stages = stack
    log = composed(source, stages)
    expected = [(p.start, p.end, p.text, tuple(p.rules)) for p in modelled(source, stages) if p.edited]
    assert [(change.start, change.end, change.after, change.rules) for change in log.edits] == expected


@given(stacks())
def test_the_log_leads_from_source_to_text_and_back(stack: tuple[str, list[list[Edit]]]) -> None:
    source, stages = stack
    text = source
    for edits in stages:
        text = apply_edits(text, edits)
    log = composed(source, stages)
    assert log.text == text == apply_edits(source, log.edits)
    assert log.invert().text == source
    assert all(change.before == source[change.start : change.end] != change.after for change in log.edits)


@given(stacks())
def test_spans_map_as_brute_force_says(stack: tuple[str, list[list[Edit]]]) -> None:
    source, stages = stack
    log = composed(source, stages)
    pieces = _laid_out(log)
    for start in range(len(source) + 1):
        for end in range(start + 1, len(source) + 1):
            touched = [p for p in pieces if (p[0] < end and start < p[1]) or start < p[0] == p[1] < end]
            assert log.to_text(start, end) == (min(p[2] for p in touched), max(p[3] for p in touched))
    for start in range(len(log.text) + 1):
        for end in range(start + 1, len(log.text) + 1):
            touched = [p for p in pieces if (p[2] < end and start < p[3]) or start <= p[2] == p[3] <= end]
            assert log.to_source(start, end) == (min(p[0] for p in touched), max(p[1] for p in touched))
            tight = [p for p in touched if p[2] < p[3] or start < p[2] < end]
            assert log.to_source(start, end, tight=True) == (min(p[0] for p in tight), max(p[1] for p in tight))


def _laid_out(log: EditLog) -> list[tuple[int, int, int, int]]:
    """(source start, source end, text start, text end) of every edit and of every untouched character."""
    pieces, position, shift = [], 0, 0
    for change in log.edits:
        pieces += [(i, i + 1, i + shift, i + 1 + shift) for i in range(position, change.start)]
        start = change.start + shift
        pieces.append((change.start, change.end, start, start + len(change.after)))
        position, shift = change.end, shift + len(change.after) - len(change.before)
    return pieces + [(i, i + 1, i + shift, i + 1 + shift) for i in range(position, len(log.source))]


@given(stacks())
def test_empty_spans_map_as_the_design_says(stack: tuple[str, list[list[Edit]]]) -> None:
    source, stages = stack
    log = composed(source, stages)
    for start, end, text_start, text_end in _laid_out(log):
        if text_start == text_end:
            back = log.to_source(text_start, text_start)
            assert back[0] <= start
            assert end <= back[1]
        for inside in range(text_start + 1, text_end):
            assert log.to_source(inside, inside) == (start, start)
        for inside in range(start + 1, end):
            assert log.to_text(inside, inside) == (text_start, text_start)


@given(stacks())
def test_the_way_back_covers(stack: tuple[str, list[list[Edit]]]) -> None:
    source, stages = stack
    log = composed(source, stages)
    for start in range(len(source) + 1):
        for end in range(start + 1, len(source) + 1):
            back = log.to_source(*log.to_text(start, end))
            assert back[0] <= start
            assert end <= back[1]


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(1, 2, "b", "x", ("r",)), Edit(0, 1, "a", "y", ("r",))],
        [Edit(0, 2, "ab", "x", ("r",)), Edit(1, 3, "bc", "y", ("r",))],
        [Edit(0, 9, "abc", "x", ("r",))],
        [Edit(0, 1, "z", "x", ("r",))],
    ],
    ids=["out of order", "overlapping", "outside", "another text"],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(SpanError, match="edit"):
        EditLog("abc", edits)


@pytest.mark.parametrize("span", [(-1, 2), (2, 1), (0, 4)])
def test_spans_outside_are_refused(span: tuple[int, int]) -> None:
    log = EditLog("abc")
    with pytest.raises(SpanError, match="span"):
        log.to_text(*span)
    with pytest.raises(SpanError, match="span"):
        log.to_source(*span)
