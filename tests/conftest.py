"""What the whole suite shares: one migrated database, empty caches, the compiled catalogue.

`make test` leaves slow tests out: those marked so by hand (seconds of their own) and those that
took long when last measured (tests/slow.txt, written by `make slow`).
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).parents[1]
SLOW = ROOT / "tests" / "slow.txt"
LONG = 0.2  # seconds of one test, set-up and all, from which on it is slow

hypothesis_settings.register_profile(
    "suite",
    max_examples=30,
    deadline=None,  # two workers share two cores: a slow example says nothing
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("suite")


class Stopwatch:
    """Notes the tests that took `LONG`, set-up and all; what is noted of those not run stays."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report):
        self._seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self):
        slow = set(SLOW.read_text(encoding="utf-8").splitlines()) - self._seconds.keys()
        slow |= {test for test, seconds in self._seconds.items() if seconds >= LONG}
        SLOW.write_text("".join(f"{test}\n" for test in sorted(slow)), encoding="utf-8")


def pytest_addoption(parser):
    parser.addoption("--note-slow", action="store_true", help="write tests/slow.txt anew")


def pytest_configure(config):
    from accounts.management.catalogue import compile_stale  # after pytest has set the path

    compile_stale(ROOT / "locale")
    if config.getoption("--note-slow") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Stopwatch())


def pytest_collection_modifyitems(items):
    slow = frozenset(SLOW.read_text(encoding="utf-8").splitlines())
    for item in items:
        if "browser" in item.path.relative_to(ROOT / "tests").parts:
            item.add_marker("browser")
        if item.nodeid in slow:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def django_db_createdb(django_db_createdb, django_db_modify_db_settings):
    from tests.pristine import forget_changed_database  # imports models: after django.setup()

    return forget_changed_database() or django_db_createdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from tests.pristine import Pristine, restore_after_transactional_tests

    pristine = Pristine()
    with django_db_blocker.unblock():
        pristine.remember()
    restore_after_transactional_tests(pristine)


@pytest.fixture(autouse=True)
def _empty_cache():
    """Nothing one test cached is seen by the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _remembered(request, _django_db_marker):
    """States of the bureau that an earlier test walked to are not walked to again."""
    patches = "monkeypatch" in request.node._fixtureinfo.argnames
    if patches or "_django_db_helper" not in request.fixturenames:
        yield
        return
    from tests.remembered import MEMORY

    request.getfixturevalue("_django_db_helper")
    with MEMORY.of_test():
        yield


@pytest.fixture(autouse=True)
def _own_files(request, settings):
    """Files that a test with a database stored are gone after it."""
    yield
    if "_django_db_helper" not in request.fixturenames:
        return
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT):
        shutil.rmtree(folder, ignore_errors=True)
