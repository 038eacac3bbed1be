"""The pipeline: one pass runs the stages in order, and passes run until nothing changes.

In flows ``str`` or ``bytes``. Out flows a :class:`Result` whose log is composed over all passes, so
that running it again on its own text changes nothing (law 1): N is the first fixpoint of one pass.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from normalizer.config import Config
from normalizer.edits import Edit, EditLog
from normalizer.errors import NormalizerError
from normalizer.result import Block, Course, Language, Mention, Result

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    import pyarrow as pa

    from normalizer.chrome import ChromeStage
    from normalizer.names import NameStage
    from normalizer.names.table import AliasTable

# Real documents settle in two or three passes; each further one needs an edit that the last enabled.
MAX_PASSES = 8
_REMEMBERED = 100_000  # code points of a text whose language is kept at hand


class Normalizer:
    """A reusable normalizer: ``Normalizer(config)(source) -> Result``. Picklable and thread-safe."""

    def __init__(self, config: Config | None = None, table: AliasTable | None = None) -> None:
        self.config = config or Config()
        self._table = table
        self._enabled = self.config.rules.enabled
        self._lately: tuple[str, Language] | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return (Normalizer, (self.config, self._table))

    def __call__(self, source: str | bytes) -> Result:
        """Normalize one document.

        Raises :class:`DecodeError` for bytes that no codec explains (unless ``errors="keep"``).
        """
        if isinstance(source, str):
            return Result(self._settle(source), self)
        if not isinstance(source, bytes):
            raise NormalizerError(
                f"a document is str or bytes, not {type(source).__name__}: decode or convert it first"
            )
        from normalizer.encoding import decode

        text, decoding = decode(source, charset=self.config.charset, errors=self.config.errors)
        return Result(self._settle(text), self, (source, decoding))

    def normalize_many(self, sources: Iterable[str | bytes], workers: int = 1) -> Iterator[Result]:
        """Normalize documents in order, one result each, with ``workers`` processes where more than one."""
        if workers <= 1:
            yield from map(self, sources)
            return
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(workers) as pool:
            yield from _bounded_map(pool, self, sources, 4 * workers)

    def normalize_batch(self, batch: pa.RecordBatch, text_column: str = "text") -> pa.RecordBatch:
        """Normalize a column of an Arrow record batch; see :func:`normalizer.engines.arrow.normalize_batch`."""
        from normalizer.engines.arrow import normalize_batch

        return normalize_batch(self, batch, text_column=text_column)

    def _settle(self, source: str) -> Course:
        log = EditLog(source)
        first_repair = None
        rewritten: tuple[Mention, ...] = ()
        for _ in range(MAX_PASSES):
            repaired, passed, named = self._pass(log.text)
            first_repair = first_repair or repaired
            if passed.text == log.text:
                return Course(log, first_repair, rewritten)
            rewritten = (*_moved(rewritten, passed), *named)
            log = log.then(passed.edits)
        return Course(EditLog(source), first_repair or EditLog(source), settled=False)

    def _pass(self, text: str) -> tuple[EditLog, EditLog, list[Mention]]:
        """One run of all stages: the log of repair, the log of all, the rewritten names in its text."""
        from normalizer.encoding import repair_edits

        repaired = EditLog(text).then(self._allowed(text, repair_edits(text, self._enabled)))
        stripped = repaired
        if self._strips:
            stripped = repaired.then(self._allowed(repaired.text, self._chrome.edits(repaired.text)))
        if not self._names_on:
            return repaired, stripped, []
        text = stripped.text
        rewrites = self._names.rewrites(text, self._code_of)
        allowed = set(self._allowed(text, [change for change, _ in rewrites]))
        rewrites = [pair for pair in rewrites if pair[0] in allowed]
        changes = [change for change, _ in rewrites]
        mentions = _moved((mention for _, mention in rewrites), EditLog(text).then(changes))
        return repaired, stripped.then(changes), list(mentions)

    def _allowed(self, text: str, edits: list[Edit]) -> list[Edit]:
        """The edits that leave the structure of this kind of text alone."""
        if not edits or self.config.kind == "text":
            return edits
        from normalizer.batch.structure import allowed

        return allowed(self.config.kind, text, edits)

    @cached_property
    def _strips(self) -> bool:
        if self.config.kind == "html":  # the lines of a page's source are not those of the document
            return False
        return any(rule.startswith("chrome.") for rule in self.config.rules.ids)

    @cached_property
    def _names_on(self) -> bool:
        return any(rule.startswith("names.") for rule in self.config.rules.ids)

    @cached_property
    def _chrome(self) -> ChromeStage:
        from normalizer.chrome import ChromeStage

        config = self.config
        return ChromeStage(
            config.enabled,
            aggressive=config.profile == "aggressive",
            packs=tuple(config.packs),
            memory=config.site_memory,
        )

    @cached_property
    def _names(self) -> NameStage:
        from normalizer.names import NameStage

        return NameStage(self.table, self.config.style, self.config.enabled)

    @cached_property
    def table(self) -> AliasTable:
        """The alias table in force: the one given or the package's own, under the configured overlays."""
        from normalizer.names.table import AliasTable

        table = self._table or AliasTable.default()
        for path in self.config.tables:
            table = table.overlay(AliasTable.load(path))
        return table

    def language_of(self, text: str) -> Language:
        """The language of ``text``: the configured one, otherwise that of the words between its names."""
        from normalizer.language import script_of

        if self.config.language is not None:
            return Language(self.config.language, 1.0, script_of(text), "given")
        told = self._detected(self._names.telling(text)) if self._names_on else None
        return told if told and told.code != "und" else self._detected(text)

    def _detected(self, text: str) -> Language:
        # Gate, reading and result ask for the same text, one after the other.
        lately = self._lately
        if lately is not None and lately[0] == text:
            return lately[1]
        from normalizer.language import detect

        found = detect(text, self.config.language_backend)
        self._lately = (text, found) if len(text) <= _REMEMBERED else None
        return found

    def _code_of(self, text: str) -> str:
        return self.config.language or self._detected(text).code

    def blocks_of(self, text: str) -> tuple[Block, ...]:
        """The blocks of a repaired text, in its coordinates, each with its own language."""
        from normalizer.language import label_blocks

        return label_blocks(text, self._chrome.blocks(text), self.config.language, self.config.language_backend)

    def mentions_of(self, text: str) -> tuple[Mention, ...]:
        """The names in ``text``, also those that stay as they are."""
        return self._names.mentions(text, self._code_of)


def _moved(mentions: Iterable[Mention], log: EditLog) -> Iterator[Mention]:
    """Mentions in the coordinates of ``log.source``, moved to those of its text; dropped ones are gone."""
    for mention in mentions:
        start, end = log.to_text(mention.start, mention.end)
        if start < end:
            yield mention._replace(start=start, end=end)


def _bounded_map(
    pool: ProcessPoolExecutor, normalizer: Normalizer, sources: Iterable[str | bytes], ahead: int
) -> Iterator[Result]:
    """``pool.map`` that reads at most ``ahead`` sources before their results are taken."""
    waiting: deque[Future[Result]] = deque()
    for source in sources:
        waiting.append(pool.submit(normalizer, source))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
