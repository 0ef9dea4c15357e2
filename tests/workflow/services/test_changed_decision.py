"""A decision changed in part or revoked: the next round, money that follows, other parties."""

from __future__ import annotations

from datetime import date

import pytest

from accounts import clock
from tests.casework import later, reload
from tests.workflow.challenging import changed, filed, latest, limits, refused, settled
from workflow.engine.refusals import TransitionRefused
from workflow.guards.execution import Account
from workflow.models import CaseParty, Deadline, Decision, JournalLine, Party, Penalty, Service
from workflow.services import case_file, challenges, execution


def test_a_change_in_part_makes_a_new_round_and_leaves_the_case_where_it_is(world):
    case = world.enforcing()
    old = latest(case)
    Penalty.objects.create(decision=old, kind="warning")
    challenge = changed(world, case)
    case, new = reload(case), latest(case)

    assert case.state == "enforcing"
    assert (reload(old).status, new.status, new.round) == ("changed", "issued", 2)
    assert (new.supersedes, new.changed_by) == (old, challenge)
    assert new.number == f"{old.number}（复议变更）"
    assert [(p.kind, p.amount_fen) for p in new.penalties.all()] == [
        ("fine", 300_000), ("warning", None),
    ]  # fmt: skip
    line = JournalLine.objects.get(verb="decision.changed")
    assert (line.data["outcome"], line.data["decision"]) == ("changed", new.pk)
    assert case.parties.get().outcome == "penalty"
    with pytest.raises(TransitionRefused) as caught:
        world.signed(case, "case.reopen", {"reason": "变更"})
    assert [r.code for r in caught.value.refusals] == ["not_overturned"]
    assert limits(case, "C35") == [("C35", "running", date(2022, 3, 4))]


def test_payments_plan_and_surcharge_follow_the_new_amount(world):
    case = world.enforcing()
    penalty = latest(case).penalties.get()
    data = {"penalty": penalty, "schedule": "2022-04-01 2000\n2022-05-05 3000", "reason": "困难"}
    case = world.signed(case, "case.grant_plan", data)
    case_file.record_payment(
        penalty, actor=world.handler, amount_fen=100_000, paid_on=clock.today()
    )

    changed(world, case)
    account = Account(latest(case))

    assert (account.imposed, account.owed) == (300_000, 200_000)
    assert account.due == [(date(2022, 4, 1), 200_000), (date(2022, 5, 5), 100_000)]
    assert account.served_on == date(2022, 3, 1)
    assert account.surcharge(date(2022, 4, 3)) == 2 * 3_000
    assert reload(penalty).payments.count() == 0
    assert refused(
        lambda: case_file.record_payment(
            reload(penalty), actor=world.handler, amount_fen=1, paid_on=clock.today()
        )
    ) == [("not_issued", "")]
    case_file.record_payment(
        latest(case).penalties.get(), actor=world.handler, amount_fen=200_000,
        paid_on=clock.today(),
    )  # fmt: skip
    closed = world.signed(reload(case), "case.close", {"ground": "performed", "reason": "缴清"})
    assert closed.state == "closed"


def test_days_of_the_challenge_do_not_count_for_the_changed_amount(world):
    case = world.enforcing()
    with later(days=16):
        challenge = filed(world, case)
    with later(days=40):
        penalty = challenge.decision.penalties.get()
        settled(world, challenge, "changed", parts=[{"penalty": penalty.pk, "amount_fen": 300_000}])
        assert Account(latest(case)).surcharge(clock.today()) == 0
    with later(days=42):
        assert Account(latest(case)).surcharge(clock.today()) == 2 * 9_000


def test_what_was_paid_too_much_is_given_back_and_no_more(world):
    case = world.closed()
    changed(world, case)
    decision = latest(case)
    assert Account(decision).to_refund(clock.today()) == 200_000
    give = {"actor": world.handler, "refunded_on": clock.today()}

    assert refused(lambda: execution.record_refund(decision, amount_fen=200_001, **give)) == [
        ("too_much", "amount")
    ]
    execution.record_refund(decision, amount_fen=200_000, **give)

    assert Account(latest(case)).to_refund(clock.today()) == 0
    assert reload(case).state == "closed"


