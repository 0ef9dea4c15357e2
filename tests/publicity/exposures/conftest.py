"""The newsroom of ``tests.publicity.exposures.world``, on a known day."""

from __future__ import annotations

import pytest

from accounts import clock
from tests.casework import START


@pytest.fixture
def news(db):
    from tests.publicity.exposures.world import Newsroom

    with clock.at(START):
        yield Newsroom()
