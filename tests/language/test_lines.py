"""Lines: how a text is cut into them has no say in its language, nor has their number."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.config import Config
from normalizer.errors import ConfigError
from normalizer.language import detect

CASES = json.loads((Path(__file__).parent.parent / "cases" / "language.json").read_text(encoding="utf-8"))
# Chinese and Japanese have no blanks between words, so wrapping does nothing to them.
SENTENCES = [(case["expected"], case["input"]) for case in CASES if case["kind"] == "sentence" and " " in case["input"]]
HEADLINES = {
    "az": "Nazir istefa verdi\nKörpü bağlandı\nQiymətlər yenə qalxdı\nYağış davam edir\nKomandamız uduzdu",
    "sq": "Ministri jep dorëheqjen\nUra mbyllet për një muaj\nRriten çmimet e bukës\nShi edhe nesër\nHumbet kombëtarja",
    "cy": "Gweinidog yn ymddiswyddo\nCau'r bont am fis\nPris bara'n codi eto\nGlaw yfory hefyd\nColli fu hanes Cymru",
    "tl": "Nagbitiw ang kalihim\nIsinara ang tulay\nTumaas ang presyo ng bigas\nUulan pa rin bukas\nTalo ang koponan",
    "sw": "Waziri ajiuzulu\nDaraja lafungwa kwa mwezi\nBei ya mkate yapanda\nMvua kesho pia\nTimu ya taifa yafungwa",
    "uk": "Міністр пішов у відставку\nМіст закрили на місяць\nХліб знову дорожчає\nДощі й завтра\nЗбірна програла",
    "bg": "Министърът подаде оставка\nЗатварят моста за месец\nХлябът пак поскъпва\nДъжд и утре\nОтборът загуби",
}
MENUS = {
    "uk": "Головна Новини Політика Світ Економіка Спорт Погода Контакти",
    "bg": "Начало Новини Политика Свят Икономика Спорт Времето Контакти",
    "pl": "Wiadomości Kraj Świat Gospodarka Sport Pogoda Kontakt",
    "nl": "Voorpagina Nieuws Buitenland Economie Sport Weer Contact",
    "da": "Forside Indland Udland Økonomi Sport Vejret Kontakt",
    "cs": "Domů Zprávy Domácí Ekonomika Počasí Kontakty",
}


@given(st.sampled_from(SENTENCES), st.integers(1, 60), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_wrapping_does_not_change_the_language(sentence: tuple[str, str], width: int, end: str) -> None:
    code, text = sentence
    assert detect(end.join(textwrap.wrap(text, width, break_long_words=False))).code == code


@pytest.mark.parametrize("width", [1, 20, 30, 40])
def test_every_sentence_may_be_wrapped(width: int) -> None:
    wrapped = [(code, "\n".join(textwrap.wrap(text, width, break_long_words=False))) for code, text in SENTENCES]
    assert [(code, text) for code, text in wrapped if detect(text).code != code] == []


@pytest.mark.parametrize(("code", "text"), HEADLINES.items())
def test_a_list_of_headlines(code: str, text: str) -> None:
    assert detect(text).code == code
    assert detect(text).confidence >= 0.5


@pytest.mark.parametrize(("code", "text"), MENUS.items())
def test_a_menu_is_told_like_its_words_in_a_row(code: str, text: str) -> None:
    assert detect(text).code == code
    assert detect(text.replace(" ", "\n")).code == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "Он написал в блоге: «Ми повернемося додому, щойно відкриють дорогу до села»."),
        ("uk", "«Дорогу откроют только весной, раньше ничего не получится», — написав речник."),
        ("uk", "Речник міста Сергій Білий: «Дорогу откроют только весной, раньше ничего не получится»."),
        ("bg", "Той каза: «Дорогу откроют только весной, раньше ничего не получится»."),
        ("sr", "Рекла је: „Дорогу откроют только весной, раньше ничего не получится.“"),
        ("ru", "«Дорогу откроют только весной, раньше ничего не получится», — сказал он."),
    ],
)
def test_few_words_around_a_quotation(code: str, text: str) -> None:
    assert detect(text).code == code


@pytest.mark.parametrize("name", ["nonesuch", "Lingua", None, 3, ["lingua"]])
def test_a_config_refuses_an_unknown_backend_at_once(name: str) -> None:
    with pytest.raises(ConfigError, match="default, fasttext, langdetect, lingua, py3langid"):
        Config(language_backend=name)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("hi", "मंत्री ने मंगलवार को कहा कि पुल सर्दियों से पहले फिर खोल दिया जाएगा।"),
        ("mr", "मंत्र्यांनी मंगळवारी सांगितले की पूल हिवाळ्यापूर्वी पुन्हा सुरू होईल."),
        ("zh", "部长星期二表示，这座大桥将在冬天之前重新开放，工程从春天开始一直没有停过。"),
    ],
)
def test_a_story_in_a_terse_script_outweighs_foreign_headlines(code: str, line: str) -> None:
    headlines = HEADLINES["uk"].split("\n")
    for lines in (headlines, ["Minister steps down", "Bridge shut for a month", "Bread dearer again", "Rain ahead"]):
        assert detect("\n".join([*lines[:3], *[line] * 3, *lines[3:]])).code == code
