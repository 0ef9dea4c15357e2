"""Accounts and postings: who may, what is refused, what the trail says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AccountEvent, User
from accounts.services import (
    appoint,
    change_account,
    create_account,
    deactivate_account,
    end_posting,
    reactivate_account,
    set_password,
)
from accounts.services.organisation import change_unit, create_unit
from tests.accounts.people import PASSWORD, fresh, make_user, post

NEW = {"username": "wang", "name": "Wang", "password": PASSWORD}


def line(event):
    return event.verb, event.actor, event.subject


# --- Who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "may"), [("system", True), ("security", False), ("audit", False), ("handler", False)]
)
def test_only_the_system_administrator_creates_accounts(admins, units, by, may):
    admins.handler = make_user("handler")
    post(admins.handler, "handler", units.squad)
    actor = getattr(admins, by)

    if may:
        user = create_account(by=actor, **NEW)
        assert line(AccountEvent.objects.first()) == ("account.created", actor, user)
        assert user.must_change_password
    else:
        with pytest.raises(PermissionDenied):
            create_account(by=actor, **NEW)
        assert not User.objects.filter(username="wang").exists()


@pytest.mark.parametrize(
    ("by", "may"), [("security", True), ("system", False), ("audit", False), ("handler", False)]
)
def test_only_the_security_administrator_posts(admins, units, by, may):
    admins.handler = make_user("handler")
    post(admins.handler, "handler", units.squad)
    actor, user = getattr(admins, by), make_user("wang")
    wanted = {"by": actor, "user": user, "role": "handler", "unit": units.desk, "reason": "new"}

    if may:
        posting = appoint(**wanted)
        assert line(AccountEvent.objects.first()) == ("posting.begun", actor, user)
        assert (posting.appointed_by, posting.reason) == (actor, "new")
    else:
        with pytest.raises(PermissionDenied):
            appoint(**wanted)
        assert not user.postings.exists()


def test_right_that_ended_a_moment_ago_is_gone_although_the_instance_remembers_it(admins):
    assert create_account(by=admins.system, **NEW)
    end_posting(admins.system.postings.get(), by=admins.security, reason="moved")

    with pytest.raises(PermissionDenied):
        create_account(by=admins.system, **{**NEW, "username": "li"})


# --- Nobody for themselves -----------------------------------------------------------------------


def test_nobody_appoints_themselves(admins, units):
    other = make_user("other")
    appoint(by=admins.security, user=other, role="handler", unit=units.squad, reason="x")

    with pytest.raises(PermissionDenied):
        appoint(
            by=admins.security, user=admins.security, role="handler", unit=units.squad, reason="x"
        )
    assert [p.role for p in admins.security.postings.all()] == ["security_admin"]


def test_nobody_ends_their_own_posting(admins):
    end_posting(admins.audit.postings.get(), by=admins.security, reason="moved")

    with pytest.raises(PermissionDenied):
        end_posting(admins.security.postings.get(), by=admins.security, reason="moved")
    assert admins.security.postings.get().ended_at is None


@pytest.mark.parametrize(
    "act",
    [
        lambda user, by: change_account(user, by=by, name="Other"),
        lambda user, by: deactivate_account(user, by=by, reason="x"),
        lambda user, by: reactivate_account(user, by=by, reason="x"),
        lambda user, by: set_password(user, by=by, password="Xiangyu-77-li"),
    ],
)
def test_nobody_administers_their_own_account(admins, act):
    act(make_user("other"), admins.system)
    before = User.objects.values().get(pk=admins.system.pk)

    with pytest.raises(PermissionDenied):
        act(admins.system, admins.system)
    assert User.objects.values().get(pk=admins.system.pk) == before


def test_system_administrator_cannot_become_another_administrator_by_password(admins, units):
    handler = make_user("handler")
    post(handler, "handler", units.squad)
    set_password(handler, by=admins.system, password="Xiangyu-77-li")

    with pytest.raises(PermissionDenied):
        set_password(admins.security, by=admins.system, password="Xiangyu-77-li")
    assert fresh(admins.security).check_password(PASSWORD)
    assert fresh(handler).check_password("Xiangyu-77-li")


# --- Accounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "system"}, "username"),
        ({"username": "with space"}, "username"),
        ({"name": ""}, "name"),
        ({"email": "nobody"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "12345678901"}, "password"),
    ],
)
def test_refused_account_names_the_field(admins, changes, field):
    with pytest.raises(ValidationError) as refused:
        create_account(by=admins.system, **{**NEW, **changes})
    assert list(refused.value.message_dict) == [field]
    assert User.objects.count() == 3

    create_account(by=admins.system, **NEW)


def test_change_says_what_was_and_what_is(admins):
    user = make_user("wang", qualification_no="A-1")

    change_account(user, by=admins.system, name="Wang Wu", qualification_no="A-1")

    event = AccountEvent.objects.first()
    assert line(event) == ("account.changed", admins.system, user)
    assert event.data == {"name": ["Name of wang", "Wang Wu"]}
    assert "password" not in str(AccountEvent.objects.values_list("data", flat=True))


def test_change_of_nothing_leaves_no_line(admins):
    user = make_user("wang")
    before = AccountEvent.objects.count()

    change_account(user, by=admins.system, name=user.name)

    assert AccountEvent.objects.count() == before


def test_superuser_is_impossible(units):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="root", name="root", is_superuser=True)
    with pytest.raises(ImproperlyConfigured, match="create_admin"):
        User.objects.create_superuser("root", "root@example.cn", PASSWORD)
    assert not User.objects.exists()


def test_event_is_neither_changed_nor_deleted(admins):
    event = AccountEvent.objects.first()
    event.reason = "other"

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


@pytest.mark.parametrize(
    ("qualification_no", "offset", "qualified"),
    [
        ("A-1", None, True),
        ("A-1", 0, True),
        ("A-1", 1, True),
        ("A-1", -1, False),
        ("", None, False),
    ],
)
def test_qualification_counts_to_its_last_day(units, today, qualification_no, offset, qualified):
    until = None if offset is None else today + timedelta(days=offset)
    user = make_user(qualification_no=qualification_no, qualified_until=until)

    assert user.is_qualified_on() is qualified
    assert user.is_qualified_on(today) is qualified


# --- Units ---------------------------------------------------------------------------------------

UNIT = {"code": "new", "name": "New", "kind": "section"}


@pytest.mark.parametrize(("by", "may"), [("system", True), ("security", False), ("audit", False)])
def test_only_the_system_administrator_keeps_units(admins, units, by, may):
    actor = getattr(admins, by)

    if may:
        unit = create_unit(by=actor, parent=units.squad, **UNIT)
        assert unit.get_parent() == units.squad
        assert line(AccountEvent.objects.first()) == ("unit.changed", actor, None)
    else:
        with pytest.raises(PermissionDenied):
            create_unit(by=actor, parent=units.squad, **UNIT)


def test_new_unit_is_reached_by_those_above(admins, units, trial_acts):
    leader = make_user("leader")
    post(leader, "leader", units.bureau)

    unit = create_unit(by=admins.system, parent=units.squad, **UNIT)

    assert fresh(leader).has_perm("accounts.trial_decide", unit)


def test_bureau_has_one_root(admins, units):
    with pytest.raises(ValidationError):
        create_unit(by=admins.system, parent=None, **UNIT)


@pytest.mark.parametrize(("unit", "ends"), [("desk", True), ("squad", False), ("bureau", False)])
def test_unit_does_not_end_before_those_below(admins, units, today, unit, ends):
    if ends:
        change_unit(getattr(units, unit), by=admins.system, valid_until=today)
    else:
        with pytest.raises(ValidationError) as refused:
            change_unit(getattr(units, unit), by=admins.system, valid_until=today)
        assert list(refused.value.message_dict) == ["valid_until"]
    assert (fresh(getattr(units, unit)).valid_until == today) is ends
