from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from accounts import clock
from tests.casework import START, World
from tests.scope.personas import make_everybody
from tests.scope.secrets import build


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """People and files, made once for all walks of a module; (people by name, secrets)."""
    from search.indexing import sweep

    with django_db_blocker.unblock(), clock.at(START), transaction.atomic():
        world = World()
        with pytest.MonkeyPatch.context() as without_office:
            without_office.setenv("PATH", "")
            secrets = build(world)
        people = make_everybody(world)
        sweep()
        yield people, secrets
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """Thousands of pages are not found here, as they should be."""
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture
def sign_in(scene, django_db_blocker):
    people, _secrets = scene

    def sign_in(person: str) -> Client:
        client = Client(raise_request_exception=False)
        if people.get(person) is not None:
            client.force_login(people[person])
        return client

    return sign_in
