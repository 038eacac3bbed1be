"""HTML in: what the extractor gives is normalized; without the extra the error names it."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from normalizer import Config, Normalizer
from normalizer.chrome.html import declared_charset, normalize_html
from normalizer.errors import NormalizerError

A = "The ferry to the island sails again from Monday, eleven years after the old pier was closed by a storm."
B = "Tickets cost half of what the fishermen used to ask, and the last boat leaves an hour before midnight."
PAGE = (
    "<html><head><title>Ferry</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Ferry returns to the "
    f"island</h1><p>{A}</p><p>Story continues below advertisement</p><p>{B}</p></article></body></html>"
)


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An extractor that takes the paragraphs; the pages it was given."""
    seen: list[str] = []

    def extract(source: str, **_options: bool) -> str | None:
        seen.append(source)
        lines = [part.split("</p>")[0] for part in source.split("<p>")[1:]]
        return "\n".join(lines) or None

    module = ModuleType("trafilatura")
    module.extract = extract  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "trafilatura", module)
    return seen


def test_what_leaks_is_stripped(extractor: list[str]) -> None:
    result = normalize_html(PAGE)
    assert result.text == f"{A}\n{B}"
    assert "advertisement" in result.source
    assert extractor == [PAGE]


def test_bytes_are_decoded_as_the_page_declares(extractor: list[str]) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Мост открыт</p><p>{A}</p>'
    assert normalize_html(page.encode("cp1251")).text.startswith("Мост открыт")
    assert extractor == [page]


@pytest.mark.parametrize("page", ["", " \n", "<html></html>"])
def test_a_page_without_an_article_gives_the_empty_text(page: str, extractor: list[str]) -> None:
    assert normalize_html(page).text == ""
    assert len(extractor) == bool(page.strip())


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(NormalizerError, match=r"newsnorm\[html\]"):
        normalize_html(PAGE)


@pytest.mark.parametrize(
    ("page", "charset"),
    [
        (b"<meta charset=utf-8>", "utf-8"),
        (b"<META CHARSET='KOI8-R'>", "koi8-r"),
        (b'<meta http-equiv=x content="text/html; charset=iso-8859-2">', "iso8859-2"),
        (b"<meta charset=no-such>", None),
        (b"<p>charset=utf-8</p>", None),
    ],
)
def test_declared_charset(page: bytes, charset: str | None) -> None:
    assert declared_charset(page) == charset


@pytest.mark.parametrize("profile", ["standard", "body", "aggressive"])
def test_the_lines_of_a_page_are_not_those_of_the_document(profile: str) -> None:
    page = f"<article>\n<p>\n{A}\n</p>\n<p>\nRead also\n</p>\nShare this article\n<p>{B}\u200b</p>\n</article>\n"
    result = Normalizer(Config(profile=profile, kind="html"))(page)
    assert result.text == page.replace("\u200b", "")
    assert "Share this article" not in Normalizer(Config(profile=profile))(page).text


def test_with_the_real_extractor() -> None:
    pytest.importorskip("trafilatura", reason="the extra [html] is not installed")
    result = normalize_html(PAGE)
    assert A in result.text
    assert B in result.text
    assert "advertisement" not in result.text
