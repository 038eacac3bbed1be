"""Tasks: everything that one shard needs, as a value that can be sent anywhere.

In flow the inputs of a run. Out flow :class:`ShardTask` values in order, each with the key of what it
reads, so that a run can tell whether a shard that stands is the one it would make.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from normalizer.config import Config
from normalizer.corpora.outcomes import DEFAULT_MAX_BYTES

OUTPUTS = ("jsonl", "jsonl.gz", "jsonl.zst", "csv", "csv.gz", "csv.zst", "parquet")
DEFAULT_SHARD_BYTES = 8 << 20


@dataclass(frozen=True)
class RunOptions:
    """What steers a run besides its inputs; part of every shard's fingerprint.

    ``to`` is one of :data:`OUTPUTS`, or nothing for the format of the input (Parquet for WARC and
    documents). ``prefix`` goes before every added field. ``shard_bytes`` bounds a shard's input, decompressed,
    ``max_bytes`` a document that is normalized. ``sample`` takes only that many first records of an input.
    """

    config: Config = field(default_factory=Config)
    text_column: str = "text"
    id_column: str | None = None
    url_column: str | None = None
    to: str | None = None
    prefix: str = ""
    delimiter: str | None = None
    shard_bytes: int = DEFAULT_SHARD_BYTES
    max_bytes: int = DEFAULT_MAX_BYTES
    sample: int | None = None

    def fingerprint(self) -> str:
        """What decides the output besides the input's bytes, as 32 hexadecimal digits."""
        from normalizer.api import fingerprint

        parts = (fingerprint(), self.settings(), *_writers())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    def settings(self) -> str:
        """The part of it that the user chose: these options, and what their tables and packs say."""
        digest = hashlib.sha256(repr(self).encode("utf-8", "surrogatepass"))
        for path in (*self.config.tables, *self.config.packs):
            digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
        return digest.hexdigest()[:32]


def _writers() -> list[str]:
    """The libraries whose version shows in the bytes that are written."""
    return [f"{name} {_version(name)}" for name in ("pyarrow", "orjson", "isal", "zstandard", "fastwarc")]


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


@dataclass(frozen=True)
class File:
    """A document of a folder: its name below the input, and its bytes, or why there are none or not all of them."""

    name: str
    data: bytes | None
    error: str = ""


@dataclass(frozen=True)
class ShardTask:
    """One shard: what to read, where to write, what to leave alone.

    The input is ``data`` (whole records of a decompressed stream), ``files`` (documents) or the row
    groups ``groups`` of the Parquet file ``path``; ``breaks`` are offsets in ``data`` at which its file was
    broken. ``header`` names the columns of a CSV, ``schema`` is the
    serialized Arrow schema of the other columns when rows become Parquet. ``refused`` are the records (counted
    from 0) that no worker survived; ``untouched`` says that none is normalized.
    """

    name: str
    input: str
    format: str
    output: str
    folder: Path
    key: str
    fingerprint: str
    options: RunOptions
    data: bytes = b""
    files: tuple[File, ...] = ()
    path: Path = Path()
    groups: tuple[int, ...] = ()
    header: tuple[str, ...] = ()
    first: bool = True
    oversize: str = ""
    breaks: tuple[int, ...] = ()
    schema: bytes = b""
    limit: int | None = None
    refused: frozenset[int] = frozenset()
    untouched: bool = False

    @property
    def file_name(self) -> str:
        """The shard's file, below the output folder."""
        return f"{self.name}.{self.output}"

    @property
    def edits_name(self) -> str:
        """Its edit log, below the output folder."""
        return f"_edits/{self.name}.jsonl"

    @property
    def manifest_name(self) -> str:
        """Its manifest, below the output folder."""
        return f"_manifest/{self.name}.json"
