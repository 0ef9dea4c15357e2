"""The suite's own promise: a transactional test leaves the migrated database behind."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from wagtail.models import Site

User = get_user_model()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", [1, 2])
def test_transactional_test_starts_from_the_migrated_database(round_):
    assert not User.objects.exists()
    assert Permission.objects.exists()

    User.objects.create_user("somebody", name="某人")
    Permission.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_threads_share_the_database():
    seen = []

    def look():
        seen.append(User.objects.count())
        connection.close()

    User.objects.create_user("somebody", name="某人")
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert seen == [1]


@pytest.mark.django_db
def test_what_migrations_made_is_there_after_transactional_tests():
    assert Site.objects.filter(is_default_site=True).exists()
    assert not User.objects.exists()
