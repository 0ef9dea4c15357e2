"""An extension more than the law gives a step leads to where the leaders' discussion is entered."""

from __future__ import annotations

from django.urls import reverse

from accounts import clock
from tests.casework import reload
from workflow import api
from workflow.services.side import record_discussion

MORE = {"reason": "案情复杂"}


def refusal(case, world):
    attempt = api.attempt_of(reload(case), "case.extend", world.handler)
    return [(r.code, str(r.law), r.link) for r in api.refusals(attempt)]


def test_a_second_extension_is_for_the_joint_discussion_and_says_where(world):
    case = world.investigating()
    assert refusal(case, world) == []
    case = world.signed(case, "case.extend", MORE)
    law = "《市场监督管理行政处罚程序规定》第十八条、第六十四条"

    [(code, cited, link)] = refusal(case, world)
    record_discussion(
        case, actor=world.office, held_at=clock.now(), chair=world.head,
        participants=[world.leader, world.unit_head], minutes="讨论", conclusion="再延长二十日",
    )  # fmt: skip

    limit = case.deadlines.get(code="C12")
    assert (code, link) == (
        "extended_already", reverse("workflow_case:record_discussion", args=[case.pk]),
    )  # fmt: skip
    extend = reverse("workflow_case:extend_limit", args=[case.pk, limit.pk])
    assert refusal(case, world) == [("extended_already", cited, extend)]
    assert cited == law
