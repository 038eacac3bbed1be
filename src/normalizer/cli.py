"""The command ``newsnorm``: reads the command line and hands over to one command.

Next to nothing is imported before :func:`main` runs: an interruption that hits an import is answered like any
other, and ``--version`` costs nothing. Every error ends as one line on standard error and an exit code: 0 done,
1 something would change, 2 usage or configuration, 3 some files failed or were refused, 4 a fault of ours,
130 interrupted.
"""

from __future__ import annotations

import sys

from normalizer._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_USAGE, _INCOMPLETE, _FAULT, _INTERRUPTED = 2, 3, 4, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if arguments == ["--version"]:
            return _version()
        from normalizer._commands.parser import run

        return run(arguments)
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
    import os

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
