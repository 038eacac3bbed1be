"""Streams give all that they hold, also when they break off."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalizer.corpora.streams import Stream, compression_of
from tests.corpora.making import COMPRESS

# Compresses badly, so that much of it stands before any place at which the stream is cut.
DATA = b"".join(str(k * 2654435761 % 2**32).encode() + b"\n" for k in range(200_000))


def _read(path: Path) -> tuple[bytes, str]:
    stream = Stream(path, compression_of(path.name))
    try:
        parts = []
        while part := stream.read():
            parts.append(part)
        return b"".join(parts), stream.damage
    finally:
        stream.close()


@pytest.mark.parametrize("suffix", list(COMPRESS))
def test_whole(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(COMPRESS[suffix](DATA))
    assert _read(path) == (DATA, "")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_members_one_after_the_other(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(COMPRESS[suffix](DATA[:1000]) + COMPRESS[suffix](b"") + COMPRESS[suffix](DATA[1000:]))
    assert _read(path) == (DATA, "")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_cut_short(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    whole = COMPRESS[suffix](DATA)
    path.write_bytes(whole[: len(whole) * 3 // 4])
    found, damage = _read(path)
    assert "ends early" in damage
    assert DATA.startswith(found)
    assert len(found) > len(DATA) // 2


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_followed_by_something_else(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(COMPRESS[suffix](DATA) + b"something else")
    found, damage = _read(path)
    assert found == DATA
    assert damage


def test_padded_with_zeros(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(COMPRESS[".gz"](DATA) + bytes(512))
    assert _read(path) == (DATA, "")


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_empty_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(b"")
    assert _read(path) == (b"", "")
