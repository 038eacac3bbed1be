"""UTF-8 that was read as something else: whole lines.

In flows a line, out flows the line as it was before the mistake. UTF-8 checks itself: a byte
above ASCII stands in a sequence or the guess is wrong. So where a whole line fits, a few sequences are
proof; where only stretches fit, plausibility must agree.
"""

from __future__ import annotations

import re
from functools import partial

from normalizer.encoding.charsets import Charset, holding
from normalizer.encoding.plausibility import cost_beyond_ascii, token
from normalizer.encoding.trace import Undone, aligned, aligned_wide, from_utf8

# Multi-byte charsets that UTF-8 is read as; Python's name and a person's.
_WIDE = (("gb18030", "GB 18030"), ("cp932", "Shift JIS"), ("cp949", "EUC-KR"), ("big5", "Big5"))
_LIKELY, PROOF, _CERTAINTY = 3, 4, 12  # sequences in a line that prove much if all
# of it then is letters of living languages, that prove much, and that need no second opinion
LEAST = 2  # sequences in a run; one alone is left to ftfy's judgement
_WORD = 3  # letters that make a word
_GAIN, _GAIN_OF_LETTERS = 8, 40  # in quarters of a nat: what fewer must gain, where something odd stands or not
_PIECE = re.compile(r"[^ \t\r\n]+")
BONUS = 12  # what each sequence says for itself: few texts spell one by chance
WORDLIKE = re.compile(
    r"[\w\s\x00-\x9f\u0300-\u036f\u2010-\u203a\u20a0-\u20c0\u2116\u2122«»·©®°¡¿¦§¨¬¯±´¶¸¹²³×÷\U0001f300-\U0001faff]*"
)


def undo_line(text: str, able: list[Charset]) -> Undone | None:
    """The line, if all of it is UTF-8 that was read as one of the charsets ``able`` to hold it."""
    candidates: dict[str, tuple[Charset, bytes]] = {}
    for charset in able:
        if not _begins(text, charset):
            continue
        raw = charset.encode(text)
        try:
            candidates.setdefault(raw.decode("utf-8"), (charset, raw))
        except UnicodeDecodeError:
            continue
    if not candidates:
        return None
    best = min(candidates, key=_unlikelihood) if len(candidates) > 1 else next(iter(candidates))
    charset, raw = candidates[best]
    if not _convincing(text, best, sequences=count_sequences(raw)):
        return None
    return from_utf8(best, f"UTF-8 read as {charset.label}")


def _unlikelihood(text: str) -> tuple[int, int]:
    """By what candidates compare: their cost, and the capitals, which cost nothing where they begin a word."""
    return cost_beyond_ascii(text), sum(map(str.isupper, text))


def _begins(text: str, charset: Charset) -> bool:
    """Whether a text in a charset may be UTF-8, as far as its beginning tells, which is quickly seen."""
    head = charset.encode(text[:_HEAD])
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start + 4 > len(head) and len(text) > _HEAD  # a sequence may be cut off
    return True


_HEAD = 80


def undo_worn(text: str, able: list[Charset]) -> Undone | None:
    """The line, if it is UTF-8 read as a multi-byte charset, or lost hard spaces or bytes on the way."""
    wide = _undo_wide(text)
    if wide is not None:
        return wide
    for charset in able:
        raw = charset.encode(text)
        whole = _VALID.findall(raw)
        above = len(raw) - len(raw.translate(None, _HIGH))
        if 3 * sum(map(len, whole)) < 2 * above:  # most of it must be whole
            continue
        for words, mend in ((", hard spaces made plain", _with_hard_spaces), (", bytes lost", _with_gaps)):
            if mend is _with_hard_spaces and charset.name == "mac-roman":
                continue  # an en dash before a space would fit there
            if mend is _with_gaps and _sound_letter(raw, text):
                continue
            mended, starts = mend(raw, [*range(len(raw))])
            try:
                undone = mended.decode("utf-8")
            except UnicodeDecodeError:
                continue
            sequences = len(whole) - _GAP * (mended.count(_LOST) - raw.count(_LOST))
            if sequences > 0 and _convincing(text, undone, sequences=sequences):
                places = partial(aligned, undone, starts, "utf-8")
                return Undone(undone, f"UTF-8 read as {charset.label}{words}", places)
    return None


_HIGH, _LOST = bytes(range(0x80, 0x100)), "\ufffd".encode()
_GAP = 3  # whole sequences that must stand against each broken one
_VALID = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BROKEN = re.compile(_VALID.pattern + rb"|(?P<gap>[\xc2-\xf4][\x80-\xbf]*)")


def _with_hard_spaces(raw: bytes, starts: list[int]) -> tuple[bytes, list[int]]:
    """Bytes A0 that became plain spaces, put back as ftfy does it."""
    from normalizer.encoding.careful import transcoded

    raw, starts = transcoded(raw, starts, "restore_byte_a0")
    return _SPACED.sub(lambda found: found.group().replace(b" ", b"\xa0"), raw), starts


