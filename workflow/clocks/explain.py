"""Why this date: all that the page of one limit shows, and prints for a court."""

from __future__ import annotations

import calendar
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from workflow.clocks.deadlines import answer_for
from workflow.clocks.lights import Lights
from workflow.clocks.phrases import pause_text
from workflow.clocks.rule import HOUR, Answer, Pause, Skip
from workflow.clocks.sane import day_of
from workflow.clocks.wording import shown
from workflow.models.clock import ClockRule
from workflow.models.deadline import Deadline, DeadlineExtension, DeadlinePause

LONGEST_SHOWN = 400
"""Days drawn at most: longer limits show their first and last part only."""


@dataclasses.dataclass(frozen=True)
class Mark:
    """One square of the small calendar. ``number`` counts the days that count, from one.

    kind: outside, start, counted, pause, weekend, holiday, override, due, later.
    """

    date: date
    kind: str
    number: int | None = None
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Month:
    """One month of the small calendar; weeks begin on Monday, None is another month's day."""

    first: date
    weeks: tuple[tuple[Mark | None, ...], ...]


@dataclasses.dataclass(frozen=True)
class Explanation:
    """A limit, how it was counted, on which law, with what pauses and extensions."""

    deadline: Deadline
    rule: ClockRule
    answer: Answer
    sentence: str
    steps: tuple[str, ...]
    warnings: tuple[str, ...]
    months: tuple[Month, ...]
    pauses: tuple[DeadlinePause, ...]
    extensions: tuple[DeadlineExtension, ...]
    light: str

    @property
    def skipped(self) -> list[tuple[date, date, str]]:
        """(first, last, why) of the days that do not count; neighbours with one reason together."""
        spans: list[tuple[date, date, str]] = []
        for skip in self.answer.skipped:
            first, last, reason = spans[-1] if spans else (skip.date, skip.date, "")
            if reason == skip.reason and (skip.date - last).days == 1:
                spans[-1] = (first, skip.date, reason)
            else:
                spans.append((skip.date, skip.date, skip.reason))
        return spans

    @property
    def source(self) -> str:
        return self.rule.source


def explain(deadline: Deadline) -> Explanation:
    """Everything the "why this date" page needs, computed anew from what is stored."""
    answer, lights = answer_for(deadline), Lights()
    pauses = tuple(deadline.pauses.select_related("deadline__rule", "started_by", "evidence"))
    return Explanation(
        deadline=deadline,
        rule=deadline.rule,
        answer=answer,
        sentence=sentence(deadline, answer),
        steps=tuple(step.render(day=shown) for step in answer.steps),
        warnings=tuple(warning.render(day=shown) for warning in answer.warnings),
        months=months(_until(lights.day, answer, pauses)),
        pauses=pauses,
        extensions=tuple(deadline.extensions.select_related("approver", "discussion")),
        light=lights.of(deadline),
    )


def sentence(deadline: Deadline, answer: Answer) -> str:
    """One sentence: what must be done by when, or why there is no date yet."""
    name = deadline.rule.name
    if answer.due is None:
        return _("%(name)s: paused, %(left)d day(s) are left.") % {
            "name": name,
            "left": answer.left or 0,
        }
    due = shown(answer.due)
    if deadline.state == Deadline.State.CANCELLED:
        return _("%(name)s: dropped; it would have ended on %(due)s.") % {"name": name, "due": due}
    if deadline.done_at is None:
        return _("%(name)s: by %(due)s.") % {"name": name, "due": due}
    done = shown(deadline.done_at if answer.rule.unit == HOUR else day_of(deadline.done_at))
    if deadline.state == Deadline.State.LATE_MET:
        text = _("%(name)s: done on %(done)s, after the limit of %(due)s.")
    else:
        text = _("%(name)s: done on %(done)s, within the limit of %(due)s.")
    return text % {"name": name, "done": done, "due": due}


def months(answer: Answer) -> tuple[Month, ...]:
    """The small calendar from the start to the end of the limit, month by month."""
    marks = {mark.date: mark for mark in _marks(answer)}
    if not marks:
        return ()
    wanted = sorted({(day.year, day.month) for day in marks})
    return tuple(_month(year, month, marks.get) for year, month in wanted)


def _month(year: int, month: int, mark: Callable[[date], Mark | None]) -> Month:
    weeks = tuple(
        tuple((mark(day) or Mark(day, "outside")) if day.month == month else None for day in week)
        for week in calendar.Calendar().monthdatescalendar(year, month)
    )
    return Month(date(year, month, 1), weeks)


def _marks(answer: Answer) -> Iterator[Mark]:
    start, end = day_of(answer.start), _last(answer)
    if end is None:
        return
    skips = {skip.date: skip for skip in answer.skipped}
    low, high = min(start, end), max(start, end)
    span = (high - low).days
    number = 0
    for offset in range(span + 1):
        day = low + timedelta(days=offset)
        mark = _mark(day, answer, start, skips)
        if mark.kind in ("counted", "due"):
            number += 1
            mark = dataclasses.replace(mark, number=number)
        if span <= LONGEST_SHOWN or not 62 < offset < span - 62:
            yield mark
    if answer.later is not None:
        yield Mark(day_of(answer.later), "later")


def _mark(day: date, answer: Answer, start: date, skips: dict[date, Skip]) -> Mark:
    if day == start:
        return Mark(day, "start")
    if skip := skips.get(day):
        return Mark(day, skip.kind, reason=skip.reason)
    due = answer.due is not None and day == day_of(answer.due)
    return Mark(day, "due" if due else "counted")


def _last(answer: Answer) -> date | None:
    """The last day to draw: the due day, or while a pause runs the last that is known of."""
    if answer.due is not None:
        return day_of(answer.due)
    if answer.left is None:
        return None
    return day_of(answer.start) + timedelta(days=answer.counted + len(answer.skipped))


def _until(day: date, answer: Answer, pauses: Sequence[DeadlinePause]) -> Answer:
    """The answer to draw: while a pause runs, with every day of it up to ``day``."""
    before = _last(answer)
    running = next((pause for pause in pauses if pause.end_on is None), None)
    if not answer.is_open or running is None or before is None:
        return answer
    reason = pause_text(Pause(running.start_on, None, running.reason))
    standing = (before + timedelta(days=n) for n in range(1, (day - before).days + 1))
    drawn = tuple(Skip(one, "pause", reason) for one in standing)
    return dataclasses.replace(answer, skipped=answer.skipped + drawn)


def legend(months_shown: Sequence[Month]) -> list[str]:
    """The kinds of day that occur, in a fixed order, for the legend under the calendar."""
    present = {mark.kind for month in months_shown for week in month.weeks for mark in week if mark}
    order = ("start", "counted", "pause", "holiday", "weekend", "override", "due", "later")
    return [kind for kind in order if kind in present]
