"""A review as one HTML page that needs nothing else: what each rule did, and examples in their context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from normalizer._version import __version__
from normalizer.reports.output import safe
from normalizer.reports.review import Review, counted, ordered, sentence
from normalizer.rules import Rule, all_rules

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
table { border-collapse: collapse } td, th { padding: .1rem .8rem .1rem 0; text-align: left; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
blockquote { margin: .6rem 0; padding-left: .8rem; border-left: 3px solid #ccc; white-space: pre-wrap }
del { background: #fdd } ins { background: #dfd; text-decoration: none } small { color: #666 }
"""


def page(review: Review, most: int) -> str:
    """The page; of the files the ``most`` edited. Text that came from documents is escaped."""
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>newsnorm: a run</title>\n',
            f"<style>{_STYLE}</style>\n<h1>{escape(sentence(review))}</h1>\n",
            *_account(review),
            "<h2>Rules</h2>\n",
            _table(
                ("rule", "edits", "documents"),
                ((rule, count, review.documents_of[rule]) for rule, count in ordered(review.rules)),
            ),
            "<h2>Files</h2>\n",
            _table(("file", "edits"), review.top_files(most)),
            *_rules(review),
            f"<p><small>newsnorm {__version__}</small>\n",
        )
    )


def _account(review: Review) -> Iterator[str]:
    if review.records:
        yield f"<p>{review.records:,} records\n"
    for name, counts in (("statuses", review.statuses), ("languages", review.languages)):
        if counts:
            yield f"<p>{name}: {_shown(counted(counts))}\n"
    if review.bad_lines:
        yield f"<p>{review.bad_lines:,} lines of the log could not be understood\n"


def _table(names: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    head = "".join(f"<th{_class(number)}>{name}" for number, name in enumerate(names))
    body = "".join(
        "<tr>" + "".join(f"<td{_class(number)}>{_shown(_plain(cell))}" for number, cell in enumerate(row)) + "\n"
        for row in rows
    )
    return f"<table>\n<tr>{head}\n{body}</table>\n"


def _class(column: int) -> str:
    return ' class="n"' if column else ""


def _plain(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _rules(review: Review) -> Iterator[str]:
    catalogue: dict[str, Rule] = {rule.id: rule for rule in all_rules()}
    for rule, _ in ordered(review.rules):
        known = catalogue.get(rule)
        about = f"<p>{escape(known.summary)} {escape(known.rationale)}\n" if known is not None else ""
        yield f"<h2>{_shown(rule)}</h2>\n{about}"
        yield from map(_example, review.examples[rule])


def _example(record: dict[str, Any]) -> str:
    removed = f"<del>{_shown(record['before'], breaks=True)}</del>" if record["before"] else ""
    added = f"<ins>{_shown(record['after'], breaks=True)}</ins>" if record["after"] else ""
    before, after = (_shown(str(record.get(name, "")), breaks=True) for name in ("prefix", "suffix"))
    place = ":".join(str(record[name]) for name in ("file", "record", "line") if record.get(name) is not None)
    detail = f", {_shown(str(record['detail']))}" if record.get("detail") else ""
    return f"<blockquote>{before}{removed}{added}{after}\n<small>{_shown(place)}{detail}</small></blockquote>\n"


def _shown(text: str, *, breaks: bool = False) -> str:
    """``text`` escaped, and what nobody would see written out; line breaks stay where they are asked for."""
    parts = text.split("\n") if breaks else [text]
    return "\n".join(escape(safe(part)) for part in parts)
