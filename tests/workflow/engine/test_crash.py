"""``kill -9`` between any two statements of an act leaves either nothing or everything."""

from __future__ import annotations

import os
import signal
import traceback

import pytest
from django.db import connection, connections

from tests.casework import reload
from tests.everything import everything
from workflow import api
from workflow.models import Announcement, Approval, Case, Deadline, IssuedNumber, JournalLine

pytestmark = pytest.mark.slow

MODELS = (JournalLine, Case, Deadline, IssuedNumber, Announcement, Approval)


def standing() -> dict[str, object]:
    """What an act leaves behind, counted."""
    rows = {model.__name__: model.objects.count() for model in MODELS}
    return rows | {"cases": sorted(Case.objects.values_list("pk", "state", "version"))}


def die_at(statement: int, act) -> int:
    """Run ``act`` in a child that is killed before its n-th statement; returns its exit status."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    held = [(c, c.connection) for c in connections.all(initialized_only=True)]  # never closed here
    for open_connection, _raw in held:
        open_connection.connection = None
    count = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    status = 1
    try:
        with connection.execute_wrapper(wrapper):
            act()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def deaths_before_commit(act) -> int:
    """Die before each statement in turn as long as nothing stands; returns how many deaths.

    The first death that leaves something came after the commit: it must leave everything.
    """
    before = everything()
    for statement in range(1, 400):
        status = die_at(statement, act)
        assert status in (0, -signal.SIGKILL), "the child failed: see its traceback"
        if everything() != before:
            return statement - 1
    raise AssertionError("the act never got through")


@pytest.mark.django_db(transaction=True)
def test_death_in_a_transition_leaves_nothing_or_everything(transactional_world):
    case = transactional_world.concluded()
    before = standing()

    deaths = deaths_before_commit(
        lambda: api.perform(case, "case.submit_review", actor=transactional_world.handler)
    )

    assert deaths > 8
    assert standing() == before | {
        "JournalLine": before["JournalLine"] + 1,
        "Deadline": before["Deadline"] + 1,
        "cases": [(case.pk, "reviewing", case.version + 1)],
    }


@pytest.mark.django_db(transaction=True)
def test_death_in_the_last_signature_leaves_nothing_or_everything(transactional_world):
    world = transactional_world
    approval = api.propose(world.verifying(), "lead.file", actor=world.handler, data=world.filing())
    api.sign(approval, actor=world.unit_head)
    leader, before = world.leader, standing()

    deaths = deaths_before_commit(lambda: api.sign(approval, actor=leader))

    assert deaths > 20
    assert reload(approval).outcome == "performed"
    case = Case.objects.get()
    assert standing() == before | {
        "JournalLine": before["JournalLine"] + 2,
        "Case": 1,
        "Deadline": before["Deadline"] + 1,
        "IssuedNumber": before["IssuedNumber"] + 1,
        "cases": [(case.pk, "investigating", 0)],
    }


@pytest.mark.django_db(transaction=True)
def test_failing_effect_undoes_the_act(transactional_world, monkeypatch_effect):
    case = transactional_world.concluded()
    before = standing()

    with monkeypatch_effect("case.submit_review"), pytest.raises(RuntimeError):
        api.perform(case, "case.submit_review", actor=transactional_world.handler)

    assert standing() == before
    assert reload(case).state == "concluded"
