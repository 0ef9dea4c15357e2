"""The bureau of ``tests.casework``, on a known day."""

from __future__ import annotations

import pytest

from accounts import clock
from tests.casework import START, World


@pytest.fixture
def at_start():
    with clock.at(START):
        yield START


@pytest.fixture
def world(db, at_start):
    return World()
