"""Payments of a fine: not before it is imposed, not tomorrow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts import clock
from workflow import api
from workflow.services import case_file


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "before_decision"), (0, None), ("tomorrow", "in_the_future")]
)
def test_a_payment_lies_between_its_decision_and_today(world, days, code):
    penalty = world.enforcing().parties.get().decisions.get().penalties.get()
    decided = penalty.decision.decided_at.date()
    paid_on = clock.today() + timedelta(days=1) if days == "tomorrow" else decided + timedelta(days)

    found = None
    try:
        case_file.record_payment(penalty, actor=world.handler, amount_fen=100, paid_on=paid_on)
    except api.TransitionRefused as refused:
        (refusal,) = refused.refusals
        found = refusal.code

    assert (found, penalty.payments.count()) == (code, 0 if code else 1)
