"""The catalogue of all rules, and which of them a configuration turns on.

In flows ``data/rules.toml``, one reviewed record a rule (its ids and profiles by way of a generated index, so that
start-up parses no TOML). Out flow :class:`Rule` values for
``newsnorm explain`` and :class:`RuleSet`, the yes or no that every stage asks before it edits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from normalizer._rule_index import PROFILES_OF
from normalizer.errors import ConfigError

PROFILES = ("minimal", "standard", "body", "aggressive")


@dataclass(frozen=True, slots=True)
class Example:
    """A text before and after the rule; equal where the rule keeps its hands off."""

    before: str
    after: str
    profile: str = "standard"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it does (``summary``), why it is right to do so (``rationale``), and examples.

    ``profiles`` are the profiles that include it.
    """

    id: str
    summary: str
    rationale: str
    profiles: tuple[str, ...]
    examples: tuple[Example, ...] = ()

    @property
    def family(self) -> str:
        """The part of the id before the dot: encoding, chrome or names."""
        return self.id.partition(".")[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the package, sorted by id."""
    import tomllib
    from importlib import resources

    source = resources.files("normalizer").joinpath("data/rules.toml").read_text(encoding="utf-8")
    return tuple(sorted((_rule(record) for record in tomllib.loads(source)["rule"]), key=lambda rule: rule.id))


def _rule(record: dict[str, object]) -> Rule:
    fields = dict(record)
    examples = fields.pop("examples", [])
    fields["profiles"] = PROFILES_OF[str(record["id"])]
    if not isinstance(examples, list):
        raise ConfigError(f"data/rules.toml: rule {record['id']}: examples are a list")
    return Rule(**fields, examples=tuple(Example(**example) for example in examples))  # type: ignore[arg-type]


def find_rule(rule_id: str) -> Rule:
    """The rule of that id. Raises :class:`ConfigError` with the nearest ids when there is none."""
    for rule in all_rules():
        if rule.id == rule_id:
            return rule
    raise ConfigError(f"no rule {rule_id!r}{suggestion(rule_id, _names())}: see newsnorm rules")


def suggestion(word: str, known: list[str]) -> str:
    """`` (did you mean …?)`` for a word that is not in ``known``, or nothing."""
    import difflib

    near = difflib.get_close_matches(word, known, n=2, cutoff=0.6)
    return f" (did you mean {' or '.join(near)}?)" if near else ""


def _names() -> list[str]:
    return sorted({*PROFILES_OF, *(rule_id.partition(".")[0] for rule_id in PROFILES_OF)})


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The ids that are on; ask :meth:`enabled`."""

    ids: frozenset[str]

    def enabled(self, rule_id: str) -> bool:
        """Whether the rule of that id may edit."""
        return rule_id in self.ids


@cache
def rule_set(
    profile: str, select: tuple[str, ...] | None, extend_select: tuple[str, ...], ignore: tuple[str, ...]
) -> RuleSet:
    """The rules of ``profile``, narrowed by ``select``, widened by ``extend_select``, less ``ignore``.

    The three are rule ids or prefixes of them that end at a dot or a hyphen's word (``chrome``,
    ``chrome.caption``). Raises :class:`ConfigError` for a profile or a prefix that names nothing.
    """
    if profile not in PROFILES:
        raise ConfigError(f"no profile {profile!r}{suggestion(profile, list(PROFILES))}: one of {', '.join(PROFILES)}")
    for prefix in (*(select or ()), *extend_select, *ignore):
        if not any(_under(rule_id, prefix) for rule_id in PROFILES_OF):
            raise ConfigError(f"no rule {prefix!r}{suggestion(prefix, _names())}: see newsnorm rules")
    return RuleSet(
        frozenset(
            rule_id
            for rule_id, profiles in PROFILES_OF.items()
            if (
                (profile in profiles and (select is None or any(_under(rule_id, prefix) for prefix in select)))
                or any(_under(rule_id, prefix) for prefix in extend_select)
            )
            and not any(_under(rule_id, prefix) for prefix in ignore)
        )
    )


def _under(rule_id: str, prefix: str) -> bool:
    return rule_id == prefix or rule_id.startswith(prefix + ".")
