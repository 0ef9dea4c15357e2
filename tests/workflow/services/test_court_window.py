"""申请强制执行: three months begin when the time to challenge is over, reminded or not."""

from __future__ import annotations

from datetime import date

import pytest

from accounts import clock
from tests.casework import later, reload
from workflow.clocks.sane import day_of
from workflow.models import Deadline, JournalLine
from workflow.services import challenges
from workflow.services.court_window import open_court_windows
from workflow.services.execution import apply_to_court, remind
from workflow.tick import tick


def windows(case):
    rows = Deadline.objects.filter(case=case, code="C31").order_by("pk")
    return [(day_of(row.starts_at), row.due_on, row.state) for row in rows]


def decision_of(case):
    return case.parties.get().decisions.get()


@pytest.fixture
def case(world):
    """Decided and served on 1 March 2022: the lawsuit may be filed until 1 September."""
    return world.enforcing()


def test_window_opens_on_the_day_after_the_time_to_challenge_and_only_once(case):
    with later(days=184):  # 1 September
        assert open_court_windows(clock.now()) == 0
    with later(days=185):
        assert (open_court_windows(clock.now()), open_court_windows(clock.now())) == (1, 0)

    assert windows(case) == [(date(2022, 9, 1), date(2022, 12, 1), "running")]
    line = JournalLine.objects.get(verb="court.window_opened")
    assert (line.actor, line.case_id) == (None, case.pk)


def test_tick_opens_it_and_reminds_of_its_end(world, case):
    with later(days=185):
        assert {job.name: job.count for job in tick(clock.now())}["court_windows"] == 1
    with later(days=273):
        tick(clock.now())

    assert Deadline.objects.get(case=case, code="C31").reminded_stage == Deadline.Stage.SOON


def test_reminder_sent_before_the_window_does_not_lose_it(world, case):
    with later(days=20):
        remind(decision_of(case), actor=world.handler, served_at=clock.now(), receiver="店主")
    assert windows(case) == []

    with later(days=190):
        open_court_windows(clock.now())
        apply_to_court(
            decision_of(case), actor=world.handler, court="县人民法院", applied_on=clock.today()
        )
    with later(days=200):
        assert open_court_windows(clock.now()) == 0

    assert windows(case) == [(date(2022, 9, 1), date(2022, 12, 1), "met")]


def test_reminder_after_it_opened_starts_no_second_one(world, case):
    with later(days=190):
        open_court_windows(clock.now())
        remind(decision_of(case), actor=world.handler, served_at=clock.now(), receiver="店主")

    assert windows(case) == [(date(2022, 9, 1), date(2022, 12, 1), "running")]


def test_pending_challenge_keeps_it_shut_and_its_outcome_begins_it(world, case):
    with later(days=16):
        challenge = challenges.file_challenge(
            decision_of(case), actor=world.handler, kind="lawsuit", body="法院",
            filed_on=clock.today(),
        )  # fmt: skip
    with later(days=250):
        assert open_court_windows(clock.now()) == 0
        challenges.settle_challenge(
            challenge, actor=world.handler, outcome="upheld", outcome_on=clock.today()
        )
        assert open_court_windows(clock.now()) == 0
    with later(days=270):
        settled = clock.today()
        challenges.take_effect(challenge, actor=world.handler, effective_on=settled)
    with later(days=271):
        assert open_court_windows(clock.now()) == 1

    assert [start for start, _due, _state in windows(case)] == [settled]


def test_fine_that_is_paid_has_none(world):
    world.closed()

    with later(days=200):
        assert open_court_windows(clock.now()) == 0


def test_plan_closes_the_window_and_begins_it_after_its_last_day(world, case):
    with later(days=190):
        open_court_windows(clock.now())
        data = {
            "penalty": decision_of(case).penalties.get(), "reason": "经营困难",
            "schedule": "2022-11-01 5000",
        }  # fmt: skip
        world.signed(reload(case), "case.grant_plan", data)
        assert windows(case)[0][2] == "cancelled"
        assert open_court_windows(clock.now()) == 0
    with later(days=246):  # 2 November
        assert open_court_windows(clock.now()) == 1

    assert windows(case)[1] == (date(2022, 11, 1), date(2023, 2, 1), "running")
