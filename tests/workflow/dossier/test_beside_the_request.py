"""Without a broker no officer waits for a binding: a thread does it on its own connection."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from django.db.backends.signals import connection_created
from django.urls import reverse

from tests.casework import reload
from workflow.models import Dossier

pytestmark = pytest.mark.usefixtures("no_office")


@contextmanager
def connected(note):
    """Calls ``note`` whenever a connection to the database is opened."""
    connection_created.connect(note)
    yield
    connection_created.disconnect(note)


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_the_file_is_bound_beside_the_request(client, world, file, settings):
    settings.TIEQUAN_DOSSIER_THREADS = True
    url = reverse("workflow_case:dossier", args=[file.pk])
    client.force_login(world.handler)
    opened = []
    with connected(lambda **_: opened.append(threading.current_thread().name)):
        answer = client.post(url, {"retention": "30年"})
        dossier = Dossier.objects.get()
        for thread in threading.enumerate():
            if thread.name == f"dossier-{dossier.pk}":
                thread.join()

    assert (answer.status_code, reload(dossier).status) == (302, "bound")
    assert set(opened) == {f"dossier-{dossier.pk}"}
