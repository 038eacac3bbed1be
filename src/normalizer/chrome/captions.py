"""Captions: where the credit of a picture stands in a line.

In flow a line and its hits. Out flows a :class:`Caption`: the line is a credit alone, a caption that
ends in a credit, or a paragraph with a caption glued to it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from normalizer.chrome.cues import Cues, Hit, weighed
from normalizer.chrome.lines import HEAD, Line, wide
from normalizer.chrome.periods import is_long_ago
from normalizer.chrome.shapes import ends_as_sentence, is_namelike

# A credit names a photographer, an agency and perhaps a role.
CREDIT_WORDS = 12
# Captions in the development data: the median has 17 words, one in a hundred more than 70.
CAPTION_WORDS = 75
# A source is "press office of the museum" or "from open sources".
SOURCE_WORDS = 6
# A credit in a script without spaces, in characters, and marks of a Japanese or Chinese clause that none has.
WIDE_CREDIT, _CLAUSE = 20, "をがは、，。"
_PHOTOGRAPH = ("photo", "foto", "fot.", "фото", "φωτο")


class Caption(NamedTuple):
    """``kind``: credit (nothing else on the line), caption (text, then credit) or glued (credit to cut, at
    ``start``–``end`` of the line's text). ``credit``: its text. ``why``: the evidence. ``where``: the places that
    count as the second signal, as in a rule.
    """

    kind: str
    start: int
    end: int
    credit: str
    why: str
    where: tuple[str, ...] = ("any",)


def find_caption(line: Line, hits: list[Hit], cues: Cues) -> Caption | None:
    """The caption that ``line`` is or holds, if its credit can be told for sure."""
    lead = len(line.text) - len(line.text.lstrip(HEAD))
    hits = weighed(hits)
    for hit in hits:
        if hit.rule.kind == "credit":
            found = _labelled(line, lead + hit.start, lead + hit.end, cues)
            if found:
                pictured = found.kind == "caption" and "/" in found.credit and _names_agency(found.credit, cues)
                return found if pictured else found._replace(where=hit.rule.where)
    if any(hit.rule.kind == "agency" for hit in hits) or "©" in line.text:
        return _signed(line, cues)
    return None


def _labelled(line: Line, start: int, end: int, cues: Cues) -> Caption | None:
    text = line.text.rstrip()
    before, after = text[:start].rstrip(), text[end:].strip(HEAD + ")]")
    label = f"credit label {text[start:end].strip()!r}"
    if text[start:end].strip() == "©" and is_long_ago(after):
        return None  # the notice of a song, a book or a map
    if not before.strip("([ "):
        if not after or _is_credit(after) or _names_agency(after, cues) or _is_source(line, text[start:end].lower()):
            return Caption("credit", 0, len(text), after, label)
        return _opened(line, text, label, cues)
    if not (_is_credit(after) or _is_office(text[start:end], before, after)) or not _may_precede(before, text[start]):
        return None
    if line.words > CAPTION_WORDS:
        return Caption("glued", len(before.rstrip("([ ")), len(line.text), after, label)
    return Caption("caption", start, len(text), after, label)


def _is_credit(text: str) -> bool:
    """Whether ``text`` after a label is nothing but who made or owns the picture."""
    if _site().fullmatch(text):
        return True
    if not is_namelike(text, CREDIT_WORDS):
        return False
    # Scripts without capitals do not mark names: a credit is short and no clause.
    if wide(text):
        return wide(text) <= WIDE_CREDIT and not ends_as_sentence(text) and not any(mark in text for mark in _CLAUSE)
    if any(character.isupper() for character in text):
        return True
    return len(text.split()) <= SOURCE_WORDS and not ends_as_sentence(text)


@cache
def _site() -> re.Pattern[str]:
    return re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?")


def _is_source(line: Line, label: str) -> bool:
    """Whether a line that opens with a word for photograph is short enough to be only its source."""
    telling = not label[-1:].isalnum() or " " in label
    return telling and label.startswith(_PHOTOGRAPH) and line.words <= SOURCE_WORDS and not ends_as_sentence(line.text)


def _is_office(label: str, before: str, after: str) -> bool:
    """Whether a label with its colon, after the end of a sentence, is followed by an office, in a few words."""
    few = after[:1].isupper() and len(after.split()) <= SOURCE_WORDS and not ends_as_sentence(after)
    return few and label.rstrip().endswith((":", "：")) and before[-1:] in ".!?…»”)"


def _may_precede(before: str, first: str) -> bool:
    """Whether a credit may follow ``before``: a sentence or bracket ends there, or the two are glued."""
    return before[-1] in '.!?…»”")]’,;(|/—–-©。！？、＝」）（［【' or first.isupper() or first == "("


def _opened(line: Line, text: str, label: str, cues: Cues) -> Caption | None:
    """A line that opens with a label: a caption up to its signature, perhaps with a paragraph after it."""
    signed = _signature(text, cues)
    if signed is not None and line.words <= CAPTION_WORDS:
        return Caption("caption", signed[0], len(text), signed[1], label)
    closed = _bracket_at_end().search(text)
    named = closed and is_namelike(closed[1], 5) and not any(character.isdigit() for character in closed[1])
    if closed and named and line.words <= CAPTION_WORDS // 2 and _says_photo().search(label):
        return Caption("caption", closed.start(), len(text), closed[1], label)
    for match in _bracket().finditer(text, 0, 260):
        rest = text[match.end() :].lstrip()
        if len(rest) > 80 and rest[0].isupper() and _names_agency(match[1], cues):
            return Caption("glued", 0, len(text) - len(rest), match[1], label)
    return None


def _signed(line: Line, cues: Cues) -> Caption | None:
    """A caption told by the agency or © at its end."""
    text = line.text.rstrip()
    signed = _signature(text, cues)
    if signed is None or line.words > CAPTION_WORDS:
        return None
    start, credit = signed
    why = f"signed {credit!r}"
    if text[:start].strip("(©/ ") == "":
        return Caption("credit", 0, len(text), credit, why)
    return Caption("caption", start, len(text), credit, why)


def _signature(text: str, cues: Cues) -> tuple[int, str] | None:
    """Start and text of the credit at the end of ``text``."""
    sign = text.rfind("©")
    if sign >= 0 and 1 < len(text) - sign <= 90 and not any(c in text[sign:] for c in "!?"):
        credit = text[sign + 1 :].strip(" )]")
        named = is_namelike(credit, CREDIT_WORDS) or _names_agency(credit, cues)
        if named and not re.search(r"\b(?:19|20)\d\d\b", credit):
            return sign, credit
    closed = _bracket_at_end().search(text)
    if closed and _names_agency(closed[1], cues):
        return closed.start(), closed[1]
    label = _glued_label().search(text)
    if label and _is_credit(label[1]):
        return label.start(), label[1]
    start = max(text.rfind(mark, 0, len(text) - 1) for mark in '.!?…”»"）＝') + 1
    tail = text[start:].strip()
    if tail[:1] == tail[-1:] == "/":
        return None  # "… on Monday. /TASS/": the agency signs its report, not a picture
    glued = start and text[start - 1] == "." and text[start - 2 : start - 1].isupper()
    if not glued and is_namelike(tail, 8) and _names_agency(tail, cues) and (start or len(tail.split()) <= 6):
        return start, tail
    return None


def _names_agency(credit: str, cues: Cues) -> bool:
    """Whether ``credit`` is a picture's: a picture agency, or an agency beside a photographer."""
    lowered = _photograph().sub("", credit.lower().strip())
    parts = [part.strip() for part in re.split(r"[/|,;＝]|\bvia\b|\bphoto\b| - ", lowered)]
    named = [part for part in parts if part in cues.agencies]
    return any(cues.agencies[part] for part in named) or (bool(named) and len(parts) > 1)


@cache
def _photograph() -> re.Pattern[str]:
    return re.compile(r"^(?:photos?|fotos?|фото|bild(?:er)?|fotoğraf|zdjęcie|images?)(?:\s?[-–—|/:]\s?|\s)")


@cache
def _says_photo() -> re.Pattern[str]:
    return re.compile(r"(?i:photo|foto|фото|φωτο|fot\.|bild|zdjęci)[^:]{0,12}:")


@cache
def _glued_label() -> re.Pattern[str]:
    """A label that an extractor glued to the caption before it: ``the harbourPhoto: Jane Doe/AP``."""
    return re.compile(
        r"(?<=[^\W_A-Z])(?:Bild|Foto|Fotos|Photo|Credit|Image|Picture|Pic|Фото|Fotoğraf):\s?([^:]{2,90})$"
    )


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(r"[(\[（]([^()\[\]（）]{2,90})[)\]）]")


@cache
def _bracket_at_end() -> re.Pattern[str]:
    return re.compile(r"[(\[（]([^()\[\]（）]{2,90})[)\]）]\s*\.?\s*$")
