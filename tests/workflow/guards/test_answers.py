"""陈述、申辩、听证: what a party answered stays, and what ends the wait for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from tests.casework import later, reload
from tests.remembered import remembered
from tests.workflow.engine.test_bad_input import refused
from tests.workflow.guards.asking import codes
from workflow import api
from workflow.models import Deadline, PartyAnswer
from workflow.services import case_file

HEARING_FINE = 10_000_000


@remembered
def told(world, *, hearing_right=True):
    """The notice is served on Tuesday 1 March; the window ends on Tuesday 8 March."""
    fine = HEARING_FINE if hearing_right else 500_000
    case = world.noticed(fine_fen=fine, hearing_right=hearing_right)
    world.draft_decision(case, fine_fen=fine)
    return reload(case)


def owed(case, world) -> list[str]:
    return codes(case, "case.deliberate", world.handler)


def window(case) -> str:
    return Deadline.objects.get(case=case, code="C23").state


def kept() -> list[tuple[str, str]]:
    return list(PartyAnswer.objects.values_list("kind", "text"))


@pytest.mark.parametrize(("hearing_right", "expected", "state"), [
    (True, ["window_open"], "running"), (False, [], "met"),
])  # fmt: skip
def test_statement_ends_the_wait_only_without_a_right_to_a_hearing(
    world, hearing_right, expected, state
):
    case = told(world, hearing_right=hearing_right)
    case = world.answer(case, "stated", text="不知情", considered="不予采纳")

    assert (owed(case, world), window(case)) == (expected, state)
    with later(days=8):
        assert owed(case, world) == []


def test_waiver_after_a_statement_ends_the_wait(world):
    case = world.answer(told(world), "stated", text="不知情", considered="不予采纳")
    case = world.answer(case, "waived")

    assert (owed(case, world), window(case)) == ([], "met")


def test_request_after_a_statement_leaves_both_owed(world):
    case = world.answer(told(world), "stated", text="不知情")
    with later(days=7):
        case = world.answer(case, "hearing", text="要求听证")

        assert owed(case, world) == ["hearing_owed", "not_considered"]
    assert kept() == [("stated", "不知情"), ("hearing", "要求听证")]


def test_request_for_a_hearing_is_undone_by_a_waiver_alone(world):
    case = world.answer(told(world), "hearing", text="要求听证")
    case = world.answer(case, "stated", text="算了", considered="不予采纳")
    assert owed(case, world) == ["hearing_owed"]

    case = world.answer(case, "waived")

    assert owed(case, world) == []
    assert codes(case, "case.schedule_hearing", world.jurist) == ["no_hearing_asked"]


def test_further_statement_is_considered_too(world):
    case = told(world, hearing_right=False)
    case = world.answer(case, "stated", text="甲", considered="不予采纳")
    case = world.answer(case, "stated", text="乙")
    assert owed(case, world) == ["not_considered"]

    case = world.answer(case, "stated", considered="均不予采纳")

    assert owed(case, world) == []
    assert kept() == [("stated", "甲"), ("stated", "乙"), ("stated", "")]


def test_hearing_is_asked_for_until_the_last_day_alone(world):
    case = told(world)

    with later(days=8):
        found = refused(lambda: world.answer(case, "hearing", text="要求听证"))
    with later(days=7):
        world.answer(case, "hearing", text="要求听证")

    assert found == [("window_over", "answer")]
    assert kept() == [("hearing", "要求听证")]


def test_late_statement_is_still_heard(world):
    case = told(world)

    with later(days=20):
        case = world.answer(case, "stated", text="不知情")
        assert owed(case, world) == ["not_considered"]


def test_answer_is_neither_changed_nor_removed(world):
    world.answer(told(world), "stated", text="不知情")

    for change in (
        lambda rows: rows.update(text="认错"),
        lambda rows: rows.update(kind="hearing"),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change(PartyAnswer.objects.all())


def hearing_set(world):
    """The hearing is set for 14 days later."""
    case = world.answer(told(world), "hearing", text="要求听证")
    data = {
        "chair": world.jurist, "notified_at": clock.now(), "place": "县局会议室",
        "scheduled_at": clock.now() + timedelta(days=14),
    }  # fmt: skip
    api.perform(case, "case.schedule_hearing", actor=world.jurist, data=data)
    return reload(case)


def test_before_a_hearing_that_is_set_a_party_still_speaks_or_withdraws(world):
    case = world.answer(hearing_set(world), "stated", text="已经整改", considered="予以采纳")
    case = world.answer(case, "waived")

    assert [kind for kind, _text in kept()] == ["hearing", "stated", "waived"]
    assert refused(lambda: world.answer(case, "hearing", text="又要求")) == [("wrong_state", "")]


@remembered
def heard(world):
    """The hearing was held, with a record and a report."""
    case = hearing_set(world)
    with later(days=15):
        api.perform(
            case, "case.close_hearing", actor=world.jurist,
            data={"held_at": clock.now(), "record": "听证笔录", "report": "事实成立"},
        )  # fmt: skip
    return reload(case)


def told_again(world, case, *, fine_fen):
    """Investigated, reviewed and told anew; the party asks for a hearing again."""
    act = {"actor": world.reviewer, "data": {"reason": "补充证据"}}
    api.perform(case, "case.reinvestigate", **act)
    report = {"report": "事实清楚，证据充分。", "proposal": "罚款"}
    api.perform(reload(case), "case.conclude", actor=world.handler, data=report)
    api.perform(reload(case), "case.submit_review", actor=world.handler)
    jurist = world.person("jurist2", "legal_reviewer", world.bureau, has_legal_qualification=True)
    world.opinion(reload(case), by=jurist)
    notice = world.draft_notice(case, fine_fen=fine_fen, hearing_right=True)
    case = world.signed(reload(case), "case.notify")
    case_file.record_service(
        case.parties.get(), actor=world.handler, method="direct", served_at=clock.now(),
        receiver="店主", notice=reload(notice),
    )  # fmt: skip
    case = world.answer(reload(case), "hearing", text="再次要求听证")
    world.draft_decision(case, fine_fen=fine_fen)
    return case


def test_hearing_held_for_an_earlier_notice_does_not_count(world):
    case = heard(world)

    with later(days=16):
        case = told_again(world, case, fine_fen=3 * HEARING_FINE)

        assert "hearing_owed" in owed(case, world)
