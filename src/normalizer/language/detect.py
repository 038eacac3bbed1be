"""Language detection: text in, a :class:`Language` out, by exact scoring and never by chance."""

from __future__ import annotations

from bisect import bisect_right

from normalizer.errors import NormalizerError
from normalizer.language.backends import backend_named
from normalizer.language.evidence import UNSURE, Verdict, judge
from normalizer.result import Language

DEFAULT = "default"

# Below this lead (tenths of a nat), that is where two languages are level, the answer is ``und``.
LEAST_LEAD = 1

# Reliability on the development data (docs/language.md): of the texts whose best language leads by so many tenths
# of a nat, up to the next step, so many in a hundred were right.
RELIABILITY: tuple[tuple[int, int], ...] = (
    (0, 48), (6, 53), (11, 57), (15, 61), (20, 68), (25, 76), (30, 82), (40, 88), (50, 94), (80, 98), (150, 99),
)  # fmt: skip
# And no more than so many where the letters fit badly (``Verdict.strain``), since the language may be one that no table
# has: texts in twenty such languages were counted for a tenth of their number.
STRAINED: tuple[tuple[int, int], ...] = ((0, 99), (65, 90), (75, 83), (85, 65))
_STEPS = [lead for lead, _ in RELIABILITY]
_STRAINS = [strain for strain, _ in STRAINED]


def detect(text: str, backend: str = DEFAULT) -> Language:
    """The language of ``text``.

    ``code`` is ISO 639-1 (639-3 where a language has none there). It is ``und`` for a text without letters or with one
    or two, for code, where the letters fit no known language, and where the best language leads by less than
    ``LEAST_LEAD``. ``confidence`` is the share of development texts with such a lead that were right. ``backend`` names
    another detector (``backends()`` lists them): its answer then stands, and ``Language.backend`` says so.

    Raises :class:`ConfigError` for an unknown backend, and for one whose package is not installed, and
    :class:`NormalizerError` for what is no text.
    """
    if not isinstance(text, str):
        raise NormalizerError(
            f"a language is detected in a str, not in {type(text).__name__}: decode or convert it first"
        )
    if backend != DEFAULT:
        return backend_named(backend).identify(text)
    return language_of(judge(text))


def language_of(verdict: Verdict) -> Language:
    """The verdict in words: a code, or ``und`` where the lead is too small, with its calibrated confidence."""
    if verdict.code == UNSURE or verdict.lead < LEAST_LEAD:
        return Language(UNSURE, 0.0, verdict.script, DEFAULT)
    return Language(verdict.code, _confidence(verdict), verdict.script, DEFAULT)


def _confidence(verdict: Verdict) -> float:
    by_lead = RELIABILITY[bisect_right(_STEPS, verdict.lead) - 1][1]
    by_strain = STRAINED[bisect_right(_STRAINS, verdict.strain) - 1][1]
    return min(by_lead, by_strain) / 100
