"""A party handed to the police as a part of the case: nothing instead of that (移送规定 11)."""

from __future__ import annotations

import pytest

from accounts import clock
from tests.casework import reload
from tests.citing import broken
from tests.workflow.guards.asking import codes
from workflow import api
from workflow.models import Party
from workflow.services import answers, case_file, party_withdrawal, side, splitting

MATERIALS = ["transfer_letter", "report", "goods_list", "test_report"]
TR_11 = "移送规定第十一条"
FINE = [{"kind": "fine", "amount_fen": 500_000}]
#: What leads from the head's approval to a state, and what each step is told.
STEPS = {
    "approved": (),
    "handed_over": ("hand_over",),
    "accepted": ("hand_over", "receipt", "accept"),
    "refused": ("hand_over", "refuse"),
    "returned": ("hand_over", "receipt", "accept", "return"),
    "reconsidering": ("hand_over", "refuse", "reconsider"),
}
DATA = {
    "hand_over": {"materials": MATERIALS},
    "receipt": {"receipt_number": "回执1"},
    "accept": {"outcome_number": "立字1号"},
    "refuse": {"outcome_number": "不立字1号", "reason": "数额不足"},
    "return": {"outcome_number": "撤字1号", "reason": "没有犯罪事实"},
    "reconsider": {"reason": "补充流水"},
}


def two_parties(world):
    """An investigated case of two, ready to be concluded: the shop and a person beside it."""
    case = world.investigating()
    world.evidence(case)
    person = Party.objects.create(kind="person", name="王二")
    case_file.add_party(case, actor=world.handler, party=person, violation="另案销售")
    fields = {"facts": "经查属实", "legal_basis": "产品质量法第二十七条"}
    case_file.edit_case(reload(case), actor=world.handler, fields=fields)
    return reload(case)


def propose(world, case, *rows, kind="criminal", whole=False):
    return side.propose_transfer(
        reload(case), actor=world.handler, kind=kind, authority=world.police, whole=whole,
        part="" if whole else "王二部分", facts="销售金额六万元",
        team=[world.handler, world.second], parties=rows,
    )  # fmt: skip


def go_on(world, transfer, *steps):
    for step in steps:
        api.perform(reload(transfer), f"transfer.{step}", actor=world.handler, data=DATA[step])
    return reload(transfer)


def sent(world, case, state, *, kind="criminal", whole=False):
    """A transfer of the second party (or of the whole) that has come to ``state``."""
    rows = () if whole else (second(case),)
    transfer = propose(world, case, *rows, kind=kind, whole=whole)
    if state == "proposed":
        return transfer
    transfer = world.signed(transfer, "transfer.approve", signers=(world.head,))
    return go_on(world, transfer, *STEPS[state])


def first(case):
    return case.parties.get(order=1)


def second(case):
    return case.parties.get(order=2)


def reviewed(world, case):
    data = {"report": "事实清楚", "proposal": "罚款"}
    api.perform(reload(case), "case.conclude", actor=world.handler, data=data)
    api.perform(reload(case), "case.submit_review", actor=world.handler)
    return world.opinion(reload(case))


def draft_notice(world, row):
    return case_file.draft_notice(
        row, actor=world.handler, facts="事实", reasons="理由", basis="依据",
        hearing_right=False, penalties=FINE,
    )  # fmt: skip


def draft_decision(world, row):
    fields = {
        "kind": "penalty", "party_identity": "某", "facts": "事实", "basis": "依据",
        "performance": "十五日内", "remedies": "复议诉讼", "authority": "县局",
    }  # fmt: skip
    return case_file.draft_decision(
        row, actor=world.handler, fields=fields, penalties=FINE, citations=broken()
    )


def answered(world, row):
    notice = row.notices.get(superseded_at=None)
    case_file.record_service(
        row, actor=world.handler, method="direct", served_at=clock.now(), receiver="本人",
        notice=notice,
    )  # fmt: skip
    answers.record_answer(
        notice, actor=world.handler, answer="waived", acted_at=clock.now(),
        proof=world.evidence(row.case),
    )  # fmt: skip


def decided_for(world, case, *rows):
    """Noticed, answered and decided for these parties; the case as it stands then."""
    case = reviewed(world, case)
    for row in rows:
        draft_notice(world, row)
    case = world.signed(reload(case), "case.notify")
    for row in rows:
        answered(world, row)
        draft_decision(world, row)
    api.perform(reload(case), "case.deliberate", actor=world.handler)
    return world.signed(reload(case), "case.decide")


def refused(act):
    try:
        act()
    except api.TransitionRefused as found:
        return [(r.code, str(r.law), r.field) for r in found.refusals]
    return []


@pytest.mark.parametrize(
    ("state", "outcome", "asked"),
    [
        ("proposed", "", []),
        ("approved", "", []),
        ("handed_over", "", []),
        ("reconsidering", "", []),
        ("accepted", "transferred", []),
        ("refused", "", ["notice_missing"]),
        ("returned", "", ["notice_missing"]),
    ],
)
def test_a_party_with_the_police_needs_no_notice_until_it_comes_back(world, state, outcome, asked):
    case = two_parties(world)
    sent(world, case, state)
    case = reviewed(world, case)

    draft_notice(world, first(case))

    assert (second(case).outcome, codes(case, "case.notify", world.handler)) == (outcome, asked)


