"""审核, 告知, 听证: who may, what is owed before, and what is awaited."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts import clock
from tests.casework import later, reload
from tests.workflow.guards.asking import codes
from workflow import api
from workflow.models import Handler
from workflow.services import answers

HEARING_FINE = 10_000_000


def test_handler_with_a_reviewer_s_posting_does_not_review_the_own_case(world):
    case = world.reviewing()
    Handler.objects.create(case=case, user=world.reviewer)

    assert codes(case, "case.give_opinion", world.reviewer) == ["handler_reviews"]
    assert codes(case, "case.give_opinion", world.jurist) == []


def test_who_handled_the_case_once_does_not_review_it_later(world):
    case = world.reviewing()
    Handler.objects.create(case=case, user=world.reviewer, ended_on=clock.today())

    assert codes(case, "case.give_opinion", world.reviewer) == ["handler_reviews"]
    assert codes(case, "case.give_opinion", world.jurist) == []


@pytest.mark.parametrize(
    "situation", ["major_public_interest", "complex_relations", "review_by_statute"]
)
def test_each_situation_of_article_58_asks_for_a_jurist(world, situation):
    case = world.reviewing(**{situation: True})

    assert codes(case, "case.give_opinion", world.reviewer) == ["legal_qualification"]
    assert codes(case, "case.give_opinion", world.jurist) == []


def test_no_notice_without_a_review_that_agrees(world):
    case = world.reviewing()
    world.draft_notice(case)
    assert codes(case, "case.notify", world.handler) == ["review_missing"]

    world.opinion(case, opinion="amend")
    assert codes(case, "case.notify", world.handler) == ["review_not_passed"]

    world.opinion(case)
    assert codes(case, "case.notify", world.handler) == []


def test_no_notice_without_its_draft(world):
    assert codes(world.reviewed(), "case.notify", world.handler) == ["notice_missing"]


@pytest.mark.parametrize(("fine_fen", "expected"), [
    (HEARING_FINE - 1, []), (HEARING_FINE, ["hearing_right"]),
])  # fmt: skip
def test_notice_from_the_threshold_on_tells_the_right_to_a_hearing(world, fine_fen, expected):
    case = world.reviewed()
    world.draft_notice(case, fine_fen=fine_fen)

    assert codes(case, "case.notify", world.handler) == expected


def test_answer_is_awaited_for_five_working_days(world):
    case = world.noticed()
    world.draft_decision(case)
    assert codes(case, "case.deliberate", world.handler) == ["window_open"]

    with later(days=7):  # Tuesday 1 March → Tuesday 8 March, the last day
        assert codes(case, "case.deliberate", world.handler) == ["window_open"]
    with later(days=8):
        assert codes(case, "case.deliberate", world.handler) == []


def test_a_day_typed_later_counts_as_the_day_it_is(world):
    """A step dated within the window, or before the service, is refused afterwards too."""
    case = world.noticed()
    world.draft_decision(case)

    with later(days=9):
        found = {day: dated(case, day) for day in (-1, 0, 7, 8)}

    assert found == {
        -1: ["before_service", "window_open"], 0: ["window_open"], 7: ["window_open"], 8: [],
    }  # fmt: skip


def dated(case, day):
    """Codes against going to deliberation on so many days after the notice was served."""
    attempt = api.attempt_of(reload(case), "case.deliberate", case.handlers.first().user)
    attempt.acted_at = clock.now() - timedelta(days=9 - day)
    return [refusal.code for refusal in api.refusals(attempt)]


def test_waiver_needs_its_proof(world):
    notice = world.noticed().parties.get().notices.get()

    with pytest.raises(api.TransitionRefused) as refused:
        answers.record_answer(notice, actor=world.handler, answer="waived", acted_at=clock.now())

    assert [(r.code, r.field) for r in refused.value.refusals] == [("proof_missing", "proof")]


def test_statement_must_be_considered_before_the_decision(world):
    case = world.answer(world.noticed(), "stated", text="进货时不知情")
    world.draft_decision(case)
    assert codes(case, "case.deliberate", world.handler) == ["not_considered"]

    world.answer(case, "stated", text="进货时不知情", considered="经复核不予采纳")
    assert codes(case, "case.deliberate", world.handler) == []


def test_unserved_notice_carries_no_decision(world):
    case = world.reviewed()
    world.draft_notice(case)
    case = world.signed(case, "case.notify")
    world.draft_decision(case)

    assert codes(case, "case.deliberate", world.handler) == ["notice_not_served"]


def hearing_asked(world):
    case = world.noticed(fine_fen=HEARING_FINE, hearing_right=True)
    return world.answer(case, "hearing", text="要求听证")


def hearing_data(world, *, days: int, chair=None):
    return {
        "chair": chair or world.jurist, "notified_at": clock.now(),
        "scheduled_at": clock.now() + timedelta(days=days), "place": "县局会议室",
    }  # fmt: skip


def test_hearing_is_opened_only_when_a_party_asks(world):
    case = world.noticed(fine_fen=HEARING_FINE, hearing_right=True)
    assert codes(case, "case.schedule_hearing", world.jurist) == ["no_hearing_asked"]

    world.answer(case, "hearing", text="要求听证")

    assert codes(case, "case.schedule_hearing", world.jurist) == []


def test_parties_are_told_seven_working_days_before_the_hearing(world):
    case = hearing_asked(world)

    with pytest.raises(api.TransitionRefused) as refused:
        api.perform(
            case, "case.schedule_hearing", actor=world.jurist, data=hearing_data(world, days=8)
        )
    assert [(r.code, r.field) for r in refused.value.refusals] == [
        ("hearing_too_soon", "scheduled_at")
    ]

    api.perform(case, "case.schedule_hearing", actor=world.jurist, data=hearing_data(world, days=9))
    assert reload(case).state == "hearing"


def test_chair_of_a_hearing_did_not_investigate(world):
    case = hearing_asked(world)
    Handler.objects.create(case=case, user=world.reviewer)

    with pytest.raises(api.TransitionRefused) as refused:
        api.perform(
            case, "case.schedule_hearing", actor=world.jurist,
            data=hearing_data(world, days=14, chair=world.reviewer),
        )  # fmt: skip

    assert [(r.code, r.field) for r in refused.value.refusals] == [("chair_handles", "chair")]


def test_hearing_asked_for_must_be_held_and_is_followed_by_a_jurist(world):
    case = hearing_asked(world)
    world.draft_decision(case, fine_fen=HEARING_FINE)
    assert codes(case, "case.deliberate", world.handler) == ["hearing_owed"]
    api.perform(
        case, "case.schedule_hearing", actor=world.jurist, data=hearing_data(world, days=14)
    )

    with later(days=15):
        held = clock.now() - timedelta(days=1)
        api.perform(
            case, "case.close_hearing", actor=world.jurist,
            data={"held_at": held, "record": "听证笔录", "report": "事实成立"},
        )  # fmt: skip
        case = reload(case)
        assert case.state == "reviewing"
        assert codes(case, "case.give_opinion", world.reviewer) == ["legal_qualification"]
        second_jurist = world.person(
            "jurist2", "legal_reviewer", world.bureau, has_legal_qualification=True
        )
        world.opinion(case, by=second_jurist)
        assert codes(case, "case.deliberate", world.handler) == []


def test_reinvestigation_spends_the_notice(world):
    case = world.answer(world.noticed())
    api.perform(case, "case.reinvestigate", actor=world.reviewer, data={"reason": "补充证据"})

    assert case.parties.get().notices.filter(superseded_at=None).count() == 0
