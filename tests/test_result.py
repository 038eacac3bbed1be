"""Results: lazy, picklable, and true to bytes; the pipeline's fixpoint and its bound."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

import normalizer
from normalizer import Config, DecodeError, Edit, Normalizer, NormalizerError
from normalizer.batch.structure import outside
from normalizer.edits import edit
from normalizer.pipeline import MAX_PASSES

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = "ua en ru\n\nTalks resume in Kyiv\n\nMr Zelenskiy met Mr Witkov on Monday, officials said.\n"


def test_everything_at_once() -> None:
    result = normalizer.normalize(SOURCE)
    assert result.text == "Talks resume in Kyiv\n\nMr Zelenskyy met Mr Witkoff on Monday, officials said.\n"
    assert result.source == SOURCE
    assert result.raw is None
    assert result.encoding is None
    assert result.settled
    assert result.language.code == "en"
    rewritten = [mention for mention in result.mentions if mention.decision == "rewritten"]
    assert [(mention.surface, mention.canonical) for mention in rewritten] == [
        ("Zelenskiy", "Zelenskyy"),
        ("Witkov", "Witkoff"),
    ]
    assert all(result.text[mention.start : mention.end] == mention.canonical for mention in rewritten)
    assert [result.source[block.start : block.end] for block in result.blocks][:2] == [
        "ua en ru",
        "Talks resume in Kyiv",
    ]
    kept = result.as_dict()
    assert kept["text"] == result.text
    assert kept["edits"] == [change.as_dict() for change in result.edits]


def test_a_result_survives_pickling() -> None:
    result = normalizer.normalize(SOURCE.encode())
    copy = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
    assert copy.as_dict() == result.as_dict()
    assert copy.raw == SOURCE.encode()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_bytes_with_and_without_a_mark(codec: str) -> None:
    raw = SOURCE.encode(codec)
    result = normalizer.normalize(raw)
    assert result.source == SOURCE
    assert result.raw == raw
    assert result.encoding is not None
    assert result.encoding.bom == (codec != "utf-8")


def test_a_declared_charset_is_believed() -> None:
    text = "Президент прибув до Києва з візитом."
    result = normalizer.normalize(text.encode("cp1251"), Config(charset="cp1251"))
    assert result.source == text
    assert result.encoding is not None
    assert result.encoding.how == "declared"


def test_bytes_that_nothing_explains() -> None:
    raw = b"\x81\x00\x9d\xff\xfe\x00\x81" * 3
    with pytest.raises(DecodeError, match=r"byte \d+"):
        normalizer.normalize(raw)
    kept = normalizer.normalize(raw, Config(errors="keep"))
    assert kept.raw == raw


@pytest.mark.parametrize("source", [None, 3, ["text"], memoryview(b"text")], ids=lambda source: type(source).__name__)
def test_what_is_no_document_is_refused(source: object) -> None:
    with pytest.raises(NormalizerError, match="str or bytes"):
        normalizer.normalize(source)  # type: ignore[arg-type]


def test_many_in_order_serial_and_parallel() -> None:
    sources = [f"{SOURCE}\nParagraph number {number} of the day.\n" for number in range(12)]
    one = [result.as_dict() for result in Normalizer().normalize_many(sources)]
    two = [result.as_dict() for result in Normalizer().normalize_many(sources, workers=2)]
    assert one == two
    assert [f"number {number} " in str(answer["text"]) for number, answer in enumerate(one)] == [True] * 12


class _Restless(Normalizer):
    """A normalizer whose one stage never comes to rest."""

    def _pass(self, text: str) -> tuple[normalizer.EditLog, normalizer.EditLog, list[normalizer.Mention]]:
        log = normalizer.EditLog(text).then([edit(text, len(text), len(text), "x", "names.alias", "grows")])
        return normalizer.EditLog(text), log, []


def test_what_does_not_settle_is_left_alone() -> None:
    result = _Restless()("text")
    assert not result.settled
    assert result.text == "text"
    assert not result.edits
    assert MAX_PASSES > 1


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        (0, 2, True),
        (1, 3, False),
        (2, 4, False),
        (3, 5, False),
        (4, 6, True),
        (1, 1, True),
        (3, 3, False),
        (4, 4, True),
    ],
)
def test_protected_spans_keep_edits_out(start: int, end: int, kept: bool) -> None:
    change = Edit(start, end, "x", "y", ("names.alias",))
    assert bool(outside([change], [(0, 0), (2, 4), (8, 9)])) is kept


@pytest.mark.parametrize(
    "function",
    [normalizer.repair_encoding, normalizer.strip_chrome, normalizer.canonicalize_names],
    ids=lambda function: function.__name__,
)
def test_single_stages_leave_the_rest_alone(function: Callable[[str], str]) -> None:
    source = "ua en ru\n\nTalks resume in Kyiv\n\nMr Zelenskiy arrived on Monday, offi\u00adcials said.\n"
    changed = {
        "repair_encoding": source.replace("\u00ad", ""),
        "strip_chrome": source.removeprefix("ua en ru\n\n"),
        "canonicalize_names": source.replace("Zelenskiy", "Zelenskyy"),
    }
    assert function(source) == changed[function.__name__]


def test_public_names_are_all_there() -> None:
    assert all(getattr(normalizer, name) is not None for name in normalizer.__all__)
    assert set(normalizer.__all__) <= set(dir(normalizer))
    with pytest.raises(AttributeError, match="no attribute"):
        _ = normalizer.nothing_of_the_kind
