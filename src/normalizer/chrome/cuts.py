"""Cuts inside a line: a related-marker with its headline in a flattened paragraph.

In flow a line and its hits. Out flows the piece to cut, from the marker to the end of the headline,
when both of its ends can be told.
"""

from __future__ import annotations

from normalizer.chrome.cues import Hit
from normalizer.chrome.findings import Finding
from normalizer.chrome.lines import HEAD, Line
from normalizer.chrome.shapes import sentence_cut

# A headline in a flattened line is a sentence of at most so many characters.
HEADLINE = 160
_NEAR = 20


def marker_cut(line: Line, hits: list[Hit]) -> Finding | None:
    """The marker and headline to cut out of ``line``, or None."""
    if not hits:
        return None
    lead = len(line.folded) - len(line.folded.lstrip(HEAD))
    for hit in hits:
        if hit.rule.family != "related" or hit.rule.kind != "inside":
            continue
        start, end = lead + hit.start, lead + hit.end
        # No more of the line is looked at than tells: it may be a whole page with a thousand markers.
        before = line.text[max(0, start - _NEAR) : start].rstrip(" \u00a0[(")
        if not before or before[-1] not in '.!?…»”"。' or not line.text[start].isupper():
            continue
        finish = sentence_cut(line.text, end, end + 2 * HEADLINE)
        headline = line.text[end:finish].strip()
        rest = line.text[finish : finish + HEADLINE].strip()
        if finish > 0 and 12 <= len(headline) <= HEADLINE and headline[0].isupper() and len(rest) > 40:
            return Finding("related", (f"holds {hit.cue!r}", "between two sentences"), start=start, end=finish)
    return None
