"""Language detection: text in, a :class:`Language` out, by exact scoring and never by chance."""

from __future__ import annotations

from bisect import bisect_right

from normalizer.language.backends import backend_named
from normalizer.language.evidence import UNSURE, Verdict, judge
from normalizer.result import Language

DEFAULT = "default"

# Below this lead (tenths of a nat), that is where two languages are level, the answer is ``und``.
LEAST_LEAD = 1

# Reliability on the development data (docs/language.md): of the texts whose best language leads by so many tenths
# of a nat, up to the next step, so many in a hundred were right.
RELIABILITY: tuple[tuple[int, int], ...] = (
    (0, 38), (6, 42), (8, 49), (11, 52), (15, 62), (20, 64), (25, 70), (30, 82), (40, 85), (50, 92), (60, 96),
    (80, 98), (150, 99),
)  # fmt: skip
_STEPS = [lead for lead, _ in RELIABILITY]


def detect(text: str, backend: str = DEFAULT) -> Language:
    """The language of ``text``.

    ``code`` is ISO 639-1; it is ``und`` for a text without letters, for code, and where the best language
    leads by less than ``LEAST_LEAD``. ``confidence`` is the share of development texts with such a lead that
    were right. ``backend`` names another detector (``backends()`` lists them): its answer then stands, and
    ``Language.backend`` says so.

    Raises :class:`ConfigError` for an unknown backend, and for one whose package is not installed.
    """
    if backend != DEFAULT:
        return backend_named(backend).identify(text)
    return language_of(judge(text))


def language_of(verdict: Verdict) -> Language:
    """The verdict in words: a code, or ``und`` where the lead is too small, with its calibrated confidence."""
    if verdict.code == UNSURE or verdict.lead < LEAST_LEAD:
        return Language(UNSURE, 0.0, verdict.script, DEFAULT)
    return Language(verdict.code, _confidence(verdict.lead), verdict.script, DEFAULT)


def _confidence(lead: int) -> float:
    return RELIABILITY[bisect_right(_STEPS, lead) - 1][1] / 100
