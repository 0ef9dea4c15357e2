"""复议 and 诉讼 by level: windows, effect, a decision changed in part, money that follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts import clock
from tests.casework import later, reload
from workflow.engine.refusals import TransitionRefused
from workflow.guards.execution import Account
from workflow.models import (
    CaseParty,
    Challenge,
    Deadline,
    Decision,
    JournalLine,
    Party,
    Penalty,
    Service,
)  # fmt: skip
from workflow.services import case_file, challenges, execution


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


# ---- levels ----------------------------------------------------------------------------------


def test_the_levels_follow_one_another(world):
    case = world.enforcing()
    first = filed(world, case)
    assert refused(lambda: filed(world, case, "lawsuit")) == [("open_already", "")]
    assert refused(lambda: filed(world, case, "lawsuit", previous=first)) == [
        ("wrong_level", "kind")
    ]
    settled(world, first, "upheld")
    assert refused(lambda: filed(world, case, "appeal", previous=first)) == [
        ("wrong_level", "kind")
    ]

    suit = filed(world, case, "lawsuit", previous=first)
    settled(world, suit, "upheld", instrument="judgment")
    assert refused(lambda: filed(world, case, "retrial", previous=suit)) == [
        ("wrong_level", "kind")
    ]
    appeal = filed(world, case, "appeal", previous=suit)
    assert refused(lambda: filed(world, case, "appeal", previous=suit)) == [("next_exists", "")]
    settled(world, appeal, "upheld")
    retrial = filed(world, case, "retrial", previous=reload(appeal))

    assert [c.kind for c in Challenge.objects.order_by("pk")] == [
        "reconsideration", "lawsuit", "appeal", "retrial",
    ]  # fmt: skip
    assert [reload(c).is_open for c in (first, suit, appeal, retrial)] == [
        False, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "outcome", "codes"),
    [("reconsideration", "remanded", [("no_such_outcome", "outcome")]),
     ("reconsideration", "changed", [("parts_missing", "outcome")])],
)  # fmt: skip
def test_an_outcome_fits_its_level(world, kind, outcome, codes):
    case = world.enforcing()
    challenge = filed(world, case, kind)

    assert refused(lambda: settled(world, challenge, outcome)) == codes
    assert reload(challenge).outcome == ""
    settled(world, challenge, "dismissed")
    assert refused(lambda: settled(world, reload(challenge), "upheld")) == [("settled", "")]


def test_a_case_sent_back_begins_again_at_the_first_instance(world):
    case = world.enforcing()
    suit = filed(world, case, "lawsuit")
    settled(world, suit, "revoked", instrument="judgment")
    appeal = filed(world, case, "appeal", previous=suit)
    settled(world, appeal, "remanded")
    assert Challenge.objects.open().count() == 2
    assert latest(case).status == "issued"

    again = filed(world, case, "lawsuit", previous=appeal)
    settled(world, again, "withdrawn", instrument="ruling")

    assert not Challenge.objects.open().exists()
    assert latest(case).status == "issued"


@pytest.mark.parametrize(
    ("field", "days", "code"),
    [("filed_on", 1, "in_the_future"), ("filed_on", -1, "too_early"),
     ("accepted_on", 1, "in_the_future"), ("notified_on", -1, "too_early")],
)  # fmt: skip
def test_days_of_a_level_are_in_order(world, field, days, code):
    decision = latest(world.enforcing())
    data = {"filed_on": clock.today(), field: clock.today() + timedelta(days=days)}

    assert refused(
        lambda: challenges.file_challenge(
            decision, actor=world.handler, kind="lawsuit", body="法院", **data
        )
    ) == [(code, field)]


# ---- windows (行政诉讼法 arts. 45, 46, 85) -----------------------------------------------------


def test_a_reconsideration_leaves_fifteen_days_to_sue(world):
    case = world.enforcing()  # served on 1 March 2022
    with later(days=9):
        first = filed(world, case)
    assert limits(case, "C29a", "C29b") == [
        ("C29a", "met", date(2022, 5, 5)), ("C29b", "met", date(2022, 9, 1)),
    ]  # fmt: skip
    with later(days=40):
        settled(world, first, "upheld", served_on=clock.today())
        assert limits(case, "J1") == [("J1", "running", date(2022, 4, 25))]
        account = Account(latest(case))
        assert account.court_from == date(2022, 4, 25)
    with later(days=50):
        filed(world, case, "lawsuit", previous=first)
    assert limits(case, "J1") == [("J1", "met", date(2022, 4, 25))]
    assert Deadline.objects.get(code="J1").rule.confidence == "unverified"


def test_a_reconsideration_taken_back_leaves_the_usual_time_to_sue(world):
    case = world.enforcing()
    first = filed(world, case)
    settled(world, first, "withdrawn")

    assert limits(case, "C29b", "J1") == [("C29b", "running", date(2022, 9, 1))]
    assert Account(latest(case)).court_from == date(2022, 9, 1)


@pytest.mark.parametrize(
    ("instrument", "codes", "due"),
    [("judgment", ("J2", "J4"), (16, 18)), ("ruling", ("J3", "J5"), (11, 14))],
)
def test_judgment_and_ruling_are_appealed_in_their_own_times(world, instrument, codes, due):
    case = world.enforcing()
    suit = filed(world, case, "lawsuit")
    with later(days=2):
        settled(
            world, suit, "dismissed", instrument=instrument,
            served_on=date(2022, 3, 3), received_on=date(2022, 3, 3),
        )  # fmt: skip
        assert [row[0] for row in limits(case, "J2", "J3", "J4", "J5")] == [*codes]
        last = Deadline.objects.get(code=codes[0]).due_on
        assert last == date(2022, 3, 18 if instrument == "judgment" else 14)
        assert refused(
            lambda: challenges.take_effect(suit, actor=world.handler, effective_on=clock.today())
        ) == [("window_open", "effective_on")]
    with later(days=30):
        challenges.take_effect(suit, actor=world.handler, effective_on=last + timedelta(days=1))
    assert {row[1] for row in limits(case, *codes)} == {"cancelled"}
    assert reload(suit).effective_on == last + timedelta(days=1)


def test_the_bureau_answers_in_time(world):
    case = world.enforcing()
    first = filed(world, case)
    assert limits(case, "J6") == []

    challenges.amend_challenge(
        first, actor=world.handler, file_number="复〔2022〕3号", accepted_on=clock.today(),
        notified_on=clock.today(), enforcement_suspended=True,
    )  # fmt: skip

    assert limits(case, "J6") == [("J6", "running", date(2022, 3, 11))]
    assert Deadline.objects.get(code="J6").obliged == "bureau"
    settled(world, reload(first), "upheld")
    assert refused(
        lambda: challenges.amend_challenge(reload(first), actor=world.handler, file_number="x")
    ) == [("settled", "")]
    suit = filed(world, case, "lawsuit", previous=reload(first), notified_on=clock.today())
    assert limits(case, "J6", "J7") == [
        ("J6", "met", date(2022, 3, 11)), ("J7", "running", date(2022, 3, 16)),
    ]  # fmt: skip
    assert suit.enforcement_suspended is False


def test_execution_stands_still_only_where_it_was_suspended(world):
    case = world.enforcing()
    first = filed(world, case)
    with later(days=17):
        now = clock.now()
        challenges.amend_challenge(first, actor=world.handler, enforcement_suspended=True)
        remind = {"actor": world.handler, "served_at": now, "receiver": "店主"}
        assert refused(lambda: execution.remind(latest(case), **remind)) == [("suspended", "")]
        challenges.amend_challenge(reload(first), actor=world.handler, enforcement_suspended=False)
        assert execution.remind(latest(case), **remind).fine_fen == 500_000


# ---- changed in part -------------------------------------------------------------------------


def changed(world, case, outcome="changed", *, amount=300_000, **more):
    challenge = filed(world, case, **more)
    penalty = challenge.decision.penalties.get(kind="fine")
    return settled(
        world, challenge, outcome, parts=[{"penalty": penalty.pk, "amount_fen": amount}],
        document_number="复决〔2022〕3号",
    )  # fmt: skip


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


# ---- pages -----------------------------------------------------------------------------------


def page(case, name, *args):
    return reverse(f"workflow_case:{name}", args=[case.pk, *args])


def test_the_pages_of_a_challenge(client, world):
    case = world.enforcing()
    decision, day = latest(case), clock.today().isoformat()
    client.force_login(world.handler)
    tab = page(case, "inspect") + "?tab=parties"
    address = page(case, "file_challenge", decision.pk)
    assert address in client.get(tab).content.decode()

    wrong = client.post(address, {"kind": "appeal", "body": "中院", "filed_on": day})
    assert (wrong.status_code, "中院" in wrong.content.decode()) == (422, True)
    assert (
        client.post(address, {"kind": "lawsuit", "body": "县法院", "filed_on": day}).status_code
        == 302
    )
    suit = Challenge.objects.get()
    said = client.get(tab).content.decode()
    assert address not in said
    outcome, course = (
        page(case, "settle_challenge", suit.pk),
        page(case, "amend_challenge", suit.pk),
    )
    assert outcome in said
    assert course in said
    client.post(
        course, {"file_number": "（2022）皖1721行初3号", "accepted_on": day, "notified_on": day}
    )
    assert "（2022）皖1721行初3号" in client.get(tab).content.decode()

    penalty = decision.penalties.get()
    data = {"outcome": "changed", "outcome_on": day, "served_on": day, "instrument": "judgment"}
    part = {f"part_{penalty.pk}": "changed"}
    bare = client.post(outcome, data)
    assert (bare.status_code, bare.context["form"].errors.as_data().keys()) == (422, {"outcome"})
    half = client.post(outcome, {**data, **part})
    assert (half.status_code, list(half.context["form"].errors)) == (422, [f"amount_{penalty.pk}"])
    done = client.post(outcome, {**data, **part, f"amount_{penalty.pk}": "3000"})
    assert done.status_code == 302
    said = client.get(tab).content.decode()
    effect, following = page(case, "take_effect", suit.pk), page(case, "next_level", suit.pk)
    assert effect in said
    assert following in said

    early = client.post(effect, {"effective_on": day})
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["effective_on"])
    with later(days=20):
        today = clock.today().isoformat()
        assert client.post(effect, {"effective_on": today}).status_code == 302
        said = client.get(tab).content.decode()
        assert "（判决变更）" in said
        assert page(case, "record_payment", penalty.pk) not in said
        lines = client.get(page(case, "inspect") + "?tab=timeline").content.decode()
    assert "Decision changed in part" in lines or "决定被部分变更" in lines


def test_money_is_given_back_by_page(client, world):
    case = world.closed()
    changed(world, case)
    decision = latest(case)
    client.force_login(world.handler)
    address = page(case, "record_refund", decision.pk)
    assert address in client.get(page(case, "inspect") + "?tab=execution").content.decode()
    data = {"refunded_on": clock.today(), "voucher": "退1"}

    much = client.post(address, {**data, "amount": "2000.01"})
    right = client.post(address, {**data, "amount": "2000"})

    assert (much.status_code, list(much.context["form"].errors)) == (422, ["amount"])
    assert right.status_code == 302
    said = client.get(page(case, "inspect") + "?tab=execution").content.decode()
    assert address not in said
