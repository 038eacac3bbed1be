"""The command line parsed, and handed over to one command.

In flow arguments. Out flows an exit code.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from normalizer._commands.arguments import COMMANDS, add_commands
from normalizer._version import __version__

_USAGE = 2
_NAME = "\0"  # no argument of a process can hold it


class _Unasked(argparse.HelpFormatter):
    """What argparse checks every argument with: as wide as anything, since nobody reads it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)  # asking the terminal imports shutil and what compresses


class _Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Unasked, **options)

    def format_help(self) -> str:
        self.formatter_class = argparse.HelpFormatter
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        self.exit(_USAGE, f"{self.prog.split()[0]}: {message}{self._nearest(message)}: see {self.prog} --help\n")

    def _nearest(self, message: str) -> str:
        word = next((word for word in message.split() if word.startswith("--")), "")
        if "unrecognized" not in message or not word:
            return ""
        from normalizer.rules import suggestion

        return suggestion(word.partition("=")[0], list(self._option_string_actions))


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; its exit code."""
    parser = _Parser(prog="newsnorm", description="Normalize news text: every change explained and reversible.")
    parser.add_argument("--version", action="version", version=f"newsnorm {__version__}")
    given = arguments[0] if arguments and arguments[0] in COMMANDS else None
    commands = add_commands(parser, _Parser, given)
    if "_ARGCOMPLETE" in os.environ:
        from normalizer._commands.completion import complete

        complete(parser)
    if given is not None:
        words = _names_marked(arguments[1:])
        options = commands[given].parse_intermixed_args(words, argparse.Namespace(command=given))
        _unmark(options)
    else:
        options = parser.parse_args(arguments)
    module = import_module(f"normalizer._commands.{COMMANDS[options.command].home}")
    code: int = module.run(options)
    return code


def _names_marked(arguments: Sequence[str]) -> list[str]:
    """The arguments without ``--``; what follows it and looks like a flag is marked, by NUL, as a name.

    argparse forgets about ``--`` where flags and names are intermixed.
    """
    words = list(arguments)
    if "--" not in words:
        return words
    end = words.index("--")
    flagged = (_NAME + word if word.startswith("-") and word != "-" else word for word in words[end + 1 :])
    return [*words[:end], *flagged]


def _unmark(options: argparse.Namespace) -> None:
    for name, value in vars(options).items():
        if isinstance(value, list):
            setattr(options, name, [item.removeprefix(_NAME) if isinstance(item, str) else item for item in value])
        elif isinstance(value, str):
            setattr(options, name, value.removeprefix(_NAME))
