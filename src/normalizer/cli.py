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

_USAGE, _INCOMPLETE, _FAULT, _INTERRUPTED = 2, 3, 4, 130


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
    except Exception as error:
        return _failed(error)


def _run(arguments: Sequence[str]) -> int:
    from normalizer._commands.arguments import COMMANDS, add_commands

    parser = _Parser(prog="newsnorm", description="Normalize news text: every change explained and reversible.")
    parser.add_argument("--version", action="version", version=f"newsnorm {__version__}")
    given = arguments[0] if arguments and arguments[0] in COMMANDS else None
    commands = add_commands(parser, _Parser, given)
    if "_ARGCOMPLETE" in os.environ:
        from normalizer._commands.completion import complete

        complete(parser)
    if given is not None:
        options = commands[given].parse_intermixed_args(arguments[1:], argparse.Namespace(command=given))
    else:
        options = parser.parse_args(arguments)
    from importlib import import_module

    module = import_module(f"normalizer._commands.{COMMANDS[options.command].home}")
    code: int = module.run(options)
    return code


def _failed(error: Exception) -> int:
    from normalizer.errors import NormalizerError
    from normalizer.reports.output import OutputError

    if isinstance(error, OutputError):
        _say(str(error))
        return _INCOMPLETE
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


if __name__ == "__main__":
    sys.exit(main())
