"""Reading and checking alias tables.

In flows a JSONL file. Out flow its records, or :class:`Problem` values with file, line, field and remedy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from normalizer.errors import ConfigError
from normalizer.names.entity import Form, Record, forms_of
from normalizer.names.fold import fold, one_script
from normalizer.names.schema import flaws


class Problem(NamedTuple):
    """What is wrong in a table: where (``line`` from 1), in which field, and what to do about it."""

    path: str
    line: int
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.field}: {self.problem}: {self.remedy}"


# Up to this size (bytes) a table is also checked for conflicts when it is loaded; a million aliases are not.
_SMALL = 20_000_000


def read_table(path: Path) -> Iterable[Record]:
    """The records of a table that is to be used.

    Raises :class:`ConfigError` as :func:`read_records` does, and for conflicts between records where
    the file is small enough to look for them.
    """
    if not path.is_file() or path.stat().st_size > _SMALL:
        return read_records(path)
    numbered = list(_read(path, partial=True))
    for problem in _Conflicts(path, numbered).problems():
        raise ConfigError(str(problem))
    return [record for _, record in numbered]


def read_records(path: Path, *, partial: bool = True) -> Iterator[Record]:
    """The records of a table file, checked one by one.

    Raises :class:`ConfigError` with file, line, field and remedy of the first that is not well formed
    or out of order.
    """
    return (record for _, record in _read(path, partial=partial))


def _read(path: Path, *, partial: bool) -> Iterator[tuple[int, Record]]:
    last = ""
    for line, record, problems in _lines(path, partial=partial):
        for problem in problems:
            raise ConfigError(str(problem))
        if record["id"] <= last:
            raise ConfigError(str(_out_of_order(path, line, record["id"], last)))
        last = record["id"]
        yield line, record


def _out_of_order(path: Path, line: int, identity: str, last: str) -> Problem:
    if identity == last:
        return Problem(str(path), line, "id", f"{identity!r} is given twice", "merge the two records into one line")
    return Problem(str(path), line, "id", f"{identity!r} comes after {last!r}", "sort the lines by id (code points)")


def _lines(path: Path, *, partial: bool, closely: bool = False) -> Iterator[tuple[int, dict[str, Any], list[Problem]]]:
    try:
        lines = path.open("rb")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}: give the path of a JSONL table") from error
    with lines:
        yield from _parsed(path, lines, partial=partial, closely=closely)


def _parsed(
    path: Path, lines: Iterable[bytes], *, partial: bool, closely: bool
) -> Iterator[tuple[int, dict[str, Any], list[Problem]]]:
    for line, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            text = raw.decode("utf-8").removeprefix("\ufeff")
            record = json.loads(text, object_pairs_hook=_unique if closely else None)
        except (ValueError, RecursionError) as error:
            problem = Problem(
                str(path), line, "record", f"is not JSON in UTF-8 ({error})", "write one JSON object a line"
            )
            yield line, {}, [problem]
            continue
        found = [
            Problem(str(path), line, flaw.field, flaw.problem, flaw.remedy) for flaw in flaws(record, partial=partial)
        ]
        yield line, record if isinstance(record, dict) else {}, found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the field {name!r} is given twice")
        found[name] = value
    return found


def check_table(path: str | Path) -> list[Problem]:
    """Everything wrong with a table file, sorted by line: form, order, ambiguity, chains, examples.

    A file that cannot be read at all raises :class:`ConfigError`.
    """
    where = Path(path)
    problems: list[Problem] = []
    records: list[tuple[int, Record]] = []
    seen: dict[str, int] = {}
    last = ""
    for line, record, found in _lines(where, partial=True, closely=True):
        problems += found
        identity = record.get("id")
        if found or not isinstance(identity, str):
            continue
        if identity in seen:
            problems.append(
                Problem(
                    str(where),
                    line,
                    "id",
                    f"{identity!r} is given in line {seen[identity]} too",
                    "merge the two records into one line",
                )
            )
            continue
        if identity < last:
            problems.append(_out_of_order(where, line, identity, last))
        seen[identity] = line
        last = max(last, identity)
        records.append((line, record))
    problems += _Conflicts(where, records).problems()
    if not problems:
        from normalizer.names.examples import example_problems

        problems += [Problem(str(where), *rest) for rest in example_problems(records)]
    return sorted(problems, key=lambda problem: (problem.line, problem.field, problem.problem))


class _Conflicts:
    """What records say about each other: aliases of two entities, canonical forms that are aliases."""

    def __init__(self, path: Path, records: list[tuple[int, Record]]) -> None:
        self._path = str(path)
        self._records = records
        self._canonical: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._sure: dict[str, list[tuple[int, str, frozenset[str] | None]]] = {}

    def problems(self) -> Iterator[Problem]:
        for line, record in self._records:
            for code, surface in record.get("canonical", {}).items():
                self._canonical.setdefault((code, fold(surface)), []).append((line, record["id"]))
        for line, record in self._records:
            yield from self._contradictions(line, record)
            for number, form in self._aliases(record):
                yield from self._alias(line, record, f"aliases[{number}].s", form)

    def _contradictions(self, line: int, record: Record) -> Iterator[Problem]:
        """The aliases that a record lists twice for one language, with different uses."""
        listed: dict[str, list[tuple[int, str, frozenset[str]]]] = {}
        for number, alias in enumerate(record.get("aliases", ())):
            stated = alias if isinstance(alias, dict) else {"s": alias}
            use, langs = stated.get("use", "guarded"), frozenset(stated.get("lang", ()))
            key = fold(stated["s"])
            for other, another, others in listed.get(key, ()):
                if use != another and (not langs or not others or langs & others):
                    remedy = "keep the one that holds, or give each its languages"
                    problem = f"{stated['s']!r} is {use!r}, and {another!r} in aliases[{other}]"
                    yield Problem(self._path, line, f"aliases[{number}].use", problem, remedy)
            listed.setdefault(key, []).append((number, use, langs))

    def _aliases(self, record: Record) -> Iterator[tuple[int, Form]]:
        if record.get("type") == "blocker":
            return
        aliases = {form.folded: form for form in forms_of({**record, "styles": {}}) if form.kind == "alias"}
        for number, alias in enumerate(record.get("aliases", ())):
            surface = alias["s"] if isinstance(alias, dict) else alias
            form = aliases.get(fold(surface))
            if form is not None:
                yield number, form

    def _alias(self, line: int, record: Record, field: str, form: Form) -> Iterator[Problem]:
        if any(one_script(word) not in {None, word} and _mixed(word) for word in form.surface.split()):
            yield Problem(
                self._path,
                line,
                field,
                f"{form.surface!r} mixes scripts",
                "type it in one script; the engine settles look-alikes by itself",
            )
        if form.use not in {"safe", "guarded"}:
            return
        codes = form.langs or record.get("canonical", {}).keys()
        for code in sorted(codes):
            for other, identity in self._canonical.get((code, form.folded), ()):
                if identity != record["id"]:
                    yield Problem(
                        self._path,
                        line,
                        field,
                        f"{form.surface!r} is canonical for {identity!r} (line {other}) in {code!r}: a chain or cycle",
                        'make it "evidence" or "recognise", or remove it',
                    )
        for other, identity, langs in self._sure.get(form.folded, ()):
            if identity != record["id"] and (langs is None or form.langs is None or langs & form.langs):
                yield Problem(
                    self._path,
                    line,
                    field,
                    f"{form.surface!r} is an alias of {identity!r} (line {other}) too",
                    'make it "evidence" in all but one of the two',
                )
        self._sure.setdefault(form.folded, []).append((line, record["id"], form.langs))


def _mixed(word: str) -> bool:
    latin = any("a" <= letter.lower() <= "\u024f" for letter in word)
    return latin and any("\u0370" <= letter <= "\u052f" for letter in word)
