"""Pauses, extensions, roll-forward, unknown years: one rule of counting at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.workflow.clocks.asking import ask, codes, day, due, later
from workflow.clocks import compute
from workflow.clocks.calendar import LIBRARY, DayOverride, WorkCalendar, working_days_between
from workflow.clocks.rule import BEIJING, ClockError, Extension, Pause, Rule


def test_pause_counts_both_its_end_days_out():
    answer = ask("C12", "2021-04-28", pauses=[("2021-05-17", "2021-05-20", "testing")])

    assert due(answer) == "2021-08-02"  # 27 July + 4 = Saturday 31 July, on to Monday
    assert [skip.date.day for skip in answer.skipped if skip.kind == "pause"] == [17, 18, 19, 20]


@pytest.mark.parametrize(
    "pauses",
    [
        [("2021-05-17", "2021-05-20"), ("2021-05-19", "2021-05-26")],  # overlapping
        [("2021-05-17", "2021-05-20"), ("2021-05-21", "2021-05-26")],  # adjacent
        [("2021-05-17", "2021-05-26"), ("2021-05-18", "2021-05-19")],  # nested
        [("2021-05-18", "2021-05-26"), ("2021-05-17", "2021-05-17")],  # entered out of order
    ],
)
def test_overlapping_pauses_count_once(pauses):
    assert due(ask("C12", "2021-04-28", pauses=pauses)) == "2021-08-06"


def test_part_of_a_pause_before_the_trigger_does_not_count():
    answer = ask("C12", "2021-04-28", pauses=[("2021-04-01", "2021-04-29")])

    assert due(answer) == "2021-07-28"
    assert codes(answer) == ["pause_before"]


def test_pause_after_the_limit_changes_nothing():
    answer = ask("C12", "2021-04-28", pauses=[("2021-07-28", "2021-08-05")])

    assert due(answer) == "2021-07-27"
    assert codes(answer) == ["pause_after"]


def test_pause_on_the_last_day_still_counts():
    assert due(ask("C12", "2021-04-28", pauses=[("2021-07-27", "2021-07-27")])) == "2021-07-28"


def test_running_pause_leaves_the_limit_open_with_days_left():
    answer = ask("C12", "2021-04-28", pauses=[("2021-05-17", None)])

    assert (answer.due, answer.is_open, answer.counted, answer.left) == (None, True, 18, 72)
    assert "72" in answer.steps[-1].render()


def test_running_pause_after_the_limit_does_not_open_it():
    assert due(ask("C12", "2021-04-28", pauses=[("2021-07-28", None)])) == "2021-07-27"


def test_running_pause_on_the_day_the_limit_rolls_to_leaves_one_day():
    answer = ask("C12", "2021-08-02", pauses=[("2021-11-01", None)])

    assert (answer.due, answer.left) == (None, 1)


def test_pause_the_law_does_not_name_is_counted_and_said():
    answer = ask("C5", "2021-08-02", pauses=[("2021-08-03", "2021-08-03")])

    assert due(answer) == "2021-08-12"
    assert codes(answer) == ["pause_without_ground"]


def test_thirty_more_days_are_120_from_the_start_not_30_from_a_rolled_end():
    assert due(ask("C12", "2021-08-02")) == "2021-11-01"
    assert due(ask("C12", "2021-08-02", extensions=[(30, "2021-10-29")])) == "2021-11-30"


def test_extension_on_the_last_day_is_in_time():
    assert due(ask("C12", "2021-04-28", extensions=[(30, "2021-07-27")])) == "2021-08-26"


def test_late_extension_does_not_heal():
    answer = ask("C12", "2021-04-28", extensions=[(30, "2021-07-28")])

    assert due(answer) == "2021-07-27"
    assert codes(answer) == ["granted_late"]
    assert "2021-07-27" in answer.warnings[0].render()
    assert "2021-08-26" in answer.warnings[0].render()


def test_second_extension_counts_from_the_first():
    answer = ask("C12", "2021-04-28", extensions=[(20, "2021-08-20"), (30, "2021-07-20")])

    assert due(answer) == "2021-09-15"  # 140 days
    assert codes(answer) == []


def test_second_extension_late_for_the_first_one_is_refused_alone():
    answer = ask("C12", "2021-04-28", extensions=[(30, "2021-07-20"), (20, "2021-08-27")])

    assert due(answer) == "2021-08-26"
    assert codes(answer) == ["granted_late"]


def test_working_day_clock_is_extended_in_working_days():
    assert due(ask("C1", "2021-04-28", extensions=[(15, None)])) == "2021-06-11"


def test_seizure_extended_between_the_two_readings_is_not_healed_and_both_dates_are_said():
    late = ask("C18", "2021-04-02", extensions=[(30, "2021-05-06")])
    in_time = ask("C18", "2021-04-02", extensions=[(30, "2021-05-02")])

    assert (due(late), later(late)) == ("2021-05-02", "2021-05-06")
    assert codes(late) == ["two_readings", "granted_between"]
    assert "2021-06-01" in late.warnings[1].render()
    assert due(in_time) == "2021-06-01"


def test_seizure_extended_after_both_readings_names_the_safe_date():
    answer = ask("C18", "2021-04-02", extensions=[(30, "2021-05-07")])

    assert due(answer) == "2021-05-02"
    assert codes(answer) == ["two_readings", "granted_late"]
    assert "2021-05-02" in answer.warnings[1].render()


def test_make_up_workday_is_never_rolled_off():
    assert due(ask("C27", "2021-04-10")) == "2021-04-25"  # a worked Sunday


def test_hour_clock_without_time_starts_at_midnight_and_says_so():
    answer = ask("T3", "2021-04-28")

    assert due(answer) == "2021-04-29T00:00"
    assert codes(answer) == ["no_time"]


def test_aware_moment_is_shown_in_beijing_time():
    assert due(ask("T3", datetime(2021, 4, 28, 20, tzinfo=UTC))) == "2021-04-30T04:00"
    assert due(ask("C12", datetime(2021, 4, 28, 20, tzinfo=UTC))) == "2021-07-28"


def test_late_hours_do_not_heal_either():
    answer = ask("C17", datetime(2021, 4, 28, 9, tzinfo=BEIJING), extensions=[(24, "2021-04-30")])

    assert due(answer) == "2021-04-29T09:00"
    assert codes(answer) == ["granted_late"]


def test_hearing_notice_that_falls_on_a_rest_day_is_not_moved_later():
    answer = ask("C24", "2021-05-16")

    assert due(answer) == "2021-05-09"
    assert "ends_on_rest_day" in codes(answer)


def test_unknown_year_goes_by_weekends_and_warns():
    answer = ask("C1", "2026-12-28")

    assert due(answer) == "2027-01-18"  # as if New Year's Day were worked
    assert codes(answer) == ["unknown_year"]
    assert "2027" in answer.warnings[0].render()


def test_known_years_do_not_warn():
    assert codes(ask("C1", "2026-12-01")) == []


def test_the_bureaus_table_covers_an_unknown_year():
    new_year = {day("2027-01-01"): DayOverride(False, "元旦")}
    partly = WorkCalendar(overrides=new_year)
    wholly = WorkCalendar(overrides=new_year, complete_years=frozenset({2027}))

    assert (due(ask("C1", "2026-12-28", calendar=partly))) == "2027-01-19"
    assert codes(ask("C1", "2026-12-28", calendar=partly)) == ["unknown_year"]
    assert codes(ask("C1", "2026-12-28", calendar=wholly)) == []


def test_the_bureaus_table_wins_over_the_library():
    snow = WorkCalendar(overrides={day("2021-08-03"): DayOverride(False, "暴雪停工")})
    answer = ask("C4", "2021-08-02", calendar=snow)

    assert due(answer) == "2021-08-10"
    assert [(skip.kind, skip.reason) for skip in answer.skipped][:1] == [("override", "暴雪停工")]


def test_working_days_between_counts_the_last_day_but_not_the_first():
    assert working_days_between(day("2021-04-30"), day("2021-05-08")) == 3
    assert working_days_between(day("2021-05-08"), day("2021-04-30")) == 0


def test_skipped_days_say_why():
    kinds = {skip.date: skip.kind for skip in ask("C1", "2021-04-28").skipped}

    assert kinds[day("2021-05-04")] == "holiday"
    assert kinds[day("2021-05-09")] == "weekend"
    assert day("2021-05-08") not in kinds


@pytest.mark.parametrize(
    ("start", "pauses", "extensions"),
    [
        (date(1989, 12, 31), [], []),
        (date(2101, 1, 1), [], []),
        (date(2021, 4, 28), [Pause(date(2021, 5, 2), date(2021, 5, 1))], []),
        (date(2021, 4, 28), [Pause(date(2021, 5, 2), date(2099, 5, 1))], []),
        (date(2021, 4, 28), [], [Extension(0)]),
        (date(2021, 4, 28), [], [Extension(100_000)]),
        (date(2021, 4, 28), [Pause(date(2021, 5, 2), date(2021, 5, 3))] * 1001, []),
    ],
)
def test_question_that_is_a_slip_is_refused(start, pauses, extensions):
    rule = Rule("X1", "测试", "calendar_day", 30, date(2020, 1, 1))

    with pytest.raises(ClockError):
        compute.due(rule, start, pauses=pauses, extensions=extensions, calendar=LIBRARY)


def test_month_clock_with_a_pause_is_longer_by_its_days():
    assert due(ask("C31", "2021-08-02", pauses=[("2021-08-10", "2021-08-12")])) == "2021-11-05"
    assert later(ask("C31", "2021-08-02")) is None
