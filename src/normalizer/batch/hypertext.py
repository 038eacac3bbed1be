"""HTML: only text between tags may change, and of that no code and no character references."""

from __future__ import annotations

import re

from normalizer.batch.formats import merged

# Elements whose content is not prose: everything up to their end tag is protected.
_CLOSED = frozenset(
    {"script", "style", "code", "pre", "kbd", "samp", "var", "tt", "textarea", "template", "svg", "math"}
)
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*)[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>""")
_PLAIN_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)[^>]*>")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ENCLOSED = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Tags with their attributes, comments, declarations, character references, and all of code and scripts."""
    return merged([*_markup(text), *(match.span() for match in _REFERENCE.finditer(text))])


def _markup(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    position = text.find("<")
    quotes_hold = True
    while position >= 0:
        enclosed = next((pair for pair in _ENCLOSED if text.startswith(pair[0], position)), None)
        if enclosed is not None:
            end = text.find(enclosed[1], position + len(enclosed[0]))
            end = len(text) if end < 0 else end + len(enclosed[1])
        else:
            tag = (_TAG if quotes_hold else _PLAIN_TAG).match(text, position)
            if tag is None and quotes_hold and (plain := _PLAIN_TAG.match(text, position)):
                # A quote that is never closed: from here on quotes are not believed, or every tag
                # would be searched for its end through the rest of the text.
                tag, quotes_hold = plain, False
            if tag is None and text.find(">", position) < 0:
                break
            end = position + 1 if tag is None else tag.end()
            if tag is not None and not tag[1] and tag[2].lower() in _CLOSED and not tag[0].endswith("/>"):
                end = _end_of(text, tag[2], end)
        if end > position + 1:
            spans.append((position, end))
        position = text.find("<", end)
    return spans


def _end_of(text: str, name: str, position: int) -> int:
    """Where the element that was opened before ``position`` ends; at the end of the text when it never does."""
    closing = re.compile(f"</{re.escape(name)}[\\s/>]", re.IGNORECASE).search(text, position)
    if closing is None:
        return len(text)
    end = text.find(">", closing.start())
    return len(text) if end < 0 else end + 1
