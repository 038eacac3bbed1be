"""``newsnorm config``: what applies to a path, and where that is said."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from normalizer._commands.options import resolver_of
from normalizer.batch.formats import kind_of
from normalizer.batch.keys import KEYS
from normalizer.batch.settings import Settings
from normalizer.errors import ConfigError
from normalizer.reports.output import Output, safe


def run(options: argparse.Namespace) -> int:
    """Show the configuration of a path; the exit code."""
    output = Output()
    if options.keys:
        for name, key in sorted(KEYS.items()):
            output.write(f"{name.replace('_', '-')} ({key.shape}): {key.meaning}\n")
    else:
        _show(options, output)
    output.check()
    return 0


def _show(options: argparse.Namespace, output: Output) -> None:
    if not os.path.lexists(options.path):
        raise ConfigError(f"{options.path}: no such file or folder: check the spelling")
    path = os.path.realpath(options.path)
    settings = resolver_of(options).of_folder(path if os.path.isdir(path) else os.path.dirname(path))
    rows = [(name, _value(settings, name), settings.origins.get(name, "default")) for name in KEYS]
    of_file = {} if os.path.isdir(path) else _of_file(settings, path)
    rules = sorted(settings.config.rules.ids)
    if options.format == "json":
        values = {name.replace("_", "-"): {"value": value, "from": origin} for name, value, origin in rows}
        document = {"path": path, "from": settings.origin, "keys": values, "rules": rules, **of_file}
        output.write(json.dumps(document, indent=1) + "\n")
        return
    output.write(f"configuration: {safe(settings.origin or 'none, all defaults')}\n")
    for name, value, origin in rows:
        output.write(f"{name.replace('_', '-')} = {json.dumps(value, ensure_ascii=False)}  ({safe(origin)})\n")
    for name, value in of_file.items():
        output.write(f"{name}: {json.dumps(value, ensure_ascii=False)}\n")
    output.write(f"rules: {', '.join(rules)}\n")


def _value(settings: Settings, name: str) -> Any:
    holder = settings.config if hasattr(settings.config, name) else settings
    value = getattr(holder, name)
    if name == "site_memory" and value is not None:
        return f"{len(value.lines)} lines of {value.documents} documents"
    return dict(value) if hasattr(value, "items") else value


def _of_file(settings: Settings, path: str) -> dict[str, Any]:
    patterns = settings.patterns
    return {
        "excluded": patterns.excluded(path),
        "kind": patterns.kind(path) or kind_of(path) or "text",
        "ignored here": list(patterns.ignored(path)),
        "fields": list(patterns.fields(path)),
    }
