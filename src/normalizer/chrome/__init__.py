"""Site chrome: what a news site puts around a story, found line by line and taken out with evidence.

In flows the repaired text. Out flow edits (:class:`ChromeStage`), blocks, and the memory of a site.
"""

from __future__ import annotations

from normalizer.chrome.strip import ChromeStage

__all__ = ["ChromeStage"]
