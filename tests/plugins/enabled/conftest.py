from __future__ import annotations

from contextlib import contextmanager

import pytest
from lab_broken.plugin import FAILING

from tests.casework import reload
from workflow import api


@pytest.fixture
def case(world):
    """A case from which a sample may be sent."""
    case = world.investigating()
    world.evidence(case)
    return case


@pytest.fixture
def send(world):
    def send(case, **data):
        data = {"lab": "省质检院", **data}
        return api.perform(case, "case.send_to_lab", actor=world.handler, data=data)

    return send


@pytest.fixture
def at_lab(case, send):
    send(case)
    return reload(case)


@pytest.fixture
def handler_client(world, client):
    client.force_login(world.handler)
    return client


@pytest.fixture
def failing():
    @contextmanager
    def failing(place):
        FAILING.append(place)
        try:
            yield
        finally:
            FAILING.remove(place)

    return failing
