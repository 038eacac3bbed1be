"""The arguments of each command, made only when that command is given (or all are to be listed)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Command(NamedTuple):
    """A command: the module of this package that runs it, its ``help``, and what adds its arguments."""

    home: str
    help: str
    add: Callable[[argparse.ArgumentParser], None]


def add_commands(
    parser: argparse.ArgumentParser, parser_class: type[argparse.ArgumentParser], given: str | None
) -> dict[str, argparse.ArgumentParser]:
    """Add the commands to ``parser``, all or only the ``given`` one; their parsers by name."""
    made = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=parser_class, prog=parser.prog
    )
    for name, command in COMMANDS.items():
        if given in (None, name):
            command.add(made.add_parser(name, help=command.help))
    return dict(made.choices)


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.usage = "%(prog)s [OPTION …] [PATH …]"
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
    group.add_argument("--site-memory", metavar="FILE", help="lines that the site repeats (newsnorm sites learn)")
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


def _check(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    _add_rules(parser)
    _add_output(parser)
    parser.add_argument("--write-baseline", metavar="FILE", help="accept all findings from now on")


def _fix(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    _add_rules(parser)
    _add_output(parser)
    group = parser.add_argument_group("fix")
    group.add_argument("--exit-non-zero-on-fix", action="store_true", help="exit 1 if a file was changed")
    group.add_argument("--detected", action="store_true", default=None, help="also fix files of a guessed charset")
    group.add_argument("--break-links", action="store_true", default=None, help="also fix files with hard links")
    group.add_argument("--to", metavar="CODEC", help="convert files to this charset")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="RULE", nargs="+")
    _add_format(parser)


def _rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="check PACK", nargs="*")
    _add_format(parser)
    _add_rules(parser)


def _names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("check",))
    parser.add_argument("table", metavar="TABLE", nargs="+")
    parser.add_argument("--report", action="store_true", help="print a table for a human reviewer, in Markdown")


def _sites(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("learn",))
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", help="text files and folders (a site a folder), JSON lines with addresses"
    )
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="a file; for several sites a folder")
    parser.add_argument("--text-column", metavar="NAME", default="text", help="the field with the text (text)")
    parser.add_argument("--url-column", metavar="NAME", default="url", help="the field with the address (url)")
    parser.add_argument("--charset", help="the charset of files that are not UTF-8")
    parser.add_argument("--replace", action="store_true", help="write over memories that are there")


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".")
    parser.add_argument("--keys", action="store_true", help="list the keys that a configuration file may hold")
    _add_format(parser)
    _add_rules(parser)


def _corpora(parser: argparse.ArgumentParser) -> None:
    from normalizer.corpora.command import add_arguments

    add_arguments(parser)
    _add_rules(parser)


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("logs", metavar="LOG", nargs="+", help="logs (--log, --format jsonl), or output folders of run")
    parser.add_argument("-o", "--output", metavar="DIR", help="also write DIR/report.html, with examples")
    parser.add_argument("--top", metavar="N", type=int, default=10, help="how many files to name (10)")
    parser.add_argument("--examples", metavar="N", type=int, default=5, help="examples of each rule (5)")
    _add_format(parser)


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")


COMMANDS: Mapping[str, Command] = {
    "check": Command("files", "say what would change (exit 1 if anything)", _check),
    "fix": Command("files", "rewrite files in place, each replaced whole", _fix),
    "run": Command("run", "normalize corpora into shards: JSONL, Parquet, CSV, WARC, folders", _corpora),
    "report": Command("report", "sum up a run from its log, with examples to review", _report),
    "explain": Command("rules", "what a rule does and why", _explain),
    "rules": Command("rules", "list the rules, or check chrome packs of your own", _rules),
    "names": Command("names", "check alias tables of your own", _names),
    "sites": Command("sites", "learn which lines a site prints on every page", _sites),
    "config": Command("config", "what applies to a file, and where it is said", _config),
}
