"""A case of several parties is closed when every one of them is done with."""

from __future__ import annotations

import re

import pytest

from accounts import clock
from tests.casework import World, later, reload
from tests.citing import broken
from tests.remembered import remembered
from workflow import api
from workflow.models import Case, Penalty
from workflow.services import answers, case_file
from workflow.services.execution import apply_to_court, record_court_outcome, remind
from workflow.services.parties import add_named_party

FINE = [{"kind": "fine", "amount_fen": 500_000}]
DECISION = {
    "party_identity": "某某", "facts": "销售三无玩具。", "basis": "产品质量法第五十四条",
    "performance": "十五日内缴纳", "remedies": "六十日内申请复议", "authority": "县市场监督管理局",
}  # fmt: skip
SPARED = {"ground": "minor", "education": "已当面教育"}


@remembered
def enforced(world: World, second: str = "penalty") -> Case:
    """Two parties, the first fined 5,000 yuan, the second as said; both decisions are served."""
    case = world.investigating()
    fields = {"kind": "enterprise", "name": "某某县乙贸易有限公司", "uscc": ""}
    add_named_party(case, actor=world.handler, fields=fields, violation="供货")
    world.evidence(case)
    said = {"facts": "销售三无玩具。", "legal_basis": "产品质量法第二十七条"}
    case_file.edit_case(reload(case), actor=world.handler, fields=said)
    data = {"report": "事实清楚。", "proposal": "罚款"}
    api.perform(reload(case), "case.conclude", actor=world.handler, data=data)
    api.perform(reload(case), "case.submit_review", actor=world.handler)
    case = world.opinion(reload(case))
    kinds = dict(zip(case.parties.order_by("order"), ("penalty", second), strict=True))
    for row in kinds:
        case_file.draft_notice(
            row, actor=world.handler, facts="甲", reasons="乙", basis="丙", hearing_right=False,
            penalties=FINE,
        )  # fmt: skip
    case = world.signed(case, "case.notify")
    for row in kinds:
        served(world, row, notice=row.notices.get())
        answers.record_answer(
            row.notices.get(), actor=world.handler, answer="waived", acted_at=clock.now(), text="",
            considered="", proof=world.evidence(case, "放弃陈述申辩声明"),
        )  # fmt: skip
    for row, kind in kinds.items():
        more = SPARED if kind == "no_penalty" else {}
        case_file.draft_decision(
            row, actor=world.handler, fields={"kind": kind, **DECISION, **more},
            penalties=[] if more else FINE, citations=broken(),
        )  # fmt: skip
    api.perform(reload(case), "case.deliberate", actor=world.handler)
    case = world.signed(reload(case), "case.decide")
    for row in kinds:
        served(world, row, decision=row.decisions.get())
    api.perform(case, "case.enforce", actor=world.handler)
    return reload(case)


def served(world, row, **paper) -> None:
    case_file.record_service(
        row, actor=world.handler, method="direct", served_at=clock.now(), receiver="甲", **paper
    )


def decisions_of(case):
    return [row.decisions.get() for row in case.parties.order_by("order")]


def ended_by_court(world, decision, outcome="ended") -> None:
    """The court was asked for the fine half a year later and said how it ends."""
    with later(days=170):
        remind(decision, actor=world.handler, served_at=clock.now(), receiver="甲")
    with later(days=190):
        asked = apply_to_court(
            decision, actor=world.handler, court="县法院", applied_on=clock.today()
        )
        record_court_outcome(asked, actor=world.handler, outcome=outcome, outcome_on=clock.today())


def pay(world, decision) -> None:
    penalty = Penalty.objects.get(decision=decision)
    case_file.record_payment(
        penalty, actor=world.handler, amount_fen=penalty.amount_fen, paid_on=clock.today()
    )


def closing(world, case) -> list[tuple[str, str]]:
    """Code and party of what stands against closing because the court ended it."""
    data = {"ground": "court_ended", "reason": "法院裁定终结执行"}
    with later(days=191):
        try:
            api.propose(reload(case), "case.close", actor=world.handler, data=data)
        except api.TransitionRefused as refused:
            return [(r.code, re.split("[:：]", str(r.message))[0]) for r in refused.refusals]
    return []


def test_what_the_court_ended_for_one_party_closes_nothing_over_another(world):
    case = enforced(world)
    first, second = decisions_of(case)
    ended_by_court(world, first)

    assert closing(world, case) == [("not_performed", "某某县乙贸易有限公司")]

    pay(world, second)
    assert closing(world, case) == []


def test_it_may_end_for_every_party(world):
    case = enforced(world)
    for decision in decisions_of(case):
        ended_by_court(world, decision)

    assert closing(world, case) == []


def test_who_was_not_punished_keeps_nothing_open(world):
    case = enforced(world, "no_penalty")
    ended_by_court(world, decisions_of(case)[0])

    assert closing(world, case) == []


@pytest.mark.parametrize("outcome", ["refused", "granted", None])
def test_the_court_must_have_ended_it_for_somebody(world, outcome):
    case = enforced(world, "no_penalty")
    if outcome:
        ended_by_court(world, decisions_of(case)[0], outcome)

    assert [code for code, _party in closing(world, case)] == ["court_not_ended"]
