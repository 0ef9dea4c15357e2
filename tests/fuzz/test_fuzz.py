"""Every form against what no honest browser sends: no breakdown, no change, said at its field."""

from __future__ import annotations

import pytest
from django.db import transaction

from accounts import clock
from tests.casework import START
from tests.fuzz.judge import Judge
from tests.fuzz.reach import Reach, wanted
from tests.fuzz.scene import small


@pytest.fixture(scope="module")
def bureau(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), clock.at(START), transaction.atomic():
        yield small()
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["workflow_lead:", "workflow_case:", "accounts_"])
def test_hostile_values_break_nothing_and_are_refused_at_their_field(bureau, db, part, caplog):
    caplog.set_level("CRITICAL", logger="django.request")
    judge = Judge(Reach())
    forms = [form for form in wanted() if form.name.startswith(part)]
    found = [one for form in forms if (one := judge.choose(judge.reach.candidates(form)))]

    for one in found:
        judge.together(one)

    assert found
    assert sorted(set(judge.complaints)) == []
    assert judge.reach.broken == []
