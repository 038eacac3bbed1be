"""Bytes in: the order of byte order mark, UTF-8, declared charset and detection."""

from __future__ import annotations

import codecs

import pytest

from normalizer.encoding import decode
from normalizer.errors import DecodeError

TEXT = "Уряд ухвалив рішення про новий бюджет на наступний рік, повідомив речник міністерства."


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_decides_and_goes(mark: bytes, codec: str) -> None:
    text, how = decode(mark + TEXT.encode(codec))
    assert text == TEXT
    assert (how.codec, how.how, how.bom) == (codec, "bom", True)


def test_utf8_before_a_wrong_declaration() -> None:
    text, how = decode(TEXT.encode(), charset="cp1251")
    assert (text, how.codec, how.how) == (TEXT, "utf-8", "strict")


def test_declared_by_argument() -> None:
    text, how = decode(TEXT.encode("koi8-u"), charset="koi8-u")
    assert (text, how.codec, how.how) == (TEXT, "koi8-u", "declared")


@pytest.mark.parametrize("head", ['<meta charset="windows-1251">', '<?xml version="1.0" encoding="windows-1251"?>'])
def test_declared_by_the_page(head: str) -> None:
    text, how = decode((head + TEXT).encode("cp1251"))
    assert (text, how.codec, how.how) == (head + TEXT, "cp1251", "declared")


@pytest.mark.parametrize("codec", ["cp1251", "koi8-u", "cp1125", "iso8859-5", "mac-cyrillic", "utf-16-le", "utf-16-be"])
def test_detected(codec: str) -> None:
    text, how = decode(TEXT.encode(codec))
    assert (text, how.how) == (TEXT, "detected")
    assert 0 < how.confidence <= 1


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Die Regierung prüft größere Maßnahmen für die Brücken.", "cp1252"),
        ("Die Regierung prüft größere Maßnahmen für die Brücken.", "cp850"),
        ("Die Regierung prüft größere Maßnahmen für die Brücken.", "mac-roman"),
        ("Vláda příští týden projedná obnovu mostů v hlavním městě.", "cp1250"),
        ("Vláda příští týden projedná obnovu mostů v hlavním městě.", "cp852"),
        ("Rząd omówi w przyszłym tygodniu odbudowę zniszczonych mostów.", "iso8859-2"),
        ("Η κυβέρνηση θα συζητήσει την ανοικοδόμηση των γεφυρών.", "cp1253"),
        ("הממשלה תדון בשבוע הבא בשיקום הגשרים בעיר.", "cp1255"),
        ("政府は来週、橋の再建について協議する。", "euc_jp"),
        ("政府は来週、橋の再建について協議する。", "cp932"),
        ("정부는 다음 주 다리 재건을 논의한다.", "cp949"),
        ("政府将于下周讨论重建桥梁的问题。", "gb18030"),
        ("政府は来週、橋の再建について協議する。", "iso2022_jp"),
        ("会议将于下周在首都继续进行。", "utf-16-le"),
    ],
)
def test_detected_by_how_it_reads(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text


def test_bytes_that_no_charset_explains() -> None:
    raw = bytes(range(1, 9)) * 8 + b"\x81\x8d\x9d" * 40
    with pytest.raises(DecodeError, match="fits no charset"):
        decode(raw)
    text, how = decode(raw, errors="keep")
    assert how.how == "kept"
    assert text.encode("utf-8", "surrogateescape") == raw


def test_an_unknown_declaration_is_not_followed() -> None:
    assert decode(TEXT.encode("cp1251"), charset="no-such-charset")[0] == TEXT


def test_nothing_is_utf8() -> None:
    assert decode(b"")[0] == ""


def test_broken_utf16_names_the_byte() -> None:
    with pytest.raises(DecodeError, match="byte 4") as caught:
        decode(codecs.BOM_UTF16_LE + b"a\x00b")
    assert (caught.value.offset, caught.value.guess) == (4, "utf-16-le")


def test_kept_bytes_go_back_whole() -> None:
    raw = b"\xef\xbb\xbfa\xffb"
    text, how = decode(raw, errors="keep")
    assert (text, how.how, how.bom) == ("a\udcffb", "kept", True)
    assert codecs.BOM_UTF8 + text.encode("utf-8", "surrogateescape") == raw


@pytest.mark.parametrize(
    ("raw", "offset", "guess"),
    [
        (b"News from \xfe\x81\x8d\x8f\x90 today\n", 10, None),  # private characters in one charset, chance in others
        (b"th\xc3 dansant, Odesa\n", 2, None),  # a lead byte that lost what follows
        ("Уряд ухвалив рішення".encode() + b"\xff", 38, "utf-8"),
        ("Größe über alles".encode() + b" \xe4 und", 20, "utf-8"),
    ],
)
def test_stray_bytes_are_no_charset(raw: bytes, offset: int, guess: str | None) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(raw)
    assert caught.value.offset == offset
    assert guess is None or caught.value.guess == guess
    assert decode(raw, errors="keep")[0].encode("utf-8", "surrogateescape") == raw


@pytest.mark.parametrize("codec", ["cp1252", "mac-roman", "cp850", "cp437"])
@pytest.mark.parametrize("text", ["débit", "Le débit du fleuve", "noël", "où", "l’été", "Größe", "España"])
def test_a_latin_word_is_not_read_as_chinese(text: str, codec: str) -> None:
    raw = text.replace("’", "'").encode(codec)
    assert decode(raw)[0] == text.replace("’", "'")
