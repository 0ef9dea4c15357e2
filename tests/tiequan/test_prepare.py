"""`.ci/prepare.py`, which every make target runs first, on a tree as a clone has it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path):
    """The tree without what Git ignores; the environment is borrowed."""
    tree = tmp_path / "tree"
    left_out = shutil.ignore_patterns(
        ".git", ".venv", ".env", "var", "*.mo", "__pycache__", ".*_cache"
    )
    shutil.copytree(ROOT, tree, ignore=left_out)
    (tree / ".venv").symlink_to(ROOT / ".venv")
    return tree


def run(tree, *command, **environment):
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PYTEST_", "TIEQUAN_", "DJ"))}
    ended = subprocess.run(
        command, cwd=tree, env={**kept, **environment}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_first_process_after_it_speaks_chinese(clone):
    run(clone, sys.executable, ".ci/prepare.py")

    said = run(
        clone,
        ".venv/bin/python",
        "manage.py",
        "shell",
        "--no-imports",
        "-c",
        "from django.utils.translation import gettext; print(gettext('Sign in to Tiequan'))",
        TIEQUAN_SECRET_KEY="s" * 60,
        TIEQUAN_VAR=str(clone / "var"),
    )

    assert said.strip() == "登录铁拳办案系统"


@pytest.mark.parametrize(
    ("port", "said"),
    [("taken", "is in use by another program"), ("70000", "give a number from 1 to 65535"),
     ("eight", "give a number from 1 to 65535")],
)  # fmt: skip
def test_a_port_that_cannot_be_served_is_told_before_anything_is_installed(tmp_path, port, said):
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = str(other.getsockname()[1]) if port == "taken" else port
        ended = subprocess.run(
            [sys.executable, ".ci/prepare.py", "--port", number],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert (ended.returncode, ended.stdout, said in ended.stderr) == (1, "", True)
    assert [path.name for path in tmp_path.iterdir()] == [".ci"]


def test_env_is_written_once_for_its_owner_alone(clone):
    run(clone, sys.executable, ".ci/prepare.py", "--env")
    first = (clone / ".env").read_text()

    run(clone, sys.executable, ".ci/prepare.py", "--env")

    assert (clone / ".env").read_text() == first
    assert (clone / ".env").stat().st_mode & 0o777 == 0o600
