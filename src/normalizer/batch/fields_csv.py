"""The values of CSV and TSV files (RFC 4180) in given columns, named by the first row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from normalizer.batch.fields import FormatError, Piece, Value

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')


def csv_values(source: str, names: tuple[str, ...]) -> Iterator[Value]:
    """The values of the columns ``names``; the delimiter is the commonest of ``,;|`` and tab in the first row.

    Raises :class:`FormatError` for a quote that is not closed.
    """
    first_row = _QUOTED.sub("", source.partition("\n")[0])
    seen = Counter(character for character in first_row if character in _DELIMITERS)
    return _values(source, names, seen.most_common(1)[0][0] if seen else ",")


def tsv_values(source: str, names: tuple[str, ...]) -> Iterator[Value]:
    """The values of the columns ``names``, delimited by tabs."""
    return _values(source, names, "\t")


def _values(source: str, names: tuple[str, ...], delimiter: str) -> Iterator[Value]:
    field = re.compile(
        f'(?:"([^"]*(?:""[^"]*)*)"|([^{re.escape(delimiter)}\r\n]*))({re.escape(delimiter)}|\r\n|\r|\n|\\Z)'
    )
    plain = _plain_writer(delimiter)
    header: list[str] = []
    wanted: frozenset[int] = frozenset()
    row, column, position = 0, 0, 0
    while position < len(source):
        match = field.match(source, position)
        if match is None or (match[1] is None and match[2].startswith('"')):
            line = source.count("\n", 0, position) + 1
            raise FormatError(f"a quote at line {line} is not closed or not alone in its field: mend it")
        if row == 0:
            header.append(_unquoted(match))
        elif column in wanted:
            yield _quoted_value(source, match.start(1), match.end(1)) if match[1] is not None else _plain(match, plain)
        column += 1
        if match[3] != delimiter:
            if row == 0:
                wanted = frozenset(number for number, name in enumerate(header) if name in names)
            row, column = row + 1, 0
        position = match.end()


def _unquoted(match: re.Match[str]) -> str:
    return match[2].strip() if match[1] is None else match[1].replace('""', '"').strip()


def _plain(match: re.Match[str], writer: Callable[[str], str | None]) -> Value:
    return Value(match[2], (Piece(0, len(match[2]), match.start(2), match.end(2)),), writer)


def _quoted_value(source: str, start: int, end: int) -> Value:
    pieces: list[Piece] = []
    at, position = 0, start
    while position < end:
        quote = source.find('""', position, end)
        stop = end if quote < 0 else quote
        if stop > position:
            pieces.append(Piece(at, stop - position, position, stop))
            at += stop - position
        if quote >= 0:
            pieces.append(Piece(at, 1, quote, quote + 2))
            at += 1
            stop = quote + 2
        position = stop
    return Value(source[start:end].replace('""', '"'), tuple(pieces), _doubled)


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def _plain_writer(delimiter: str) -> Callable[[str], str | None]:
    special = {delimiter, '"', "\r", "\n"}

    def written(text: str) -> str | None:
        return None if special & set(text) else text

    return written
