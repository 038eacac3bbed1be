"""``newsnorm report``: what a run did, from its log."""

from __future__ import annotations

import argparse
import os

from normalizer.reports.output import Output, message, safe
from normalizer.reports.review import Review, counted, ordered, sentence

_PAGE = "report.html"
_DONE, _INCOMPLETE = 0, 3


def run(options: argparse.Namespace) -> int:
    """Sum up logs; the exit code. 3 when lines of them could not be understood, the others are counted."""
    review = Review(max(0, options.examples))
    for path in options.logs:
        review.read(path)
    most = max(0, options.top)
    output = Output()
    if options.format == "json":
        from normalizer.reports.jsonl import dumped

        output.write(dumped(review.as_dict(most)) + "\n")
    else:
        output.write(_text(review, most))
    output.check()
    if options.output is not None:
        _write_page(review, options.output, most)
    for why in review.bad:
        message(why)
    if review.bad_lines > len(review.bad):
        message(f"... {review.bad_lines:,} lines could not be understood")
    return _INCOMPLETE if review.bad_lines else _DONE


def _text(review: Review, most: int) -> str:
    lines = [sentence(review)]
    if review.records:
        lines.append(f"records: {review.records:,}")
    for name, counts in (("statuses", review.statuses), ("languages", review.languages)):
        if counts:
            lines.append(f"{name}: {safe(counted(counts))}")
    rules = ordered(review.rules)
    lines += _table(("edits", "documents", "rule"), [(n, review.documents_of[rule], rule) for rule, n in rules])
    lines += _table(("edits", "file"), [(count, name) for name, count in review.top_files(most)])
    return "\n".join(lines) + "\n"


def _table(names: tuple[str, ...], rows: list[tuple[int | str, ...]]) -> list[str]:
    """A table with a blank line above: numbers to the right, the last column as it comes."""
    if not rows:
        return []
    cells = [names, *([f"{cell:,}" if isinstance(cell, int) else safe(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(names) - 1)]
    lines = ("  ".join([*(f"{cell:>{w}}" for cell, w in zip(row, widths, strict=False)), row[-1]]) for row in cells)
    return ["", *lines]


def _write_page(review: Review, folder: str, most: int) -> None:
    from normalizer.reports.html import page

    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, _PAGE)
    with open(path, "w", encoding="utf-8") as file:
        file.write(page(review, most))
    message(f"{path}: written")
