"""Many at once: one act, one journal line, a clear refusal for everybody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from tests.casework import reload
from workflow import api
from workflow.models import Approval, Case, IssuedNumber, JournalLine

pytestmark = pytest.mark.slow

THREADS = 8
ROUNDS = 15


def together(act, people) -> list[object]:
    """Every person does ``act`` at one moment; what each got, a refusal's codes or the line."""
    gate = Barrier(len(people))

    def run(pk):
        try:
            person = User.objects.get(pk=pk)
            gate.wait()
            return act(person)
        except api.TransitionRefused as refused:
            return [refusal.code for refusal in refused.refusals]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        # The test's clock is a context variable: each thread gets a copy of the context.
        waiting = [pool.submit(copy_context().run, run, person.pk) for person in people]
        return [future.result() for future in waiting]


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_act_together_one_wins_every_round(transactional_world):
    world = transactional_world
    case = world.concluded()
    for _ in range(ROUNDS):
        seen = JournalLine.objects.count()
        results = together(
            lambda person: api.perform(case, "case.submit_review", actor=person),
            [world.handler] * THREADS,
        )

        refused = [result for result in results if isinstance(result, list)]
        assert refused == [["wrong_state"]] * (THREADS - 1)
        assert JournalLine.objects.count() == seen + 1
        assert reload(case).state == "reviewing"
        api.perform(case, "case.reinvestigate", actor=world.reviewer, data={"reason": "再查"})
        data = {"report": "事实清楚", "proposal": "罚款"}
        api.perform(case, "case.conclude", actor=world.handler, data=data)


@pytest.mark.django_db(transaction=True)
def test_two_leaders_who_sign_together_file_one_case(transactional_world):
    world = transactional_world
    second_leader = world.person("leader2", "leader", world.bureau)
    approval = api.propose(world.verifying(), "lead.file", actor=world.handler, data=world.filing())
    api.sign(approval, actor=world.unit_head)

    results = together(
        lambda person: api.sign(approval, actor=person), [world.leader, second_leader]
    )

    assert sorted(type(result).__name__ for result in results) == ["Approval", "list"]
    assert [result for result in results if isinstance(result, list)] == [["approval_ended"]]
    assert Case.objects.count() == 1
    assert Approval.objects.get().outcome == "performed"


@pytest.mark.django_db(transaction=True)
def test_numbers_given_out_together_have_no_gap_and_no_double(transactional_world):
    world = transactional_world
    world.handler.refresh_from_db()

    together(lambda person: world.lead(by=person), [world.handler] * THREADS)

    serials = sorted(IssuedNumber.objects.filter(kind="lead").values_list("serial", flat=True))
    assert serials == list(range(1, THREADS + 1))
