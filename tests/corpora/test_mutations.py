"""Whatever happens to the bytes of an input, its shards are made, and what is sound in it is a row."""

from __future__ import annotations

import gzip
import io
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from normalizer import Config
from normalizer.corpora.outcomes import Examiner
from normalizer.corpora.shards import run_shard
from normalizer.corpora.tasks import RunOptions
from tests.corpora.making import COMPRESS, http_response, story, tasks_of

CONFIG = Config(profile="minimal", language="en")
RECORDS = 40
SEEDS = range(12)
FOREIGN = b'\x00\n\r",\\{}[]:\xff\xd8 '


def _jsonl() -> bytes:
    rows = [{"id": k, "text": story(k), "tags": ["a", {"x": 1.5}], "odd": "é\ud800"} for k in range(RECORDS)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def _csv() -> bytes:
    return b"id,text,n\n" + b"".join(b'%d,"%s",x\n' % (k, story(k).encode()) for k in range(RECORDS))


def _warc() -> bytes:
    packed = {"Content_Encoding": "gzip"}
    return b"".join(
        http_response(f"http://a/{k}", gzip.compress(story(k).encode()), **packed)
        if k % 3
        else http_response(f"http://a/{k}", story(k).encode())
        for k in range(RECORDS)
    )


MAKERS = {"jsonl": _jsonl, "csv": _csv, "warc": _warc}


def _mutated(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 20])):
        place = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                made[place] ^= 1 << chance.randrange(8)
            case 1:
                made[place] = chance.choice(FOREIGN)
            case 2:
                del made[place : place + chance.randrange(1, 30)]
            case _:
                made[place:place] = chance.randbytes(chance.randrange(1, 10))
    return bytes(made)


def _records(path: Path, folder: Path, options: RunOptions) -> int:
    tasks, _ = tasks_of(path, folder, options)
    examiner = Examiner(options.config, max_bytes=options.max_bytes)
    return sum(run_shard(task, examiner).records for task in tasks)


def _options(chance: random.Random) -> RunOptions:
    return RunOptions(
        config=CONFIG,
        to=chance.choice(["jsonl", "csv", "parquet", "jsonl.gz"]),
        shard_bytes=chance.choice([500, 3000, 1 << 20]),
        max_bytes=chance.choice([100, 2000, 1 << 20]),
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("suffix", list(COMPRESS))
@pytest.mark.parametrize("form", list(MAKERS))
def test_streams(tmp_path: Path, form: str, suffix: str, seed: int) -> None:
    chance = random.Random(f"{form}{suffix}{seed}")  # noqa: S311 - chance, not secrets
    data = MAKERS[form]()
    half = len(data) // 2
    mutate_first = chance.random() < 0.5
    stored = COMPRESS[suffix](_mutated(data, chance) if mutate_first else data[:half]) + COMPRESS[suffix](data[half:])
    path = tmp_path / f"a.{form}{suffix}"
    path.write_bytes(stored if mutate_first else _mutated(stored, chance))
    options = _options(chance)
    once = _records(path, tmp_path / "once", options)
    assert once == _records(path, tmp_path / "again", options), "the same input gave other records"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("compression", ["none", "snappy", "zstd"])
def test_pages(tmp_path: Path, compression: str, seed: int) -> None:
    chance = random.Random(f"{compression}{seed}")  # noqa: S311 - chance, not secrets
    count = 5 * RECORDS
    table = pa.table(
        {
            "id": pa.array(range(count)),
            "text": [f"{story(k)} {k * 2654435761 % 2**32}" for k in range(count)],
            "kind": pa.array([f"x{k % 7}" for k in range(count)]).dictionary_encode(),
            "list": [[1.5, None]] * count,
            "at": pa.array(range(count), pa.timestamp("ns")),
        }
    )
    file = io.BytesIO()
    pq.write_table(table, file, row_group_size=70, compression=compression, data_page_size=500, write_batch_size=10)
    data = bytearray(file.getvalue())
    body = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    for _ in range(chance.choice([1, 3, 30])):
        data[chance.randrange(4, body)] = chance.randrange(256)
    path = tmp_path / "a.parquet"
    path.write_bytes(bytes(data))
    assert _records(path, tmp_path / "out", _options(chance)) == count
