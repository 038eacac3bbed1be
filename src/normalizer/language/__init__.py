"""Language: which one a text is in, by exact integer scoring, and the same answer everywhere."""

from __future__ import annotations

from normalizer.language.backends import backends
from normalizer.language.detect import detect
from normalizer.language.scripts import script_of
from normalizer.language.segments import Segment, label_blocks, segments

__all__ = ["Segment", "backends", "detect", "label_blocks", "script_of", "segments"]
