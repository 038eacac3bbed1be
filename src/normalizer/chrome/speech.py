"""Speech: sentences of the story that quote what pages say.

``Follow us on Facebook, the sheriff urged.`` In flow a line, a cue in it and the verbs of speech of
all packs. Out flows whether somebody reports the cue.
"""

from __future__ import annotations

import re
from functools import cache

from normalizer.chrome.cues import Hit, Verbs
from normalizer.chrome.lines import Line
from normalizer.chrome.shapes import ends_as_sentence

# What parts the words that are reported from the clause that reports them.
_PARTING = ',،、，:：–—"”“»«」』'
# Pages introduce headlines and pictures, and these quote people; a footer says itself who reported what.
_INTRODUCING = frozenset({"byline", "caption", "code", "footer", "related"})
# A notice that is longer than this many words quotes nobody: it is the page's own.
LONGEST = 40


def is_reported(line: Line, hit: Hit, verbs: Verbs) -> bool:
    """Whether the line is a statement in which somebody says, writes or asks what the cue is."""
    if hit.rule.family in _INTRODUCING or line.words > LONGEST or not _is_statement(line.text):
        return False
    if any(phrase in line.head for phrase in verbs.phrases):
        return True
    before, after = line.head[: hit.start], line.head[hit.end :]
    parts = [index for index in map(after.find, _PARTING) if index >= 0]
    if parts and _says(after[min(parts) :], verbs):
        return True
    return any(mark in before for mark in _PARTING) and _says(before, verbs)


def _says(clause: str, verbs: Verbs) -> bool:
    return any(word in verbs.words for word in _word().findall(clause))


def _is_statement(text: str) -> bool:
    return ends_as_sentence(text) and text.rstrip()[-1] not in "!?！？؟"


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
