"""Names of shards: every input has one, no two the same, and none is a name of the run's own.

In flows the name of an input. Out flows what the names of its shards begin with, below the output folder.
"""

from __future__ import annotations

import hashlib
import os

# The run's own files begin so; the second must be told apart from what stands for the first.
_ESCAPED = {"_": "%5F", "%": "%25"}
# Systems hold 255 bytes; the last part of a name gets a number, a format and a compression as well.
_LONGEST = 255
_LONGEST_LAST = 224
_DIGEST = 16


def shard_stem(name: str) -> str:
    """What the shards of the input ``name`` are named after.

    A name that begins with an underscore or a percent sign begins with its escape (as in RFC 3986); a part that
    leaves no room keeps its first bytes and the beginning of its SHA-256.
    """
    *folders, last = (_ESCAPED.get(name[:1], name[:1]) + name[1:]).split("/")
    return "/".join([*(_shortened(part, _LONGEST) for part in folders), _shortened(last, _LONGEST_LAST)])


def _shortened(part: str, longest: int) -> str:
    data = os.fsencode(part)
    if len(data) <= longest:
        return part
    kept = data[: longest - _DIGEST - 1].decode("utf-8", "ignore")
    return f"{kept}~{hashlib.sha256(data).hexdigest()[:_DIGEST]}"
