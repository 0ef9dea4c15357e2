"""A deadline's row brought in line with its rule, pauses and extensions."""

from __future__ import annotations

from datetime import datetime

from workflow.clocks import compute, store
from workflow.clocks.calendar import WorkCalendar
from workflow.clocks.rule import Answer, Extension, ExtensionStep, Pause
from workflow.clocks.sane import day_of
from workflow.models.clock import ClockRule
from workflow.models.deadline import Deadline


def answer_for(deadline: Deadline, *, calendar: WorkCalendar | None = None) -> Answer:
    """The computation behind a deadline, from what is stored about it. Writes nothing."""
    pauses, extensions = [], []
    if deadline.pk is not None:  # a new one has none
        pauses = [
            Pause(pause.start_on, pause.end_on, pause.reason) for pause in deadline.pauses.all()
        ]
        extensions = [
            Extension(given.amount, given.granted_on, given.approver_name)
            for given in deadline.extensions.all()
        ]
    days = store.work_calendar() if calendar is None else calendar
    rule = store.as_rule(deadline.rule)
    return compute.due(
        rule, deadline.starts_at, pauses=pauses, extensions=extensions, calendar=days
    )


def recompute(deadline: Deadline, *, calendar: WorkCalendar | None = None) -> Answer:
    """Write the dates and the state that follow from what is stored; return how they came about.

    A limit whose date moved is reminded of anew. The caller holds the row or its record locked.
    """
    answer = answer_for(deadline, calendar=calendar)
    before = deadline.due_on, deadline.due_at
    deadline.due_on = day_of(answer.due) if answer.due is not None else None
    deadline.due_at = answer.due if isinstance(answer.due, datetime) else None
    deadline.later_due_on = day_of(answer.later) if answer.later is not None else None
    deadline.left = answer.left
    deadline.is_guess = answer.is_guess
    deadline.state = _state(deadline)
    if (deadline.due_on, deadline.due_at) != before:
        deadline.reminded_stage = Deadline.Stage.NONE
    deadline.save()
    return answer


def _state(deadline: Deadline) -> str:
    if deadline.state == Deadline.State.CANCELLED:
        return Deadline.State.CANCELLED
    if deadline.done_at is None:
        return Deadline.State.PAUSED if deadline.due_on is None else Deadline.State.RUNNING
    return Deadline.State.LATE_MET if _was_late(deadline) else Deadline.State.MET


def _was_late(deadline: Deadline) -> bool:
    done = deadline.done_at
    if done is None or deadline.due_on is None:
        return False
    if deadline.due_at is not None:
        return done > deadline.due_at
    return day_of(done) > (deadline.later_due_on or deadline.due_on)


def choose_rule(deadline: Deadline, *, book: store.Rulebook | None = None) -> ClockRule:
    """The rule version for the day the limit starts; the rule is the row's from now on."""
    deadline.rule = (book or store.rulebook()).row(deadline.code, day_of(deadline.starts_at))
    return deadline.rule


def next_step(deadline: Deadline) -> ExtensionStep | None:
    """The extension the law allows next; None when there is none left."""
    steps = store.as_rule(deadline.rule).steps
    number = deadline.extensions.count()
    return steps[number] if number < len(steps) else None
