"""决定, 送达, 结案, 归档, 复议: nothing before its time, nothing heavier than told."""

from __future__ import annotations

from datetime import date

import pytest

from accounts import clock
from tests.casework import reload
from tests.workflow.guards.asking import codes
from workflow import api
from workflow.models import Challenge, Threshold, ViolationType
from workflow.services import case_file, challenges, side


def test_decision_heavier_than_its_notice_is_refused(world):
    case = world.deliberating()
    assert codes(case, "case.decide", world.handler) == []

    world.draft_decision(case, fine_fen=500_001)

    assert codes(case, "case.decide", world.handler) == ["heavier"]


@pytest.mark.parametrize(
    "missing", ["party_identity", "facts", "basis", "performance", "remedies", "authority"]
)
def test_each_content_of_article_59_is_needed(world, missing):
    case = world.deliberating()
    decision = case.parties.get().decisions.get()

    setattr(decision, missing, " ")
    decision.save()

    assert codes(case, "case.decide", world.handler) == ["decision_incomplete"]


def discussed(world, case):
    second = world.person("leader2", "leader", world.bureau)
    side.record_discussion(
        case, actor=world.office, held_at=clock.now(), chair=world.head,
        participants=[world.leader, second], minutes="一致同意", conclusion="同意处罚",
    )  # fmt: skip


def test_major_case_is_discussed_by_the_leaders(world):
    case = world.deliberating()
    case.complex_or_major = True
    case.save(update_fields=["complex_or_major"])
    assert codes(case, "case.decide", world.handler) == ["discussion"]

    discussed(world, case)

    assert codes(case, "case.decide", world.handler) == []


def fined(world, fine_fen):
    """A case that waits for the decision on a fine of that size."""
    case = world.reviewed()
    world.draft_notice(case, fine_fen=fine_fen, hearing_right=True)
    case = world.signed(case, "case.notify")
    notice = case.parties.get().notices.get()
    case_file.record_service(
        case.parties.get(), actor=world.handler, method="direct", served_at=clock.now(),
        receiver="店主", notice=notice,
    )  # fmt: skip
    case = world.answer(case)
    world.draft_decision(case, fine_fen=fine_fen)
    api.perform(case, "case.deliberate", actor=world.handler)
    return reload(case)


@pytest.mark.parametrize(("fine_fen", "expected"), [(9_999_999, []), (10_000_000, ["discussion"])])
def test_a_large_fine_is_discussed_by_the_leaders(world, fine_fen, expected):
    case = fined(world, fine_fen)
    assert codes(case, "case.decide", world.handler) == expected

    Threshold.objects.filter(code="discussion_entity").update(effective_until=date(2020, 1, 1))

    assert codes(case, "case.decide", world.handler) == []


@pytest.mark.parametrize(("fine_fen", "expected"), [(29_999_999, []), (30_000_000, ["city_level"])])
def test_food_fine_from_300_000_yuan_is_the_city_s(world, fine_fen, expected):
    case = fined(world, fine_fen)
    discussed(world, case)
    case.violation_type = ViolationType.objects.create(code="food_additives", name="食品添加")
    case.save(update_fields=["violation_type"])

    assert codes(case, "case.decide", world.handler) == expected


def test_enforcement_waits_for_the_service_of_the_decision(world):
    case = world.decided()
    assert codes(case, "case.enforce", world.handler) == ["decision_not_served"]

    row = case.parties.get()
    case_file.record_service(
        row, actor=world.handler, method="direct", served_at=clock.now(), receiver="店主",
        decision=row.decisions.get(),
    )  # fmt: skip

    assert codes(case, "case.enforce", world.handler) == []


def closing(world, case, ground):
    with pytest.raises(api.TransitionRefused) as refused:
        api.propose(
            case, "case.close", actor=world.handler, data={"ground": ground, "reason": "办结"}
        )
    return [(r.code, r.field) for r in refused.value.refusals]


def test_case_is_not_closed_as_performed_while_a_fine_is_owed(world):
    case = world.enforcing()
    penalty = case.parties.get().decisions.get().penalties.get()
    case_file.record_payment(
        penalty, actor=world.handler, amount_fen=penalty.amount_fen - 1, paid_on=clock.today()
    )
    assert closing(world, case, "performed") == [("not_performed", "ground")]

    case_file.record_payment(penalty, actor=world.handler, amount_fen=1, paid_on=clock.today())

    closed = world.signed(case, "case.close", {"ground": "performed", "reason": "缴清"})
    assert (closed.state, closed.closure_ground) == ("closed", "performed")


@pytest.mark.parametrize(
    ("ground", "code"), [("terminated", "not_terminated"), ("no_penalty", "was_punished")]
)
def test_closure_ground_must_be_true(world, ground, code):
    assert closing(world, world.enforcing(), ground) == [(code, "ground")]


def test_more_than_is_owed_is_not_taken(world):
    penalty = world.enforcing().parties.get().decisions.get().penalties.get()

    with pytest.raises(api.TransitionRefused) as refused:
        case_file.record_payment(
            penalty, actor=world.handler, amount_fen=penalty.amount_fen + 1, paid_on=clock.today()
        )

    assert [r.code for r in refused.value.refusals] == ["overpaid"]
    assert penalty.payments.count() == 0


def challenged(world, case):
    decision = case.parties.get().decisions.get()
    return challenges.file_challenge(
        decision, actor=world.handler, kind="reconsideration", body="县人民政府",
        filed_on=clock.today(),
    )  # fmt: skip


def test_pending_challenge_keeps_the_file_out_of_the_archive(world):
    case = world.closed()
    challenge = challenged(world, case)
    assert codes(case, "case.archive", world.handler) == ["challenge_pending"]

    challenges.settle_challenge(
        challenge, actor=world.handler, outcome="upheld", outcome_on=clock.today()
    )

    assert codes(case, "case.archive", world.handler) == []


@pytest.mark.parametrize("outcome", sorted(Challenge.REVOKING))
def test_revoked_decision_reopens_the_case(world, outcome):
    case = world.closed()
    challenge = challenged(world, case)
    assert codes(case, "case.reopen", world.handler) == ["not_overturned"]

    challenges.settle_challenge(
        challenge, actor=world.handler, outcome=outcome, outcome_on=clock.today()
    )
    case = world.signed(case, "case.reopen", {"reason": "复议撤销，重新调查"})

    assert (case.state, case.parties.get().outcome) == ("investigating", "")


def test_non_penalty_outcome_goes_to_decision_without_a_notice(world):
    case = world.reviewed()
    world.draft_decision(case, kind="no_penalty")

    api.perform(case, "case.deliberate", actor=world.handler)
    case = world.signed(reload(case), "case.decide")

    decision = case.parties.get().decisions.get()
    assert (case.state, decision.number) == ("decided", "东市监不罚〔2022〕1号")


def test_suspended_case_comes_back_where_it_stood(world):
    case = world.noticed()
    data = {"ground": "other_case", "reason": "等待刑事案件"}
    case = world.signed(case, "case.suspend", data)
    assert case.state == "suspended"
    assert case.deadlines.get(code="C12").state == "paused"

    case = world.signed(case, "case.resume", {"reason": "刑事案件已结"})

    assert case.state == "noticed"
    assert case.deadlines.get(code="C12").state == "running"
