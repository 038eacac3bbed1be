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

_NAME = "\0"  # no argument of a process can hold it
_USAGE, _INCOMPLETE, _FAULT, _INTERRUPTED = 2, 3, 4, 130


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if arguments == ["--version"]:
            return _version()
        return _run(arguments)
    except KeyboardInterrupt:
        _say("interrupted: what is not done is as it was")
        return _INTERRUPTED
    except Exception as error:
        return _failed(error)


def _version() -> int:
    from normalizer.reports.output import Output

    output = Output()
    output.write(f"newsnorm {__version__}\n")
    output.check()
    return 0


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
        words = _names_marked(arguments[1:])
        options = commands[given].parse_intermixed_args(words, argparse.Namespace(command=given))
        _unmark(options)
    else:
        options = parser.parse_args(arguments)
    from importlib import import_module

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
    if isinstance(error, FileNotFoundError) and not _has_folder():
        _say("the current folder is gone: change into one that exists")
        return _USAGE
    if isinstance(error, OSError) and error.filename:
        _say(f"{error.filename}: {error.strerror}: check the path and its permissions")
        return _USAGE
    from normalizer.batch.judge import fault

    _say(fault(error))
    return _FAULT


def _has_folder() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 - pathlib would cost every start 5 ms
    except FileNotFoundError:
        return False
    return True


def _say(text: str) -> None:
    from normalizer.reports.output import message

    message(text)


if __name__ == "__main__":
    sys.exit(main())
