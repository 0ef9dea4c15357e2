"""From a rule, a start, pauses and extensions to a date and the way it was counted. No database.

Conventions (domain.md, "Counting rules"): the day of the act is not counted; a pause includes both
its end days and overlapping pauses count once; an extension lengthens the whole limit from its
start; a limit that ends on a rest day runs to the next working day unless the rule says otherwise;
months end on the same day number or on the last day of the month; hours run from the moment.
"""

from __future__ import annotations

import dataclasses
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from workflow.clocks import phrases, sane
from workflow.clocks.calendar import LIBRARY, WorkCalendar
from workflow.clocks.hours import backwards, hours
from workflow.clocks.rule import (
    HOUR,
    MONTH,
    ROLL_FORWARD,
    ROLL_NONE,
    WORKING_DAY,
    YEAR,
    Answer,
    Extension,
    Pause,
    Phrase,
    Rule,
    Skip,
)
from workflow.clocks.sane import day_of

ONE_DAY = timedelta(days=1)


def due(
    rule: Rule,
    start: date | datetime,
    *,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
    calendar: WorkCalendar = LIBRARY,
) -> Answer:
    """The end of the limit that starts with an act on ``start``, and how it was counted.

    A naive datetime is Beijing time. Raises ClockError for dates out of 1990-2100, a pause that
    ends before it starts and amounts below one.
    """
    pauses = sorted(pauses, key=lambda pause: pause.start)
    extensions = _as_granted(extensions)
    sane.check(start, pauses, extensions)
    if rule.amount is None:
        said = phrases.rule_warnings(rule, day_of(start))
        said += [phrases.left_out(rule)] if pauses or extensions else []
        return Answer(rule, start, warnings=tuple(said), steps=(phrases.dateless(rule),))
    if rule.unit == HOUR:
        return hours(rule, start, pauses, extensions)
    if rule.backwards:
        return backwards(rule, day_of(start), pauses, extensions, calendar)
    return _Count(rule, day_of(start), pauses, calendar).extended(extensions)


def _as_granted(extensions: Iterable[Extension]) -> list[Extension]:
    """In the order in which they were granted; one without a day follows the one before it."""
    placed, day = [], date.min
    for given in extensions:
        day = given.granted_on or day
        placed.append((day, given))
    return [given for _day, given in sorted(placed, key=lambda pair: pair[0])]


