"""A whole case that goes to another bureau or department is not decided here, and ends here."""

from __future__ import annotations

import pytest

from tests.casework import reload
from tests.workflow.guards.asking import codes
from tests.workflow.guards.test_transfers import approved, handed_over, propose
from workflow import api

CLOSING = {"ground": "no_penalty", "reason": "案件已移送"}
AWAY = ("department", "jurisdiction")


def step(world, transfer, name, **data) -> None:
    api.perform(reload(transfer), f"transfer.{name}", actor=world.handler, data=data)


@pytest.mark.parametrize(
    ("kind", "whole", "expected"),
    [
        ("department", True, ["transfer_open"]), ("jurisdiction", True, ["transfer_open"]),
        ("jurisdiction", False, []), ("detention", True, []), ("discipline", True, []),
    ],
)  # fmt: skip
def test_a_case_on_its_way_elsewhere_is_not_decided(world, kind, whole, expected):
    case = world.deliberating()
    assert codes(case, "case.decide", world.handler) == []

    propose(world, case, kind=kind, whole=whole)

    assert codes(case, "case.decide", world.handler) == expected


@pytest.mark.parametrize("kind", AWAY)
def test_it_is_closed_once_it_was_taken_there(world, kind):
    case = world.deliberating()
    transfer = handed_over(world, case, kind=kind)
    step(world, transfer, "receipt", receipt_number="回执1")
    assert reload(case).state == "transferred"
    assert reload(case).deadlines.get(code="C12").state == "paused"
    with pytest.raises(api.TransitionRefused) as refused:
        world.signed(reload(case), "case.close", CLOSING)
    assert [r.code for r in refused.value.refusals] == ["not_accepted"]

    step(world, transfer, "accept", outcome_number="立案1号")

    assert world.signed(reload(case), "case.close", CLOSING).state == "closed"


@pytest.mark.parametrize("kind", AWAY)
@pytest.mark.parametrize("answer", ["refuse", "return"])
def test_sent_back_it_goes_on_where_it_stood(world, kind, answer):
    case = world.deliberating()
    transfer = handed_over(world, case, kind=kind)
    step(world, transfer, "receipt", receipt_number="回执1")

    step(world, transfer, answer, reason="不属其管辖", outcome_number="复函1号")

    assert reload(case).state == "deliberating"
    assert codes(case, "case.decide", world.handler) == []


@pytest.mark.parametrize("kind", AWAY)
def test_it_goes_to_one_receiver_at_a_time(world, kind):
    case = world.investigating()
    first = propose(world, case)

    with pytest.raises(api.TransitionRefused) as refused:
        propose(world, case, kind=kind)
    assert [r.code for r in refused.value.refusals] == ["another_transfer"]

    api.perform(first, "transfer.decline", actor=world.head, data={"reason": "未达追诉标准"})
    assert propose(world, case, kind=kind).state == "proposed"


def test_a_decided_case_goes_nowhere(world):
    case = world.deliberating()
    transfer = approved(world, case, kind="jurisdiction")
    assert codes(transfer, "transfer.hand_over", world.handler) == []
    decided = world.decided()

    late = approved(world, decided, kind="jurisdiction")

    assert codes(late, "transfer.hand_over", world.handler) == ["case_cannot_leave"]
