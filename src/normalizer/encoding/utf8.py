"""UTF-8 that was read as something else, or as several things: a line, or stretches of words in it.

In flows a traced line, out flow pieces of it as they were before the mistake. UTF-8 checks itself: a byte
above ASCII stands in a sequence or the guess is wrong. So where a whole line fits, a few sequences are
proof; where only stretches fit, plausibility must agree.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from normalizer.encoding.charsets import Charset, charsets, holding
from normalizer.encoding.pieces import Pieces, best_runs
from normalizer.encoding.plausibility import ODD, cost_of, token
from normalizer.encoding.trace import Traced, Undone, aligned, bytes_from

# Multi-byte charsets that UTF-8 is read as; Python's name and a person's.
_WIDE = (("gb18030", "GB 18030"), ("cp932", "Shift JIS"), ("cp949", "EUC-KR"), ("big5", "Big5"))
_LIKELY, _PROOF, _CERTAINTY = 3, 4, 12  # sequences in a line that prove much if all
# of it then is letters of living languages, that prove much, and that need no second opinion
_WORD = 3  # letters that make a word
_GAIN, _GAIN_OF_LETTERS = 8, 40  # in quarters of a nat: what fewer must gain, where something odd stands or not
_PIECE = re.compile(r"[^ \t\r\n]+")
_BONUS = 12  # what each sequence says for itself: few texts spell one by chance
_WORDLIKE = re.compile(
    r"[\w\s\x00-\x9f\u0300-\u036f\u2010-\u203a\u20a0-\u20c0\u2116\u2122«»·©®°¡¿¦§¨¬¯±´¶¸¹²³×÷\U0001f300-\U0001faff]*"
)


def undo_line(line: Traced) -> Undone | None:
    """The line, if all of it is UTF-8 that was read as one other charset."""
    text = line.text
    able = holding(text)
    candidates: dict[str, tuple[Charset, bytes]] = {}
    for charset in able:
        raw = charset.encode(text)
        try:
            candidates.setdefault(raw.decode("utf-8"), (charset, raw))
        except UnicodeDecodeError:
            continue
    if not candidates:
        return None
    best = min(candidates, key=cost_of) if len(candidates) > 1 else next(iter(candidates))
    charset, raw = candidates[best]
    if not _convincing(text, best, sequences=_sequences(raw)):
        return None
    return Undone(aligned(best, line.starts, "utf-8"), f"UTF-8 read as {charset.label}")


def undo_worn(line: Traced) -> Undone | None:
    """The line, if it is UTF-8 read as a multi-byte charset, or lost hard spaces or bytes on the way."""
    wide = _undo_wide(line)
    if wide is not None:
        return wide
    for charset in holding(line.text):
        raw = charset.encode(line.text)
        whole = _VALID.findall(raw)
        above = len(raw) - len(raw.translate(None, _HIGH))
        if 3 * sum(map(len, whole)) < 2 * above:  # most of it must be whole
            continue
        for words, mend in ((", hard spaces made plain", _with_hard_spaces), (", bytes lost", _with_gaps)):
            if mend is _with_hard_spaces and charset.name == "mac-roman":
                continue  # an en dash before a space would fit there
            if mend is _with_gaps and _sound_letter(raw, line.text):
                continue
            mended, starts = mend(raw, list(line.starts))
            try:
                undone = mended.decode("utf-8")
            except UnicodeDecodeError:
                continue
            sequences = len(whole) - _GAP * (mended.count(_LOST) - raw.count(_LOST))
            if sequences > 0 and _convincing(line.text, undone, sequences=sequences):
                return Undone(aligned(undone, starts, "utf-8"), f"UTF-8 read as {charset.label}{words}")
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


def _sequences(raw: bytes) -> int:
    """How many multi-byte sequences begin in ``raw``."""
    return len(_LEADS.findall(raw))


_LEADS = re.compile(rb"[\xc2-\xf4]")


def _convincing(before: str, after: str, *, sequences: int) -> bool:
    """Whether a line that could be UTF-8 is: it looks wrong as it stands, and right decoded."""
    if sequences >= _CERTAINTY and _WORDLIKE.fullmatch(after):
        return True
    if sequences >= _LIKELY and _LETTERS.fullmatch(after) and _SIGN.search(before):
        return True
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if sequences >= _LEAST and _again(after):
        return True
    touched = [token(piece) for piece in old if not piece.isascii()]
    odd = any(piece.odd for piece in touched)
    if not odd and all(piece.sound for piece in touched):
        return False
    if sequences < _PROOF and _FOREIGN.search(after) and not _FOREIGN.search(before):
        return False
    gain = cost_of(before) - cost_of(after)
    if sequences >= _PROOF and _WORDLIKE.fullmatch(after):
        return gain >= 0
    if odd:
        return gain + _BONUS * sequences >= _GAIN and (_in_words(old, new) or _is_bad(before))
    same = _scripts(after) <= _scripts(before) and _in_words(old, new)
    return gain + _BONUS * sequences >= _GAIN_OF_LETTERS and same


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


def _undo_wide(line: Traced) -> Undone | None:
    text = line.text
    for name, label in _WIDE:
        try:
            raw = text.encode(name)
            undone = raw.decode("utf-8")
        except UnicodeError:
            continue
        if undone != text and _convincing(text, undone, sequences=_sequences(raw)):
            return Undone(aligned(undone, bytes_from(line, name), "utf-8"), f"UTF-8 read as {label}")
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


class Found(NamedTuple):
    """A charset whose characters spell UTF-8 sequences in a line, and how many of them do."""

    charset: Charset
    pattern: re.Pattern[str]
    covered: int


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Runs of UTF-8 sequences, spelled in the characters of a charset."""
    decoding = next(charset.decoding for charset in charsets() if charset.name == name)
    tail = _class(decoding, 0x80, 0xC0)
    two, three, four = _class(decoding, 0xC2, 0xE0), _class(decoding, 0xE0, 0xF0), _class(decoding, 0xF0, 0xF5)
    return re.compile(f"(?:{two}{tail}|{three}{tail}{tail}|{four}{tail}{tail}{tail})+")


