"""Limits that no step starts, started by hand: offered, looked at, counted, met."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.casework import START
from workflow.clocks.store import ask
from workflow.engine.refusals import TransitionRefused
from workflow.models import Deadline
from workflow.services import limits
from workflow.services.starting import start_limit, started_by_hand

TODAY = START.date()
LETTER = "东市监协〔2022〕3号协助调查函，发贵池区局"


@pytest.fixture
def case(world):
    return world.investigating()


def start(case, world, **changed):
    given = {"actor": world.handler, "code": "C21", "started_on": TODAY, "document": LETTER}
    return start_limit(case, **{**given, **changed})


def refused(act):
    try:
        act()
    except TransitionRefused as caught:
        return [(refusal.code, refusal.field) for refusal in caught.refusals]
    return []


def test_only_limits_that_no_step_starts_are_offered(world, case):
    assert [row.code for row in started_by_hand(case)] == [
        "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C21", "C26", "C33", "C34a", "C34b", "C36",
        "C37", "C38a", "C38b",
    ]  # fmt: skip
    lead = world.verifying()
    assert "C33" not in [row.code for row in started_by_hand(lead)]
    assert refused(lambda: start(lead, world, code="C33")) == [("no_such_limit", "code")]
    assert refused(lambda: start(lead, world, code="C5")) == []


def test_two_requests_run_side_by_side_and_each_is_met_by_itself(world, case):
    start(case, world)
    start(case, world, document="东市监协〔2022〕4号协助调查函，发石台县局")
    first, second = Deadline.objects.filter(case=case, code="C21").order_by("pk")
    assert {first.due_on, second.due_on} == {ask("C21", TODAY).due}

    limits.end_limit(first, actor=world.handler, ended_on=TODAY, reason="已收到复函")

    states = Deadline.objects.filter(case=case, code="C21").order_by("pk").values_list("state")
    assert [state for (state,) in states] == ["met", "running"]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"code": "C12"}, [("no_such_limit", "code")]),
        ({"code": "C2"}, [("no_such_limit", "code")]),
        ({"document": "  "}, [("document_missing", "document")]),
        ({"started_on": TODAY + timedelta(days=1)}, [("in_the_future", "started_on")]),
        ({"started_on": TODAY - timedelta(days=30)}, [("late", "late_reason")]),
        ({"started_on": TODAY - timedelta(days=30), "late_reason": "补录"}, []),
        ({}, []),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(world, case, changed, codes):
    assert refused(lambda: start(case, world, **changed)) == codes
    assert Deadline.objects.filter(case=case, code="C21").count() == (not codes)


def test_who_may_not_manage_limits_starts_none(world, case):
    assert refused(lambda: start(case, world, actor=world.office)) == [("no_permission", "")]
    assert refused(lambda: start(case, world, actor=world.stranger)) == [("out_of_scope", "")]


def test_a_limit_started_by_a_step_is_not_ended_by_a_handler(world, case):
    limit = Deadline.objects.get(case=case, code="C12")
    ends = {"ended_on": TODAY, "reason": "不适用"}
    assert refused(lambda: limits.end_limit(limit, actor=world.handler, **ends)) == [
        ("no_permission", "")
    ]
    assert refused(lambda: limits.end_limit(limit, actor=world.unit_head, **ends)) == []


def test_the_page_shows_the_date_before_it_writes_and_explains_it_after(client, world, case):
    client.force_login(world.handler)
    tab = client.get(reverse("workflow_case:inspect", args=[case.pk]), {"tab": "deadlines"})
    address = reverse("workflow_case:start_limit", args=[case.pk])
    assert f'href="{address}"' in tab.content.decode()

    typed = {"code": "C21", "started_on": TODAY.isoformat(), "document": LETTER}
    looked = client.post(address, typed)
    assert looked.status_code == 422
    assert not Deadline.objects.filter(case=case, code="C21").exists()
    (move,) = looked.context["moves"]
    assert (move.before, move.deadline.due_on) == (None, ask("C21", TODAY).due)

    client.post(address, typed | {"looked_at": looked.context["looked_at"]})
    limit = Deadline.objects.get(case=case, code="C21")
    why = client.get(reverse("workflow_case:deadline", args=[case.pk, limit.pk])).content.decode()
    assert LETTER in why
    for name in ("timeline", "deadlines"):
        tab = client.get(reverse("workflow_case:inspect", args=[case.pk]), {"tab": name})
        assert LETTER in tab.content.decode()
    assert reverse("workflow_case:end_limit", args=[case.pk, limit.pk]) in why
