"""Decisions: for each mention of a document, what is done with it and why.

In flow a text, its language and a table. Out flow :class:`Decision` values, sorted and disjoint.
Surnames and place names are settled per document: a bare one follows its antecedent.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from normalizer.names.context import Context, script_of
from normalizer.names.cues import cues
from normalizer.names.entity import Entity, split_name
from normalizer.names.fold import View
from normalizer.names.grammar import pieces, rewritten
from normalizer.names.guards import Borders, Verdict, about_spelling, generic, paired, record_guard
from normalizer.names.matcher import Match, Matcher
from normalizer.names.protect import Protection
from normalizer.names.table import AliasTable

# Languages whose names take a bare -s in the genitive.
_GENITIVE = frozenset({"de", "sv", "da", "nb", "nn", "no", "lb", "fy", "nl"})
_CYRILLIC = frozenset({"uk", "ru", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"})
_OTHER_SCRIPTS = {"el": "U+03", "he": "U+05", "ar": "U+06", "fa": "U+06", "hy": "U+05", "ka": "U+10"}


class Decision(NamedTuple):
    """What is done with a mention: ``change`` (span of the source and its new text) or None, and why."""

    start: int
    end: int
    entity: str
    canonical: str
    decision: str
    reason: str
    change: tuple[int, int, str] | None


def language_script(language: str) -> str:
    """The script in which a language is written, as :func:`script_of` names it."""
    return "Cyrl" if language in _CYRILLIC else _OTHER_SCRIPTS.get(language, "Latn")


def _start(match: Match) -> int:
    return match.start


class Document:
    """The names of one document, decided in order."""

    def __init__(self, text: str, matcher: Matcher, table: AliasTable, language: Callable[[str], str]) -> None:
        self._view = View(text)
        self._table = table
        self._protection = Protection(text)
        found = (match for match in matcher.matches(self._view) if not self._protected(match))
        self._all = sorted(found, key=_start)
        self._language = self._told(language) if self._all else "und"
        self._context = Context(self._view, self._language)
        self._spans = Counter((match.start, match.end) for match in self._all)
        self._of_family: dict[tuple[int, int], list[Match]] = {}
        for match in self._all:
            self._of_family.setdefault(match.family, []).append(match)
        self._mentions = self._chosen()
        self._borders = Borders.of((m.start, m.end) for m in self._mentions if m.entity.type != "blocker")
        self._verdicts: dict[int, Verdict | None] = {}
        self._antecedents = self._first_antecedents()
        # An alias that needs evidence is none: a place's is "full" by itself and would prove itself.
        self._present = {
            m.entity.id
            for m in self._mentions
            if m.given is not None or (m.form.use != "evidence" and (m.full or m.form.kind == "canonical"))
        }

    def without_names(self) -> str:
        """The source with a space for each name: what says in which language the document is written."""
        source, parts, position = self._view.source, [], 0
        for match in self._all:
            start, end = self._view.raw(match.start, match.end)
            if start >= position:
                parts += [source[position:start], " "]
            position = max(position, end)
        return "".join([*parts, source[position:]])

    def _told(self, language: Callable[[str], str]) -> str:
        """The language of the words between the names, or of all where those do not tell."""
        code = language(self.without_names())
        return language(self._view.source) if code == "und" else code

    def _protected(self, match: Match) -> bool:
        return self._protection.covers(*self._view.raw(match.start, match.end))

    def _chosen(self) -> list[Match]:
        """The longest matches, the best of each span; sorted."""
        ranked = sorted(self._all, key=self._rank)
        taken: list[Match] = []
        covered: set[int] = set()
        for match in ranked:
            if match.genitive and self._language not in _GENITIVE:
                continue
            if match.form.title and self._context.raw(*match.family)[:1].islower():
                continue
            span = range(match.start, match.end)
            if not covered.isdisjoint(span):
                continue
            covered.update(span)
            taken.append(match)
        return sorted(taken, key=lambda match: match.start)

    def _rank(self, match: Match) -> tuple[int, ...]:
        """Longest first; then blockers, upper layers, forms of this language, surer uses."""
        kinds = {"blocker": 0, "canonical": 1, "alias": 1, "form": 2, "derived": 3}
        uses = {"safe": 0, "guarded": 1, "evidence": 2, "recognise": 3}
        langs = match.form.langs
        own = langs is None or self._language in langs
        other = match.other != "" and match.given is None
        return (
            match.start - match.end - match.genitive,
            kinds[match.form.kind] and 1,
            kinds[match.form.kind] == 1 and self._language not in match.entity.canonical,
            -match.level,
            self._spans[match.start, match.end] > 1 and not self._in_country(match),
            not own,
            other,
            match.form.kind != "canonical",
            kinds[match.form.kind],
            uses[match.form.use],
            match.start,
        )

    def _in_country(self, match: Match) -> bool:
        """Whether the sentence names the country of a place."""
        country = cues().countries.get(match.entity.country)
        if match.entity.type != "place" or country is None:
            return False
        return bool(self._context.in_sentence(country, match.start, match.end))

    def _rivals(self, match: Match) -> list[Match]:
        return [m for m in self._of_family[match.family] if m.entity.id != match.entity.id]

    def _first_antecedents(self) -> dict[str, str]:
        """For each entity, what its first full mention in the document says: self or other."""
        found: dict[str, str] = {}
        for match in self._mentions:
            for identity, state in self._states(match):
                found.setdefault(identity, state)
        return found

    def _states(self, match: Match) -> list[tuple[str, str]]:
        """The antecedents that a mention sets."""
        entity = match.entity
        if entity.type == "blocker":
            return [
                (m.entity.id, "other")
                for m in self._inside(match)
                if entity.kind in {"person", "place"} and m.entity.type == entity.kind
            ]
        if entity.type == "person":
            if match.given is not None or (match.form.part == "full" and match.form.kind in {"canonical", "alias"}):
                rivals = (rival.entity for rival in self._rivals(match))
                return [(entity.id, "self"), *((r.id, "self" if _one_bearer(entity, r) else "other") for r in rivals)]
            if self._titled(match):
                return [(entity.id, "self")]
        verdict = self._bearer(match)
        if verdict is not None:
            return [(entity.id, "other")] if verdict.other else []
        if entity.type == "place" and self._at_home(match):
            return [(entity.id, "self")]
        return []

    def _inside(self, match: Match) -> list[Match]:
        """The matches that lie within another's span."""
        first = bisect_left(self._all, match.start, key=_start)
        last = bisect_right(self._all, match.end, lo=first, key=_start)
        return [m for m in self._all[first:last] if m.end <= match.end]

    def _bearer(self, match: Match) -> Verdict | None:
        """A guard or a generic veto against this mention; looked for once."""
        if id(match) not in self._verdicts:
            self._verdicts[id(match)] = self._verdict(match)
        return self._verdicts[id(match)]

    def _verdict(self, match: Match) -> Verdict | None:
        if match.form.kind not in {"alias", "canonical"} or match.entity.type == "blocker":
            return None
        for rival in self._of_family[match.family]:
            if rival.entity.guards and rival.form.kind == "alias":
                verdict = record_guard(match, rival.entity.guards, self._context)
                if verdict is not None:
                    return verdict
        if match.form.use == "safe" and match.form.kind == "alias" and match.full:
            return None
        return generic(match, self._context, self._borders)

    def _titled(self, match: Match) -> bool:
        before = self._context.before(match.start).rstrip(" ,")
        return any(before.endswith(title) and not before[: -len(title)][-1:].isalnum() for title in match.entity.titles)

    def _at_home(self, match: Match) -> bool:
        country = cues().countries.get(match.entity.country or "UA")
        after = self._context.after(match.end)
        return country is not None and after.startswith(", ") and country.match(after, 2) is not None

    def decisions(self) -> list[Decision]:
        """All mentions with what is done about them, sorted and disjoint."""
        kept = self._pairs()
        found = []
        for number, match in enumerate(self._mentions):
            for identity, state in self._states(match):
                self._antecedents[identity] = state
            if match.entity.type != "blocker":
                found.append(self._decide(match, number in kept))
        return found

    def _pairs(self) -> set[int]:
        pairs = set()
        for number, (left, right) in enumerate(zip(self._mentions, self._mentions[1:], strict=False)):
            if paired(left, right, self._context):
                pairs |= {number, number + 1}
        return pairs

    def _decide(self, match: Match, side_by_side: bool) -> Decision:
        entity, form = match.entity, match.form
        target = entity.canonical.get(self._language, "")
        family = entity.family.get(self._language, "")
        if entity.type == "person" and form.part == "family" and match.given is None:
            target = family
        if form.kind in {"form", "derived"} or form.use == "recognise":
            return self._kept(match, target, *self._recognised(match))
        if not target:
            return self._kept(match, "", "reported", f"no canonical form in {self._language!r}")
        given = split_name(entity.canonical[self._language], family) if family else ""
        parts = pieces(self._view, match, family, given, entity.canonical[self._language])
        change = rewritten(self._view, parts, self._language)
        if change is None:
            return self._kept(match, target, "kept", "canonical already")
        reason = self._obstacle(match, side_by_side)
        if reason:
            return self._kept(match, target, *reason)
        start, end = self._view.raw(match.start, match.end)
        return Decision(start, end, entity.id, target, "rewritten", self._evidence(match), change)

    def _recognised(self, match: Match) -> tuple[str, str]:
        if match.form.kind == "derived":
            return "kept", "derived form"
        languages = sorted(match.form.langs or ())
        if match.form.kind == "form" and self._language not in languages:
            return "reported", f"inflected form of {'/'.join(languages)}"
        return "kept", "inflected form" if match.form.kind == "form" else "recognised only"

    def _kept(self, match: Match, target: str, decision: str, reason: str) -> Decision:
        start, end = self._view.raw(match.start, match.end)
        change = self._unmixed(match) if match.form.kind == "form" and decision == "kept" else None
        if change is not None:
            return Decision(start, end, match.entity.id, target, "rewritten", "look-alike letters", change)
        return Decision(start, end, match.entity.id, target, decision, reason, None)

    def _unmixed(self, match: Match) -> tuple[int, int, str] | None:
        """An inflected form in one script, where look-alike letters of another were mixed in."""
        if not self._view.homoglyphs:
            return None
        parts = pieces(self._view, match, match.form.surface, "", match.form.surface)
        return rewritten(self._view, parts[-1:], self._language)

    def _obstacle(self, match: Match, side_by_side: bool) -> tuple[str, str] | None:
        """Why a mention that could be rewritten is not: the decision and its reason."""
        foreign = self._foreign(match)
        if foreign:
            return foreign
        if side_by_side:
            return "kept", "two spellings side by side"
        spelling = about_spelling(match, self._context)
        if spelling is not None:
            return "kept", spelling.reason
        verdict = self._bearer(match)
        if verdict is not None:
            return "kept", verdict.reason
        antecedent = self._antecedents.get(match.entity.id)
        if not match.names_person and antecedent == "other":
            return "kept", "follows another bearer of the name"
        if match.form.use == "evidence" and not self._proved(match):
            return "kept", "no evidence in the document"
        twins = any(m.form.use == match.form.use and m.level == match.level for m in self._rivals(match))
        return ("reported", "ambiguous") if twins and not match.names_person and antecedent != "self" else None

    def _foreign(self, match: Match) -> tuple[str, str] | None:
        """What holds for a form of another language or script."""
        surface = script_of(self._context.text[slice(*match.family)])
        own = language_script(self._language)
        languages = match.form.langs
        if surface == own:
            if languages is not None and self._language not in languages:
                if match.form.kind == "canonical" and self._mixed(match):
                    return None
                return "reported", f"form of {'/'.join(sorted(languages))}"
            return None
        if self._context.quoted(match.start, match.end) is not None:
            return "kept", "in a quotation of another script"
        if self._context.in_brackets(match.start, match.end) is not None:
            return "kept", "a gloss in another script"
        if not self._embedded(match, surface):
            return "kept", "in a passage of another script"
        return None

    def _mixed(self, match: Match) -> bool:
        first, last = self._view.raw(*match.family)
        return self._view.mixed(first, last) and self._language in (match.form.langs or ())

    def _embedded(self, match: Match, script: str) -> bool:
        """Whether the words on both sides are of another script than the mention."""
        before = script_of(self._context.before(match.start)[::-1][:20])
        after = script_of(self._context.after(match.end)[:20])
        return script not in {before, after} and {before, after} != {"Zyyy"}

    def _proved(self, match: Match) -> bool:
        entity = match.entity
        if match.given is not None or self._titled(match) or self._antecedents.get(entity.id) == "self":
            return True
        if entity.companions & self._present:
            return True
        if entity.type != "place":
            return False
        return entity.id in self._present or self._in_country(match)

    def _evidence(self, match: Match) -> str:
        if match.given is not None:
            return "full name"
        if match.form.kind == "canonical":
            return "form of another language or script"
        return f"{match.form.use} alias"


def _one_bearer(left: Entity, right: Entity) -> bool:
    """Whether two records of one surname can be one person: a given name in common, or none stated."""
    return not left.given or not right.given or not left.given.isdisjoint(right.given)
