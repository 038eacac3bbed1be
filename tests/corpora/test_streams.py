"""Streams give all that they hold, also when they break off."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
import zstandard

from normalizer.corpora.streams import Stream, compression_of
from tests.corpora.making import COMPRESS, all_rows, tasks_of

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
    path.write_bytes(COMPRESS[".gz"](DATA) + bytes(100_000) + COMPRESS[".gz"](DATA) + bytes(512))
    assert _read(path) == (DATA + DATA, "")


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_empty_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(b"")
    found, damage = _read(path)
    assert found == b""
    # Compressed, nothing is a few bytes: a file without any was cut.
    assert ("the file is empty" in damage) == bool(suffix)


def _spoiled(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def test_a_wrong_checksum_costs_nothing_but_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(_spoiled(COMPRESS[".gz"](DATA), -8))
    found, damage = _read(path)
    assert found == DATA
    assert "broken" in damage


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_broken_byte_costs_only_what_stands_behind_it(tmp_path: Path, suffix: str, share: float) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    # Zstandard notices a byte that is another one only where its checksum is written.
    whole = COMPRESS[suffix](DATA) if suffix == ".gz" else zstandard.ZstdCompressor(write_checksum=True).compress(DATA)
    at = int(len(whole) * share)
    path.write_bytes(_spoiled(whole, at))
    found, damage = _read(path)
    # As much as the standard library's decompressor gives, which is fed with what stands before the byte.
    sound = _sound(suffix, whole[:at])
    assert found[: len(sound)] == sound
    assert "broken at byte" in damage


def _sound(suffix: str, data: bytes) -> bytes:
    if suffix == ".gz":
        return zlib.decompressobj(wbits=31).decompress(data)
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("size", [100, 1_000_000])
def test_after_a_broken_member_the_next_one_is_read(tmp_path: Path, suffix: str, size: int) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    members = [COMPRESS[suffix](DATA[k * size : (k + 1) * size]) for k in range(3)]
    members[1] = members[1][: len(members[1]) // 2]
    path.write_bytes(b"".join(members) + b"something else")
    found, damage = _read(path)
    assert found.startswith(DATA[:size])
    assert found.endswith(b"\n" + DATA[2 * size : 3 * size]) or found == DATA[:size] + DATA[2 * size : 3 * size]
    assert "broken at byte" in damage
    assert "1 more time" in damage


def test_every_break_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    whole = COMPRESS[".gz"](b"one\ntwo")
    path.write_bytes(whole[:-8] + whole[:-8] + whole)
    stream = Stream(path, "gzip")
    found = b"".join(iter(stream.read, b""))
    stream.close()
    assert found == b"one\ntwo\none\ntwo\none\ntwo"
    assert stream.breaks == [7, 15]
    assert all(found[place : place + 1] == b"\n" for place in stream.breaks)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_little_that_becomes_much_comes_in_pieces(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(COMPRESS[suffix](b"x" * 99 + b"\n") + COMPRESS[suffix](bytes(100_000_000)))
    stream = Stream(path, compression_of(path.name))
    sizes = [len(part) for part in iter(stream.read, b"")]
    stream.close()
    assert sum(sizes) == 100_000_100
    assert max(sizes) <= 40_000_000


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jsonl.gz", b"", "the gzip stream is not there: the file is empty"),
        ("a.jsonl.zst", b"", "the zstd stream is not there"),
        ("a.warc.gz", b"", "the gzip stream is not there"),
        ("a.csv.gz", b"", "the gzip stream is not there"),
        ("a.csv", b"", "missing: no header, the file is empty"),
        ("a.jsonl.gz", b'{"text": "a quiet day"}\n', "the gzip stream is none: rename the file"),
        ("a.jsonl.zst", b'{"text": "a quiet day"}\n', "the zstd stream is none: rename the file"),
        ("a.csv", b"id;text\n1;a\n", "no column 'text' among id;text (--text-column, --delimiter)"),
        (
            "a.csv",
            b"id,text\r1,a\r",
            "no column 'text': the first line cannot be read: a carriage return in a cell without quotes",
        ),
    ],
    ids=lambda value: value.decode().strip() if isinstance(value, bytes) else value[:12],
)
def test_a_file_that_holds_nothing_of_its_name_is_named(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    _, damage = tasks_of(tmp_path / name, tmp_path / "out")
    assert len(damage) == 1
    assert said in damage[0]


def test_lines_in_utf16_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "a"}\n{"text": "b"}\n'.encode("utf-16"))
    rows = all_rows(tmp_path / "a.jsonl", tmp_path / "out")
    assert all("UTF-16? convert it" in row["error"] for row in rows)
