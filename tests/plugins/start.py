"""Starts the project in another process with other plugins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OUTSIDE = [HERE / "lab_test", HERE / "lab_broken"]


def run(*arguments: str, plugins: str, timeout: int = 300, **environment: str):
    """Run Python with ``arguments`` at the root; the outside packages are installed there.

    On SQLite, whatever the suite runs on: the child makes and keeps a database of its own.
    """
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PYTEST_", "TIEQUAN_"))}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "tiequan.settings.test",
            "PYTHONPATH": os.pathsep.join(map(str, [ROOT, ROOT / "site", *OUTSIDE])),
            "TIEQUAN_PLUGINS": plugins,
            "TIEQUAN_TEST_DB": os.environ.get("TIEQUAN_TEST_DB", ""),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def run_tests(*paths: str, plugins: str):
    """Run tests in a process of their own."""
    options = ("-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly")
    return run("-m", "pytest", *options, *paths, plugins=plugins)
