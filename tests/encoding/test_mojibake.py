"""Mojibake comes back: one table of sentences, one of mistakes."""

from __future__ import annotations

import pytest

import normalizer
from normalizer.edits import EditLog, apply_edits
from normalizer.encoding import repair_edits

SENTENCES = {
    "uk": "Прем’єр-міністр заявила, що уряд продовжить переговори про відбудову мостів і шкіл у прифронтових громадах.",
    "ru": "Министр сообщил, что переговоры о восстановлении мостов продолжатся на следующей неделе в столице.",
    "bg": "Министърът съобщи, че преговорите за възстановяването на мостовете ще продължат през следващата седмица.",
    "sr": "Министар је саопштио да ће преговори о обнови мостова бити настављени следеће недеље у престоници.",
    "be": "Міністр паведаміў, што перамовы пра аднаўленне мастоў працягнуцца на наступным тыдні ў сталіцы.",
    "de": "Der Minister erklärte, die Gespräche über den Wiederaufbau der Brücken würden nächste Woche fortgeführt.",
    "fr": "Le ministre a déclaré que les négociations sur la reconstruction des ponts détruits reprendront à l’été.",
    "pl": "Minister oświadczył, że rozmowy o odbudowie mostów będą kontynuowane w przyszłym tygodniu w stolicy.",
    "cs": "Ministr prohlásil, že jednání o obnově mostů budou příští týden pokračovat v hlavním městě.",
    "tr": "Bakan, köprülerin yeniden inşasına ilişkin görüşmelerin gelecek hafta süreceğini açıkladı.",
    "es": "El ministro anunció que las negociaciones sobre la reconstrucción continuarán la próxima semana en España.",
    "el": "Ο υπουργός δήλωσε ότι οι συνομιλίες για την ανοικοδόμηση θα συνεχιστούν την επόμενη εβδομάδα.",
    "he": "השר הודיע כי השיחות על שיקום הגשרים יימשכו בשבוע הבא בעיר הבירה של המדינה.",
    "ar": "أعلن الوزير أن المحادثات حول إعادة بناء الجسور ستستمر في الأسبوع المقبل في العاصمة.",
    "ja": "首相は来週も首都で橋の再建に関する協議を続けると発表した。",
    "zh": "总理宣布，关于重建桥梁的谈判将于下周在首都继续进行。",
    "ko": "장관은 다음 주에도 수도에서 다리 재건에 관한 협의를 계속할 것이라고 발표했다.",
}

# Language, then right and wrong charset, in pairs from the first mistake to the last.
MISTAKES = [
    ("uk", "utf-8", "cp1251"), ("uk", "utf-8", "latin-1"), ("uk", "utf-8", "cp866"), ("uk", "utf-8", "koi8-u"),
    ("uk", "utf-8", "mac-cyrillic"), ("uk", "utf-8", "cp437"),
    ("uk", "cp1251", "latin-1"), ("uk", "koi8-u", "latin-1"), ("uk", "cp1251", "iso8859-5"),
    ("ru", "cp1251", "koi8-r"), ("ru", "koi8-r", "cp1251"), ("ru", "cp866", "cp1251"), ("ru", "cp1251", "cp866"),
    ("ru", "iso8859-5", "cp1251"), ("ru", "koi8-r", "cp866"), ("ru", "cp866", "cp437"), ("ru", "koi8-r", "cp437"),
    ("ru", "mac-cyrillic", "iso8859-5"), ("bg", "cp1251", "mac-roman"), ("sr", "cp1251", "koi8-r"),
    ("be", "cp1251", "iso8859-5"), ("de", "utf-8", "latin-1"), ("de", "utf-8", "cp850"), ("de", "utf-8", "mac-roman"),
    ("de", "cp1252", "cp850"), ("de", "cp1252", "cp1251"), ("de", "cp850", "cp1252"), ("de", "mac-roman", "cp1252"),
    ("fr", "utf-8", "cp1254"), ("fr", "utf-8", "cp1250"), ("fr", "cp1252", "mac-roman"), ("fr", "cp1252", "cp1251"),
    ("pl", "utf-8", "iso8859-2"), ("pl", "cp1250", "latin-1"), ("pl", "iso8859-2", "cp1250"),
    ("cs", "cp1250", "cp1252"),
    ("cs", "utf-8", "cp1250"), ("tr", "utf-8", "cp1254"), ("tr", "cp857", "cp1254"), ("es", "cp1252", "cp850"),
    ("es", "utf-8", "cp437"), ("el", "cp1253", "latin-1"), ("el", "utf-8", "cp1253"), ("he", "cp1255", "latin-1"),
    ("he", "utf-8", "latin-1"), ("ar", "cp1256", "latin-1"), ("ar", "utf-8", "latin-1"), ("ja", "cp932", "latin-1"),
    ("ja", "euc-jp", "latin-1"), ("ja", "utf-8", "latin-1"), ("zh", "gb18030", "latin-1"), ("zh", "utf-8", "latin-1"),
    ("ko", "cp949", "latin-1"), ("ko", "utf-8", "latin-1"), ("uk", "utf-8", "latin-1", "utf-8", "cp1251"),
    ("uk", "utf-8", "cp1251", "utf-8", "cp1251"), ("ru", "cp1251", "latin-1", "utf-8", "latin-1"),
    ("de", "utf-8", "latin-1", "utf-8", "latin-1", "utf-8", "latin-1"),
]  # fmt: skip


