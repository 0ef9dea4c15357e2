"""What a posting must be, and the administrative roles kept apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AccountEvent, Posting, User
from accounts.services import (
    appoint,
    deactivate_account,
    end_posting,
    reactivate_account,
)
from accounts.services.organisation import change_unit
from tests.accounts.people import fresh, make_user, post

# --- Administrative roles apart ------------------------------------------------------------------


@pytest.mark.parametrize("held", ["system_admin", "security_admin", "auditor"])
@pytest.mark.parametrize("wanted", ["system_admin", "security_admin", "auditor"])
def test_two_administrative_roles_at_once_are_refused(units, held, wanted):
    user = make_user()
    post(user, held, units.bureau)

    with pytest.raises(ValidationError) as refused:
        post(user, wanted, units.bureau)

    assert list(refused.value.message_dict) == ["role"]
    assert user.postings.count() == 1


@pytest.mark.parametrize("roles", [("handler", "system_admin"), ("security_admin", "handler")])
def test_who_administers_handles_no_case(units, roles):
    user = make_user()
    first = post(user, roles[0], units.bureau)

    with pytest.raises(ValidationError) as refused:
        post(user, roles[1], units.bureau)
    end_posting(first, by=None, reason="changes office")

    assert list(refused.value.message_dict) == ["role"]
    assert post(user, roles[1], units.bureau).role == roles[1]


def test_another_administrative_role_follows_the_end_of_the_first(units, today):
    user = make_user()
    first = post(user, "auditor", units.bureau)
    end_posting(first, by=None, reason="changes office")

    assert post(user, "system_admin", units.bureau).role == "system_admin"


def test_database_refuses_two_open_administrative_roles(units):
    user = make_user()
    posting = post(user, "auditor", units.bureau)
    posting.pk, posting.role = None, "system_admin"

    with pytest.raises(IntegrityError), transaction.atomic():
        posting.save(force_insert=True)
    assert user.postings.count() == 1


@pytest.mark.parametrize(("role", "refused"), [("acting_head", ["until_on"]), ("head", [])])
def test_who_acts_as_head_does_so_for_a_stated_time(units, role, refused):
    user, errors = make_user(), []
    try:
        post(user, role, units.bureau, until_on=None)
    except ValidationError as error:
        errors = list(error.message_dict)

    assert (errors, user.postings.count()) == (refused, 0 if refused else 1)


OFFSETS = st.integers(0, 6)
SPANS = st.lists(
    st.tuples(
        st.sampled_from(["system_admin", "security_admin", "auditor", "handler"]),
        OFFSETS,
        st.none() | OFFSETS,
    ),
    max_size=6,
)


@given(wanted=SPANS)
def test_administrative_postings_never_share_a_day(units, today, wanted):
    """The service against a calendar of single days."""
    user, _made = User.objects.get_or_create(username="subject", defaults={"name": "Subject"})
    Posting.objects.filter(user=user).delete()
    taken: dict[bool, set[int]] = {True: set(), False: set()}
    for role, first, length in wanted:
        days = set(range(first, 30 if length is None else first + length + 1))
        until = None if length is None else today + timedelta(days=first + length)
        administers = role != "handler"
        free = not days & (taken[True] | taken[False] if administers else taken[True])
        try:
            post(user, role, units.bureau, from_on=today + timedelta(days=first), until_on=until)
        except ValidationError:
            assert not free
        else:
            assert free
            taken[administers] |= days


# --- What a posting must be ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": "emperor"}, "role"),
        ({"reason": "  "}, "reason"),
        ({"until_on": -1}, "until_on"),
        ({"from_on": -1}, "from_on"),
        ({"role": "auditor"}, "unit"),
    ],
)
def test_refused_posting_names_the_field_and_changes_nothing(admins, units, today, changes, field):
    user = make_user("wang")
    wanted = {"user": user, "role": "handler", "unit": units.squad, "reason": "new"}
    wanted["from_on"], wanted["until_on"] = today, today
    days = {key: today + timedelta(days=n) for key, n in changes.items() if isinstance(n, int)}

    with pytest.raises(ValidationError) as refused:
        appoint(by=admins.security, **{**wanted, **changes, **days})
    assert list(refused.value.message_dict) == [field]
    assert not user.postings.exists()

    assert appoint(by=admins.security, **wanted).pk


def test_closed_account_is_not_posted_until_it_is_open_again(admins, units):
    user = make_user("wang")
    wanted = {"user": user, "role": "handler", "unit": units.squad, "reason": "new"}
    deactivate_account(user, by=admins.system, reason="left")

    with pytest.raises(ValidationError) as refused:
        appoint(by=admins.security, **wanted)
    assert list(refused.value.message_dict) == ["user"]

    reactivate_account(user, by=admins.system, reason="back")
    assert appoint(by=admins.security, **wanted).pk


def test_unit_must_exist_on_the_first_day(admins, units, today):
    change_unit(units.desk, by=admins.system, valid_until=today)
    wanted = {"user": make_user("wang"), "role": "handler", "unit": fresh(units.desk)}

    with pytest.raises(ValidationError) as refused:
        appoint(by=admins.security, reason="x", from_on=today + timedelta(days=1), **wanted)
    assert list(refused.value.message_dict) == ["unit"]

    assert appoint(by=admins.security, reason="x", from_on=today, **wanted).pk


def test_posting_ends_once(admins, units):
    posting = post(make_user("wang"), "handler", units.squad)
    end_posting(posting, by=admins.security, reason="moved")
    first = Posting.objects.get(pk=posting.pk)

    with pytest.raises(ValidationError):
        end_posting(posting, by=admins.security, reason="again")
    assert Posting.objects.get(pk=posting.pk).ended_at == first.ended_at
    assert AccountEvent.objects.filter(verb="posting.ended").count() == 1
