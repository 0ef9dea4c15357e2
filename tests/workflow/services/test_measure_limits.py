"""The limits of a measure: extended once, standing still for tests, lapsing by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts import clock
from tests.casework import later, reload
from tests.workflow.measures import in_force, propose
from tests.workflow.services.test_measures import codes, limits
from workflow import api
from workflow.api import TransitionRefused
from workflow.services import measures
from workflow.services.measures import lapse_measures


def test_a_measure_is_extended_once_and_the_party_is_told(world):
    measure = in_force(world)
    data = {"days": 20, "reason": "案情复杂，尚待鉴定结论。"}

    measure = world.signed(measure, "measure.extend", data)
    assert (measure.state, limits(measure)["C18"].due_on) == ("extended", date(2022, 4, 20))
    assert measure.extension_told_at is None

    measures.tell_extension(
        measure, actor=world.handler, told_at=clock.now(), document="东市监强延〔2022〕1号"
    )
    assert reload(measure).extension_told_at == clock.now()
    with pytest.raises(TransitionRefused) as refused:
        api.propose(measure, "measure.extend", actor=world.handler, data=data)
    assert codes(refused) == ["wrong_state"]


@pytest.mark.parametrize(("days", "accepted"), [(30, True), (31, False)])
def test_an_extension_has_thirty_days_at_most(world, days, accepted):
    measure = in_force(world)

    try:
        world.signed(measure, "measure.extend", {"days": days, "reason": "尚待鉴定"})
        done = True
    except TransitionRefused:
        done = False

    assert done == accepted


def test_preservation_is_not_extended(world):
    measure = in_force(world, kind="preserve", power="apl-56")

    with pytest.raises(TransitionRefused) as refused:
        api.propose(
            measure, "measure.extend", actor=world.handler, data={"days": 7, "reason": "再看"}
        )

    assert codes(refused) == ["not_extendable"]


def test_days_of_testing_do_not_count(world):
    measure = in_force(world)

    measures.record_testing(
        measure, actor=world.handler, from_on=date(2022, 3, 3), until_on=date(2022, 3, 12),
        institution="市质检院", document="东市监检期〔2022〕1号",
    )  # fmt: skip

    limit = limits(measure)["C18"]
    assert limit.due_on == date(2022, 4, 10)
    assert [(p.start_on, p.end_on, p.document) for p in limit.pauses.all()] == [
        (date(2022, 3, 3), date(2022, 3, 12), "东市监检期〔2022〕1号")
    ]


@pytest.mark.parametrize(
    ("start", "end", "code", "field"),
    [
        (date(2022, 2, 27), date(2022, 3, 5), "wrong_days", "from_on"),
        (date(2022, 3, 5), date(2022, 3, 4), "wrong_days", "until_on"),
        (date(2022, 3, 5), date(2032, 3, 13), "too_long", "until_on"),
    ],
)
def test_a_test_lies_inside_the_measure_and_is_no_slip_of_the_pen(world, start, end, code, field):
    measure = in_force(world)

    with pytest.raises(TransitionRefused) as refused:
        measures.record_testing(
            measure, actor=world.handler, from_on=start, until_on=end, institution="市质检院",
            document="1号",
        )  # fmt: skip

    assert [(r.code, r.field) for r in refused.value.refusals] == [(code, field)]


@pytest.mark.parametrize(("days", "ended"), [(9, False), (10, True)])
def test_preservation_lapses_by_itself_after_seven_working_days(world, days, ended):
    measure = in_force(world, kind="preserve", power="apl-56")

    with later(days=days):
        assert lapse_measures(clock.now()) == int(ended)
        assert lapse_measures(clock.now()) == 0

    measure = reload(measure)
    assert (measure.state == "ended", measure.outcome == "lapsed") == (ended, ended)
    assert limits(measure)["C16"].state == ("cancelled" if ended else "running")


def test_seizure_never_lapses_by_itself(world):
    measure = in_force(world)

    with later(days=60):
        assert lapse_measures(clock.now()) == 0

    assert reload(measure).state == "in_force"


def test_the_limit_of_the_approval_counts_hours(world):
    measure = propose(world, on_spot=True)

    assert limits(measure)["C17"].due_at == measure.decided_at + timedelta(hours=24)
