"""``python -m benchmarks NAME``: measure in scratch, print ratios."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from benchmarks.scratch import ROOT, scratch_database

NAMES = ("list", "case_page", "transition", "import_running")


def main() -> None:
    """Make the scratch database, run the named benchmark in it, drop it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="cases, for `list`")
    parser.add_argument("--rounds", type=int, default=200, help="for `transition`")
    parser.add_argument("--rows", type=int, default=10_000, help="for `import_running`")
    parser.add_argument("--plans", action="store_true", help="`list`: show the slowest plans")
    arguments = parser.parse_args()
    if arguments.name == "transition":
        os.environ["TIEQUAN_PLUGINS"] = "benchmarks.plain"
    with scratch_database():
        module = import_module(f"benchmarks.{arguments.name}")  # models: after django.setup()
        module.run(arguments)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiequan.settings.base")
    main()
