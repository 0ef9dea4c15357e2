"""The bureau, with the people and the category that the rows name."""

from __future__ import annotations

import pytest


@pytest.fixture
def known(world):
    """The people of the rows exist before a file is read."""
    assert world.handler.name
    assert world.second.name
    assert world.office.name
    return world
