"""Tables: the rules of the packs in the form in which they ship and are looked up.

In flow :class:`CueRule` values. Out flows text (``compiled.txt``, built by ``tools/build_chrome.py``) that loads
in milliseconds: the rules, and what of their cues would take long to work out at every start. A section a
subject, a row a record, fields parted by tabs; what a run does not need stays one string.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

FAMILIES = (
    "ads",
    "byline",
    "caption",
    "code",
    "comments",
    "consent",
    "copyright",
    "error-report",
    "footer",
    "key-points",
    "language-switcher",
    "machine-translation",
    "media",
    "navigation",
    "paywall",
    "related",
    "share",
    "subscribe",
    "timestamp",
)
# Cues that open a line are filed under so many characters; shorter cues under all they have.
OPENING = 4
# What may stand around the first and the last word of a line that is looked up.
AROUND = " .,:;!?…()[]{}|/-–—•·*+&@<>»›→＞／：。！？；、_\"'"
# The longest literal that is searched for a cue that may stand inside a line: long enough to be rare in news (one in
# 5,000 characters), short enough for a small automaton.
TRIGGER = 10
_SECTION = b"\n\f\n"
_OPENERS = frozenset({"prefix", "marker", "byline"})
_ELSEWHERE = frozenset({"line", "words", "label", "agency", "suffix", "speech"}) | _OPENERS


class CueRule(NamedTuple):
    """Cues of one family and kind. ``where``: places that count as the second signal (``any``: shortness
    does too). ``words``: the most words that a short line has. ``needs``: one of these words must stand
    in the line as well.
    """

    family: str
    kind: str
    where: tuple[str, ...]
    words: int
    needs: tuple[str, ...]
    cues: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the rule in the catalogue."""
        return f"chrome.{self.family}"

    @property
    def is_inner(self) -> bool:
        """Whether the cues may stand anywhere in a line."""
        return self.kind not in _ELSEWHERE


class Tables(NamedTuple):
    """The rules (without their cues), and tables made of them; bytes are UTF-8 that few runs need as text.

    ``cues`` has for each rule its cues as a row. ``openers`` gives for the first characters of a line a row of the
    cues that may open it (the number of their rule, then the cue), ``triggers`` for a literal the numbers of the
    inner cues that hold it, as a row. The others are rows of words: those that begin and end a line that may be
    known, bare of marks (``first``, ``last``), and those that begin and end a whole-line cue (``firsts``, ``lasts``).
    """

    rules: tuple[CueRule, ...]
    openers: dict[str, str]
    triggers: dict[str, str]
    cues: tuple[bytes, ...]
    first: bytes
    last: bytes
    firsts: bytes
    lasts: bytes

    def of_kind(self, kind: str) -> Iterator[tuple[CueRule, list[str]]]:
        """The rules of that kind, each with its cues."""
        for rule, row in zip(self.rules, self.cues, strict=True):
            if rule.kind == kind:
                yield rule, row.decode().split("\t")

    def inner_cues(self) -> list[tuple[CueRule, str]]:
        """The cues that may stand anywhere in a line, each with its rule, in the order of their numbers."""
        rows = zip(self.rules, self.cues, strict=True)
        return [(rule, cue) for rule, row in rows if rule.is_inner for cue in row.decode().split("\t")]

    def whole_rules(self) -> tuple[CueRule, ...]:
        """The rules with their cues."""
        rows = zip(self.rules, self.cues, strict=True)
        return tuple(rule._replace(cues=tuple(row.decode().split("\t"))) for rule, row in rows)


def merged(rules: Iterable[CueRule]) -> tuple[CueRule, ...]:
    """``rules`` sorted, those that are alike in all but their cues made one."""
    alike: dict[tuple[str, str, tuple[str, ...], int, tuple[str, ...]], set[str]] = {}
    for rule in rules:
        alike.setdefault(rule[:5], set()).update(rule.cues)
    return tuple(CueRule(*head, tuple(sorted(cues))) for head, cues in sorted(alike.items()))


