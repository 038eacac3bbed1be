"""Family names in their canonical form: whether the given name before one may want rewriting.

In flow the given names of a family name's bearers, by language, and the variants that the table lists. Out
flow a line of the generated file, and what it says about a text that ends where the family name begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from normalizer.names.fold import OPENING, View, words, words_of

_NEAR = 80  # code points before a family name in which the given name stands


class Bearers:
    """The bearers of one family name: their own given names with the languages, and listed variants; folded."""

    def __init__(self) -> None:
        self.own: dict[str, set[str]] = {}
        self.listed: set[str] = set()

    def add(self, own: Iterable[tuple[str, str]], listed: Iterable[str]) -> None:
        """Take in a bearer: pairs of language and given name, and variants."""
        for code, given in own:
            self.own.setdefault(given, set()).add(code)
        self.listed.update(listed)

    def line(self) -> str:
        """``given=code,code … TAB variant …``."""
        own = (f"{given}={','.join(sorted(codes))}" for given, codes in sorted(self.own.items()))
        return f"{' '.join(own)}\t{' '.join(sorted(self.listed))}"

    @classmethod
    def read(cls, lines: str) -> Bearers:
        """What :meth:`line` wrote, for as many lines as tables name the family."""
        bearers = cls()
        for line in lines.split("\n"):
            own, _, listed = line.partition("\t")
            pairs = (entry.split("=", 1) for entry in own.split())
            bearers.add(((code, given) for given, codes in pairs for code in codes.split(",")), listed.split())
        return bearers

    def wants_mending(self, before: str, language: str) -> bool:
        """Whether the given name that ends the text ``before`` may be another than the canonical one.

        ``language`` is the document's; empty where nobody told it.
        """
        if not before[-1:].isspace():
            return False
        names = _names_at_the_end(before)
        if not names:
            return False
        from normalizer.names.given import spellings_of

        given = names[-1]
        others = {own for own, codes in self.own.items() if own != given and (not language or language in codes)}
        if given in self.own and (not language or language in self.own[given]) and given not in self.listed:
            # Vladimir, Wladimir: which of them is right before Putin hangs on the language.
            return bool(others) and (not language or not others.isdisjoint(spellings_of(given)))
        if len(given) == 1:
            initials = "".join(takewhile(lambda name: len(name) == 1, reversed(names)))[::-1]
            return initials.isalpha() and initials not in self.own
        return given in self.listed or not (others | self.own.keys()).isdisjoint(spellings_of(given))


def _names_at_the_end(before: str) -> list[str]:
    """The folded words at the end of a paragraph so far; the last one alone where it is nothing but letters."""
    last = before[before.rfind(" ", 0, -1) + 1 : -1]
    if before[-1] == " " and len(last) > 1 and last.isalpha():
        return words_of(last)
    return words(View(before.rsplit("\n\n", 1)[-1][-_NEAR:].strip(f"([{{{OPENING} \n")).text)
