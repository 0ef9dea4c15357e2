"""Whatever column of an exposure changes while it waits for the leader: its approval is void."""

from __future__ import annotations

from publicity.exposures.models import Exposure
from tests.casework import reload
from tests.workflow.engine.test_frozen import columns, fingerprint_with
from workflow import api


def test_every_column_of_an_exposure_that_waits_is_frozen(news):
    exposure = news.confirmed()
    approval = api.propose(exposure, "exposure.approve", actor=news.editor)
    before = reload(exposure).fingerprint()

    left_open = [
        field.name
        for field in columns(Exposure, frozenset())
        if fingerprint_with(exposure, exposure, field) == before
    ]

    assert (before, left_open) == (approval.fingerprint, [])
