"""ftfy in its careful setting as one candidate, with its explanation replayed to align the repair.

In flows a line, out flows the line repaired. ftfy names the steps it took; here each is taken again on a traced text,
so that the places follow from the codecs. ftfy's C1 step is left to the rule for control characters.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from normalizer.encoding.plausibility import cost_of
from normalizer.encoding.trace import Traced, Undone, aligned, joined, recoded, untouched

if TYPE_CHECKING:
    from collections.abc import Callable

    from ftfy import TextFixerConfig

# How ftfy's names for its codecs read to a person.
_NAMES = {
    "utf-8": "UTF-8", "utf-8-variants": "UTF-8", "latin-1": "Latin-1", "iso-8859-2": "ISO 8859-2",
    "macroman": "Mac Roman", "cp437": "DOS 437",
}  # fmt: skip


def undo_carefully(line: str) -> Undone | None:
    """The line as ftfy repairs it, if that makes it read better."""
    repaired = _repair(untouched(line))
    if repaired is None:
        return None
    traced, words = repaired
    if "\ufffd" not in line and _borders(traced.text) > _borders(line):
        return None
    if _NAMED.fullmatch(line) and not _NAMED.fullmatch(traced.text):
        return None  # "čŽž" spells an ideograph, but letters alone are more often letters
    if cost_of(line) - cost_of(_STRUCK.sub("", traced.text)) < _GAIN:
        return None
    return Undone(traced.text, words, partial(list, traced.starts))


_NAMED = re.compile("[ ,A-Za-zÀ-ÖØ-öø-ɏ]*")


def _borders(text: str) -> int:
    """How often letters of two scripts touch, Greek apart, which formulas mix with Latin."""
    return len(_BORDER.findall(text))


_BORDER = re.compile(
    "[A-Za-zÀ-ÖØ-öø-ɏ][\u0400-\u1cff\u2e80-\ud7ff\uf900-\ufaff]|[\u0400-\u1cff\u2e80-\ud7ff\uf900-\ufaff][A-Za-zÀ-ÖØ-öø-ɏ]"
)
_STRUCK = re.compile("[\u0335-\u0338]")  # marks that strike letters through, as jokes do
_GAIN = -80  # in quarters of a nat: ftfy changes only what its own heuristic calls bad, so it may cost a little


@cache
def _config() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False, fix_latin_ligatures=False, fix_character_width=False, uncurl_quotes=False,
        fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, remove_terminal_escapes=False,
        fix_c1_controls=False, normalization=None,
    )  # fmt: skip


def _repair(traced: Traced) -> tuple[Traced, str] | None:
    from ftfy import fix_encoding_and_explain

    fixed, steps = fix_encoding_and_explain(traced.text, _config())
    if fixed == traced.text or steps is None:
        return None
    replayed = _replay(traced, [tuple(step) for step in steps])
    if replayed is None or replayed[0].text != fixed:
        return None
    return replayed


def _replay(traced: Traced, steps: list[tuple[str, ...]]) -> tuple[Traced, str] | None:
    path: list[str] = []
    position = 0
    while position < len(steps):
        action, name = steps[position][:2]
        if action == "apply":
            embedded = _embedded(traced)
            traced, words = embedded
            path += words
            position += 1
            continue
        stop = next(number for number in range(position, len(steps)) if steps[number][0] == "decode")
        decoder = steps[stop][1]
        done = _recoded(traced, name, [step[1] for step in steps[position + 1 : stop]], decoder)
        if done is None:
            return None
        traced = done
        path.append(f"{readable(decoder)} read as {readable(name)}")
        position = stop + 1
    return traced, ", then ".join(dict.fromkeys(reversed(path)))


def readable(codec: str) -> str:
    """The name of one of ftfy's codecs in words a person knows."""
    return _NAMES.get(codec, codec.removeprefix("sloppy-"))


def _recoded(traced: Traced, encoder: str, transcoders: list[str], decoder: str) -> Traced | None:
    if decoder == "utf-8" and not transcoders:
        return recoded(traced, encoder, decoder)
    raw, starts = traced.text.encode(encoder), list(traced.starts)  # ftfy's encoders are all single-byte
    for name in transcoders:
        raw, starts = transcoded(raw, starts, name)
    text = raw.decode(decoder)
    if decoder == "utf-8":
        return Traced(text, aligned(text, starts, decoder))
    return _aligned_variants(text, starts, raw)


# CESU-8 and Java's NUL, which utf-8-variants reads, and UTF-8.
_SEQUENCE = re.compile(
    rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]|\xc0\x80|[\x00-\x7f]|[\xc2-\xdf].|[\xe0-\xef]..|[\xf0-\xf4]...",
    re.DOTALL,
)


def _aligned_variants(text: str, starts: list[int], raw: bytes) -> Traced | None:
    begins = [match.start() for match in _SEQUENCE.finditer(raw)]
    if len(begins) != len(text):
        return None
    places: list[int] = []
    for begin in begins:
        inside = begin and starts[begin - 1] == starts[begin]
        places.append(places[-1] if inside else starts[begin])
    return Traced(text, places)


def transcoded(raw: bytes, starts: list[int], name: str) -> tuple[bytes, list[int]]:
    """Ftfy's byte repairs, with the places that the bytes came from."""
    from ftfy import chardata, fixes

    if name == "restore_byte_a0":
        raw, starts = _substituted(raw, starts, fixes.A_GRAVE_WORD_RE, lambda found: b"\xc3\xa0" + found[1:])
        return _substituted(raw, starts, chardata.ALTERED_UTF8_RE, lambda found: found.replace(b" ", b"\xa0"))
    return _substituted(raw, starts, chardata.LOSSY_UTF8_RE, lambda _found: "\ufffd".encode())


def _substituted(
    raw: bytes, starts: list[int], pattern: re.Pattern[bytes], replace: Callable[[bytes], bytes]
) -> tuple[bytes, list[int]]:
    parts: list[bytes] = []
    places: list[int] = []
    position = 0
    for match in pattern.finditer(raw):
        start, end = match.span()
        after = replace(match.group())
        parts += [raw[position:start], after]
        places += starts[position:start]
        # Bytes beyond those replaced came from the last of them, or all from the first where fewer remain.
        places += (
            (starts[start:end] + [starts[end - 1]] * len(after))[: len(after)]
            if len(after) >= end - start
            else [starts[start]] * len(after)
        )
        position = end
    parts.append(raw[position:])
    return b"".join(parts), places + starts[position:]


def _embedded(traced: Traced) -> tuple[Traced, list[str]]:
    from ftfy.badness import is_bad
    from ftfy.chardata import UTF8_DETECTOR_RE

    parts: list[Traced] = []
    words: list[str] = []
    position = 0
    for match in UTF8_DETECTOR_RE.finditer(traced.text):
        start, end = match.span()
        repaired = None
        if end - start < len(traced.text) and is_bad(match.group()):
            repaired = _repair(Traced(match.group(), traced.starts[start:end]))
        if repaired is not None:
            parts += [Traced(traced.text[position:start], traced.starts[position:start]), repaired[0]]
            words.append(repaired[1])
            position = end
    parts.append(Traced(traced.text[position:], traced.starts[position:]))
    return joined(parts), words
