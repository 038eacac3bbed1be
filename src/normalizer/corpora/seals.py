"""Seals: a JSON object on the disk that can be trusted, or is known not to be.

In flows an object. Out flow its bytes with their own checksum as the last member, and back the object,
or nothing where a byte is another one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from normalizer.corpora.numbers import exact
from normalizer.corpora.splice import dumps

_SEAL = b',"seal":"'
_END = b'"}\n'


def sealed(value: dict[str, object]) -> bytes:
    """An object with at least one member as a line of JSON, sealed."""
    body = dumps(value).removesuffix(b"}")
    return body + _SEAL + hashlib.sha256(body).hexdigest().encode() + _END


def unsealed(path: Path) -> dict[str, Any] | None:
    """The object in a file, nothing where there is none or it is not what was written."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body, _, seal = data.rpartition(_SEAL)
    if not body or seal != hashlib.sha256(body).hexdigest().encode() + _END:
        return None
    found = exact(body.decode() + "}")
    return found if isinstance(found, dict) else None
