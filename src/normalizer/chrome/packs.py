"""Packs: the reviewed data of chrome, one TOML file a language, and its compiled form.

In flows TOML, each ``[[rule]]`` a family, a kind of cue, the cues, and examples (``strips`` with the
place they stand in, ``keeps``). Out flow :class:`CueRule` values, for the package's own packs from the
compiled form (:mod:`normalizer.chrome.tables`, built by ``tools/build_chrome.py``), from TOML for a user's.

Kinds: ``line`` (the whole line is the cue), ``prefix``, ``suffix``, ``inside`` (anywhere, at word borders),
``words`` (each word of the line is one of the cues), ``credit`` (a label before a photographer),
``agency`` (a name that credits pictures), ``byline`` (a word before an author), ``marker`` (introduces
headlines), ``label`` (heads a key-points box), ``speech`` (says that somebody says something).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from normalizer._data import DATA
from normalizer.chrome.lines import fold, key
from normalizer.chrome.tables import FAMILIES, CueRule, own_tables
from normalizer.errors import ConfigError
from normalizer.rules import suggestion

KINDS = ("line", "prefix", "suffix", "inside", "words", "credit", "agency", "byline", "marker", "label", "speech")
PLACES = ("head", "tail", "run", "any")
# No longer line is looked up as a whole, and a longer cue could stand across what is scanned at a time.
LONGEST = 96
# A line with more words than this is a sentence or more, and needs a second cue.
DEFAULT_WORDS = 24
_FIELDS = {"family", "kind", "where", "cues", "needs", "words", "strips", "keeps"}


class PackRule(NamedTuple):
    """A :class:`CueRule` with its examples: ``strips`` are (place, text) pairs. ``line`` is where it begins."""

    rule: CueRule
    strips: tuple[tuple[str, str], ...]
    keeps: tuple[str, ...]
    line: int = 0


def load_pack(path: str | Path) -> tuple[PackRule, ...]:
    """The rules of the TOML pack at ``path``.

    Raises :class:`ConfigError` for a file that cannot be read, bad TOML, an unknown field, family, kind
    or place, and a rule without cues or examples.
    """
    try:
        source = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"not UTF-8 at byte {error.start}, save it as UTF-8"
        raise ConfigError(f"{path}: cannot read the pack: {reason}") from error
    return parse_pack(source, str(path))


def parse_pack(source: str, name: str) -> tuple[PackRule, ...]:
    """The rules of a pack's TOML text; ``name`` is for messages. Raises as :func:`load_pack`."""
    import tomllib

    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at line ")
        line = place.split(",")[0]
        raise ConfigError(f"{name}{':' + line if line.isdecimal() else ''}: not valid TOML: {reason}") from error
    for field in data:
        _known(field, ["rule"], "table", name)
    records = data.get("rule")
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ConfigError(f"{name}: no rule in the pack: begin each with a line [[rule]]")
    lines = [number for number, row in enumerate(source.split("\n"), 1) if row.replace(" ", "").startswith("[[rule]]")]
    if len(lines) != len(records):
        lines = [1] * len(records)
    return tuple(
        _rule(record, f"{name}:{line}: rule {number}", line)
        for number, (line, record) in enumerate(zip(lines, records, strict=True), 1)
    )


def _rule(record: dict[str, object], where: str, line: int) -> PackRule:
    for field in record:
        _known(field, sorted(_FIELDS), "field", where)
    family, kind = str(record.get("family", "")), str(record.get("kind", ""))
    _known(family, FAMILIES, "family", where)
    _known(kind, KINDS, "kind", where)
    places = _strings(record.get("where", ["any"]), "where", where)
    for place in places:
        _known(place, PLACES, "place", where)
    words = record.get("words", DEFAULT_WORDS)
    if not isinstance(words, int) or isinstance(words, bool) or words < 1:
        raise ConfigError(f"{where}: words is a whole number from 1 on")
    needs = tuple(fold(need) for need in _strings(record.get("needs", []), "needs", where))
    rule = CueRule(family, kind, places, words, needs, _cues(record.get("cues", []), kind, where))
    strips, keeps = _strips(record.get("strips", []), where), _strings(record.get("keeps", []), "keeps", where)
    if kind in {"line", "prefix", "suffix", "inside", "marker", "label"} and not (strips and keeps):
        raise ConfigError(f"{where}: give at least one example under strips and one under keeps")
    return PackRule(rule, strips, keeps, line)


def _cues(value: object, kind: str, where: str) -> tuple[str, ...]:
    """The cues, folded, those of whole lines in the form in which lines are looked up."""
    cues = _strings(value, "cues", where)
    if not cues or not all(cue.strip() for cue in cues):
        raise ConfigError(f"{where}: cues are a list of strings, none of them blank")
    made = tuple(key(fold(cue)) if kind in {"line", "label"} else fold(cue) for cue in cues)
    for cue, folded in zip(cues, made, strict=True):
        if not folded.strip("* "):
            raise ConfigError(f"{where}: the cue {cue!r} is nothing but marks: give the words of the line")
        if any(mark in folded for mark in "\n\r\t\f"):
            raise ConfigError(f"{where}: the cue {cue!r} is more than one line: give a cue a line")
        if len(folded) > LONGEST:
            raise ConfigError(
                f"{where}: the cue {cue[:20]!r}… has {len(folded)} characters: at most {LONGEST}, shorten it"
            )
    return made


def _strips(value: object, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ConfigError(f'{where}: strips is a list of tables such as {{ any = "Share this article" }}')
    pairs = [(str(place), str(text)) for item in value for place, text in item.items()]
    for place, _ in pairs:
        _known(place, PLACES, "place", where)
    return tuple(pairs)


def _strings(value: object, field: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where}: {field} is a list of strings")
    return tuple(value)


def _known(word: str, known: Iterable[str], what: str, where: str) -> None:
    if word not in known:
        names = list(known)
        missing = f"no {what} {word!r}" if word else f"no {what} is given"
        raise ConfigError(f"{where}: {missing}{suggestion(word, names)}: one of {', '.join(names)}")


def own_rules() -> tuple[CueRule, ...]:
    """The package's own rules, all languages."""
    return own_tables().whole_rules()


def own_packs() -> dict[str, tuple[PackRule, ...]]:
    """The package's own packs with their examples, by name; parsed from TOML, so not for a hot path."""
    home = Path(DATA) / "chrome"
    return {path.name: parse_pack(path.read_text(encoding="utf-8"), path.name) for path in sorted(home.glob("*.toml"))}


def example_texts() -> list[str]:
    """Every example of the package's own packs, those that go and those that stay."""
    items = [item for pack in own_packs().values() for item in pack]
    return [text for item in items for text in (*(text for _, text in item.strips), *item.keeps)]


def check_pack(path: str | Path) -> list[str]:
    """Try every example of the pack at ``path`` in several articles; the problems, none if all is well.

    Raises :class:`ConfigError` as :func:`load_pack` does.
    """
    from normalizer.chrome.strip import ChromeStage
    from normalizer.chrome.trials import problems

    stage = ChromeStage(lambda _: True, packs=(str(path),))
    return list(dict.fromkeys(problems(load_pack(path), stage, str(path))))