def compiled(rules: tuple[CueRule, ...], cost: Callable[[str], int] | None = None) -> Tables:
    """The tables of ``rules``. Of the pieces of an inner cue the one of the least ``cost`` is its trigger, where that
    is known.
    """
    openers: dict[str, list[str]] = {}
    for number, rule in enumerate(rules):
        for cue in rule.cues if rule.kind in _OPENERS else ():
            openers.setdefault(bare_cue(rule, cue)[:OPENING], []).append(f"{number}\t{cue}")
    triggers: dict[str, list[str]] = {}
    inner = [(rule, cue) for rule in rules if rule.is_inner for cue in rule.cues]
    for number, (rule, cue) in enumerate(inner):
        triggers.setdefault(_trigger(bare_cue(rule, cue), cost), []).append(str(number))
    lines = {cue for rule in rules if rule.kind == "line" for cue in rule.cues}
    known = lines | {cue for rule in rules if rule.kind == "label" for cue in rule.cues}
    words = {word for rule in rules if rule.kind == "words" for cue in rule.cues for word in cue.split()}
    return Tables(
        tuple(rule._replace(cues=()) for rule in rules),
        {opening: "\t".join(row) for opening, row in sorted(openers.items())},
        {trigger: "\t".join(row) for trigger, row in sorted(triggers.items())},
        tuple("\t".join(rule.cues).encode("utf-8", "surrogatepass") for rule in rules),
        _rows({line.split(" ", 1)[0].strip(AROUND) for line in known} | words),
        _rows({line.rsplit(" ", 1)[-1].strip(AROUND) for line in known} | words),
        _rows({line.split(" ", 1)[0] for line in lines}),
        _rows({line.rsplit(" ", 1)[-1] for line in lines}),
    )


def bare_cue(rule: CueRule, cue: str) -> str:
    """The characters of ``cue`` that a line must hold; a word before an author is parted from the name."""
    bare = cue.removesuffix("*")
    return bare + " " if rule.kind == "byline" and bare[-1].isalnum() else bare


def _trigger(bare: str, cost: Callable[[str], int] | None) -> str:
    pieces = [bare[start : start + TRIGGER] for start in range(max(1, len(bare) - TRIGGER + 1))]
    return min(pieces, key=lambda piece: (cost(piece) if cost else 0, piece))


def _rows(words: set[str]) -> bytes:
    return "\n".join(sorted(words - {""})).encode("utf-8", "surrogatepass")


def dumped(tables: Tables) -> bytes:
    """``tables`` as text in UTF-8."""
    rules = [
        "\t".join((rule.family, rule.kind, " ".join(rule.where), str(rule.words), *rule.needs)) for rule in tables.rules
    ]
    maps = [part for table in (tables.openers, tables.triggers) for part in (table.keys(), table.values())]
    sections = ["\n".join(part).encode() for part in (rules, *maps)]
    return _SECTION.join((*sections, b"\n".join(tables.cues), *tables[4:])) + b"\n"


def loaded(data: bytes) -> Tables:
    """The tables whose text :func:`dumped` made."""
    *texts, cues, first, last, firsts, lasts = data.split(_SECTION)
    rules, openings, openers, literals, triggers = (text.decode().split("\n") for text in texts)
    return Tables(
        tuple(map(_rule, rules)),
        dict(zip(openings, openers, strict=True)),
        dict(zip(literals, triggers, strict=True)),
        tuple(cues.split(b"\n")),
        first,
        last,
        firsts,
        lasts.removesuffix(b"\n"),
    )


def _rule(row: str) -> CueRule:
    family, kind, where, words, *needs = row.split("\t")
    return CueRule(family, kind, tuple(where.split()), int(words), tuple(needs), ())


def own_tables() -> Tables:
    """The tables of the package's own packs, all languages."""
    from normalizer._data import read

    return loaded(read("chrome/compiled.txt"))
