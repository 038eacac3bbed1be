"""The vetoes: plain words tell beforehand whether a pattern can find anything, so that it need not be compiled."""

from __future__ import annotations

import re
from itertools import product

import pytest

from normalizer.names.cues import cues
from normalizer.names.vetoes import Veto

VETOES = {id(veto): veto for vetoes in cues().vetoes.values() for veto in vetoes.all}.values()
BEFORE = ("", " ", " of ", " of the ", " d'", " de ", "-", " under ", ' of "', " von (", " der ", "s ")
AFTER = ("", " ", "-", "\N{EN DASH}", '" ', "' ", ":", ", ", "s ", ") ")


@pytest.mark.parametrize("veto", VETOES, ids=lambda veto: veto.reason)
def test_no_match_of_a_pattern_is_missed(veto: Veto) -> None:
    for word, joint in product([*veto.heads, "horse", "tractor", "x"], BEFORE):
        before = f"at the {word}{joint}"
        assert (veto.leads(before) is not None) == bool(veto.before and re.search(veto.before, before)), before
    for word, joint, rest in product([*veto.tails, "fries", ", then the capital", "x"], AFTER, ("", "s", " on", ".")):
        after = f"{joint}{word}{rest}"
        assert (veto.follows(after) is not None) == bool(veto.after and re.match(veto.after, after)), after


@pytest.mark.parametrize("kind", ["person", "place"])
def test_one_look_answers_for_all(kind: str) -> None:
    vetoes = cues().vetoes[kind]
    for veto in vetoes.all:
        for word, joint in product(veto.heads, BEFORE):
            before = f"at the {word}{joint}"
            assert veto.leads(before) is None or list(vetoes.beside(before, ""))
        for word, joint in product(veto.tails, AFTER):
            after = f"{joint}{word}"
            assert veto.follows(after) is None or list(vetoes.beside("", after))
