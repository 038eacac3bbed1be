"""Detection: which charset reads best, where nothing announces one.

In flow bytes, out flow charsets in the order of how well the text reads in them. chardet proposes (it knows
multi-byte charsets well); every single-byte charset of the search is tried too, and the models of letters
decide between neighbours that a short text hardly tells apart.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from normalizer.encoding.charsets import charsets
from normalizer.encoding.plausibility import ODD, UNIT, Token, cost_in_one_language, ideographs, token


class Candidate(NamedTuple):
    """A charset (Python's name), the text it gives, and how much worse than the best it reads (nats)."""

    codec: str
    text: str
    behind: float


_SAMPLE = 4096  # bytes that decide
_PIECES = 60  # pieces with and without bytes above ASCII that are weighed
_RANK, _UNPROPOSED = 10, 4  # quarters of a nat for each place in chardet's list, and places for not being in it
_SYMBOL = 8  # for each symbol that running text hardly holds
_MIXED = 24  # in quarters of a nat, wherever a Latin letter touches a letter or point of another script
_BORDER = re.compile("[A-Za-zÀ-ɏ][\u0370-\u07ff\u0e00-\u0eff]|[\u0370-\u07ff\u0e00-\u0eff][A-Za-zÀ-ɏ]")
_PRIVATE = 400
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]")
_USUAL = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\u024f\u0370-\u052f\u0590-\u06ff\u0e00-\u0e7f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2100-\u2122"
    "\u3000-\u30ff\uff01-\uff65]"
)
_USUAL_SHARE = 0.95


_LATIN_PAIR, _LATIN_SHARE = re.compile(rb"[A-Za-z]{2}"), 4  # more such pairs than one in so many bytes are words
_SHORT, _COMMON = 12, 24  # bytes of a word, and what its ideographs cost at most where it may be a Latin one


def unmarked_utf16(raw: bytes) -> Candidate | None:
    """UTF-16 without a byte order mark, if the bytes read as usual characters in one of the two orders."""
    latin = len(_LATIN_PAIR.findall(raw[:_SAMPLE]))
    if len(raw) % 2 or len(raw) < 4 or _LATIN_SHARE * latin > len(raw[:_SAMPLE]):
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        sample = text[: _SAMPLE // 2]
        usual = len(_USUAL.findall(sample))
        common = ideographs()
        if latin and len(raw) < _SHORT and any(common.get(character, _COMMON) >= _COMMON for character in sample):
            continue
        if usual + sum(character in common for character in sample) >= _USUAL_SHARE * len(sample):
            return Candidate(codec, text, 0.0)
    return None


def candidates(raw: bytes) -> list[Candidate]:
    """Charsets that fit ``raw``, the one that reads best first."""
    from chardet import detect_all

    sample = _cut(raw)
    names = [_name(guess["encoding"]) for guess in detect_all(raw) if guess["encoding"]]
    letters = 2 * len(re.findall(rb"[A-Za-z]", sample)) > len(sample)
    # What reads even ASCII differently, as EBCDIC does, explains nothing where most bytes are ASCII letters.
    proposed = [name for name in names if not letters or _decoded(b"News", name) == "News"]
    weighed: list[tuple[int, int, str]] = []
    for number, codec in enumerate(dict.fromkeys([*proposed, *(charset.name for charset in charsets())])):
        text = _decoded(sample, codec)
        if text is None:
            continue
        place = proposed.index(codec) if codec in proposed else len(proposed)
        tokens = _tokens(text)
        cost = cost_in_one_language(tokens) + _MIXED * len(_BORDER.findall(text)) + _SYMBOL * len(ODD.findall(text))
        cost += _PRIVATE * bool(_PRIVATE_USE.search(text))
        cost += _rarity(codec) + _RANK * min(place, _UNPROPOSED)
        weighed.append((cost, number, codec))
    weighed.sort()
    found: list[Candidate] = []
    for cost, _, codec in weighed:
        text = _decoded(raw, codec)
        if text is not None:
            found.append(Candidate(codec, text, (cost - weighed[0][0]) / UNIT))
    return found


_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_STRAY = 3  # UTF-8 sequences for each byte beyond them that show UTF-8 with stray bytes
_BAD = 2  # excess a letter, in quarters of a nat, from which on words beyond ASCII read badly
_FEW, _AMONG = 6, 3  # letters of another script that may be chance among so many times more in ASCII


def is_broken_utf8(raw: bytes) -> bool:
    """Whether most bytes above ASCII stand in sequences of UTF-8, so that the rest is damage and no charset."""
    whole = len(_SEQUENCE.findall(raw))
    above = _SEQUENCE.sub(b"", raw).translate(None, bytes(range(0x80)))
    return whole > 1 and whole >= _STRAY * len(above)


def is_a_guess(text: str) -> bool:
    """Whether a decoded text shows by nothing that its charset is the right one.

    It holds private characters, or no word beyond ASCII reads well, or all there is are a few letters of another
    script, which a stray byte or two would spell as well.
    """
    if _PRIVATE_USE.search(text):
        return True
    tokens = [token(piece) for piece in text.split() if not piece.isascii()][:_PIECES]
    if tokens and not any(piece.sound for piece in tokens):
        excess, size = sum(piece.excess for piece in tokens), sum(piece.size for piece in tokens)
        if excess and excess >= _BAD * size and any(piece.odd for piece in tokens):
            return True
    other = len(_OTHER_SCRIPT.findall(text))
    return 0 < other < _FEW and _AMONG * other < len(_ASCII_LETTER.findall(text)) and not _LATIN.search(text)


_OTHER_SCRIPT = re.compile("[\u0370-\u07ff\u0e00-\u0eff\u3040-\ud7a3\uff66-\uff9f]")
_ASCII_LETTER, _LATIN = re.compile("[A-Za-z]"), re.compile("[À-ɏ]")


def _cut(raw: bytes) -> bytes:
    """The head of ``raw``, up to a space or line end."""
    if len(raw) <= _SAMPLE:
        return raw
    end = max(raw.rfind(b" ", 0, _SAMPLE), raw.rfind(b"\n", 0, _SAMPLE))
    return raw[: end if end > 0 else _SAMPLE]


def _name(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return encoding
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "shift_jis": "cp932"}.get(name, name)


def _decoded(raw: bytes, codec: str) -> str | None:
    charset = next((charset for charset in charsets() if charset.name == codec), None)
    try:
        return raw.decode(codec) if charset is None else charset.decode(raw)
    except (LookupError, ValueError):
        return None


def _rarity(codec: str) -> int:
    listed = next((charset.rarity for charset in charsets() if charset.name == codec), None)
    if listed is not None:
        return listed
    return 0 if codec in _EASTERN else _UNLISTED


_EASTERN = frozenset(
    {"gb18030", "gbk", "big5", "big5hkscs", "cp949", "euc_kr", "cp932", "euc_jp", "iso2022_jp", "cp1258"}
)
_UNLISTED = 24  # in quarters of a nat: charsets that chardet knows beside ours are rare


def _tokens(text: str) -> list[Token]:
    pieces = text.split()
    above = [piece for piece in pieces if not piece.isascii()][:_PIECES]
    plain = [piece for piece in pieces if piece.isascii()][:_PIECES]
    return [token(piece) for piece in above + plain]
