"""WARC: what of its records cannot be read or decoded, and what becomes of the others."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import zstandard

from normalizer.corpora.tasks import RunOptions
from tests.corpora.making import COMPRESS, DAMAGED, NO_TEXT, all_rows, as_bytes, http_response, run_here, warc_record


@pytest.mark.parametrize("to", ["parquet", "jsonl", "csv"])
def test_payloads_that_are_left_alone_stand_in_raw(tmp_path: Path, to: str) -> None:
    records = [
        warc_record("http://a/1", NO_TEXT),
        warc_record("http://a/2", DAMAGED.encode()),
        warc_record("http://a/3", b"calm sea"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    made = all_rows(tmp_path / "a.warc", tmp_path / "out", RunOptions(to=to, max_bytes=20))
    assert [row["status"] for row in made] == ["undecodable", "too-large", "ok"]
    assert [as_bytes(row["raw"]) for row in made[:2]] == [NO_TEXT, DAMAGED.encode()]
    assert made[2].get("raw") in (None, "")


def test_after_a_broken_member_the_other_records_of_a_warc_are_rows(tmp_path: Path) -> None:
    members = [gzip.compress(warc_record(f"http://a/{k}", f"{DAMAGED} {k}".encode())) for k in range(4)]
    members[1] = members[1][:-12] + b"\xff\xff\xff\xff" + members[1][-8:]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(members))
    _, damage = run_here(tmp_path / "a.warc.gz", tmp_path / "other")
    made = all_rows(tmp_path / "a.warc.gz", tmp_path / "out")
    assert [row["url"] for row in made if row["status"] == "ok"] == ["http://a/0", "http://a/2", "http://a/3"]
    assert [row["status"] for row in made] == ["ok", "invalid", "ok", "ok"]
    assert "http://a/1" in made[1]["raw"]
    assert "broken at byte" in damage[0]


BROTLI = b"\x0b\x02\x80hello\x03"
PAYLOADS = [
    ({"Content_Encoding": "br"}, BROTLI, "ok"),
    ({"Content_Encoding": "br"}, b"no brotli", "invalid"),
    ({"Content_Encoding": "zstd"}, zstandard.ZstdCompressor().compress(b"hello"), "ok"),
    ({"Content_Encoding": "gzip"}, gzip.compress(b"hello"), "ok"),
    ({"Content_Encoding": "gzip"}, b"no gzip at all", "invalid"),
    ({"Content_Encoding": "gzip"}, gzip.compress(b"hello")[:-6], "damaged"),
    ({"Content_Encoding": "gzip"}, gzip.compress(b"hel") + gzip.compress(b"lo"), "ok"),
    ({"Content_Encoding": "unheard-of"}, b"hello", "invalid"),
    ({"Transfer_Encoding": "chunked"}, b"5\r\nhello\r\n0\r\n\r\n", "ok"),
    ({"Transfer_Encoding": "chunked"}, b"xyz\r\nhello\r\n0\r\n\r\n", "invalid"),
]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_payloads_of_every_encoding_and_none(tmp_path: Path, suffix: str) -> None:
    records = [http_response("http://a", payload, **headers) for headers, payload, _ in PAYLOADS]
    data = b"".join(COMPRESS[suffix](record) for record in records)
    (tmp_path / f"a.warc{suffix}").write_bytes(data)
    made = all_rows(tmp_path / f"a.warc{suffix}", tmp_path / "out")
    assert [row["status"] for row in made] == [status for _, _, status in PAYLOADS]
    assert {row["text"] for row in made if row["status"] == "ok"} == {"hello"}
    for row, record in zip(made, records, strict=True):
        assert row["status"] == "ok" or as_bytes(row["raw"]) == record


@pytest.mark.parametrize("compressed", [False, True])
def test_a_dictionary_before_the_records(tmp_path: Path, compressed: bool) -> None:
    records = [warc_record(f"http://a/{k}", f"{DAMAGED} {k}".encode()) for k in range(50)]
    learned = zstandard.train_dictionary(2000, [*records, *records, *records])
    compressor = zstandard.ZstdCompressor(dict_data=learned)
    stored = zstandard.ZstdCompressor().compress(learned.as_bytes()) if compressed else learned.as_bytes()
    frame = b"\x5d\x2a\x4d\x18" + len(stored).to_bytes(4, "little") + stored
    (tmp_path / "a.warc.zst").write_bytes(frame + b"".join(map(compressor.compress, records)))
    made = all_rows(tmp_path / "a.warc.zst", tmp_path / "out")
    assert [(row["url"], row["status"]) for row in made] == [(f"http://a/{k}", "ok") for k in range(50)]


@pytest.mark.parametrize("stored", [b"", b"\x37\xa4\x30\xec no dictionary", b"\x28\xb5\x2f\xfd nor a frame", b"raw"])
def test_a_dictionary_that_is_none(tmp_path: Path, stored: bytes) -> None:
    frame = b"\x5d\x2a\x4d\x18" + len(stored).to_bytes(4, "little") + stored
    record = zstandard.ZstdCompressor().compress(warc_record("http://a", b"calm sea"))
    (tmp_path / "a.warc.zst").write_bytes(frame + record)
    assert [row["text"] for row in all_rows(tmp_path / "a.warc.zst", tmp_path / "out")] == ["calm sea"]