@pytest.mark.parametrize(
    ("kind", "refusals"),
    [("criminal", [("transfer_open", TR_11, "")]), ("department", [])],
)
def test_no_paper_is_drawn_up_for_a_suspect_the_police_have(world, kind, refusals):
    case = two_parties(world)
    sent(world, case, "accepted", kind=kind)
    case = reviewed(world, case)

    row = second(case)

    assert refused(lambda: draft_notice(world, row)) == refusals
    assert refused(lambda: draft_decision(world, row)) == refusals


def test_the_others_are_decided_and_the_party_transferred_is_settled_for_closing(world):
    case = two_parties(world)
    sent(world, case, "accepted")

    case = decided_for(world, case, first(case))
    closed = closing(world, case)

    assert [row.outcome for row in closed.parties.order_by("order")] == ["penalty", "transferred"]
    assert (closed.state, second(closed).decisions.count()) == ("closed", 0)


def closing(world, case):
    """Served, paid and closed for the first party."""
    row = first(case)
    decision = row.decisions.get()
    case_file.record_service(
        row, actor=world.handler, method="direct", served_at=clock.now(), receiver="店主",
        decision=decision,
    )  # fmt: skip
    api.perform(reload(case), "case.enforce", actor=world.handler)
    case_file.record_payment(
        decision.penalties.get(), actor=world.handler, amount_fen=500_000, paid_on=clock.today()
    )
    return world.signed(reload(case), "case.close", {"ground": "performed", "reason": "已缴清"})


def test_a_case_is_not_closed_while_the_police_may_still_send_a_party_back(world):
    case = two_parties(world)
    transfer = sent(world, case, "handed_over")
    case = decided_for(world, case, first(case))

    law = "移送规定第十二条；程序规定第七十七条"
    assert refused(lambda: closing(world, case)) == [("not_accepted", law, "")]

    go_on(world, transfer, "receipt", "accept")
    data = {"ground": "performed", "reason": "已缴清"}
    assert world.signed(reload(case), "case.close", data).state == "closed"


def test_a_draft_of_before_the_transfer_is_not_issued(world):
    case = reviewed(world, two_parties(world))
    for row in case.parties.all():
        draft_notice(world, row)
    case = world.signed(reload(case), "case.notify")
    for row in case.parties.all():
        answered(world, row)
        draft_decision(world, row)
    sent(world, case, "approved")
    api.perform(reload(case), "case.deliberate", actor=world.handler)

    case = world.signed(reload(case), "case.decide")

    assert [d.status for d in (first(case).decisions.get(), second(case).decisions.get())] == [
        "issued", "draft",
    ]  # fmt: skip


def test_a_penalty_of_before_the_transfer_stands_and_is_carried_out(world):
    case = two_parties(world)
    case = decided_for(world, case, *case.parties.all())

    sent(world, case, "accepted")

    row = second(case)
    assert (row.outcome, row.decisions.get().status) == ("penalty", "issued")
    assert codes(case, "case.enforce", world.handler) == ["decision_not_served"] * 2


def test_a_party_that_comes_back_after_the_decision_opens_the_case_for_it_alone(world):
    case = two_parties(world)
    transfer = sent(world, case, "accepted")
    case = decided_for(world, case, first(case))
    assert codes(case, "case.reopen", world.handler) == ["not_overturned"]

    go_on(world, transfer, "return")
    case = world.signed(reload(case), "case.reopen", {"reason": "公安机关退回"})
    again = decided_for(world, case, second(case))

    assert [row.outcome for row in again.parties.order_by("order")] == ["penalty", "penalty"]
    assert [row.decisions.count() for row in again.parties.order_by("order")] == [1, 1]


def test_who_takes_every_party_along_transfers_the_whole(world):
    case = two_parties(world)
    rows = list(case.parties.order_by("order"))

    nobody = [("nobody_stays", "移送规定第五条", "extent")]
    assert refused(lambda: propose(world, case, *rows)) == nobody
    assert propose(world, case, rows[1]).state == "proposed"
    assert refused(lambda: propose(world, case, rows[0])) == nobody
    assert propose(world, case, *rows, kind="department").state == "proposed"


def test_a_case_of_which_the_police_have_everybody_is_decided_for_nobody(world):
    case = two_parties(world)
    sent(world, case, "accepted")
    row = first(case)
    row.outcome = "terminated"
    row.save()

    assert codes(case, "case.conclude", world.handler) == ["all_with_police"]


def test_whom_the_police_have_is_neither_split_off_nor_taken_out(world):
    case = two_parties(world)
    sent(world, case, "handed_over")
    row = second(case)

    about = {"actor": world.unit_head, "title": "分案", "reason": "分案"}
    split = refused(lambda: splitting.split_party(row, **about))
    wrong = {"actor": world.handler, "reason": "误"}
    out = refused(lambda: party_withdrawal.withdraw_party(row, **wrong))
    other = refused(lambda: party_withdrawal.withdraw_party(first(case), **wrong))

    assert split == out == [("transfer_open", TR_11, "")]
    assert other == [("last_party", "", "")]


def test_a_whole_case_that_comes_back_leaves_the_party_transferred_before_with_the_police(world):
    case = two_parties(world)
    sent(world, case, "accepted")

    sent(world, case, "returned", whole=True)

    assert [row.outcome for row in case.parties.order_by("order")] == ["", "transferred"]
