"""``newsnorm names check``."""

from __future__ import annotations

import argparse
import os

from normalizer.errors import ConfigError
from normalizer.reports.output import Output, message, safe


def run(options: argparse.Namespace) -> int:
    """Check alias tables; exit code 2 when there are problems. ``--report`` prints them for a reviewer."""
    missing = [path for path in options.table if not os.path.isfile(path)]
    if missing:
        raise ConfigError("\n".join(f"{path}: no such file: check the spelling" for path in missing))
    from normalizer.names.check import check_table

    problems = 0
    for path in options.table:
        found = [str(problem) for problem in check_table(path)]
        problems += len(found)
        for problem in found:
            message(problem if problem.startswith(path) else f"{path}: {problem}")
        if not found:
            message(f"{path}: no problems")
    if options.report and not problems:
        from normalizer.names.review import review

        output = Output()
        for line in review(options.table):
            output.write(safe(line) + "\n")
        output.check()
    return 2 if problems else 0
