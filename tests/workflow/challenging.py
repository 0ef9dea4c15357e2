"""Challenges of the one party of a case, for tests."""

from __future__ import annotations

import pytest

from accounts import clock
from workflow.engine.refusals import TransitionRefused
from workflow.models import Deadline, Decision
from workflow.services import challenges


def latest(case) -> Decision:
    return case.parties.get().decisions.latest("round")


def filed(world, case, kind="reconsideration", **more):
    return challenges.file_challenge(
        more.pop("decision", None) or latest(case), actor=world.handler, kind=kind,
        body="受理机关", filed_on=clock.today(), **more,
    )  # fmt: skip


def settled(world, challenge, outcome, **more):
    return challenges.settle_challenge(
        challenge, actor=world.handler, outcome=outcome, outcome_on=clock.today(), **more
    )


def refused(act) -> list[tuple[str, str]]:
    with pytest.raises(TransitionRefused) as caught:
        act()
    return [(refusal.code, refusal.field) for refusal in caught.value.refusals]


def limits(case, *codes):
    rows = Deadline.objects.filter(case=case, code__in=codes).order_by("code", "pk")
    return [(row.code, row.state, row.due_on) for row in rows]


def changed(world, case, outcome="changed", *, amount=300_000, **more):
    challenge = filed(world, case, **more)
    penalty = challenge.decision.penalties.get(kind="fine")
    return settled(
        world, challenge, outcome, parts=[{"penalty": penalty.pk, "amount_fen": amount}],
        document_number="复决〔2022〕3号",
    )  # fmt: skip
