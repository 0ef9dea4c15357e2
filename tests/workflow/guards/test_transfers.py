"""移送: the head in person, a whole case leaves and comes back, a part moves nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from tests.casework import START, later, reload
from tests.workflow.guards.asking import codes
from workflow import api
from workflow.services import side

MATERIALS = ["transfer_letter", "report", "goods_list", "test_report"]


def propose(world, case, *, whole=True, kind="criminal", team=None):
    return side.propose_transfer(
        case, actor=world.handler, kind=kind, authority=world.police, facts="销售金额六万元",
        team=[world.handler, world.second] if team is None else team, whole=whole,
        part="" if whole else "丙某个人行为",
    )  # fmt: skip


def approved(world, case, **more):
    transfer = propose(world, case, **more)
    approval = api.propose(transfer, "transfer.approve", actor=world.handler)
    api.sign(approval, actor=world.head)
    return reload(transfer)


def handed_over(world, case, **more):
    transfer = approved(world, case, **more)
    api.perform(transfer, "transfer.hand_over", actor=world.handler, data={"materials": MATERIALS})
    return reload(transfer)


def test_a_leader_in_charge_does_not_approve_a_transfer(world):
    transfer = propose(world, world.investigating())
    approval = api.propose(transfer, "transfer.approve", actor=world.handler)

    with pytest.raises(api.TransitionRefused) as refused:
        api.sign(approval, actor=world.leader)

    assert [r.code for r in refused.value.refusals] == ["no_permission"]


def test_acting_head_approves_while_posted(world):
    transfer = propose(world, world.investigating())
    approval = api.propose(transfer, "transfer.approve", actor=world.handler)

    api.sign(approval, actor=world.person("acting", "acting_head", world.bureau))

    assert reload(transfer).state == "approved"


def test_transfer_is_reported_between_the_opening_of_the_case_and_now(world):
    case = world.investigating()
    days = {"before": -400, "tomorrow": 1, "late": 0}

    with later(days=9):
        found = {name: reported(world, case, days=n) for name, n in days.items()}
        done = reported(world, case, days=0, late_reason="补录")

    assert found == {
        "before": ["late"], "tomorrow": ["in_the_future"], "late": ["late"],
    }  # fmt: skip
    assert reported(world, case, days=-400, late_reason="补录") == ["before_opening"]
    assert done == []


def reported(world, case, *, days, late_reason=""):
    """Codes against a transfer reported so many days after the case began (1: tomorrow)."""
    moment = START + timedelta(days=days) if days < 1 else clock.now() + timedelta(days=1)
    try:
        side.propose_transfer(
            case, actor=world.handler, kind="criminal", authority=world.police, facts="涉罪",
            team=[world.handler, world.second], whole=False, part="一部分",
            acted_at=moment if days else case.filed_at, late_reason=late_reason,
        )  # fmt: skip
    except api.TransitionRefused as refused:
        return [refusal.code for refusal in refused.refusals]
    return []


def test_a_merged_lead_is_transferred_where_it_went(world):
    lead, other = world.verifying(), world.verifying()
    data = {"merged_into": other.number, "reason": "同一事项"}
    api.perform(lead, "lead.merge", actor=world.unit_head, data=data)

    with pytest.raises(api.TransitionRefused) as refused:
        propose(world, lead)

    assert [r.code for r in refused.value.refusals] == ["wrong_state"]
    assert propose(world, other).lead == other


def test_suspected_crime_needs_a_team_of_two(world):
    transfer = propose(world, world.investigating(), team=[world.handler])

    assert codes(transfer, "transfer.approve", world.handler) == ["team"]


def test_every_required_material_goes_with_it(world):
    transfer = approved(world, world.investigating())

    with pytest.raises(api.TransitionRefused) as refused:
        api.perform(
            transfer, "transfer.hand_over", actor=world.handler, data={"materials": MATERIALS[:3]}
        )

    assert [(r.code, r.field) for r in refused.value.refusals] == [("materials", "materials")]


def test_whole_case_leaves_when_handed_over_and_its_clock_stands_still(world):
    case = world.noticed()

    handed_over(world, case)

    case = reload(case)
    assert (case.state, case.deadlines.get(code="C12").state) == ("transferred", "paused")


def test_a_transfer_is_locked_after_the_case_it_takes_along(world):
    transfer = approved(world, world.investigating())
    with CaptureQueriesContext(connection) as asked:
        api.perform(
            transfer, "transfer.hand_over", actor=world.handler, data={"materials": MATERIALS}
        )

    read = [re.search(r'FROM "workflow_(case|transfer)"', q["sql"]) for q in asked]
    assert [found[1] for found in read if found][:2] == ["case", "transfer"]


@pytest.mark.parametrize("step", ["transfer.refuse", "transfer.return"])
def test_refused_or_returned_the_case_stands_where_it_stood(world, step):
    case = world.noticed()
    transfer = handed_over(world, case)
    api.perform(transfer, "transfer.receipt", actor=world.handler, data={"receipt_number": "回执1"})

    api.perform(
        transfer, step, actor=world.handler,
        data={"reason": "没有犯罪事实", "outcome_number": "不立字1号"},
    )  # fmt: skip

    case = reload(case)
    assert (case.state, case.deadlines.get(code="C12").state) == ("noticed", "running")


def close(world, case, ground="no_penalty"):
    return world.signed(case, "case.close", {"ground": ground, "reason": "公安机关立案侦查"})


def test_a_transferred_case_is_closed_once_the_police_filed_it_and_opens_when_returned(world):
    case = world.noticed()
    transfer = handed_over(world, case)
    api.perform(transfer, "transfer.receipt", actor=world.handler, data={"receipt_number": "回执1"})
    with pytest.raises(api.TransitionRefused) as refused:
        close(world, reload(case))
    assert [r.code for r in refused.value.refusals] == ["not_accepted"]

    outcome = {"outcome_number": "立字1号"}
    api.perform(transfer, "transfer.accept", actor=world.handler, data=outcome)
    with pytest.raises(api.TransitionRefused) as refused:
        close(world, reload(case), "performed")
    assert ("not_enforced", "ground") in [(r.code, r.field) for r in refused.value.refusals]
    closed = close(world, reload(case))
    assert closed.parties.get().outcome == "transferred"
    assert codes(closed, "case.reopen", world.handler) == ["not_overturned"]

    api.perform(
        reload(transfer), "transfer.return", actor=world.handler,
        data={"reason": "撤销案件", "outcome_number": "撤字1号"},
    )  # fmt: skip

    assert case.parties.get().outcome == ""
    assert codes(reload(case), "case.reopen", world.handler) == []


def test_reconsideration_that_succeeds_takes_the_case_again(world):
    case = world.investigating()
    transfer = handed_over(world, case)
    api.perform(
        transfer, "transfer.refuse", actor=world.handler,
        data={"reason": "数额不足", "outcome_number": "不立字2号"},
    )  # fmt: skip
    api.perform(transfer, "transfer.reconsider", actor=world.handler, data={"reason": "补充流水"})

    api.perform(
        transfer, "transfer.accept", actor=world.handler, data={"outcome_number": "立字3号"}
    )

    assert (reload(transfer).state, reload(case).state) == ("accepted", "transferred")


def refused(world, case):
    transfer = handed_over(world, case)
    api.perform(
        transfer, "transfer.refuse", actor=world.handler,
        data={"reason": "数额不足", "outcome_number": "不立字2号"},
    )  # fmt: skip
    return reload(transfer)


def test_supervision_that_succeeds_takes_the_case_again(world):
    case = world.investigating()
    transfer = refused(world, case)
    data = {"document": "建议立案监督函1号", "reason": "数额已达标准"}
    api.perform(transfer, "transfer.ask_supervision", actor=world.handler, data=data)
    assert reload(transfer).state == "refused"

    api.perform(
        transfer, "transfer.accept", actor=world.handler, data={"outcome_number": "立字3号"}
    )
    api.perform(
        transfer, "transfer.deliver", actor=world.handler, data={"receipt_number": "交接单1号"}
    )

    assert (reload(transfer).state, reload(case).state) == ("accepted", "transferred")
    limits = case.deadlines.filter(code__in=["T6", "T9"]).order_by("code")
    assert [(limit.code, limit.state) for limit in limits] == [("T6", "met"), ("T9", "met")]


def test_supervision_is_asked_for_a_suspected_crime_only(world):
    transfer = handed_over(world, world.investigating(), kind="department")
    api.perform(
        transfer, "transfer.refuse", actor=world.handler,
        data={"reason": "不属管辖", "outcome_number": "复函1号"},
    )  # fmt: skip

    assert codes(reload(transfer), "transfer.ask_supervision", world.handler) == ["no_crime"]


def test_one_whole_transfer_at_a_time(world):
    case = world.investigating()
    old = refused(world, case)
    assert codes(old, "transfer.reconsider", world.handler) == []
    propose(world, case)

    assert codes(old, "transfer.reconsider", world.handler) == ["another_transfer"]
    assert codes(old, "transfer.accept", world.handler) == ["another_transfer"]
    with pytest.raises(api.TransitionRefused) as again:
        propose(world, case)
    assert [r.code for r in again.value.refusals] == ["another_transfer"]
    assert propose(world, case, whole=False).state == "proposed"


def test_a_part_transferred_moves_nothing(world):
    case = world.investigating()

    handed_over(world, case, whole=False)

    assert reload(case).state == "investigating"


def test_case_on_its_way_to_the_police_is_not_decided(world):
    case = world.deliberating()
    assert codes(case, "case.decide", world.handler) == []

    propose(world, case)

    assert codes(case, "case.decide", world.handler) == ["transfer_open"]


def test_discipline_transfer_is_unseen_by_colleagues_of_the_unit(world):
    case = world.investigating()
    transfer = propose(world, case, kind="discipline", team=[world.handler])

    seen = {
        person.username: api.Transfer.objects.reachable_by(person).filter(pk=transfer.pk).exists()
        for person in (world.handler, world.second, world.unit_head, world.head, world.leader)
    }

    assert seen == {
        "handler": True, "second": False, "unit_head": False, "head": True, "leader": False,
    }  # fmt: skip
    assert not api.JournalLine.objects.filter(case=case, verb="transfer.propose").exists()
