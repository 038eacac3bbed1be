"""Completion in the shell by argcomplete, where it is installed (``pip install newsnorm[completion]``)."""

from __future__ import annotations

import argparse
from typing import Any


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell that asks and end, or return when argcomplete is not installed."""
    try:
        import argcomplete
    except ImportError:
        return
    for action in _actions(parser):
        if action.dest in ("select", "extend_select", "ignore", "rule"):
            action.completer = _rule_ids  # type: ignore[attr-defined]
        elif action.dest == "profile":
            action.completer = _profiles  # type: ignore[attr-defined]
    argcomplete.autocomplete(parser)


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    found = list(parser._actions)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found += [inner for command in action.choices.values() for inner in _actions(command)]
    return found


def _rule_ids(**_context: Any) -> list[str]:
    from normalizer.rules import all_rules

    rules = all_rules()
    return sorted({rule.id for rule in rules} | {rule.family for rule in rules})


def _profiles(**_context: Any) -> tuple[str, ...]:
    from normalizer.rules import PROFILES

    return PROFILES
