"""Law 8, deterministic: the same in any order, process or thread."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from hypothesis import given

from normalizer import fingerprint
from normalizer.testing import check_deterministic
from tests.property.strategies import NORMALIZERS, documents, fixture_lines, normalizers

if TYPE_CHECKING:
    from normalizer import Normalizer

_PROGRAM = """
import hashlib, json, sys
from normalizer import Normalizer, fingerprint
normalize = Normalizer()
sources = json.load(sys.stdin)
answers = json.dumps([normalize(source).as_dict() for source in sources], sort_keys=True)
print(hashlib.sha256(answers.encode()).hexdigest(), fingerprint())
"""


@given(normalizers(), documents())
def test_deterministic(normalizer: Normalizer, source: str) -> None:
    check_deterministic(normalizer, source)


def test_the_same_in_another_process_and_order() -> None:
    import json

    sources = ["\n".join(fixture_lines()[start : start + 12]) for start in range(0, 120, 12)]
    seen = set()
    for seed in ("0", "1", "77"):
        run = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            input=json.dumps(sources),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(run.stdout)
    assert len(seen) == 1
    assert fingerprint() in seen.pop()
    forwards = [NORMALIZERS["standard"](source).as_dict() for source in sources]
    backwards = [NORMALIZERS["standard"](source).as_dict() for source in reversed(sources)]
    assert forwards == backwards[::-1]
