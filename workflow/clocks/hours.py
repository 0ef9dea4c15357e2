"""The two counts that walk no calendar of pauses: hours from a moment, days back from an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from workflow.clocks import phrases
from workflow.clocks.calendar import WorkCalendar
from workflow.clocks.rule import BEIJING, CALENDAR_DAY, Answer, Extension, Pause, Rule, Skip
from workflow.clocks.sane import day_of, local

ONE_DAY = timedelta(days=1)


def hours(
    rule: Rule,
    start: date | datetime,
    pauses: Sequence[Pause],
    extensions: Sequence[Extension],
) -> Answer:
    """The moment the hours are over, by night and on holidays too; a bare day is its midnight."""
    timed = isinstance(start, datetime)
    begin = local(start) if isinstance(start, datetime) else _midnight(start)
    total = rule.amount or 0
    end = begin + timedelta(hours=total)
    warnings = phrases.rule_warnings(rule, day_of(begin))
    if not timed:
        warnings.append(phrases.no_time(begin))
    if pauses:
        warnings.append(phrases.pauses_left_out(rule))
    applied = []
    for given in extensions:
        if given.granted_on and given.granted_on > end.date():
            longer = end + timedelta(hours=given.amount)
            warnings.append(phrases.granted_late(given, end, longer))
            continue
        total, end = total + given.amount, end + timedelta(hours=given.amount)
        applied.append(given)
    warnings += phrases.beyond_law(rule, applied, ())
    return Answer(
        rule,
        begin,
        due=end,
        counted=total,
        applied=tuple(applied),
        warnings=tuple(warnings),
        steps=phrases.hour_steps(rule, begin, total, end),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BEIJING)


def backwards(
    rule: Rule,
    event: date,
    pauses: Sequence[Pause],
    extensions: Sequence[Extension],
    calendar: WorkCalendar,
) -> Answer:
    """The last lawful day before an event: the event's day is not counted, nothing is rolled."""
    need, day, counted = rule.amount or 0, event, 0
    skipped: list[Skip] = []
    consulted: set[date] = set()
    while counted < need:
        day -= ONE_DAY
        consulted.add(day)
        if rule.unit == CALENDAR_DAY or calendar.is_working(day):
            counted += 1
        else:
            skipped.append(calendar.rest(day))
    warnings = phrases.rule_warnings(rule, event)
    if pauses or extensions:
        warnings.append(phrases.left_out(rule))
    if rule.unit == CALENDAR_DAY:
        consulted = {day}
        if not calendar.is_working(day):
            warnings.append(phrases.ends_on_rest_day(day))
    warnings += phrases.unknown_years(calendar, consulted)
    return Answer(
        rule,
        event,
        due=day,
        counted=counted,
        skipped=tuple(reversed(skipped)),
        warnings=tuple(warnings),
        steps=phrases.backward_steps(rule, event, day),
    )