def months_later(day: date, months: int) -> date:
    """The same day number that many months on, or the last day of the month (民法典 202)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


@dataclasses.dataclass
class _Walk:
    """One pass over the days: where it ended, or what is left when a pause still runs."""

    last: date
    counted: int
    left: int | None = None
    skipped: list[date] = dataclasses.field(default_factory=list)
    rolled: date | None = None
    nominal: date | None = None

    @property
    def limit(self) -> date:
        return self.rolled or self.last

    @property
    def end(self) -> date | None:
        return self.last if self.left is None else None


class _Count:
    """Counts one forward date limit; holds what every pass over the days needs."""

    def __init__(
        self, rule: Rule, start: date, pauses: Sequence[Pause], calendar: WorkCalendar
    ) -> None:
        self.rule, self.start, self.pauses, self.calendar = rule, start, pauses, calendar
        self.closed = [pause for pause in pauses if pause.end is not None]
        self.pause_texts = {pause: phrases.pause_text(pause) for pause in self.closed}
        self.running = min((p.start for p in pauses if p.end is None), default=None)
        self.consulted: set[date] = set()
        self.warnings: list[Phrase] = []
        self.applied: list[Extension] = []

    def extended(self, extensions: Sequence[Extension]) -> Answer:
        """The answer after every extension that was granted while the limit still ran.

        What goes beyond the ceiling of the law is not counted; the warning says what it would be.
        """
        amount = self.rule.amount or 0
        walk = self.walk(amount)
        for given in extensions:
            if given.granted_on and given.granted_on < self.start:
                self.warnings.append(phrases.granted_early(given, self.start))
            longer = self.walk(amount + given.amount)
            if walk.left is None and given.granted_on and given.granted_on > walk.last:
                if walk.rolled is not None and given.granted_on <= walk.rolled:
                    said = phrases.granted_between(given, walk.last, walk.rolled, longer.last)
                else:
                    said = phrases.granted_late(given, walk.last, longer.last)
                self.warnings.append(said)
                continue
            within = self.within_ceiling(given)
            if within.amount < given.amount:
                step = self.rule.steps[min(len(self.applied), len(self.rule.steps) - 1)]
                said = phrases.over_ceiling(step, given, within.amount, longer.end)
                self.warnings.append(said)
                longer = self.walk(amount + within.amount)
            amount, walk = amount + within.amount, longer
            self.applied.append(within)
        self.warnings += phrases.beyond_law(self.rule, self.applied, self.pauses)
        self.applied = [given for given in self.applied if given.amount]
        return self.answer(walk, amount)

    def within_ceiling(self, given: Extension) -> Extension:
        """The part of the next extension that the law's steps so far still have room for."""
        steps = self.rule.steps[: len(self.applied) + 1]
        ceilings = [step.ceiling for step in steps if step.ceiling is not None]
        if not steps or len(ceilings) < len(steps):
            return given
        room = sum(ceilings) - sum(earlier.amount for earlier in self.applied)
        return dataclasses.replace(given, amount=min(given.amount, max(room, 0)))

    def walk(self, amount: int) -> _Walk:
        """Count ``amount`` units from the start, then move off a rest day as the rule says."""
        need = self.days(amount)
        walk = _Walk(last=self.start, counted=0)
        while walk.counted < need:
            walk.last += ONE_DAY
            if self.is_running(walk.last):
                walk.left = need - walk.counted
                return walk
            if self.is_free(walk.last):
                walk.counted += 1
            else:
                walk.skipped.append(walk.last)
        self.roll(walk)
        return walk

    def days(self, amount: int) -> int:
        """The limit in days; months and years by the calendar from the start."""
        if self.rule.unit in (MONTH, YEAR):
            months = amount if self.rule.unit == MONTH else amount * 12
            return (months_later(self.start, months) - self.start).days
        return amount

    def is_running(self, day: date) -> bool:
        return self.running is not None and day >= self.running

    def pause_on(self, day: date) -> Pause | None:
        for pause in self.closed:
            if pause.start <= day <= (pause.end or day):
                return pause
        return None

    def is_free(self, day: date) -> bool:
        """Whether the day counts."""
        if self.closed and self.pause_on(day):
            return False
        return self.rule.unit != WORKING_DAY or self.is_worked(day)

    def is_worked(self, day: date) -> bool:
        self.consulted.add(day)
        return self.calendar.is_working(day)

    def why(self, day: date) -> Skip:
        """Why a day was passed over: a pause before all else."""
        if pause := self.pause_on(day):
            return Skip(day, "pause", self.pause_texts[pause])
        return self.calendar.rest(day)

    def roll(self, walk: _Walk) -> None:
        """Move off a rest day; the careful rules keep the nominal day and show the other."""
        if self.rule.roll == ROLL_NONE or self.rule.unit == WORKING_DAY:
            return
        day, passed = walk.last, []
        while not self.is_worked(day) or self.pause_on(day):
            passed.append(day)
            day += ONE_DAY
            if self.rule.roll == ROLL_FORWARD and self.is_running(day):
                walk.left, walk.counted = 1, walk.counted - 1
                walk.skipped += passed
                return
        if not passed:
            return
        walk.nominal = walk.last
        if self.rule.roll == ROLL_FORWARD:
            walk.last, walk.skipped = day, walk.skipped + passed
        else:
            walk.rolled = day

    def answer(self, walk: _Walk, amount: int) -> Answer:
        running = self.running if walk.left is not None else None
        skipped = tuple(self.why(day) for day in walk.skipped)
        warnings = phrases.rule_warnings(self.rule, self.start)
        if walk.left is None:
            warnings += phrases.idle_pauses(self.pauses, self.start, walk.limit)
        if walk.rolled is not None:
            warnings.append(phrases.two_readings(self.rule, walk.last, walk.rolled))
        warnings += [*self.warnings, *phrases.unknown_years(self.calendar, self.consulted)]
        return Answer(
            self.rule,
            self.start,
            due=None if walk.left is not None else walk.last,
            later=walk.rolled,
            counted=walk.counted,
            left=walk.left,
            skipped=skipped,
            applied=tuple(self.applied),
            warnings=tuple(warnings),
            steps=phrases.forward_steps(self.rule, self.start, self.applied)
            + phrases.end_steps(skipped, walk.nominal, walk.last, walk.left, running),
        )
