"""Run a benchmark: ``python -m benchmarks [NAME] [OPTIONS]``; without a name, throughput.

``python -m benchmarks list`` names them all. Each prints its own figures with its peers in the same run.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def names() -> list[str]:
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main() -> None:
    name, arguments = (
        (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 and sys.argv[1] in names() else ("", sys.argv[1:])
    )
    if arguments[:1] == ["list"]:
        print("\n".join(names()))
        return
    module = import_module(f"benchmarks.{name or 'throughput'}")
    sys.argv = [f"benchmarks {module.__name__}", *arguments]
    module.main()


if __name__ == "__main__":
    main()
