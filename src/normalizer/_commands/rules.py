"""``newsnorm explain``, ``newsnorm rules`` and ``newsnorm rules check``."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict

from normalizer._commands.options import resolver_of
from normalizer.errors import ConfigError
from normalizer.reports.output import Output, message
from normalizer.rules import Rule, RuleSet, all_rules, find_rule


def run(options: argparse.Namespace) -> int:
    """List, explain or check rules; the exit code."""
    output = Output()
    code = 0
    if options.command == "explain":
        _explain([find_rule(name) for name in options.rule], options.format, output)
    elif options.what:
        code = _check(options.what)
    else:
        _list(resolver_of(options).of_folder(os.getcwd()).config.rules, options.format, output)
    output.check()
    return code


def _explain(rules: list[Rule], form: str, output: Output) -> None:
    if form == "json":
        output.write(json.dumps([asdict(rule) for rule in rules], indent=1) + "\n")
        return
    for rule in rules:
        profiles = ", ".join(rule.profiles) or "none, ask for it with --extend-select"
        output.write(f"{rule.id}\n\n{rule.summary}\n\n{rule.rationale}\n\nProfiles: {profiles}\n")
        for example in rule.examples:
            where = f" ({example.profile})" if example.profile != "standard" else ""
            if example.before == example.after:
                output.write(f"\nKeeps{where}:\n{_indented(example.before)}")
            else:
                output.write(f"\nBefore{where}:\n{_indented(example.before)}After:\n{_indented(example.after)}")
        output.write("\n")


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.rstrip("\n").split("\n"))


def _list(chosen: RuleSet, form: str, output: Output) -> None:
    rules = all_rules()
    if form == "json":
        rows = [{**asdict(rule), "enabled": chosen.enabled(rule.id)} for rule in rules]
        output.write(json.dumps(rows, indent=1) + "\n")
        return
    width = max(len(rule.id) for rule in rules)
    for rule in rules:
        output.write(f"{'on ' if chosen.enabled(rule.id) else 'off'} {rule.id:<{width}}  {rule.summary}\n")


def _check(words: list[str]) -> int:
    action, *packs = words
    if action != "check" or not packs:
        raise ConfigError(
            "newsnorm rules lists the rules, newsnorm rules check PACK… checks packs: see newsnorm rules --help"
        )
    missing = [path for path in packs if not os.path.isfile(path)]
    if missing:
        raise ConfigError("\n".join(f"{path}: no such file: check the spelling" for path in missing))
    from normalizer.chrome.packs import check_pack

    problems = 0
    for path in packs:
        found = check_pack(path)
        problems += len(found)
        for problem in found:
            message(problem if problem.startswith(path) else f"{path}: {problem}")
        if not found:
            message(f"{path}: every example holds")
    return 1 if problems else 0
