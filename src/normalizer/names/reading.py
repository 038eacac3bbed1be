"""One document read for its names: which mentions stand there, and what they say about each other.

In flow a text, a matcher and a language. Out flow the mentions, the longest ones and disjoint, with the
vetoes against them and the antecedents that they set.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property

from normalizer.names.awake import is_everyday, is_small_word, lull
from normalizer.names.context import Context, language_script
from normalizer.names.cues import cues
from normalizer.names.edges import SIBILANTS
from normalizer.names.entity import Entity
from normalizer.names.fold import View
from normalizer.names.given import gender_by_ending, home_of, is_also_a_word, is_given, is_ordinary
from normalizer.names.guards import generic, record_guard
from normalizer.names.kin import kin, one_bearer
from normalizer.names.matcher import Match, Matcher
from normalizer.names.namesakes import at_home
from normalizer.names.overlap import best_of, groups_of
from normalizer.names.passages import Passages, nameless, told_between
from normalizer.names.phrases import phrase
from normalizer.names.protect import Protection
from normalizer.names.spelling import is_work
from normalizer.names.verdict import Bearer, Borders, Verdict

# Languages whose names take a bare -s in the genitive.
_GENITIVE = frozenset({"de", "sv", "da", "nb", "nn", "no", "lb", "fy", "nl"})


class Reading:
    """The names of one document. ``antecedents`` says, by entity, whom a bare mention meant at first.

    ``language`` gives the language of a part of it, ``told`` that of the whole where it is long enough. With
    ``changes_only`` the bearers none of whose mentions may change are not looked at closely.
    """

    def __init__(
        self,
        view: View,
        matcher: Matcher,
        language: Callable[[str], str],
        *,
        told: Callable[[], str] | None = None,
        changes_only: bool = False,
    ) -> None:
        self.changes_only = changes_only
        self.view = view
        self._protection = Protection(view.source)
        self._all = [match for match in matcher.matches(view) if not is_small_word(match, view)]
        self.language = "und"
        if self._all:
            self.language = told() if told else self._told(language)
        if changes_only:
            lull(groups_of(self._all), self.view, self.language, language_script(self.language))
        self._all = [m for m in self._all if not is_everyday(m, self.language) and not (m.awake and self._protected(m))]
        self.groups = groups_of(self._all)
        self.context = Context(self.view, self.language)
        self.passages = Passages(self._all, self.context, language)
        self._spans = Counter((match.start, match.end) for match in self._all)
        self._of_family: dict[tuple[int, int], list[Match]] = {}
        for match in self._all:
            self._of_family.setdefault(match.family, []).append(match)
        full = (m for m in reversed(self._all) if m.entity.type == "person" and m.full)
        self._full_at = {m.entity.id: m.start for m in full}
        self.mentions = self._chosen()
        self._borders = Borders.of((m.start, m.end) for m in self.mentions if m.entity.type != "blocker")
        self._verdicts: dict[int, Verdict | None] = {}
        self.antecedents: dict[str, str] = {}
        self._named_at: dict[str, int] = {}
        # Those whose title the text gives to another bearer of the name.
        self._usurped: set[str] = set()

    @cached_property
    def present(self) -> set[str]:
        """Whom the text names in full, or in their canonical form."""
        # An alias that needs evidence is none: a place's is "full" by itself and would prove itself.
        return {
            m.entity.id
            for m in self.mentions
            if m.given is not None or (m.form.use != "evidence" and (m.full or m.form.kind == "canonical"))
        }

    def without_names(self) -> str:
        """The source with a space for each name: what says in which language the document is written."""
        return nameless(self.view, self._all, 0, len(self.view.source))

    def _told(self, language: Callable[[str], str]) -> str:
        """The language of the words between the names, or of all where those do not tell."""
        return told_between(self.without_names(), self.view.source, language)

    def doubtful(self, match: Match) -> bool:
        """Whether the form is an everyday word whose capital says nothing, and nothing else speaks for a name."""
        if match.given is not None or not is_ordinary(match.form.folded, self.language):
            return False
        context, span = self.context, (match.start, match.end)
        first = context.sentence(*span)[0]
        opens = not any(map(str.isalnum, context.text[first : match.start]))
        if not (opens or self.language == "de" or context.titled(*span)):
            return False
        if match.entity.type == "person":
            return not (self.titled(match) or phrase("speaks").match(context.after(match.end)))
        return not (self.in_country(match) or at_home(match, self.context))

    def _protected(self, match: Match) -> bool:
        return self._protection.covers(*self.view.raw(match.start, match.end))

    def _chosen(self) -> list[Match]:
        """The longest matches, the best of each span; sorted."""
        taken: list[Match] = []
        for group in self.groups:
            taken += best_of([m for m in group if not m.genitive or self._takes_s(m)], self._rank)
        return taken

    def _takes_s(self, match: Match) -> bool:
        """Whether the bearer's name takes a bare genitive -s in this language: not Lubinez."""
        entity, language = match.entity, self.language
        name = entity.family.get(language) or entity.canonical.get(language, "")
        return language in _GENITIVE and not name.endswith(SIBILANTS)

    def _rank(self, match: Match) -> tuple[int, ...]:
        """Longest first; then blockers, upper layers, who was named in full before, forms of this language."""
        kinds = {"blocker": 0, "canonical": 1, "alias": 1, "form": 2, "derived": 3}
        uses = {"safe": 0, "guarded": 1, "evidence": 2, "recognise": 3}
        langs = match.form.langs
        own = langs is None or self.language in langs
        other = match.other != "" and match.given is None
        return (
            match.start - match.end - match.genitive,
            kinds[match.form.kind] and 1,
            kinds[match.form.kind] == 1 and self.language not in match.entity.canonical,
            -match.level,
            not (own and match.listed),
            self._full_at.get(match.entity.id, len(self.view.text)) > match.start,
            kinds[match.form.kind] > 1 and not own,
            self._spans[match.start, match.end] > 1 and not self.in_country(match),
            not own,
            other,
            match.form.kind != "canonical",
            kinds[match.form.kind],
            uses[match.form.use],
            match.start,
        )

    def in_country(self, match: Match) -> bool:
        """Whether the sentence names the country of a place."""
        country = cues().countries.get(match.entity.country)
        if match.entity.type != "place" or country is None:
            return False
        return bool(self.context.in_sentence(country, match.start, match.end))

    def rivals(self, match: Match) -> list[Match]:
        """The matches of other entities in the same place."""
        return [m for m in self._of_family[match.family] if m.entity.id != match.entity.id]

    def look_ahead(self, mentions: Iterable[Match]) -> None:
        """Learn for each entity what its first full mention among ``mentions`` says: self or other."""
        found: dict[str, str] = {}
        for match in mentions:
            for identity, state in self.states(match):
                if identity not in found:
                    found[identity] = state
                    self._named_at[identity] = match.start
        self.antecedents = found

    def antecedent(self, match: Match) -> str:
        """Whom a bare mention here means: ``self``, ``other``, ``person`` or nothing.

        Another bearer who is only named much further on is none yet.
        """
        state = self.antecedents.get(match.entity.id, "")
        far = self._named_at.get(match.entity.id, 0) - match.start > _AHEAD
        return "" if far and state != "self" else state

    def states(self, match: Match) -> list[tuple[str, str]]:
        """The antecedents that a mention sets."""
        entity = match.entity
        if entity.type == "blocker":
            inside = [m for m in self._inside(match) if self._hides_bearer(match, m)]
            self._usurped |= {m.entity.id for m in inside if self._led(m, match.start)}
            return [(m.entity.id, "other" if m.entity.type == entity.kind else "person") for m in inside]
        if entity.type == "person":
            verdict = self.bearer(match)
            if verdict is not None and verdict.other:
                if match.other and self._led(match, max(0, self.view.text.rfind(match.other, 0, match.start))):
                    self._usurped.add(entity.id)
                soft = verdict.soft and self.antecedents.get(entity.id) == "self"
                return [] if soft else [(m.entity.id, "other") for m in self._of_family[match.family] or [match]]
            if match.given is not None or (match.form.part == "full" and match.form.kind in {"canonical", "alias"}):
                rivals = (rival.entity for rival in self.rivals(match))
                return [(entity.id, "self"), *((r.id, "self" if one_bearer(entity, r) else "other") for r in rivals)]
            if self.titled(match):
                return [(entity.id, "self")]
        if entity.type == "place" and is_work(match, self.context):
            return [(entity.id, "person")]
        verdict = self.bearer(match)
        if verdict is not None:
            return [(entity.id, "person" if verdict.person else "other")] if verdict.other else []
        if entity.type == "place" and at_home(match, self.context):
            return [(entity.id, "self")]
        return []

    def _hides_bearer(self, blocker: Match, match: Match) -> bool:
        """Whether what a blocker hides is the name of another bearer: "Georgy Lvov" even among works and events."""
        kind = blocker.entity.kind
        if kind in {"person", "place"}:
            return match.entity.type in {kind, "place"}
        head = self.view.text[blocker.start : match.start].split()
        return match.entity.type == "place" and bool(head) and is_given(head[-1]) and not is_also_a_word(head[-1])

    def _inside(self, match: Match) -> list[Match]:
        """The matches that lie within another's span."""
        first = bisect_left(self._all, match.start, key=_start)
        last = bisect_right(self._all, match.end, lo=first, key=_start)
        return [m for m in self._all[first:last] if m.end <= match.end]

    def bearer(self, match: Match) -> Verdict | None:
        """A guard or a generic veto against this mention; looked for once."""
        if id(match) not in self._verdicts:
            self._verdicts[id(match)] = self._verdict(match)
        return self._verdicts[id(match)]

    def _verdict(self, match: Match) -> Verdict | None:
        if match.form.kind not in {"alias", "canonical"} or match.entity.type == "blocker":
            return None
        for rival in self._of_family[match.family]:
            if rival.entity.guards and rival.form.kind == "alias":
                verdict = record_guard(match, rival.entity.guards, self.context)
                if verdict is not None:
                    return verdict
        if match.form.use == "safe" and match.form.kind == "alias" and match.full:
            return None
        return generic(self._witness(match), self.context, self._borders, self._known_of(match))

    def _witness(self, match: Match) -> Match:
        """The match that knows the bearer's given name and sex, where an overlay states the surname alone."""
        if match.entity.type != "person" or match.entity.given or match.given is not None:
            return match
        known = (m for m in self._of_family[match.family] if m.entity.type == "person" and m.entity.given)
        return next(known, match)

    def _known_of(self, match: Match) -> Bearer:
        """What all layers of the table know of the bearer: an overlay may state a spelling alone."""
        records = self._kindred(match)
        home = frozenset({match.entity.country} if match.entity.country else {r.country for r in records}) - {""}
        genders = [entity.gender for entity in records if entity.gender]
        return Bearer(
            home or home_of(match.entity.canonical, match.entity.type),
            frozenset(word for entity in records for title in entity.titles for word in title.split()),
            frozenset(word for entity in records for word in entity.middle if len(word) > _LONG_MIDDLE),
            genders[0] if genders else gender_by_ending(match.entity.canonical.get("en", "")),
        )

    def _kindred(self, match: Match) -> list[Entity]:
        """The records of all layers that tell of the bearer."""
        return [match.entity, *(m.entity for m in self._inside(match) if kin(m.entity, match.entity))]

    def titled(self, match: Match) -> bool:
        """Whether one of the bearer's own titles stands before."""
        return match.entity.id not in self._usurped and self._led(match, match.start)

    def _led(self, match: Match, start: int) -> bool:
        """Whether one of the bearer's own titles stands before a place of the view."""
        before = self.context.before(start).rstrip(" ,")
        titles = (title for entity in self._kindred(match) for title in entity.titles)
        return any(before.endswith(title) and not before[: -len(title)][-1:].isalnum() for title in titles)


# "Zelensky, 52, danced. Igor Zelensky …": a bearer may be named in full after the surname, so many code points on.
_AHEAD = 200
_LONG_MIDDLE = 4  # letters: a longer middle name is a patronymic, or no initial at least


def _start(match: Match) -> int:
    return match.start
