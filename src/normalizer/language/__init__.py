"""Language: which one a text is in, by exact integer scoring, and the same answer everywhere."""

from __future__ import annotations

from normalizer.language.detect import detect
from normalizer.language.scripts import script_of

__all__ = ["detect", "script_of"]
