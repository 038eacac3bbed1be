"""From counts to a table: smoothed log-probabilities of all languages side by side, and which n-grams to keep.

A row is an n-gram, its last character the event and the rest the context. Its vector holds, for each language,
the log-probability of the event (Witten-Bell interpolation over the shorter contexts). At run time the longest
kept suffix speaks for a character, so an n-gram is worth keeping when its vector says something else than
the vector of its longest kept suffix does, about languages that are easily confused, and often.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from language_counts import LONGEST, Counts

Floats: TypeAlias = npt.NDArray[np.float64]

FLOOR = 1e-5  # probability of a letter that a language has never shown
# An n-gram is a candidate when it makes up this share of some language's: a hundred times in lingua's counts.
CANDIDATE_SHARE = 1.2e-6
# How many characters of evidence are assumed when pairs of languages are weighted by how alike they are.
CONFUSION_LENGTH = 4.0


@dataclass(frozen=True)
class Table:
    """``logp[size][row, language]`` and ``share[size][row, language]`` for the n-grams ``grams[size][row]``."""

    languages: tuple[str, ...]
    grams: dict[int, list[str]]
    logp: dict[int, Floats]
    share: dict[int, Floats]


def estimate(counts: dict[str, Counts]) -> Table:
    """The table of all candidate n-grams of these languages."""
    totals = {language: sum(each[1].values()) for language, each in counts.items()}
    grams = _candidates(counts, totals)
    logp: dict[int, Floats] = {}
    share: dict[int, Floats] = {}
    for size in sorted(grams):
        events = _counts_of(counts, size, grams[size])
        contexts = sorted({gram[:-1] for gram in grams[size]})
        place = {context: row for row, context in enumerate(contexts)}
        seen, kinds = _context_totals(counts, size, place)
        rows = np.array([place[gram[:-1]] for gram in grams[size]])
        lower = np.full(events.shape, np.log(FLOOR))
        if size > 1:
            shorter = {gram: row for row, gram in enumerate(grams[size - 1])}
            lower = logp[size - 1][[shorter[gram[1:]] for gram in grams[size]]]
        weight = seen[rows] + kinds[rows]
        mixed = (events + kinds[rows] * np.exp(lower)) / np.maximum(weight, 1)
        logp[size] = np.where(weight > 0, np.log(np.maximum(mixed, 1e-30)), lower)
        share[size] = events / np.array([totals[language] for language in counts])
    return Table(tuple(counts), grams, logp, share)


def _candidates(counts: dict[str, Counts], totals: dict[str, int]) -> dict[int, list[str]]:
    found: dict[int, set[str]] = {size: set() for size in range(1, LONGEST + 1)}
    for language, each in counts.items():
        least = max(CANDIDATE_SHARE * totals[language], 3)
        for size, grams in each.items():
            found[size].update(gram for gram, count in grams.items() if count >= least and " " not in gram[1:-1])
    for size in range(LONGEST, 1, -1):
        found[size - 1].update(gram[1:] for gram in found[size])
    return {size: sorted(grams) for size, grams in found.items() if grams}


def _counts_of(counts: dict[str, Counts], size: int, grams: list[str]) -> Floats:
    return np.array([[each.get(size, {}).get(gram, 0) for each in counts.values()] for gram in grams], np.float64)


def _context_totals(counts: dict[str, Counts], size: int, place: dict[str, int]) -> tuple[Floats, Floats]:
    """How often each context was seen with a next character, and how many different ones followed."""
    seen = np.zeros((len(place), len(counts)))
    kinds = np.zeros((len(place), len(counts)))
    for column, each in enumerate(counts.values()):
        for gram, count in each.get(size, {}).items():
            row = place.get(gram[:-1])
            if row is not None:
                seen[row, column] += count
                kinds[row, column] += 1
    return seen, kinds


def alike(table: Table) -> Floats:
    """``[a, b]``: the share of a's confusions that fall on b, from their divergence a character."""
    size = max(table.grams)
    logp, share = table.logp[size], table.share[size]
    count = len(table.languages)
    divergence = np.zeros((count, count))
    for row in range(count):
        weight = share[:, row] / max(share[:, row].sum(), 1e-12)
        divergence[row] = weight @ (logp[:, [row]] - logp)
    pairs: Floats = np.exp(-CONFUSION_LENGTH * divergence)
    np.fill_diagonal(pairs, 0)
    normed: Floats = pairs / pairs.sum(axis=1, keepdims=True)
    return normed


def choose(table: Table, budget: int, weights: Floats) -> dict[int, npt.NDArray[np.bool_]]:
    """Which n-grams to keep, at most about ``budget``; ``weights`` says how much each language matters.

    The worth of an n-gram depends on which shorter ones are kept, so the choice is made twice: first as if all
    shorter ones were, then against those that the first choice kept.
    """
    keep = {size: np.ones(len(grams), bool) for size, grams in table.grams.items()}
    pairs = alike(table)
    for _ in range(2):
        worth = {size: _worth(table, size, keep, pairs, weights) for size in table.grams if size > 1}
        if not worth:
            break
        everything = np.concatenate(list(worth.values()))
        least = np.partition(everything, -budget)[-budget] if budget < len(everything) else 0.0
        keep = {1: keep[1], **{size: value >= max(least, 1e-12) for size, value in worth.items()}}
    return keep


def _worth(table: Table, size: int, keep: dict[int, npt.NDArray[np.bool_]], pairs: Floats, weights: Floats) -> Floats:
    change = table.logp[size] - _backed_off(table, size, keep)
    share = table.share[size] * weights
    worth = np.zeros(len(change))
    for start in range(0, len(change), 20_000):
        part = slice(start, start + 20_000)
        for language in range(len(table.languages)):
            shift = np.abs(change[part][:, [language]] - change[part])
            worth[part] += share[part, language] * (shift @ pairs[language])
    return worth


def _backed_off(table: Table, size: int, keep: dict[int, npt.NDArray[np.bool_]]) -> Floats:
    """The vectors that would speak if no n-gram of ``size`` were kept: those of the longest kept suffixes."""
    result = np.zeros((len(table.grams[size]), len(table.languages)))
    missing = np.ones(len(result), bool)
    for shorter in range(size - 1, 0, -1):
        place = {gram: row for row, gram in enumerate(table.grams[shorter]) if keep[shorter][row]}
        rows = np.array([place.get(gram[size - shorter :], -1) for gram in table.grams[size]])
        here = missing & (rows >= 0)
        result[here] = table.logp[shorter][rows[here]]
        missing &= rows < 0
    return result