# Between whole sequences a lead byte before a space can only have lost a hard one.
_SPACED = re.compile(rb"[\xc2-\xdf] |[\xe0-\xef] [\x80-\xbf]|[\xe0-\xef][\x80-\xbf] |[\xe0-\xef]  ")


def _with_gaps(raw: bytes, starts: list[int]) -> tuple[bytes, list[int]]:
    """U+FFFD in the place of each sequence that lost bytes."""
    parts: list[bytes] = []
    places: list[int] = []
    position = 0
    for match in _BROKEN.finditer(raw):
        start, end = match.span()
        parts.append(raw[position:start])
        places += starts[position:start]
        gap = match["gap"] is not None
        parts.append("\ufffd".encode() if gap else match.group())
        places += [starts[start]] * 3 if gap else starts[start:end]
        position = end
    parts.append(raw[position:])
    return b"".join(parts), places + starts[position:]


def _sound_letter(raw: bytes, text: str) -> bool:
    """Whether a broken sequence would be a small Latin letter by itself, like the French ``à``: a word."""
    if len(raw) != len(text):
        return False
    gaps = (match.span() for match in _BROKEN.finditer(raw) if match["gap"] is not None)
    return any(
        end - start == 1 and text[start].islower() and text[start] < "\u0250" and text[start - 1 : start].isascii()
        for start, end in gaps
    )


def count_sequences(raw: bytes) -> int:
    """How many multi-byte sequences begin in ``raw``."""
    return len(_LEADS.findall(raw))


_LEADS = re.compile(rb"[\xc2-\xf4]")


def _convincing(before: str, after: str, *, sequences: int) -> bool:
    """Whether a line that could be UTF-8 is: it looks wrong as it stands, and right decoded."""
    if sequences >= _CERTAINTY and WORDLIKE.fullmatch(after):
        return True
    if sequences >= _LIKELY and _LETTERS.fullmatch(after) and _SIGN.search(before):
        return True
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if sequences >= LEAST and _again(after):
        return True
    odd = any(token(piece).odd for piece in old if not piece.isascii())
    if not odd and all(token(piece).sound for piece in old if not piece.isascii()):
        return False
    if sequences < PROOF and _FOREIGN.search(after) and not _FOREIGN.search(before):
        return False
    gain = cost_beyond_ascii(before) - cost_beyond_ascii(after)
    if sequences >= PROOF and WORDLIKE.fullmatch(after):
        return gain >= 0
    if odd:
        return gain + BONUS * sequences >= _GAIN and (_in_words(old, new) or _is_bad(before))
    same = _scripts(after) <= _scripts(before) and _in_words(old, new)
    return gain + BONUS * sequences >= _GAIN_OF_LETTERS and same


def _again(text: str) -> bool:
    """Whether what was decoded is UTF-8 read wrongly once more: no sound line is so by chance."""
    for charset in holding(text):
        try:
            undone = charset.encode(text).decode("utf-8")
        except UnicodeDecodeError:
            continue
        return undone != text
    return False


# Scripts that a short sequence spells by chance far more often than it stands for them.
_FOREIGN = re.compile("[\u0530-\u058f\u0700-\u1dff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufaff]")


def _in_words(old: list[str], new: list[str]) -> bool:
    """Whether what changes stands in words that read well afterwards."""
    changed = [piece for piece in new if not piece.isascii()]
    if len(old) != len(new):
        return False
    return all(token(piece).sound and sum(map(str.isalpha, piece)) >= _WORD for piece in changed)


def _is_bad(line: str) -> bool:
    from ftfy.badness import is_bad

    return is_bad(line)


def _scripts(text: str) -> set[str]:
    return {script for piece in _PIECE.findall(text) for script, _ in token(piece).words}


def _undo_wide(text: str) -> Undone | None:
    for name, label in _WIDE:
        try:
            raw = text.encode(name)
            undone = raw.decode("utf-8")
        except UnicodeError:
            continue
        if undone != text and _convincing(text, undone, sequences=count_sequences(raw)):
            places = partial(aligned_wide, text, name, undone, "utf-8")
            return Undone(undone, f"UTF-8 read as {label}", places)
    return None


# Letters of living languages and their punctuation; and what hardly stands in sound text, as mojibake of UTF-8 does.
_LETTERS = re.compile(
    "[\x00-\x7e\xa0«»À-ÖØ-öø-ıĹ-žȘ-țə\u0386-\u03ce\u0400-\u045f\u0490-\u0493\u049a-\u049d\u04a2\u04a3\u04ae-\u04b1"
    "\u04d8\u04d9\u04e8\u04e9\u05d0-\u05ea\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc\u1ea0-\u1ef9\u2013\u2014\u2018-\u201e\u2026"
    "\u3001-\u3002\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]*"
)
_SIGN = re.compile(
    "[\x80-\x9f¡-¿×÷Œœ\u02c6\u02dc\u2018-\u2122\u2200-\u25ff]|[À-ÿĂ-ž][À-ß\u0402-\u040f]|[а-я][\u0402-\u042f]"
)
