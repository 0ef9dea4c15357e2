"""The resolver: who may do what, where, today."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm

from accounts import access, clock
from accounts.models import Posting, UnitPermission, User
from accounts.services import deactivate_account, end_posting
from tests.accounts.people import fresh, make_unit, make_user, post

pytestmark = pytest.mark.usefixtures("trial_acts")


def ids(*units):
    return frozenset(unit.pk for unit in units)


def test_unit_role_reaches_its_unit_only(units):
    user = make_user()
    post(user, "handler", units.squad)

    assert access.unit_ids(user, "trial_handle") == ids(units.squad)
    assert access.unit_ids(user, "trial_decide") == frozenset()


def test_subtree_role_reaches_all_below(units):
    user = make_user()
    post(user, "leader", units.squad)

    assert access.unit_ids(user, "trial_decide") == ids(units.squad, units.desk)


def test_root_reaches_everything(units):
    user = make_user()
    post(user, "head", units.bureau)

    everything = ids(units.bureau, units.squad, units.desk, units.station)
    assert access.unit_ids(user, "trial_decide") == everything


def test_sibling_whose_path_begins_alike_is_not_reached(units):
    """Paths have steps of four: more than 36 siblings make neighbours like 0001 and 00011."""
    user = make_user()
    post(user, "leader", units.squad)
    for number in range(40):
        make_unit(f"extra-{number}", parent=units.bureau)
    access.recompute_grants()

    assert access.unit_ids(fresh(user), "trial_decide") == ids(units.squad, units.desk)


def test_has_act_answers_as_unit_ids(units):
    user = make_user()
    post(user, "handler", units.squad)

    assert access.has_act(user, "trial_handle", units.squad.pk)
    assert not access.has_act(user, "trial_handle", units.station.pk)


@pytest.mark.parametrize(
    ("from_days", "until_days", "granted"),
    [
        (0, None, True),
        (0, 0, True),
        (-5, 5, True),
        (-5, 0, True),
        (-5, -1, False),
        (1, None, False),
        (1, 5, False),
    ],
)
def test_posting_counts_from_its_first_to_its_last_day(
    units, today, from_days, until_days, granted
):
    user = make_user()
    until = None if until_days is None else today + timedelta(days=until_days)
    post(user, "handler", units.squad, from_on=today + timedelta(days=from_days), until_on=until)

    assert access.has_act(user, "trial_handle", units.squad.pk) is granted


def test_late_tick_grants_nothing(units, today):
    user = make_user()
    post(user, "handler", units.squad, until_on=today)
    assert access.has_act(user, "trial_handle", units.squad.pk)

    with clock.at(clock.now() + timedelta(days=1)):
        assert UnitPermission.objects.filter(user=user).exists()
        assert not access.has_act(fresh(user), "trial_handle", units.squad.pk)
        assert list(access.users_with("trial_handle", units.squad)) == []
        assert access.roles_on(fresh(user), units.squad) == []


def test_instance_kept_over_midnight_is_asked_again(units, today):
    user = make_user()
    post(user, "handler", units.squad, until_on=today)
    assert access.has_act(user, "trial_handle", units.squad.pk)

    with clock.at(clock.now() + timedelta(days=1)):
        assert not access.has_act(user, "trial_handle", units.squad.pk)


def test_future_posting_grants_once_its_day_has_come_and_tick_ran(units, today):
    user = make_user()
    post(user, "handler", units.squad, from_on=today + timedelta(days=1))

    with clock.at(clock.now() + timedelta(days=1)):
        access.recompute_grants()
        assert access.has_act(fresh(user), "trial_handle", units.squad.pk)


def test_ended_posting_grants_nothing_from_the_moment(units):
    user = make_user()
    posting = post(user, "handler", units.squad)
    assert access.has_act(user, "trial_handle", units.squad.pk)

    end_posting(posting, by=None, reason="moved")

    assert not access.has_act(fresh(user), "trial_handle", units.squad.pk)
    assert not UnitPermission.objects.filter(user=user).exists()


def test_posting_ended_behind_our_back_grants_nothing_after_forget(units):
    user = make_user()
    posting = post(user, "handler", units.squad)
    assert access.has_act(user, "trial_handle", units.squad.pk)
    Posting.objects.filter(pk=posting.pk).update(ended_at=clock.now())

    access.forget(user)

    assert not access.has_act(user, "trial_handle", units.squad.pk)


def test_same_right_from_two_postings_survives_the_end_of_one(units):
    user = make_user()
    as_handler = post(user, "handler", units.squad)
    as_leader = post(user, "leader", units.squad)

    end_posting(as_handler, by=None, reason="moved")
    assert access.has_act(fresh(user), "trial_read", units.squad.pk)
    assert not access.has_act(fresh(user), "trial_handle", units.squad.pk)

    end_posting(as_leader, by=None, reason="moved")
    assert not access.has_act(fresh(user), "trial_read", units.squad.pk)


def test_same_role_twice_survives_the_end_of_one(units):
    user = make_user()
    first = post(user, "handler", units.squad)
    post(user, "handler", units.squad)

    end_posting(first, by=None, reason="typed twice")

    assert access.has_act(fresh(user), "trial_handle", units.squad.pk)


def test_closed_account_may_nothing(units):
    user = make_user()
    post(user, "handler", units.squad)

    deactivate_account(user, by=None, reason="left")

    assert access.unit_ids(fresh(user), "trial_handle") == frozenset()
    assert list(access.users_with("trial_handle", units.squad)) == []


def test_closed_account_may_nothing_even_with_its_rows(units):
    user = make_user()
    post(user, "handler", units.squad)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert UnitPermission.objects.filter(user=user).exists()
    assert access.unit_ids(fresh(user), "trial_handle") == frozenset()


@pytest.mark.parametrize("which", ["posted", "reached"])
def test_unit_that_has_ended_counts_no_longer(units, today, which):
    user = make_user()
    post(user, "leader", units.squad)
    ended = units.squad if which == "posted" else units.desk
    ended.valid_until = today
    ended.save()
    assert access.has_act(fresh(user), "trial_decide", ended.pk)

    with clock.at(clock.now() + timedelta(days=1)):
        assert not access.has_act(fresh(user), "trial_decide", ended.pk)
        assert access.roles_on(fresh(user), ended) == []
        assert list(access.users_with("trial_decide", ended)) == []


def test_row_without_a_posting_grants_nothing(units):
    user = make_user()
    post(user, "handler", units.station)

    assign_perm("accounts.trial_handle", user, units.squad)

    assert not access.has_act(fresh(user), "trial_handle", units.squad.pk)
    assert not fresh(user).has_perm("accounts.trial_handle", units.squad)
    assert list(access.users_with("trial_handle", units.squad)) == []


def test_posting_without_its_row_grants_nothing(units):
    user = make_user()
    post(user, "handler", units.squad)
    UnitPermission.objects.filter(permission__codename="trial_handle").delete()

    assert not access.has_act(fresh(user), "trial_handle", units.squad.pk)
    assert list(access.users_with("trial_handle", units.squad)) == []


def test_group_and_personal_permissions_never_decide_an_act(units):
    user = make_user()
    post(user, "unit_head", units.squad)
    permission = Permission.objects.get(codename="trial_handle")
    group = Group.objects.get(name="staff")
    group.permissions.add(permission)
    assign_perm("accounts.trial_handle", group, units.squad)
    user.user_permissions.add(permission)

    assert not access.has_act(fresh(user), "trial_handle", units.squad.pk)
    assert not fresh(user).has_perm("accounts.trial_handle", units.squad)


def test_has_perm_on_a_unit_uses_the_same_resolver(units, today):
    user = make_user()
    post(user, "handler", units.squad, until_on=today)

    assert user.has_perm("accounts.trial_handle", units.squad)
    with clock.at(clock.now() + timedelta(days=1)):
        assert not fresh(user).has_perm("accounts.trial_handle", units.squad)


def test_nobody_signed_in_may_nothing(units):
    assert access.unit_ids(AnonymousUser(), "trial_handle") == frozenset()
    assert access.roles_on(AnonymousUser(), units.squad) == []


def test_users_with_names_exactly_who_may(units):
    handler, leader, stranger = (make_user(name) for name in ("handler", "leader", "stranger"))
    post(handler, "handler", units.squad)
    post(leader, "leader", units.bureau)
    post(stranger, "handler", units.station)

    assert list(access.users_with("trial_read", units.squad)) == [handler, leader]
    assert list(access.users_with("trial_handle", units.squad)) == [handler]
    assert list(access.users_with("nobody_bound_this", units.squad)) == []


def test_roles_on_lists_every_role_that_reaches_the_unit(units):
    user = make_user()
    post(user, "leader", units.bureau)
    post(user, "unit_head", units.squad)

    assert [role.code for role in access.roles_on(user, units.squad)] == ["unit_head", "leader"]
    assert [role.code for role in access.roles_on(user, units.desk)] == ["leader"]


@pytest.mark.parametrize("count", [1, 3])
def test_all_acts_of_a_person_cost_two_queries(units, count):
    user = make_user()
    for unit in (units.squad, units.station, units.desk)[:count]:
        post(user, "handler", unit)
    user = fresh(user)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        for codename in ("trial_handle", "trial_read", "trial_decide", "manage_accounts"):
            access.unit_ids(user, codename)
        access.roles_on(user, units.squad)
        access.live_roles(user)

    assert len(queries) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_users_with_costs_one_query(units, count):
    for number in range(count):
        post(make_user(f"user{number}"), "handler", units.squad)

    with CaptureQueriesContext(connection) as queries:
        found = list(access.users_with("trial_handle", units.squad))

    assert (len(found), len(queries)) == (count, 1)
