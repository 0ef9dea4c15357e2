"""guardian's rows and Wagtail's groups against the postings, also by brute force."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.models import GroupObjectPermission, UserObjectPermission
from hypothesis import given
from hypothesis import strategies as st

from accounts import access, acts, clock
from accounts.models import AccountEvent, Posting, UnitPermission, User
from accounts.roles import ROLES
from tests.accounts.conftest import TRIAL_ACTS
from tests.accounts.people import fresh, make_user, post

pytestmark = pytest.mark.usefixtures("trial_acts")

PARENTS = {"bureau": None, "squad": "bureau", "desk": "squad", "station": "bureau"}
DAYS = st.integers(-3, 3)
POSTINGS = st.lists(
    st.tuples(
        st.sampled_from(["handler", "unit_head", "leader", "head", "editor"]),
        st.sampled_from(sorted(PARENTS)),
        DAYS,
        st.none() | DAYS,
        st.none() | DAYS,
    ),
    max_size=6,
)


def reaches(role, posted, unit):
    """By walking up the tree, not by comparing paths."""
    if ROLES[role].reach == "unit":
        return posted == unit
    while unit is not None:
        if unit == posted:
            return True
        unit = PARENTS[unit]
    return False


def expected(rows, codename, unit):
    giving = acts.acts()[codename].roles
    return any(
        role in giving
        and reaches(role, posted, unit)
        and first <= 0
        and (last is None or max(first, last) >= 0)
        and (ended is None or ended > 0)
        for role, posted, first, last, ended in rows
    )


@given(rows=POSTINGS, before=POSTINGS, act=st.sampled_from(sorted(TRIAL_ACTS)))
def test_grants_are_what_brute_force_says(units, rows, before, act):
    """Whatever stood before: rows of earlier postings leave no trace."""
    user, _made = User.objects.get_or_create(username="subject", defaults={"name": "Subject"})
    for wanted in (before, rows):
        Posting.objects.filter(user=user).delete()
        _insert(user, wanted, units)
        access.recompute_grants(user)

    found = fresh(user)
    for codename in TRIAL_ACTS:
        assert access.unit_ids(found, codename) == {
            getattr(units, unit).pk for unit in PARENTS if expected(rows, codename, unit)
        }
    for unit in PARENTS:
        held = access.users_with(act, getattr(units, unit)).contains(user)
        assert held is expected(rows, act, unit)


def _insert(user, rows, units):
    today, now = clock.today(), clock.now()
    for role, unit, first, last, ended in rows:
        Posting.objects.create(
            user=user,
            role=role,
            unit=getattr(units, unit),
            from_on=today + timedelta(days=first),
            until_on=None if last is None else today + timedelta(days=max(first, last)),
            ended_at=None if ended is None else now + timedelta(days=ended),
            reason="test",
        )


def test_recompute_again_changes_nothing(units):
    user = make_user()
    post(user, "leader", units.bureau)
    rows = set(UnitPermission.objects.values_list("pk", "user_id", "permission_id"))

    access.recompute_grants()
    access.recompute_grants(user)

    assert set(UnitPermission.objects.values_list("pk", "user_id", "permission_id")) == rows


def test_recompute_mends_what_was_written_by_hand(units):
    user, other = make_user(), make_user("other")
    posting = post(user, "handler", units.squad)
    post(other, "handler", units.station)
    row = UnitPermission.objects.filter(user=user).first()
    UnitPermission.objects.create(user=other, permission=row.permission, content_object=units.squad)
    row.delete()

    access.recompute_grants()

    held = UnitPermission.objects.values_list("user", "content_object").distinct()
    assert sorted(held) == sorted([(user.pk, posting.unit_id), (other.pk, units.station.pk)])


def test_grants_of_others_stay_when_one_person_is_recomputed(units):
    one, other = make_user("one"), make_user("other")
    post(one, "handler", units.squad)
    post(other, "handler", units.squad)

    access.recompute_grants(one)

    assert access.has_act(fresh(other), "trial_handle", units.squad.pk)


def test_no_row_ever_lands_in_guardians_generic_tables(units):
    post(make_user(), "leader", units.bureau)

    assert not UserObjectPermission.objects.exists()
    assert not GroupObjectPermission.objects.exists()


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        ("handler", {"staff"}),
        ("editor", {"staff", "editors"}),
        ("system_admin", {"staff", "settings"}),
    ],
)
def test_groups_follow_the_postings(units, role, groups):
    user = make_user()
    user.groups.add(Group.objects.create(name="made by hand"))

    post(user, role, units.bureau)

    assert set(user.groups.values_list("name", flat=True)) == groups


def test_who_has_no_posting_is_in_no_group_and_may_not_enter(units, today):
    user = make_user()
    post(user, "handler", units.squad, until_on=today)
    assert user.has_perm("wagtailadmin.access_admin")

    with clock.at(clock.now() + timedelta(days=1)):
        assert not fresh(user).has_perm("wagtailadmin.access_admin")
        access.recompute_grants()
        assert set(user.groups.all()) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_recompute_for_everybody_costs_the_same_for_any_number(units, count):
    for number in range(count):
        post(make_user(f"user{number}"), "handler", units.squad)

    with CaptureQueriesContext(connection) as queries:
        access.recompute_grants()

    assert len(queries) == 11


def test_events_are_not_written_by_a_recomputation(units):
    post(make_user(), "handler", units.squad)
    events = AccountEvent.objects.count()

    access.recompute_grants()

    assert AccountEvent.objects.count() == events
