"""What a step may cost: a budget of statements that does not follow the size of the file."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework import reload
from workflow import api
from workflow.models import CaseParty, Party

BUDGET = 20


def statements(act) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum("SAVEPOINT" not in query["sql"] for query in asked)


@pytest.mark.parametrize("parties", [1, 3])
def test_a_step_keeps_to_its_budget_of_statements(world, parties):
    case = world.concluded()
    for number in range(1, parties):
        party = Party.objects.create(kind="enterprise", name=f"某某店{number}")
        CaseParty.objects.create(case=case, party=party, order=number + 1)
        world.evidence(case, f"现场笔录{number}")
    case = reload(case)

    asked = statements(lambda: api.perform(case, "case.submit_review", actor=world.handler))

    assert asked <= BUDGET
    assert reload(case).state == "reviewing"
