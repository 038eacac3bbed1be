"""The alias table: layers of records, the upper ones winning over those below.

In flow JSONL files and records made at run time. Out flows an :class:`AliasTable`, immutable and
picklable, that the matcher asks for entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from normalizer.errors import ConfigError
from normalizer.names.layer import Layer, Record

if TYPE_CHECKING:
    from pathlib import Path

# A chain of overlays that a user can still review; each one costs a scan of its own.
MAX_LAYERS = 64


class AliasTable:
    """Layers of records. Make one with :meth:`default`, :meth:`load` or :meth:`from_records`.

    In :meth:`overlay` the upper table wins where both list an alias; guards and blockers of the lower
    one stay in force. A record with the id of a lower one is merged into it (``"delete": true`` takes
    it away, on an alias too).
    """

    __slots__ = ("layers", "masked")

    layers: tuple[Layer, ...]
    masked: frozenset[tuple[int, int]]

    def __init__(self, layers: tuple[Layer, ...] = (), masked: frozenset[tuple[int, int]] = frozenset()) -> None:
        self.layers = layers
        self.masked = masked

    def __reduce__(self) -> tuple[object, ...]:
        return (AliasTable, (self.layers, self.masked))

    @property
    def size(self) -> int:
        """How many entities and blockers the table has."""
        return sum(map(len, self.layers)) - len(self.masked)

    @classmethod
    def default(cls) -> AliasTable:
        """The package's own table; read once a process."""
        return _default()

    @classmethod
    def load(cls, path: str | Path) -> AliasTable:
        """The table of a JSONL file.

        Raises :class:`ConfigError` with file, line, field and remedy of what is wrong first.
        """
        from pathlib import Path

        from normalizer.names.building import layer_of
        from normalizer.names.check import read_table

        return cls((layer_of(read_table(Path(path))),))

    @classmethod
    def from_records(cls, records: Iterable[Mapping[str, Any]]) -> AliasTable:
        """The table of records as in the JSONL files; ``src`` defaults to ``user``.

        Raises :class:`ConfigError` for a record that is not well formed and for an id given twice.
        """
        from normalizer.names.building import layer_of

        return cls((layer_of(_validated(records)),))

    def overlay(self, other: AliasTable) -> AliasTable:
        """This table under ``other``, whose records win."""
        table = self
        for layer in other.layers:
            table = table._under(layer)
        return table

    def find(self, identity: str) -> Record | None:
        """The record of an id, or None."""
        place = self._place(identity)
        return None if place is None else self.layers[place[0]].record(place[1])

    def _place(self, identity: str) -> tuple[int, int] | None:
        for level in range(len(self.layers) - 1, -1, -1):
            number = self.layers[level].number_of(identity)
            if number is not None and (level, number) not in self.masked:
                return level, number
        return None

    def _under(self, layer: Layer) -> AliasTable:
        if len(self.layers) >= MAX_LAYERS:
            raise ConfigError(f"more than {MAX_LAYERS} tables lie over each other: put them into one file")
        if not self.layers or not any(r.get("delete") or self._place(r["id"]) for r in layer.records()):
            return AliasTable((*self.layers, layer), self.masked)
        from normalizer.names.building import layer_of

        masked = set(self.masked)
        merged: list[Record] = []
        for record in layer.records():
            place = self._place(record["id"])
            whole = record
            if place is not None:
                masked.add(place)
                whole = merge(self.layers[place[0]].record(place[1]), record)
            if not whole.get("delete"):
                _check_whole(whole)
                merged.append(whole)
        return AliasTable((*self.layers, layer_of(merged)), frozenset(masked))


def merge(lower: Record, upper: Record) -> Record:
    """``lower`` with the fields of ``upper``: maps merge by key, lists unite, aliases merge by spelling.

    Of one spelling both stay where they are for different languages.
    """
    if upper.get("delete"):
        return upper
    merged: dict[str, Any] = dict(lower)
    for name, value in upper.items():
        old = merged.get(name)
        if name == "aliases":
            merged[name] = _merged_aliases(old or [], value)
        elif isinstance(value, dict) and isinstance(old, dict):
            merged[name] = {**old, **{key: _united(old.get(key), item) for key, item in value.items()}}
        else:
            merged[name] = _united(old, value)
    return merged


def _united(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **new}
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *(item for item in new if item not in old)]
    return new


def _merged_aliases(old: list[Any], new: list[Any]) -> list[Any]:
    uppers: dict[str, list[Any]] = {}
    for alias in new:
        uppers.setdefault(_surface(alias), []).append(alias)
    kept = [alias for alias in old if not any(_meet(alias, upper) for upper in uppers.get(_surface(alias), ()))]
    return [*kept, *(alias for alias in new if not (isinstance(alias, dict) and alias.get("delete")))]


def _meet(lower: Any, upper: Any) -> bool:
    """Whether two aliases of one spelling are for a language in common."""
    one, other = (alias.get("lang") if isinstance(alias, dict) else None for alias in (lower, upper))
    return not one or not other or not set(one).isdisjoint(other)


def _surface(alias: Any) -> str:
    return str(alias["s"] if isinstance(alias, dict) else alias)


def _validated(records: Iterable[Mapping[str, Any]]) -> Iterable[Record]:
    from normalizer.names.schema import flaws, is_plain

    seen: set[str] = set()
    for number, record in enumerate(records):
        for flaw in () if is_plain(record) else flaws(record, partial=True):
            raise ConfigError(f"record {number}: {flaw.field}: {flaw.problem}: {flaw.remedy}")
        if record["id"] in seen:
            raise ConfigError(f"record {number}: id: {record['id']!r} is given twice: merge the two records")
        seen.add(record["id"])
        yield record


def _check_whole(record: Record) -> None:
    from normalizer.names.schema import flaws

    for flaw in flaws(record):
        raise ConfigError(f"record {record['id']!r}: {flaw.field}: {flaw.problem}: {flaw.remedy}")


@cache
def _default() -> AliasTable:
    return AliasTable((Layer.packaged("names/compiled.bin"),))
