"""What an act does to one deadline's row; the caller recomputes it afterwards."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workflow.clocks.deadlines import next_step
from workflow.clocks.lines import day, happened
from workflow.clocks.rule import ClockError
from workflow.clocks.sane import day_of
from workflow.models.deadline import Deadline, DeadlineExtension
from workflow.models.journal import JournalLine


def end(deadline: Deadline, line: JournalLine, *, cancelled: bool) -> None:
    """The limit stops with the act, or on the day its data names; a running pause ends with it."""
    done = happened(line)
    last = day_of(done)
    if deadline.pk is not None:  # a new one has no pauses
        for pause in deadline.pauses.filter(end_on=None):
            pause.end_on, pause.ended_by = max(last, pause.start_on), line
            pause.save()
    deadline.done_at, deadline.ended_by = done, line
    deadline.state = Deadline.State.CANCELLED if cancelled else Deadline.State.MET


def revive(deadline: Deadline) -> bool:
    """The limit runs again from its old start, as if what ended it had not happened."""
    later = Deadline.objects.filter(
        code=deadline.code,
        record_type=deadline.record_type,
        record_id=deadline.record_id,
        party_id=deadline.party_id,
        pk__gt=deadline.pk,
    )
    if deadline.is_open or later.exists():
        return False
    deadline.done_at, deadline.ended_by = None, None
    deadline.state = Deadline.State.RUNNING
    return True


def pause(deadline: Deadline, line: JournalLine, *, reason: str) -> bool:
    """A pause of that reason runs from the act's date, or from the dates its data names."""
    if deadline.pauses.filter(end_on=None, reason=reason).exists():
        return False
    start = day(line, "from") or day_of(line.acted_at)
    until = day(line, "until")
    deadline.pauses.create(
        reason=reason,
        start_on=start,
        end_on=until,
        document=str(line.data.get("document") or "")[:200],
        evidence_id=line.data.get("evidence"),
        started_by=line,
        ended_by=line if until else None,
    )
    return True


def resume(deadline: Deadline, line: JournalLine, *, reason: str) -> bool:
    """Running pauses of that reason end with the act's day, which still does not count."""
    last = day(line, "until") or day_of(line.acted_at)
    pauses = list(deadline.pauses.filter(end_on=None, reason=reason))
    for pause in pauses:
        pause.end_on, pause.ended_by = max(last, pause.start_on), line
        pause.save()
    return bool(pauses)


def extend(deadline: Deadline, line: JournalLine) -> bool:
    """More time: as long as the act says, else as long as the law's next step usually is."""
    step = next_step(deadline)
    amount = line.data.get("amount") or line.data.get("days") or (step and step.amount)
    if not amount:
        raise ClockError(_("An extension without a usual length must say how long it is."))
    DeadlineExtension.objects.create(
        deadline=deadline,
        amount=int(amount),
        granted_on=day_of(line.acted_at),
        # Who types a past approval in did not give it.
        approver_id=None if line.is_taken_over else line.actor_id,
        approver_name="" if line.is_taken_over else line.actor_name,
        discussion_id=line.data.get("discussion"),
        line=line,
    )
    return True
