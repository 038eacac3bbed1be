"""Without the extras these tests are skipped, each module with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest

EXTRAS = {"orjson": "corpus", "pyarrow": "corpus", "isal": "corpus", "zstandard": "corpus", "fastwarc": "warc"}


def _is_missing(name: str) -> bool:
    try:
        return find_spec(name) is None
    except ValueError:  # how importlib says that it is hidden
        return True


MISSING = [name for name in EXTRAS if _is_missing(name)]


class _Skipped(pytest.Module):
    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        extras = ",".join(sorted({EXTRAS[name] for name in MISSING}))
        pytest.skip(f"{', '.join(MISSING)} not installed: pip install newsnorm[{extras}]", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    return _Skipped.from_parent(parent, path=module_path) if MISSING else None
