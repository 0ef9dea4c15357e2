"""``manage.py demo`` loads only where it can do no harm."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import clock
from publicity.exposures.models import Exposure
from publicity.pages.models import ExposurePage
from tests.casework import START, World
from workflow.engine.journal_proof import verify
from workflow.models import Case, Lead
from workflow.states import CaseState, LeadState


def test_demo_is_refused_without_debug(db, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="TIEQUAN_DEBUG"):
        call_command("demo")

    assert not Lead.objects.exists()


def test_demo_is_refused_beside_real_records(db, settings):
    settings.DEBUG = True
    with clock.at(START):
        World().lead()

    with pytest.raises(CommandError, match="empty database"):
        call_command("demo")

    assert Lead.objects.count() == 1


@pytest.mark.slow  # it walks 800 acts through the engine: half a minute
def test_demo_shows_every_state_and_a_sound_journal(db, settings):
    settings.DEBUG = True
    out = StringIO()

    call_command("demo", stdout=out)

    states = Counter(Case.objects.values_list("state", flat=True))
    assert set(states) == set(CaseState.values)
    assert set(Lead.objects.values_list("state", flat=True)) == set(LeadState.values)
    assert (Case.objects.count(), Lead.objects.count()) == (41, 65)
    assert ExposurePage.objects.released().count() == 12
    assert Exposure.objects.filter(state="withdrawn").count() == 1
    assert list(verify()) == []
    assert "dadukou1" in out.getvalue()
