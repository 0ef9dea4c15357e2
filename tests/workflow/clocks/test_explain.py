"""Why this date: the sentence, the squares of the calendar, the approvers."""

from __future__ import annotations

import pytest
from django.utils import translation

from accounts import clock
from tests.workflow.clocks.asking import ask, day
from tests.workflow.clocks.conftest import at
from workflow.clocks.explain import explain, legend, months
from workflow.models import Deadline

pytestmark = pytest.mark.django_db


def squares(found):
    return {mark.date: mark for month in found for week in month.weeks for mark in week if mark}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_calendar_marks_every_day_once_with_its_number():
    shown = squares(months(ask("C1", "2021-04-28")))

    assert shown[day("2021-04-27")].kind == "outside"
    assert shown[day("2021-04-28")].kind == "start"
    assert (shown[day("2021-04-29")].kind, shown[day("2021-04-29")].number) == ("counted", 1)
    assert shown[day("2021-05-04")].kind == "holiday"
    assert (shown[day("2021-05-08")].kind, shown[day("2021-05-08")].number) == ("counted", 5)
    assert shown[day("2021-05-09")].kind == "weekend"
    assert (shown[day("2021-05-21")].kind, shown[day("2021-05-21")].number) == ("due", 15)
    assert len(shown) == 30 + 31


def test_calendar_shows_the_other_reading():
    found = months(ask("C18", "2021-04-02"))

    assert squares(found)[day("2021-05-06")].kind == "later"
    assert legend(found) == ["start", "counted", "due", "later"]


def test_calendar_of_a_running_pause_ends_before_it():
    shown = squares(months(ask("C12", "2021-04-28", pauses=[("2021-05-17", None)])))

    assert (shown[day("2021-05-16")].kind, shown[day("2021-05-16")].number) == ("counted", 18)
    assert shown[day("2021-05-17")].kind == "outside"


@pytest.mark.parametrize(
    ("today", "last"), [("2021-08-12", "2021-08-12"), ("2021-09-03", "2021-09-03")]
)
def test_running_pause_is_drawn_up_to_today(case, write, today, last):
    write(case, "case.open", "2021-08-02")
    write(case, "case.suspend", "2021-08-10")
    with clock.at(at(today)):
        found = explain(Deadline.objects.get())
    shown = squares(found.months)

    paused = [mark for mark in shown.values() if mark.kind == "pause"]
    assert [paused[0].date, paused[-1].date] == [day("2021-08-10"), day(last)]
    assert {mark.reason for mark in paused} == {"Pause (Investigation suspended)"}
    assert (shown[day("2021-08-09")].kind, shown[day("2021-08-09")].number) == ("counted", 7)
    assert found.skipped == []


def test_calendar_of_years_shows_both_ends_only():
    found = months(ask("C38b", "2021-08-02"))

    assert len(found) < 10
    assert (found[0].first, found[-1].first) == (day("2021-08-01"), day("2026-08-01"))


def test_clock_without_a_date_has_no_calendar():
    assert months(ask("C28", "2021-08-02")) == ()


def test_explanation_of_an_extended_and_paused_limit(case, write, officer):
    write(case, "case.open", "2021-04-28")
    write(case, "case.suspend", "2021-05-17")
    write(case, "case.resume", "2021-05-20")
    write(case, "case.extend", "2021-07-01")

    found = explain(Deadline.objects.get(code="C12"))

    assert found.sentence == "办案期限: by Aug. 30, 2021."
    assert found.answer.rule.version == "C12@2019-04-01"
    assert [pause.reason for pause in found.pauses] == ["suspension"]
    (skipped,) = found.skipped  # the days of the pause stand together
    assert skipped == (day("2021-05-17"), day("2021-05-20"), "Pause (Investigation suspended)")
    assert [(given.amount, given.approver) for given in found.extensions] == [(30, officer)]
    assert found.steps[-1] == "The last day is Aug. 30, 2021."
    assert squares(found.months)[day("2021-05-18")].reason == "Pause (Investigation suspended)"


def test_sentence_says_what_became_of_it(case, write):
    write(case, "case.open", "2021-08-02")
    write(case, "case.suspend", "2021-08-10")
    assert explain(Deadline.objects.get()).sentence == "办案期限: paused, 83 day(s) are left."
    write(case, "case.resume", "2021-08-10")
    write(case, "case.decide", "2021-11-03")

    found = explain(Deadline.objects.get(code="C12")).sentence

    assert found == "办案期限: done on Nov. 3, 2021, after the limit of Nov. 1, 2021."
