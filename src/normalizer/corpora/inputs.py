"""Inputs: which files a run reads, in which format, and what their shards are called.

In flow the paths on the command line. Out flow :class:`Input` values in a fixed order: one for every
file of records, one for all documents (text, HTML) of a folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from normalizer.batch.formats import kind_of
from normalizer.corpora.streams import COMPRESSIONS, compression_of
from normalizer.errors import ConfigError

# The file that says that a folder is the output of a run, whose own files begin with an underscore.
RUN = "_run.json"
RECORDS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".warc": "warc",
    ".wet": "warc",
}
FORMATS = ("jsonl", "parquet", "csv", "warc", "files")
# The kinds of text that are documents by themselves; the others hold many.
DOCUMENTS = ("text", "markdown", "rst", "html")


@dataclass(frozen=True)
class Input:
    """One source of records.

    ``name`` is the path below the folder that all inputs share, and begins the names of its shards.
    ``format`` is one of :data:`FORMATS`; ``path`` is the file, or the folder whose documents these are;
    ``size`` is in bytes, as stored.
    """

    path: Path
    name: str
    format: str
    size: int
    compression: str = ""

    @property
    def suffix(self) -> str:
        """The suffix that says the format, without that of compression."""
        return _suffix(self.path.name)


def find_inputs(
    paths: Iterable[str | Path],
    *,
    form: str | None = None,
    output: Path | None = None,
    passed: list[str] | None = None,
) -> list[Input]:
    """The inputs at ``paths`` in their order, folders walked in the order of names.

    ``form`` gives the format of files whose names do not tell; without it those in folders are passed over, and
    their names added to ``passed``. Hidden ones are not looked at, ``output`` is left out of folders. Raises
    :class:`ConfigError` for a path that does not exist, is given twice or cannot be understood.
    """
    given = [Path(path).absolute() for path in paths]
    missing = [str(path) for path in given if not path.exists()]
    if missing:
        raise ConfigError(f"{', '.join(missing)}: no such file or folder")
    base = _base(given)
    left_out = output.absolute() if output else None
    search = _Search(base, form, left_out, [] if passed is None else passed)
    found = [item for path in given for item in search.at(path)]
    names = [item.name for item in found]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise ConfigError(f"{', '.join(twice[:5])}: given twice, or a file and a folder of the same name; name it once")
    return found


def _base(given: list[Path]) -> Path:
    common = Path(os.path.commonpath(given))
    return common if common.is_dir() else common.parent


class _Search:
    """The search for inputs: what their names are relative to, the format of the others, what is left out."""

    def __init__(self, base: Path, form: str | None, output: Path | None, passed: list[str]) -> None:
        self._base = base
        self._form = form
        self._output = output
        self._passed = passed

    def at(self, path: Path) -> Iterator[Input]:
        """The inputs at ``path``."""
        if path.is_dir():
            yield from self._in_folder(path)
            return
        found = self._form or RECORDS.get(_suffix(path.name)) or ("files" if is_document(path.name) else None)
        if found is None:
            raise ConfigError(f"{path}: its name does not tell the format; give --format {'|'.join(FORMATS)}")
        yield self._input(path, found, path.stat().st_size)

    def _in_folder(self, path: Path) -> Iterator[Input]:
        size, documents = 0, False
        closed: list[Path] = []
        for entry in walk(path, self._output, closed):
            found = RECORDS.get(_suffix(entry.name))
            if found is None and is_document(entry.name):
                size, documents = size + _size(entry), True
            elif found or self._form:
                yield self._input(Path(entry.path), found or self._form or "", _size(entry))
            else:
                self._passed.append(self._name(Path(entry.path)))
        for folder in closed:
            yield Input(folder, self._name(folder), "files", 0)
        if documents:
            name = self._name(path)
            yield Input(path, path.name if name == "." else name, "files", size)

    def _input(self, path: Path, form: str, size: int) -> Input:
        compression = "" if form in ("files", "parquet") else compression_of(path.name)
        return Input(path, self._name(path), form, size, compression)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._base).as_posix()


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0  # a link to nothing: who reads it says so


def walk(folder: Path, output: Path | None = None, closed: list[Path] | None = None) -> Iterator[os.DirEntry[str]]:
    """What stands below ``folder`` and is no folder, in the order of names; links to folders are not followed.

    Of the output of a run only its shards count. ``closed`` takes the folders below that cannot be listed.
    Raises :class:`OSError` where ``folder`` itself cannot.
    """
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    hidden = (".", "_") if any(entry.name == RUN and entry.is_file() for entry in ordered) else (".",)
    for entry in ordered:
        if entry.name.startswith(hidden):
            continue
        if entry.is_dir(follow_symlinks=False):
            if output is None or Path(entry.path) != output:
                try:
                    yield from walk(Path(entry.path), output, closed)
                except OSError:
                    if closed is not None:
                        closed.append(Path(entry.path))
        elif not entry.is_dir():
            yield entry


def is_document(name: str) -> bool:
    """Whether a file of that name is a document by itself."""
    return kind_of(name) in DOCUMENTS


def _suffix(name: str) -> str:
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix in COMPRESSIONS else path.suffix
