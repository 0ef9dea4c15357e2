"""A server or worker over a database that is not sound refuses to start and says why."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PROCESSES = {
    "wsgi": ["-c", "import tiequan.wsgi"],
    "asgi": ["-c", "import tiequan.asgi"],
    "worker": [
        "-m",
        "celery",
        "--app",
        "tiequan",
        "worker",
        "--pool",
        "solo",
        "--concurrency",
        "1",
    ],
}


def start(arguments, database):
    """Run Python at the root under the settings of a development machine."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PYTEST_", "TIEQUAN_"))}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "tiequan.settings.dev",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "TIEQUAN_ENV_FILE": os.devnull,
            "TIEQUAN_SECRET_KEY": "s" * 60,
            "TIEQUAN_DATABASE_URL": f"sqlite:///{database}",
            "TIEQUAN_VAR": str(database.parent),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A migrated database in a file; what a test does to its copy stays there."""
    path = tmp_path_factory.mktemp("start") / "tiequan.sqlite3"
    migrated = start(["manage.py", "migrate", "--verbosity", "0"], path)
    assert migrated.returncode == 0, migrated.stderr
    return path


@pytest.fixture
def copy(database, tmp_path):
    """A copy to spoil: the connection that spoils it, and the file."""
    path = tmp_path / "spoilt.sqlite3"
    with sqlite3.connect(database) as whole, sqlite3.connect(path) as spoilt:
        whole.backup(spoilt)
        yield spoilt, path


def test_sound_database_is_served(database):
    for process in ("wsgi", "asgi"):
        ended = start(PROCESSES[process], database)
        assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("process", PROCESSES)
def test_journal_without_its_triggers_is_not_served(copy, process):
    spoilt, path = copy
    named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE '%journalline'"
    for (trigger,) in spoilt.execute(named).fetchall():
        spoilt.execute(f"DROP TRIGGER {trigger}")
    spoilt.commit()

    ended = start(PROCESSES[process], path)

    assert ended.returncode != 0
    assert "Append-only tables are not kept: " in ended.stderr
    assert "workflow_journalline" in ended.stderr