def every_rule(_rule: str) -> bool:
    return True


def damage(text: str, *codecs: str) -> str:
    for right, wrong in zip(codecs[::2], codecs[1::2], strict=True):
        decoded = text.encode(right)
        text = "".join(one(byte, wrong) for byte in decoded) if wrong.startswith("cp125") else decoded.decode(wrong)
    return text


def one(byte: int, charset: str) -> str:
    """A byte read sloppily: what the charset leaves open becomes a C1 control."""
    return bytes([byte]).decode(charset, "ignore") or chr(byte)


def fitting(language: str, charset: str) -> str:
    """The sentence without what the charset cannot hold."""
    return SENTENCES[language].encode(charset, "ignore").decode(charset)


@pytest.mark.parametrize(("language", "codecs"), [(row[0], row[1:]) for row in MISTAKES], ids="-".join)
def test_repaired(language: str, codecs: tuple[str, ...]) -> None:
    text = fitting(language, codecs[0])
    source = damage(text, *codecs)
    assert source != text
    edits = repair_edits(source, every_rule)
    assert apply_edits(source, edits) == text == normalizer.repair_encoding(source)
    assert {change.rules for change in edits} == {("encoding.mojibake",)}


@pytest.mark.parametrize("language", SENTENCES)
def test_sound_text_stays(language: str) -> None:
    assert repair_edits(SENTENCES[language], every_rule) == []


def test_the_path_is_named_first_mistake_first() -> None:
    source = damage(SENTENCES["ru"], "cp1251", "latin-1", "utf-8", "mac-roman")
    details = {change.detail for change in repair_edits(source, every_rule)}
    assert details == {"windows-1251 read as windows-1252, then UTF-8 read as Mac Roman"}


def test_one_edit_a_damaged_group() -> None:
    edits = repair_edits("MÃ¼nchen, KÃ¶ln", every_rule)
    assert [(change.start, change.end, change.before, change.after) for change in edits] == [
        (1, 3, "Ã¼", "ü"), (11, 13, "Ã¶", "ö"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["uk", "de", "ja"])
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_spans_map_character_by_character(language: str, layers: int) -> None:
    text = SENTENCES[language]
    source = damage(text, *["utf-8", "latin-1"] * layers)
    log = EditLog(source).then(repair_edits(source, every_rule))
    position = text.index("о" if language == "uk" else "ä" if language == "de" else "首")
    start, end = log.to_source(position, position + 1)
    assert damage(text[position], *["utf-8", "latin-1"] * layers) == source[start:end]


def test_damage_in_one_sentence_of_a_sound_line() -> None:
    sound, hurt = SENTENCES["uk"], damage(SENTENCES["ru"], "utf-8", "cp1251")
    assert apply_edits(f"{sound} {hurt}", repair_edits(f"{sound} {hurt}", every_rule)) == f"{sound} {SENTENCES['ru']}"


def test_two_kinds_in_one_document() -> None:
    lines = [damage(SENTENCES["uk"], "utf-8", "cp1252"), SENTENCES["de"], damage(SENTENCES["ru"], "koi8-r", "cp1251")]
    repaired = apply_edits("\n".join(lines), repair_edits("\n".join(lines), every_rule))
    assert repaired.split("\n") == [SENTENCES["uk"], SENTENCES["de"], SENTENCES["ru"]]


def test_a_sound_name_inside_a_damaged_line() -> None:
    source = damage("Le ministre a déclaré à ", "utf-8", "cp1252") + "Зеленський" + damage(" été.", "utf-8", "cp1252")
    assert apply_edits(source, repair_edits(source, every_rule)) == "Le ministre a déclaré à Зеленський été."


def test_lost_bytes_are_marked_and_nothing_invented() -> None:
    source = damage(SENTENCES["uk"], "utf-8", "cp1252").replace("\x81", "")
    repaired = apply_edits(source, repair_edits(source, every_rule))
    assert repaired == SENTENCES["uk"].replace("с", "\ufffd")
