from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tiequan.env import ROOT

KEY = "k" * 60


def load(module: str, expression: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of their own and print the expression's value."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TIEQUAN_")}
    code = f"import tiequan.settings.{module} as s; print(({expression}))"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**clean, "PYTHONPATH": "site", "TIEQUAN_ENV_FILE": os.devnull, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_debug_is_off_unless_the_environment_turns_it_on():
    off = load("dev", "s.DEBUG", TIEQUAN_SECRET_KEY=KEY)
    on = load("dev", "s.DEBUG", TIEQUAN_SECRET_KEY=KEY, TIEQUAN_DEBUG="true")

    assert (off.stdout.strip(), on.stdout.strip()) == ("False", "True")


def test_dev_without_a_key_says_how_to_get_one():
    refused = load("dev", "s.DEBUG")

    assert refused.returncode != 0
    assert "`make run` writes a .env file" in refused.stderr


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"TIEQUAN_ALLOWED_HOSTS": "x.example"}, "at least 50 characters"),
        ({"TIEQUAN_SECRET_KEY": "short", "TIEQUAN_ALLOWED_HOSTS": "x.example"}, "at least 50"),
        ({"TIEQUAN_SECRET_KEY": KEY}, "must name the host names"),
    ],
)
def test_production_refuses_what_is_unsafe(variables, reason):
    refused = load("production", "s.DEBUG", **variables)

    assert refused.returncode != 0
    assert reason in refused.stderr


def test_production_knows_neither_debug_nor_another_day():
    answer = load(
        "production",
        "s.DEBUG, s.TIEQUAN_TODAY, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0",
        TIEQUAN_SECRET_KEY=KEY,
        TIEQUAN_ALLOWED_HOSTS="x.example",
        TIEQUAN_DEBUG="true",
        TIEQUAN_TODAY="2021-05-11",
    )

    assert answer.stdout.strip() == "(False, '', True, True)"


def test_redis_turns_on_the_shared_cache_and_the_queue():
    expression = "s.CACHES['default']['BACKEND'].rpartition('.')[2], s.CELERY_TASK_ALWAYS_EAGER"
    alone = load("dev", expression, TIEQUAN_SECRET_KEY=KEY)
    shared = load(
        "dev", expression, TIEQUAN_SECRET_KEY=KEY, TIEQUAN_REDIS_URL="redis://127.0.0.1/0"
    )

    assert alone.stdout.strip() == "('LocMemCache', True)"
    assert shared.stdout.strip() == "('RedisCache', False)"
