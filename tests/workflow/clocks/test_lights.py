"""The transfer's chain of clocks, and what the traffic light shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.workflow.clocks.conftest import at
from workflow.clocks.lights import Lights, near, over
from workflow.clocks.store import rulebook
from workflow.models import Deadline

pytestmark = pytest.mark.django_db


def test_transfer_runs_through_its_clocks(transfer, write, states):
    write(transfer, "transfer.propose", "2021-08-02")
    write(transfer, "transfer.approve", "2021-08-05T10:00")
    write(transfer, "transfer.hand_over", "2021-08-06T11:00")
    write(transfer, "transfer.receipt", "2021-08-06T15:00")
    write(transfer, "transfer.refuse", "2021-08-09", source="receipted")
    write(transfer, "transfer.reconsider", "2021-08-11")
    write(transfer, "transfer.refuse", "2021-08-13", source="reconsidering")

    [upheld] = states("T8")
    assert upheld[1:] == ("2021-08-16", "running")
    write(transfer, "transfer.ask_supervision", "2021-08-16")
    assert [row[2] for row in states("T8")] == ["met"]
    found = {f"T{n}": [row[2] for row in states(f"T{n}")] for n in range(2, 8)}
    assert found == {f"T{n}": ["late_met" if n == 3 else "met"] for n in range(2, 8)}
    assert Deadline.objects.get(code="T3").due_at == at("2021-08-06T10:00")


def test_supervision_may_be_asked_for_at_once_or_never(transfer, write, states):
    """移送规定 9: reconsideration or supervision; a right, which lapses by itself."""
    write(transfer, "transfer.refuse", "2021-08-09", source="receipted")
    assert (states("T6")[0][1:], states("T8")) == (("2021-08-12", "running"), [])

    write(transfer, "transfer.ask_supervision", "2021-08-12")

    assert states("T6")[0][2] == "met"


@pytest.mark.parametrize(
    ("verb", "state"),
    [("transfer.deliver", "met"), ("transfer.return", "cancelled"), ("transfer.refuse", "running")],
)
def test_goods_follow_within_three_days_of_the_filing_notice(transfer, write, states, verb, state):
    """移送规定 12: Wednesday 4 August, so until Saturday 7, by the other reading Monday 9."""
    write(transfer, "transfer.accept", "2021-08-04")
    write(transfer, verb, "2021-08-06")

    assert [row[1:] for row in states("T9")] == [("2021-08-07", state)]


def test_filing_after_all_ends_what_was_left_to_ask(transfer, write, states):
    write(transfer, "transfer.refuse", "2021-08-13", source="reconsidering")
    write(transfer, "transfer.accept", "2021-08-14")

    assert states("T8")[0][2] == "cancelled"


def test_other_transfers_have_none_of_these_clocks(transfer, write, states):
    transfer.kind = "department"
    transfer.save()

    write(transfer, "transfer.propose", "2021-08-02")
    write(transfer, "transfer.refuse", "2021-08-03", source="reconsidering")
    write(transfer, "transfer.accept", "2021-08-04")

    assert [states(code) for code in ("T2", "T8", "T9")] == [[], [], []]


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        ("2021-10-20", "running"),
        ("2021-10-29", "soon"),
        ("2021-11-01", "today"),
        ("2021-11-02", "overdue"),
    ],
)
def test_traffic_light(case, write, on, shown):
    write(case, "case.open", "2021-08-02")

    assert Lights(at(on)).of(Deadline.objects.get(code="C12")) == shown


@pytest.mark.parametrize(("code", "shown"), [("C27", "overdue"), ("C29a", "lapsed")])
def test_right_that_is_over_has_lapsed_and_a_duty_is_overdue(code, shown):
    last = at("2021-11-01")
    limit = Deadline(code=code, rule=rulebook().row(code, last.date()), due_on=last.date())

    assert Lights(last).of(limit) == "today"
    assert Lights(last + timedelta(days=1)).of(limit) == shown


def test_traffic_light_of_a_paused_and_of_a_finished_limit(case, write):
    write(case, "case.open", "2021-08-02")
    write(case, "case.suspend", "2021-08-10")
    assert Lights().of(Deadline.objects.get(code="C12")) == "paused"
    write(case, "case.terminate", "2021-08-12")
    assert Lights().of(Deadline.objects.get(code="C12")) == "done"


@pytest.mark.parametrize(
    ("moment", "shown", "is_over"),
    [
        ("2021-08-05T11:00", "soon", False),
        ("2021-08-06T10:00", "today", False),
        ("2021-08-06T10:01", "overdue", True),
        ("2021-08-07T09:00", "overdue", True),
    ],
)
def test_limit_of_hours_is_over_at_its_minute(transfer, write, moment, shown, is_over):
    write(transfer, "transfer.approve", "2021-08-05T10:00")
    limits = Deadline.objects.filter(code="T3")

    assert Lights(at(moment)).of(limits.get()) == shown
    assert limits.filter(over(at(moment))).exists() == is_over


@pytest.mark.parametrize(
    ("asked", "due", "shown"),
    [
        ("2026-09-29", "2026-10-05", "running"),
        ("2026-09-30", "2026-10-05", "soon"),  # the last working day before the holidays
        ("2026-09-30", "2026-10-08", "soon"),  # the first after them
        ("2026-09-30", "2026-10-09", "running"),
        ("2026-10-09", "2026-10-12", "soon"),
        ("2026-10-09", "2026-10-13", "running"),
    ],
)
def test_soon_reaches_over_the_days_nobody_is_there(case, write, asked, due, shown):
    write(case, "case.open", "2021-08-02")
    Deadline.objects.update(due_on=date.fromisoformat(due))
    lights = Lights(at(asked))

    assert lights.of(Deadline.objects.get()) == shown
    assert Deadline.objects.filter(near(lights)).exists() == (shown == "soon")


@pytest.mark.parametrize(("asked", "queries"), [("2021-08-02", 0), ("2021-10-20", 1)])
def test_calendar_is_read_once_for_many_limits_and_not_for_distant_ones(
    case, write, django_assert_num_queries, asked, queries
):
    write(case, "case.open", "2021-08-02")
    limit = Deadline.objects.select_related("rule").get()
    lights = Lights(at(asked))

    with django_assert_num_queries(queries):
        assert {lights.of(limit) for _number in range(3)} == {"running"}
