"""Two people at once: one appointment wins, and guessing in parallel is not cheaper."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts import access, throttle
from accounts.models import UnitPermission
from accounts.services import end_posting
from tests.accounts.people import fresh, make_user, post

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads that start together; returns what each returned or raised."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_administrative_roles_at_once_are_one(units):
    user = make_user()
    roles = ("system_admin", "security_admin", "auditor")

    outcomes = at_once(*(lambda role=role: post(user, role, units.bureau) for role in roles))

    assert [isinstance(outcome, ValidationError) for outcome in outcomes].count(True) == 2
    assert user.postings.count() == 1


def test_posting_ends_once_although_two_end_it(units):
    user = make_user()
    posting = post(user, "handler", units.squad)

    outcomes = at_once(*[lambda: end_posting(posting, by=None, reason="moved")] * 2)

    assert [isinstance(outcome, ValidationError) for outcome in outcomes].count(True) == 1


def test_recomputations_at_once_make_each_row_once(units):
    user = make_user()
    post(user, "auditor", units.bureau)
    UnitPermission.objects.all().delete()

    at_once(access.recompute_grants, lambda: access.recompute_grants(user))

    assert access.has_act(fresh(user), "read_audit", units.bureau.pk)


def test_parallel_guesses_are_all_counted(units):
    outcomes = at_once(*[lambda: throttle.take("officer", "10.0.0.1")] * 8)

    assert outcomes.count(None) == throttle.TRIES
