"""A small bureau, and acts that only these tests know."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from accounts import acts, clock
from accounts.grants import sync_permissions
from accounts.models import Unit
from tests.accounts.people import make_unit, make_user, post

TRIAL_ACTS = {
    "trial_handle": ("handler",),
    "trial_decide": ("head", "leader"),
    "trial_read": ("handler", "leader"),
    "trial_lead": ("unit_head",),
}


@pytest.fixture
def trial_acts(db):
    """Four acts with their permission rows, gone after the test."""
    for codename, roles in TRIAL_ACTS.items():
        acts.register_act(codename, codename, roles)
    sync_permissions()
    yield TRIAL_ACTS
    for codename in TRIAL_ACTS:
        acts._catalogue.pop(codename)


@pytest.fixture
def units(db):
    """bureau → squad → desk, bureau → station."""
    assert not Unit.objects.exists()
    bureau = make_unit("bureau", parent=None)
    squad = make_unit("squad", parent=bureau)
    return SimpleNamespace(
        bureau=bureau,
        squad=squad,
        desk=make_unit("desk", parent=squad),
        station=make_unit("station", parent=bureau),
    )


@pytest.fixture
def admins(units):
    """One person for each administrative role."""
    people = SimpleNamespace(
        system=make_user("system"), security=make_user("security"), audit=make_user("audit")
    )
    post(people.system, "system_admin", units.bureau)
    post(people.security, "security_admin", units.bureau)
    post(people.audit, "auditor", units.bureau)
    return people


@pytest.fixture
def today():
    return clock.today()
