"""The user of a request is wrapped lazily: whoever asks through it gets the same rights."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from accounts import access
from accounts.models import Posting
from tests.accounts.people import fresh, make_user, post

pytestmark = pytest.mark.usefixtures("trial_acts")


def test_request_and_backend_share_one_answer(units):
    """``request.user`` wraps the person lazily: asked through either, the database is asked once,
    and what ``forget`` drops is dropped for both."""
    user = make_user()
    posting = post(user, "handler", units.squad)
    user = fresh(user)
    wrapped = SimpleLazyObject(lambda: user)
    before = access.unit_ids(wrapped, "trial_handle")
    with CaptureQueriesContext(connection) as queries:
        same = access.unit_ids(user, "trial_handle")

    Posting.objects.filter(pk=posting.pk).delete()
    access.forget(wrapped)

    assert (before, same, len(queries)) == ({units.squad.pk}, {units.squad.pk}, 0)
    assert access.unit_ids(user, "trial_handle") == frozenset()
