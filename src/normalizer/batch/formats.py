"""Kinds of text files: which one a name stands for, and what in it no edit may touch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

# Markup is normalized as one text in which some spans are protected; of structured files only the
# values of some fields are texts (see normalizer.batch.fields).
MARKUP = ("markdown", "rst", "html")
STRUCTURED = ("json", "jsonl", "csv", "tsv", "po", "srt", "vtt")
KINDS = ("text", *MARKUP, *STRUCTURED)

SUFFIXES: Mapping[str, str] = {
    "txt": "text",
    "text": "text",
    "md": "markdown",
    "markdown": "markdown",
    "mdown": "markdown",
    "rst": "rst",
    "htm": "html",
    "html": "html",
    "xhtml": "html",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "csv": "csv",
    "tsv": "tsv",
    "po": "po",
    "srt": "srt",
    "vtt": "vtt",
}

_HOMES = {
    "markdown": "normalizer.batch.markdown",
    "rst": "normalizer.batch.restructured",
    "html": "normalizer.batch.hypertext",
}


def kind_of(name: str) -> str | None:
    """The kind that the suffix of a file name stands for; ``None`` when it stands for none."""
    return SUFFIXES.get(name.rpartition(".")[2].lower()) if "." in name else None


def protected_spans(kind: str, text: str) -> list[tuple[int, int]]:
    """The spans of ``text`` that no edit may touch: code, link targets, tags, what a table is drawn with.

    ``kind`` is one of :data:`MARKUP`, or ``text``, where nothing is protected. Spans are half-open, in
    code points, sorted and disjoint. The cost is linear in the text.
    """
    home = _HOMES.get(kind)
    if home is None:
        return []
    spans: Callable[[str], list[tuple[int, int]]] = import_module(home).protected_spans
    return merged(spans(text))


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """``spans`` sorted, those that overlap or touch made one, empty ones left out."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
