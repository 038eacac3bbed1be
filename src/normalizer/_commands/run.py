"""``newsnorm run``."""

from __future__ import annotations

from normalizer.corpora.command import main as run

__all__ = ["run"]
