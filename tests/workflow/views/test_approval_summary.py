"""A signer reads on one page what is signed: the form, and what the act declares of the record."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from tests.casework import reload
from tests.workflow.guards.test_part_transfers import propose as propose_part
from tests.workflow.guards.test_part_transfers import second, two_parties
from tests.workflow.measures import propose as propose_measure
from workflow import api
from workflow.engine.bind import CORE_MACHINES
from workflow.models import Approval
from workflow.services import case_file


def rows(approval) -> dict[str, str]:
    return {row[0]: row[1] for row in approval.summary}


def links(approval) -> list[str]:
    return [row[2] for row in approval.summary if len(row) == 3]


def page(client, user, approval) -> str:
    client.force_login(user)
    machine = approval.record_type.removeprefix("workflow.")
    address = reverse(f"workflow_{machine}:approval", args=[approval.record_id, approval.pk])
    return client.get(address).content.decode()


def test_every_act_of_casework_that_is_signed_declares_what_its_signers_read():
    silent = [
        bound.transition.name
        for bound in api.catalogue().values()
        if bound.transition.approval
        and bound.transition.machine in CORE_MACHINES
        and bound.transition.summary is None
    ]

    assert silent == []


def test_a_decision_is_signed_with_its_penalties_facts_and_basis_in_sight(client, world):
    case = world.deliberating()

    approval = api.propose(case, "case.decide", actor=world.handler)

    row = case.parties.get()
    assert approval.summary[0] == ["某某县小星星玩具店", ""]
    found = rows(approval)
    assert (found["处罚内容"], found["事实和证据"], found["处罚种类和依据"]) == (
        "罚款 5,000\xa0元", "销售三无玩具 30 件。", "产品质量法第五十四条",
    )  # fmt: skip
    assert found["答复"] == "书面放弃"
    assert links(approval) == [
        reverse("workflow_case:preview_document", args=[case.pk, "F45"]) + f"?party={row.pk}"
    ]
    shown = page(client, world.leader, approval)
    assert [text in shown for text in ("罚款 5,000\xa0元", "查看文书", "没有其他内容")] == [
        True, True, False,
    ]  # fmt: skip
    assert client.get(links(approval)[0]).status_code == 200


def test_what_was_read_stays_as_it_was_proposed(world):
    case = world.deliberating()
    approval = api.propose(case, "case.decide", actor=world.handler)

    world.draft_decision(reload(case), fine_fen=400_000)

    approval = Approval.objects.get(pk=approval.pk)
    assert (approval.outcome, rows(approval)["处罚内容"]) == ("voided", "罚款 5,000\xa0元")


def test_a_notice_is_signed_with_what_is_intended(world):
    case = world.reviewed()
    world.draft_notice(case)

    found = rows(api.propose(reload(case), "case.notify", actor=world.handler))

    assert (found["拟作处罚"], found["听证权利"]) == ("罚款 5,000\xa0元", "未告知")


def test_whom_the_police_have_is_named_as_left_out(world):
    case = two_parties(world)
    propose_part(world, case, second(case))
    data = {"report": "事实清楚", "proposal": "罚款"}
    api.perform(reload(case), "case.conclude", actor=world.handler, data=data)
    api.perform(reload(case), "case.submit_review", actor=world.handler)
    case = world.opinion(reload(case))
    case_file.draft_notice(
        case.parties.get(order=1), actor=world.handler, facts="事实", reasons="理由",
        basis="依据", hearing_right=False, penalties=[{"kind": "fine", "amount_fen": 500_000}],
    )  # fmt: skip

    found = rows(api.propose(reload(case), "case.notify", actor=world.handler))

    assert found["不在其内"] == "王二：移送公安机关"


def test_the_head_reads_to_whom_what_goes_and_why(client, world):
    case = two_parties(world)
    transfer = propose_part(world, case, second(case))

    approval = api.propose(transfer, "transfer.approve", actor=world.handler)

    found = rows(approval)
    said = ("接收单位", "移送范围", "涉及当事人", "事实和证据", "专案组")
    assert [found[label] for label in said] == [
        "县公安局", "部分", "王二", "销售金额六万元", "吴承办、钱协办",
    ]  # fmt: skip
    assert "销售金额六万元" in page(client, world.head, approval)


def test_a_measure_is_signed_with_its_goods_ground_and_period(world):
    measure = propose_measure(world, world.investigating())

    found = rows(Approval.objects.get(transition="measure.approve", record_id=measure.pk))

    assert (found["措施种类"], found["期限"]) == ("扣押", "30 日")
    assert found["当事人"] == "某某县小星星玩具店"


def test_a_closure_is_signed_with_what_was_performed(world):
    case = world.enforcing()
    penalty = case.parties.get().decisions.get().penalties.get()
    case_file.record_payment(
        penalty, actor=world.handler, amount_fen=penalty.amount_fen, paid_on=case.decided_at.date()
    )
    data = {"ground": "performed", "reason": "罚款已缴清。"}

    found = rows(api.propose(reload(case), "case.close", actor=world.handler, data=data))

    assert (found["处罚内容"], found["尚未履行"]) == ("罚款 5,000\xa0元", "无")


def test_a_summary_is_written_in_the_language_of_the_files(world):
    case = world.deliberating()

    with translation.override("en"):
        approval = api.propose(case, "case.decide", actor=world.handler)

    assert rows(approval)["处罚内容"] == "罚款 5,000\xa0元"
