"""Records end where they end, wherever a stream is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.corpora.framing import CsvEnd, csv_frames, warc_end, warc_frames
from tests.corpora.making import warc_record


def _csv(data: bytes, width: int = 2) -> list[tuple[list[str], bool]]:
    return [(frame.cells, bool(frame.error)) for frame in csv_frames(data, ",", width, final=True)]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b'a,b\n1,"x\ny"\n', [(["a", "b"], False), (["1", "x\ny"], False)]),
        (b'1,"say ""hi"""\n', [(["1", 'say "hi"'], False)]),
        (b"1,2\r\n3,4\r\n", [(["1", "2"], False), (["3", "4"], False)]),
        (b"1,2\n3,4", [(["1", "2"], False), (["3", "4"], False)]),
        (b'1,"open\n2,b\n', [(['1,"open'], True), (["2", "b"], False)]),
        (b'1,"open\n2,"b"\n3,c\n', [(['1,"open'], True), (["2", "b"], False), (["3", "c"], False)]),
        (b'"a\n2,b\nc"\n3,c\n', [(["a\n2,b\nc"], True), (["3", "c"], False)]),
        (b'"a\n2,b","x ""\ny""",1\r\n3,c\n', [(["a\n2,b", 'x "\ny"', "1"], True), (["3", "c"], False)]),
        (b'1,2,"open\n2,", b"\n3,c\n', [(['1,2,"open'], True), (["2", ", b"], False), (["3", "c"], False)]),
        (b"1,2,3\n4\n", [(["1", "2", "3"], True), (["4"], True)]),
        (b"1,\xff\n", [(["1", "\udcff"], False)]),
        (b"", []),
    ],
    ids=[
        "multi-line",
        "quotes",
        "crlf",
        "no-newline",
        "stray-quote",
        "stray-quote-pairs",
        "short",
        "long",
        "stray-quote-meets",
        "ragged",
        "bytes",
        "empty",
    ],
)
def test_csv_rows(data: bytes, rows: list[tuple[list[str], bool]]) -> None:
    assert _csv(data) == rows


CELLS = st.text(st.sampled_from('ab"\n,é'), max_size=5)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.integers(0, 80))
def test_a_csv_cut_anywhere_has_the_same_rows(rows: list[tuple[str, str]], at: int) -> None:
    lines = ['"' + '","'.join(cell.replace('"', '""') for cell in row) + '"\n' for row in rows]
    data = "".join(lines).encode()
    cut = CsvEnd(",", 2)(bytearray(data), at, final=False)
    assert _csv(data[:cut]) + _csv(data[cut:]) == _csv(data) == [(list(row), False) for row in rows]


@given(st.binary(max_size=60).map(lambda data: data.replace(b"\r", b'"').replace(b"\x00", b"\n")))
def test_every_byte_of_any_csv_is_in_one_row(data: bytes) -> None:
    frames = list(csv_frames(data, ",", 2, final=True))
    assert b"".join(data[frame.start : frame.end] for frame in frames) == data


WARC = [
    warc_record(f"http://a/{k}", body) for k, body in enumerate([b"one", b"", b"WARC/1.0\r\n in a body", b"4" * 50])
]


@given(st.integers(0, sum(map(len, WARC))))
def test_a_warc_cut_anywhere_has_the_same_records(at: int) -> None:
    data = b"".join(WARC)
    cut = warc_end(bytearray(data), at, final=False)
    found = [data[frame.start : frame.end] for frame in warc_frames(data[:cut], final=True)]
    rest = data[cut:]
    found += [rest[frame.start : frame.end] for frame in warc_frames(rest, final=True)]
    assert found == WARC


@pytest.mark.parametrize(
    ("broken", "errors"),
    [
        (warc_record("http://x", b"longer than said", length=4), 1),
        (warc_record("http://x", b"shorter than said", length=10_000), 1),
        (b"garbage\r\n\r\n", 1),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n\r\n\r\n", 1),
    ],
    ids=["longer", "shorter", "garbage", "no-length"],
)
def test_a_broken_record_does_not_cost_its_neighbours(broken: bytes, errors: int) -> None:
    data = WARC[0] + broken + WARC[3]
    frames = list(warc_frames(data, final=True))
    assert b"".join(data[frame.start : frame.end] for frame in frames) == data
    good = [data[frame.start : frame.end] for frame in frames if not frame.error]
    assert good == [WARC[0], WARC[3]]
    assert sum(bool(frame.error) for frame in frames) == errors
