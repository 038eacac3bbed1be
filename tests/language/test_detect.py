"""Language detection: what it answers on plain cases."""

from __future__ import annotations

import pytest

from normalizer.language import detect, script_of


@pytest.mark.parametrize("text", ["", " \n", "12:30 — 14.5 %", "\N{SNOWMAN}"])
def test_text_without_letters_is_undetermined(text: str) -> None:
    assert detect(text).code == "und"
    assert detect(text).script == "Zyyy"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The minister said on Tuesday that the bridge would be open again before winter."),
        ("de", "Der Minister erklärte am Dienstag, die Brücke werde noch vor dem Winter wieder geöffnet."),
        ("uk", "Міністр заявив у вівторок, що міст знову відкриють ще до зими."),
        ("ru", "Министр заявил во вторник, что мост снова откроют ещё до зимы."),
        ("el", "Ο υπουργός δήλωσε την Τρίτη ότι η γέφυρα θα ανοίξει."),
        ("ko", "장관은 화요일에 다리가 다시 열릴 것이라고 말했다."),
    ],
)
def test_plain_sentences(code: str, text: str) -> None:
    assert detect(text).code == code


def test_script_of() -> None:
    assert script_of("Київ") == "Cyrl"
    assert script_of("東京タワー") == "Jpan"
    assert script_of("北京") == "Hani"