def test_a_fine_lowered_to_what_was_paid_is_paid(world):
    case = world.enforcing()
    penalty = latest(case).penalties.get()
    case_file.record_payment(
        penalty, actor=world.handler, amount_fen=300_000, paid_on=clock.today()
    )
    changed(world, case)

    assert limits(case, "C27") == [("C27", "met", date(2022, 3, 16))]


def test_a_revoked_decision_owes_nothing_and_gives_back(world):
    case = world.enforcing()
    penalty = latest(case).penalties.get()
    case_file.record_payment(
        penalty, actor=world.handler, amount_fen=200_000, paid_on=clock.today()
    )
    settled(world, filed(world, case), "redo")
    account = Account(latest(case))

    assert (latest(case).status, account.owed) == ("revoked", 0)
    assert account.to_refund(clock.today()) == 200_000
    assert limits(case, "C27") == [("C27", "cancelled", date(2022, 3, 16))]
    case = world.signed(reload(case), "case.reopen", {"reason": "责令重作"})
    assert (case.state, case.parties.get().outcome) == ("investigating", "")


def test_held_unlawful_without_revoking_leaves_the_fine_owed(world):
    case = world.enforcing()
    settled(world, filed(world, case), "unlawful")

    assert (latest(case).status, Account(latest(case)).owed) == ("issued", 500_000)
    assert [row[:2] for row in limits(case, "C35")] == [("C35", "running")]


@pytest.mark.parametrize(
    ("outcome", "parts", "code"),
    [
        ("upheld", [{"amount_fen": 300_000}], ("parts_unfit", "outcome")),
        ("changed", [{"struck": True}], ("nothing_left", "outcome")),
        ("partly", [{"amount_fen": 300_000}], ("nothing_struck", "outcome")),
        ("changed", [{"amount_fen": 600_000}], ("heavier", "amount_{pk}")),
    ],
)  # fmt: skip
def test_parts_fit_the_outcome(world, outcome, parts, code):
    case = world.enforcing()
    challenge = filed(world, case)
    pk = challenge.decision.penalties.get().pk
    parts = [{"penalty": pk, **part} for part in parts]

    assert refused(lambda: settled(world, challenge, outcome, parts=parts)) == [
        (code[0], code[1].format(pk=pk))
    ]
    assert latest(case).round == 1


def test_a_judgment_works_only_once_it_is_in_effect(world):
    case = world.enforcing()
    suit = filed(world, case, "lawsuit")
    penalty = latest(case).penalties.get()
    part = {"penalty": penalty.pk, "amount_fen": 100_000}
    settled(world, suit, "changed", instrument="judgment", parts=[part])
    assert latest(case).round == 1

    appeal = filed(world, case, "appeal", previous=reload(suit))
    assert refused(
        lambda: challenges.take_effect(
            reload(suit), actor=world.handler, effective_on=clock.today()
        )
    ) == [("appealed", "")]
    settled(world, appeal, "upheld")

    assert (latest(case).round, Account(latest(case)).owed) == (2, 100_000)
    assert latest(case).number.endswith("（判决变更）")
    assert reload(suit).effective_on == clock.today()


def test_one_party_s_challenge_leaves_the_others_alone(world):
    case = world.enforcing()
    first = latest(case)
    row = CaseParty.objects.create(
        case=case, order=2, party=Party.objects.create(kind="person", name="李二"),
        outcome="penalty",
    )  # fmt: skip
    other = Decision.objects.create(
        case_party=row, round=1, kind="penalty", status="issued", number="乙号",
        decided_at=first.decided_at, facts="", basis="", remedies="", authority="",
        party_identity="", drafted_by=world.handler,
    )  # fmt: skip
    Penalty.objects.create(decision=other, kind="fine", amount_fen=700_000)
    Service.objects.create(
        case_party=row, decision=other, method="direct", served_at=clock.now(), receiver="李二",
        recorded_by=world.handler,
    )  # fmt: skip

    settled(world, filed(world, case, decision=first), "revoked")

    assert (reload(first).status, reload(other).status) == ("revoked", "issued")
    assert (Account(other).owed, Account(reload(first)).owed) == (700_000, 0)
    assert filed(world, case, decision=other).is_open
    assert {d.party_id for d in Deadline.objects.filter(code="C35")} == {first.case_party_id}
    case = world.signed(reload(case), "case.reopen", {"reason": "甲的决定撤销"})
    assert [party.outcome for party in case.parties.order_by("order")] == ["", "penalty"]
