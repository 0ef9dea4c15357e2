from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import connection
from wagtail.search.backends import get_search_backend

from tiequan.celery import app
from workflow.append_only import lifted

NOBODY = "redis://:a-secret@127.0.0.1:1/0"


@pytest.mark.django_db
def test_healthz_says_that_every_part_is_ok(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok", "search": "ok", "queue": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_healthz_names_a_cache_that_fails_without_saying_where_it_is(client, settings, caplog):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": NOBODY}
    }
    try:
        response = client.get("/healthz")
    finally:
        caches.close_all()

    assert response.status_code == 503
    assert response.json() == {
        "database": "ok",
        "cache": "unreachable",
        "search": "ok",
        "queue": "ok",
    }
    assert "a-secret" not in caplog.text


@pytest.mark.django_db
def test_healthz_names_a_queue_that_does_not_answer(client, settings, monkeypatch, caplog):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setitem(app.conf, "broker_write_url", NOBODY)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["queue"] == "unreachable"
    assert "a-secret" not in caplog.text


@pytest.mark.django_db
def test_healthz_refuses_a_journal_that_could_be_rewritten(client, caplog):
    with lifted():
        response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["database"] == "refused by its checks"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("DROP TRIGGER airlock_needs_release", "database"),
        ("ALTER TABLE {table} RENAME COLUMN object_id TO gone", "search"),
    ],
)
def test_healthz_names_what_a_hand_took_out_of_the_database(client, statement, part, caplog):
    table = get_search_backend("casework").table().entries._meta.db_table
    of_table = " ON basepage_basepage" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=table) + (of_table if part == "database" else ""))

    response = client.get("/healthz")

    found = {name: said for name, said in response.json().items() if said != "ok"}
    said = {"database": "refused by its checks", "search": "unreachable"}
    assert (response.status_code, found) == (503, {part: said[part]})


def test_healthz_only_answers_reading_requests(client):
    assert client.post("/healthz").status_code == 405
