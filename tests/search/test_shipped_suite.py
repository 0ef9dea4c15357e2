"""Our backends keep the promises of modelsearch's API."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SUITE = "tests.search.shipped.suite"


def test_shipped_backend_tests_pass():
    """They need another set of apps than ours, so they run beside this suite."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "test", SUITE, "--settings=tests.search.shipped.settings"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-6000:]
    ran = re.search(r"Ran (\d+) tests", done.stderr)
    assert ran, done.stderr
    assert int(ran.group(1)) >= 120
