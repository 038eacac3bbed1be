"""Decisions: for each mention of a document, what is done with it and why.

In flow a text, its language and a table. Out flow :class:`Decision` values, sorted and disjoint.
Surnames and place names are settled per document: a bare one follows its antecedent.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from normalizer.names.context import language_script, script_of
from normalizer.names.fold import BETWEEN_SCRIPTS, CYRILLIC, LATIN
from normalizer.names.grammar import change_of, pieces, rewritten
from normalizer.names.headings import Decision, headed
from normalizer.names.matcher import Match
from normalizer.names.namesakes import is_locative
from normalizer.names.overlap import entangled
from normalizer.names.reading import Reading
from normalizer.names.spelling import about_spelling, paired

# Prepositions of Ukrainian, Russian and Belarusian: what follows is inflected, so a nominative would be wrong.
_GOVERNING = re.compile(
    r"\b(?:до|у|в|во|ў|з|із|зі|від|од|для|на|про|під|над|перед|за|к|ко|о|об|от|с|со|из|без|при|по|між|між|между|через|проти"
    r"|против|біля|около|після|после|крім|кроме|да|ад|пра) $"
)


# A bearer is described no further behind the full name than so many code points.
_DESCRIBED_WITHIN = 200
# A heading follows the nearest of the mentions below it, so many of them.
_BELOW = 8
# Why a mention that could not come out otherwise is left, by whether its given name is one that the table keeps.
_SETTLED = {False: "canonical already", True: "an established spelling of the given name"}


class Document:
    """The names of one document, decided in order."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def decisions(self) -> list[Decision]:
        """All mentions, or those of which something may change, with what is done about them; sorted and disjoint."""
        reading, kept = self._reading, self._pairs()
        mentions = [(number, match) for number, match in enumerate(reading.mentions) if match.awake]
        asked = {number for number, match in mentions if match.entity.type != "blocker"}
        if reading.changes_only and not reading.view.homoglyphs:
            asked = {number for number, match in mentions if number in asked and self._hopeful(match, number in kept)}
            groups = entangled(reading.groups, (reading.mentions[number] for number in asked)) if asked else set()
            mentions = [(number, match) for number, match in mentions if match.group in groups]
        reading.look_ahead(match for _, match in mentions)
        found = []
        for number, match in mentions:
            for identity, state in reading.states(match):
                reading.antecedents[identity] = state
            if number in asked:
                found.append(self._settled(number, number in kept))
        return headed(found, self._reading.view.source, self._below)

    def _settled(self, number: int, side_by_side: bool) -> Decision:
        """The decision about a mention, that of a full name in the light of what the text says of the bearer next."""
        decision = self._decide(self._reading.mentions[number], side_by_side)
        reason = self._disowned(number) if decision.change else ""
        return decision._replace(decision="kept", reason=reason, change=None) if reason else decision

    def _below(self, end: int, name: str) -> Iterator[Decision]:
        """What is decided about the mentions of the same ``name`` (folded) behind a place of the source."""
        numbered = self._of_name.get(name, [])
        first = bisect_left(numbered, end, key=lambda item: item[0])
        for _, match in numbered[first : first + _BELOW]:
            yield self._decide(match, side_by_side=False)

    @cached_property
    def _of_name(self) -> dict[str, list[tuple[int, Match]]]:
        """The mentions of each folded name, with their places in the source, sorted."""
        view = self._reading.view
        found: dict[str, list[tuple[int, Match]]] = {}
        for match in self._reading.mentions:
            if match.entity.type != "blocker":
                item = (view.raw(match.start, match.end)[0], match)
                found.setdefault(view.text[slice(*match.family)], []).append(item)
        return found

    def _disowned(self, number: int) -> str:
        """Why a full name is another's: the surname alone comes next, and the text describes somebody else."""
        match = self._reading.mentions[number]
        if not match.names_person or self._reading.titled(match):
            return ""
        for later in self._reading.mentions[number + 1 :]:
            if later.entity.id == match.entity.id or later.start - match.end > _DESCRIBED_WITHIN:
                break
        else:
            return ""
        if later.entity.id != match.entity.id or later.full:
            return ""
        verdict = self._reading.bearer(later)
        return verdict.reason if verdict is not None and verdict.described else ""

    def _hopeful(self, match: Match, side_by_side: bool) -> bool:
        """Whether a mention would be rewritten as far as its own surroundings tell."""
        if match.form.kind in {"form", "derived"} or match.form.use == "recognise":
            return False
        target = self._target(match)
        if (
            not target
            or change_of(match, self._reading.view, self._reading.language) is None
            or side_by_side
            or self._foreign(match)
        ):
            return False
        verdict = self._reading.bearer(match)
        return verdict is None or verdict.soft

    def _pairs(self) -> set[int]:
        pairs = set()
        for number, (left, right) in enumerate(zip(self._reading.mentions, self._reading.mentions[1:], strict=False)):
            if left.awake and right.awake and paired(left, right, self._reading.context):
                pairs |= {number, number + 1}
        return pairs

    def _target(self, match: Match) -> str:
        """The canonical form in the document's language for as much of the name as a mention has; may be empty."""
        entity, language = match.entity, self._reading.language
        if entity.type == "person" and match.form.part == "family" and match.given is None:
            return entity.family.get(language, "")
        return entity.canonical.get(language, "")

    def _decide(self, match: Match, side_by_side: bool) -> Decision:
        target = self._target(match)
        if match.form.kind in {"form", "derived"} or match.form.use == "recognise":
            return self._kept(match, target, *self._recognised(match))
        if not target:
            return self._kept(match, "", "reported", f"no canonical form in {self._reading.language!r}")
        change = change_of(match, self._reading.view, self._reading.language)
        if change is None:
            other = self._reading.bearer(match)
            settled = other.reason if other is not None and other.other else _SETTLED[match.kept_given]
            return self._kept(match, target, "kept", settled)
        obstacle = self._obstacle(match, side_by_side)
        if obstacle:
            return self._kept(match, target, *obstacle)
        start, end = self._reading.view.raw(match.start, match.end)
        return Decision(start, end, match.entity.id, target, "rewritten", self._evidence(match), change)

    def _recognised(self, match: Match) -> tuple[str, str]:
        if match.form.kind == "derived":
            return "kept", "derived form"
        languages = sorted(match.form.langs or ())
        if match.form.kind == "form" and self._reading.language not in languages:
            return "reported", f"inflected form of {'/'.join(languages)}"
        return "kept", "inflected form" if match.form.kind == "form" else "recognised only"

    def _kept(self, match: Match, target: str, decision: str, reason: str) -> Decision:
        start, end = self._reading.view.raw(match.start, match.end)
        change = self._unmixed(match) if match.form.kind == "form" and decision == "kept" else None
        if change is not None:
            return Decision(start, end, match.entity.id, target, "rewritten", "look-alike letters", change)
        return Decision(start, end, match.entity.id, target, decision, reason, None)

    def _unmixed(self, match: Match) -> tuple[int, int, str] | None:
        """An inflected form in one script, where look-alike letters of another were mixed in."""
        if not self._reading.view.homoglyphs:
            return None
        parts = pieces(self._reading.view, match, match.form.surface, "", match.form.surface)
        return rewritten(self._reading.view, parts[-1:], self._reading.language)

    def _obstacle(self, match: Match, side_by_side: bool) -> tuple[str, str] | None:
        """Why a mention that could be rewritten is not: the decision and its reason."""
        foreign = self._foreign(match)
        if foreign:
            return foreign
        if side_by_side:
            return "kept", "two spellings side by side"
        other = self._reading.passages.other_language(match)
        if other:
            return "kept", f"in a passage in {other!r}"
        quoted = self._reading.passages.foreign_quote(match)
        if quoted:
            return "kept", f"in a quotation in {quoted!r}"
        spelling = about_spelling(match, self._reading.context)
        if spelling is not None:
            return "kept", spelling.reason
        antecedent = self._reading.antecedent(match)
        verdict = self._reading.bearer(match)
        if verdict is not None and not (verdict.soft and antecedent == "self"):
            return "kept", verdict.reason
        if not match.names_person and antecedent == "other":
            return "kept", "follows another bearer of the name"
        if antecedent == "person" and not is_locative(match, self._reading.context):
            return "kept", "follows somebody or something of that name"
        if antecedent != "self" and self._reading.doubtful(match):
            return "kept", "an everyday word whose capital says nothing"
        if match.form.use == "evidence" and not self._proved(match):
            return "kept", "no evidence in the document"
        twins = any(m.form.use == match.form.use and m.level == match.level for m in self._reading.rivals(match))
        return ("reported", "ambiguous") if twins and not match.names_person and antecedent != "self" else None

    def _foreign(self, match: Match) -> tuple[str, str] | None:
        """What holds for a form of another language or script."""
        surface = script_of(self._reading.context.text[slice(*match.family)])
        own = language_script(self._reading.language)
        languages = match.form.langs
        if surface == own:
            if languages is not None and self._reading.language not in languages:
                if match.form.kind == "canonical" and self._mixed(match):
                    return None
                return "reported", f"form of {'/'.join(sorted(languages))}"
            return None
        if own != "Latn" and surface == "Latn" and match.entity.type not in {"person", "place"}:
            return "kept", "an organisation under its Latin name"
        if own == "Cyrl" and _GOVERNING.search(self._reading.context.before(match.start)):
            return "kept", "in a case that the canonical form does not have"
        if self._reading.context.quoted(match.start, match.end) is not None:
            return "kept", "in a quotation of another script"
        if self._reading.context.in_brackets(match.start, match.end) is not None:
            return "kept", "a gloss in another script"
        if not self._embedded(match, surface):
            return "kept", "in a passage of another script"
        return None

    def _mixed(self, match: Match) -> bool:
        first, last = self._reading.view.raw(*match.family)
        return self._reading.view.mixed(first, last) and self._reading.language in (match.form.langs or ())

    def _embedded(self, match: Match, script: str) -> bool:
        """Whether a name in another script is a part of the sentence: words of the sentence's own stand by it."""
        before = script_of(self._reading.context.before(match.start)[::-1][:20])
        after = script_of(self._reading.context.after(match.end)[:20])
        first, last = self._reading.view.raw(match.start, match.end)
        source = self._reading.view.source
        return script not in {before, after} and (
            _joins(source[max(0, first - 2) : first][::-1]) or _joins(source[last : last + 2])
        )

    def _proved(self, match: Match) -> bool:
        entity = match.entity
        if match.given is not None or self._reading.titled(match) or self._reading.antecedent(match) == "self":
            return True
        if entity.companions & self._reading.present:
            return True
        if entity.type != "place":
            return False
        return entity.id in self._reading.present or self._reading.in_country(match)

    def _evidence(self, match: Match) -> str:
        if match.given is not None:
            return "full name"
        if match.form.kind == "canonical":
            return "form of another language or script"
        return f"{match.form.use} alias"


def _joins(beside: str) -> bool:
    """Whether a blank and a letter stand right beside a name."""
    return len(beside) == 2 and beside[0] in BETWEEN_SCRIPTS and beside[1].lower() in LATIN + CYRILLIC
