"""Spans that no name edit may touch: addresses, handles, paths, code, markup.

In flows the text. Out flows whether a span of it (code points) lies in something that a machine reads.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from normalizer.names.code import in_code
from normalizer.names.fold import CLOSING, OPENING

_MARKUP = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|(?<![\w`])`[^`\n]+`(?![\w`])|<(code|pre|script|style|kbd|samp)\b.*?</\1\s*>"
    r"|<[a-zA-Z/!][^<>]*>|^ {0,3}\[[^\]\n]+\]:[^\S\n]+\S+|\]\([^()\s]*\)",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_EDGE = (
    "".join(sorted(set(OPENING + CLOSING) - set("'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")))
    + "<>"
)
_NOT_CHUNK = re.compile(rf"[\s{_EDGE}]")
# An address is longer than this only when it is no word that a name could be in.
_REACH = 300
_TOP_LEVEL = (
    "com org net info biz int edu gov mil io co tv me eu ua ru by us uk de fr pl es it pt tr cz ro nl be ch at ca au "
    "br in jp cn se no fi dk gr hu bg rs md kz ge am az lt lv ee il ie nz za news media press today live online site "
    "app dev рф укр"
)
_EXTENSIONS = (
    "jpe?g png gif svg webp tiff? bmp heic pdf docx? xlsx? pptx? odt ods rtf csv tsv jsonl? xml ya?ml toml ini html? "
    "php aspx? txt md rst tex log py js ts css java c h cpp rs go sh bat exe dll zip tar gz bz2 7z rar mp[34] m4a wav "
    "ogg avi mov mkv webm srt vtt epub geojson shp kml gpx sql db sqlite parquet ipynb"
)
_ADDRESS = re.compile(
    r"://|^www\.|^mailto:|@|^[#\N{FULLWIDTH NUMBER SIGN}$]|^doi:|^10\.\d{4,9}/|^(?:\.{0,2}|~)/[\w.]|\\"
    r"|^[\w-]+=|=[\w\"']"
    r"|::|->|[{}$]|^--?[a-z]+|^urn:|^%\w+%$|^&\w+$"
    rf"|(?:^|[\w-]\.)[\w-]+\.(?:{'|'.join(_TOP_LEVEL.split())})(?:[/:?#]|$)"
    rf"|\w\.(?i:{'|'.join(_EXTENSIONS.split())})(?:[#?]\S*)?$"
    r"|^[a-z\d][\w-]*(?:\.[\w-]+)+/\w"
    r"|^:\w+:?$|^[a-z][\w.+]*:[^\s:]|[\[(]at[\])]"
    r"|^[a-z][\w-]*(?:\.[a-z][\w-]*)+$|^[ur]/\w"
)
_ASSIGNED = re.compile(r" ?={1,2} ?[\w\"'\[(]")
_ASSIGNED_TO = re.compile(r"\w ?={1,2} ?[\"'\[(]?$")
_SIGN = 6  # code points of an equals sign with what stands around it
_TIME_ZONE = re.compile(r"^(?:Europe|Asia|America|Africa|Etc|Atlantic|Pacific)/")
_SLASH_WORD = re.compile(r"(?:the )?[^\W\d_]+(?:[-'\N{RIGHT SINGLE QUOTATION MARK}.][^\W\d_]*)*")
_FILE_END = re.compile(rf"[^{_EDGE}\n]{{0,60}}\w\.(?:{'|'.join(_EXTENSIONS.split())})[{_EDGE}]")


class Protection:
    """What in a text is not prose."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        if not any(sign in self._text for sign in ("`", "~~~", "<", "](", "]:")):
            return []
        return [match.span() for match in _MARKUP.finditer(self._text)]

    def covers(self, start: int, end: int) -> bool:
        """Whether the span lies in an address, a handle, a path, code or markup."""
        last = bisect_right(self._spans, start, key=lambda span: span[0]) - 1
        if last >= 0 and self._spans[last][1] > start:
            return True
        return self._in_address(start, end) or self._in_file_name(start, end) or in_code(self._text, start, end)

    def _in_address(self, start: int, end: int) -> bool:
        text = self._text
        left, right = start, end
        while left > max(0, start - _REACH) and not _NOT_CHUNK.match(text[left - 1]):
            left -= 1
        edge = _NOT_CHUNK.search(text, end, end + _REACH)
        right = edge.start() if edge else min(len(text), end + _REACH)
        whole = text[left:right]
        chunk = whole.lstrip("([{'\N{LEFT SINGLE QUOTATION MARK}*_").rstrip(
            ".,;:!?)]'\N{RIGHT SINGLE QUOTATION MARK}*_\N{HORIZONTAL ELLIPSIS}"
        )
        assigned = _ASSIGNED.match(text, end) or _ASSIGNED_TO.search(text, max(0, start - _SIGN), start)
        if _ADDRESS.search(chunk) or "()" in whole or assigned:
            return True
        return "/" in chunk and not _is_compound(chunk)

    def _in_file_name(self, start: int, end: int) -> bool:
        """Whether a quoted file name with blanks holds the span."""
        opening = self._text[max(0, start - 60) : start]
        if not any(quote in opening for quote in _EDGE):
            return False
        return _FILE_END.match(self._text, end) is not None


def _is_compound(chunk: str) -> bool:
    """Whether slashes join words of prose (Kyiv/Odesa), not the parts of a path."""
    if _TIME_ZONE.match(chunk):
        return False
    parts = [part for part in chunk.split("/") if part]
    if len(parts) != chunk.count("/") + 1 or not all(_SLASH_WORD.fullmatch(part) for part in parts):
        return False
    named = not any(part[0].islower() for part in parts)
    return named or (len(parts) == 2 and not chunk.islower())
