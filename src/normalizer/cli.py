"""The command ``newsnorm``: reads the command line and hands over to one command.

Nothing heavy is imported here, so that ``--version`` and ``--help`` cost next to nothing. Every error
ends as one line on standard error and an exit code: 0 done, 1 something would change, 2 usage or
configuration, 3 some files failed or were refused, 4 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from normalizer._version import __version__

_USAGE, _FAULT, _INTERRUPTED, _TERMINATED = 2, 4, 130, 143


class _Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(_USAGE, f"{self.prog.split()[0]}: {message}{self._nearest(message)}: see {self.prog} --help\n")

    def _nearest(self, message: str) -> str:
        word = next((word for word in message.split() if word.startswith("--")), "")
        if "unrecognized" not in message or not word:
            return ""
        from normalizer.rules import suggestion

        return suggestion(word.partition("=")[0], list(self._option_string_actions))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments == ["--version"]:
        print(f"newsnorm {__version__}")
        return 0
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _say("interrupted: what is not done is as it was")
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _failed(error)


def _run(arguments: Sequence[str]) -> int:
    parser, commands = build_parser()
    if "_ARGCOMPLETE" in os.environ:
        from normalizer._commands.completion import complete

        complete(parser)
    if arguments and arguments[0] in commands:
        command = commands[arguments[0]]
        options = command.parse_intermixed_args(arguments[1:], argparse.Namespace(command=arguments[0]))
    else:
        options = parser.parse_args(arguments)
    from importlib import import_module

    module = import_module(f"normalizer._commands.{_HOMES[options.command]}")
    code: int = module.run(options)
    sys.stdout.flush()
    return code


def _failed(error: Exception) -> int:
    from normalizer.errors import NormalizerError

    if isinstance(error, NormalizerError):
        for line in str(error).split("\n"):
            _say(line)
        return _USAGE
    if isinstance(error, OSError) and error.filename:
        _say(f"{error.filename}: {error.strerror}: check the path and its permissions")
        return _USAGE
    from normalizer.batch.judge import fault

    _say(fault(error))
    return _FAULT


def _say(text: str) -> None:
    from normalizer.reports.output import message

    message(text)


_HOMES = {
    "check": "files",
    "fix": "files",
    "explain": "rules",
    "rules": "rules",
    "names": "names",
    "config": "config",
    "run": "run",
}


def build_parser() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """The parser of the whole command line, and those of its commands by name."""
    parser = _Parser(prog="newsnorm", description="Normalize news text: every change explained and reversible.")
    parser.add_argument("--version", action="version", version=f"newsnorm {__version__}")
    made = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    check = made.add_parser("check", help="say what would change (exit 1 if anything)")
    fix = made.add_parser("fix", help="rewrite files in place, each replaced whole")
    for command in (check, fix):
        _add_files(command)
        _add_rules(command)
        _add_output(command)
    _add_fix(fix)
    explain = made.add_parser("explain", help="what a rule does and why")
    explain.add_argument("rule", metavar="RULE", nargs="+")
    explain.add_argument("--format", choices=("text", "json"), default="text")
    rules = made.add_parser("rules", help="list the rules, or check chrome packs of your own")
    rules.add_argument("what", metavar="check PACK", nargs="*")
    rules.add_argument("--format", choices=("text", "json"), default="text")
    _add_rules(rules)
    names = made.add_parser("names", help="check alias tables of your own")
    names.add_argument("action", choices=("check",))
    names.add_argument("table", metavar="TABLE", nargs="+")
    from normalizer.corpora.command import add_arguments

    run = made.add_parser("run", help="normalize corpora into shards: JSONL, Parquet, CSV, WARC, folders")
    add_arguments(run)
    _add_rules(run)
    config = made.add_parser("config", help="what applies to a file, and where it is said")
    config.add_argument("path", metavar="PATH", nargs="?", default=".")
    config.add_argument("--keys", action="store_true", help="list the keys that a configuration file may hold")
    config.add_argument("--format", choices=("text", "json"), default="text")
    _add_rules(config)
    return parser, dict(made.choices)


def _add_files(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("files")
    group.add_argument("paths", metavar="PATH", nargs="*", help="files and folders; - for standard input")
    group.add_argument(
        "--files-from", metavar="FILE", help="read paths from FILE (- for standard input), one a line or NUL"
    )
    group.add_argument("--stdin-filename", metavar="PATH", help="judge standard input as if it were this file")
    group.add_argument("--include", metavar="GLOB", action="append", help="of folders, take only files like this")
    group.add_argument("--exclude", metavar="GLOB", action="append", help="leave out files like this, also named ones")
    group.add_argument("--no-git", action="store_true", help="walk folders even inside a git repository")
    group.add_argument(
        "--fields", metavar="NAMES", action="append", help="fields of JSON, JSONL, CSV, PO that hold text"
    )
    group.add_argument("--max-bytes", metavar="SIZE", help="refuse larger files (default 100M)")
    group.add_argument("-j", "--workers", metavar="N", type=int, help="processes (default: one a core)")
    group.add_argument("--no-cache", action="store_true", help="neither use nor keep what the last run found")
    group.add_argument("--cache-dir", metavar="DIR", help="where to keep it")


def _add_rules(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rules")
    group.add_argument("--profile", help="minimal, standard (default), body or aggressive")
    group.add_argument(
        "--select", metavar="RULES", action="append", help="of the profile, only these (comma-separated)"
    )
    group.add_argument("--extend-select", metavar="RULES", action="append", help="also these")
    group.add_argument("--ignore", metavar="RULES", action="append", help="not these")
    group.add_argument("--charset", help="the charset of files that are not UTF-8")
    group.add_argument("--errors", help="strict, or keep: bytes that no codec explains stay as they are")
    group.add_argument("--style", help="the style of names")
    group.add_argument("--table", metavar="FILE", action="append", dest="tables", help="an overlay of the alias table")
    group.add_argument("--pack", metavar="FILE", action="append", dest="packs", help="a chrome pack of your own")
    group.add_argument("--language", help="the language of the documents (default: detected)")
    group.add_argument("--config", metavar="FILE", dest="config_file", help="use this configuration for all files")


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument("--format", choices=("text", "json", "jsonl", "github", "sarif"), default="text")
    group.add_argument("--diff", action="store_true", help="show the differences instead of the edits")
    group.add_argument("--statistics", action="store_true", help="count edits by rule at the end")
    group.add_argument("--log", metavar="FILE", help="write every edit to FILE as JSON lines")
    group.add_argument("--baseline", metavar="FILE", help="accept the findings in FILE")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    group.add_argument("-q", "--quiet", action="store_true", help="only what went wrong")
    group.add_argument("-v", "--verbose", action="store_true", help="also what was skipped, and why")
    if parser.prog.endswith("check"):
        group.add_argument("--write-baseline", metavar="FILE", help="accept all findings from now on")


def _add_fix(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("fix")
    group.add_argument("--exit-non-zero-on-fix", action="store_true", help="exit 1 if a file was changed")
    group.add_argument("--detected", action="store_true", default=None, help="also fix files of a guessed charset")
    group.add_argument("--break-links", action="store_true", default=None, help="also fix files with hard links")
    group.add_argument("--to", metavar="CODEC", help="convert files to this charset")


if __name__ == "__main__":
    sys.exit(main())
