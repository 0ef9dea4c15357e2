"""The parts of a real installation: `.ci/run` starts them and gives their addresses."""

from __future__ import annotations

import time

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.db import connection, transaction

from tiequan.celery import app

pytestmark = pytest.mark.services

PATIENCE = 20


@app.task(name="tests.leave_a_mark")
def leave_a_mark(key: str) -> None:
    cache.set(key, "done", timeout=PATIENCE)


@pytest.fixture
def worker(monkeypatch):
    """A worker on the real broker, in a thread of this process."""
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    app.control.purge()
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="ERROR"):
        yield


def wait_for(key: str) -> str | None:
    """Return what stands under the key within the patience."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (found := cache.get(key)) is not None:
            return found
        time.sleep(0.05)
    return None


def test_suite_runs_on_the_real_servers(settings):
    assert connection.vendor == "postgresql"
    assert settings.TIEQUAN_REDIS_URL.startswith("redis://")
    assert settings.CACHES["default"]["BACKEND"].endswith("RedisCache")


@pytest.mark.django_db
def test_healthz_finds_the_real_broker(client, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = False

    assert client.get("/healthz").json() == {
        "database": "ok",
        "cache": "ok",
        "search": "ok",
        "queue": "ok",
    }


@pytest.mark.django_db(transaction=True)
def test_task_reaches_a_worker_once_the_act_is_committed(worker):
    with transaction.atomic():
        leave_a_mark.delay_on_commit("committed")
        time.sleep(0.5)
        before = cache.get("committed")

    assert (before, wait_for("committed")) == (None, "done")


@pytest.mark.django_db(transaction=True)
def test_task_of_a_rolled_back_act_never_leaves(worker):
    with transaction.atomic():
        leave_a_mark.delay_on_commit("undone")
        transaction.set_rollback(True)
    leave_a_mark.delay("sent-after-it")

    assert (wait_for("sent-after-it"), cache.get("undone")) == ("done", None)