def _class(decoding: str, first: int, last: int) -> str:
    characters = sorted(set(decoding[first:last]) - {"\ufffe"})
    return "[" + "".join(f"\\U{ord(character):08x}" for character in characters) + "]"


def spelled(text: str) -> list[Found]:
    """Charsets in whose characters ``text`` spells UTF-8 sequences, those that cover most first."""
    found: list[Found] = []
    present = {character for character in text if character >= "\x80"}
    for charset in charsets():
        leads, tails = _ends(charset.name)
        if present.isdisjoint(leads) or present.isdisjoint(tails):
            continue
        pattern = _pattern(charset.name)
        covered = sum(map(len, pattern.findall(text)))
        if covered:
            found.append(Found(charset, pattern, covered))
    found.sort(key=lambda one: -one.covered)
    # One that covers little beside the best is chance.
    return [one for one in found if 2 * one.covered >= found[0].covered]


@cache
def _ends(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What first and what further bytes of UTF-8 look like in a charset."""
    decoding = next(charset.decoding for charset in charsets() if charset.name == name)
    return frozenset(decoding[0xC2:0xF5]), frozenset(decoding[0x80:0xC0])


def undo_piece(piece: Traced, found: Found) -> Traced | None:
    """A piece with its UTF-8 sequences decoded; nothing where they are no valid UTF-8."""
    text, starts = piece
    parts: list[str] = []
    places: list[int] = []
    position = 0
    for match in found.pattern.finditer(text):
        start, end = match.span()
        try:
            undone = found.charset.encode(match.group()).decode("utf-8")
        except UnicodeError:
            continue
        inner = aligned(undone, starts[start:end], "utf-8")
        parts += [text[position:start], undone]
        places += [*starts[position:start], *inner.starts]
        position = end
    if not parts:
        return None
    return Traced("".join([*parts, text[position:]]), [*places, *starts[position:]])


class Spelled(NamedTuple):
    """Half-open runs of pieces (numbers) that spell UTF-8 in one charset, and what decoding them gains."""

    found: Found
    runs: list[tuple[int, int]]
    gain: int


def find_spelled(pieces: Pieces, bad: list[int]) -> Spelled | None:
    """The charset in whose characters most pieces spell UTF-8, with the runs that do; ``bad`` as for swaps."""
    best: Spelled | None = None
    suspicious = set(bad)
    for found in spelled(" ".join(pieces.texts[n] for n in bad))[:_TRIED]:
        gains = [
            _gain(text, found) if n in suspicious else 0 if text.isascii() else -_SOUND
            for n, text in enumerate(pieces.texts)
        ]
        runs = [
            (start, end)
            for start, end in best_runs(gains, pieces)
            if sum(gains[start:end]) >= _STRETCH_GAIN and _looks_wrong(pieces, start, end, found)
        ]
        total = sum(sum(gains[start:end]) for start, end in runs)
        if runs and (best is None or total > best.gain):
            best = Spelled(found, runs, total)
    return best


def _looks_wrong(pieces: Pieces, start: int, end: int, found: Found) -> bool:
    """Whether a run holds something odd, or is long, and decodes to text that reads well on the whole."""
    tokens = pieces.tokens[start:end]
    if not any(piece.odd for piece in tokens) and sum(not piece.sound for piece in tokens) < _PROOF:
        return False
    texts = [text for text in pieces.texts[start:end] if not text.isascii()]
    undone = [undo_piece(Traced(text, range(len(text))), found) for text in texts]
    after = [token(piece.text if piece else text) for piece, text in zip(undone, texts, strict=True)]
    changed = [(text, new) for text, piece, new in zip(texts, undone, after, strict=True) if piece]
    if all(_script_count(text) > 1 and len({script for script, _ in piece.words}) == 1 for text, piece in changed):
        return True  # words of two scripts become words of one
    sequences = sum(_sequences(found.charset.encode("".join(found.pattern.findall(text)))) for text in texts)
    if sequences < _LEAST:
        return False
    if sequences < _ENOUGH and not all(piece.sound for piece in after):
        layered = _LAYER.search(" ".join(piece.text if piece else "" for piece in undone))
        if not layered:
            return False
    cost, before = sum(piece.free for piece in after), sum(token(text).free for text in texts)
    return cost <= _TOLERABLE * sum(piece.size for piece in after) + _SLACK or 2 * cost <= before


def _script_count(piece: str) -> int:
    return len({script for script, _ in token(piece).words})


_LAYER = re.compile("[ÂÃÄÅÐÑâ][\x80-\xbf\u0152-\u0192\u02c6-\u2122]")  # UTF-8 misread, under another layer
_ENOUGH = 6  # sequences from which on one word may read badly
_LEAST = 2  # sequences in a run; one alone is left to ftfy's judgement
_TOLERABLE, _SLACK = 18, 40  # quarters of a nat a letter, and in all, that decoded text may cost
_TRIED = 2  # charsets whose stretches are compared
_STRETCH_GAIN = 40  # in quarters of a nat: what a stretch must gain
_LEFT_OVER = 24  # cost of each character above ASCII that no sequence explains
_SOUND, _EVEN = 40, 12  # cost of touching a piece that reads well, or that holds nothing odd, as it is
_SYMBOL = 24  # cost of each decoded symbol: bytes spell those by chance more often than writers use them


def _gain(piece: str, found: Found) -> int:
    """What decoding the UTF-8 sequences in a piece gains."""
    before = token(piece)
    above = len(piece) - len(piece.encode("ascii", "ignore"))
    runs = found.pattern.findall(piece)
    if not runs:
        return -_SOUND if before.sound else -_LEFT_OVER * above
    undone = piece
    try:
        for run in runs:
            undone = undone.replace(run, found.charset.encode(run).decode("utf-8"), 1)
    except UnicodeError:
        return -_SOUND if before.sound else -_LEFT_OVER * above
    spelled_out = "".join(runs)
    doubt = _SOUND if before.sound else 0 if before.odd else _EVEN
    bonus = _BONUS * _sequences(found.charset.encode(spelled_out))
    cost = token(undone).free + _SYMBOL * len(ODD.findall(undone))
    return before.free - cost + bonus - doubt - _LEFT_OVER * (above - len(spelled_out))
