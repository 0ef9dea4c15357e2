"""A corrected date moves every limit that rested on the wrong one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from workflow.clocks.deadlines import choose_rule, recompute
from workflow.clocks.sane import day_of, local
from workflow.models.deadline import Deadline
from workflow.models.journal import JournalLine


def correct(line: JournalLine) -> list[Deadline]:
    """Move what the corrected line started, ended, paused or extended to the date now given.

    The right date is ``data["acted_at"]`` of the correcting line; a correction of anything else
    touches no limit.
    """
    moment = _right_moment(line)
    if moment is None:
        return []
    wrong = line.corrects_id
    rested = (
        Q(started_by_id=wrong)
        | Q(ended_by_id=wrong)
        | Q(pauses__started_by_id=wrong)
        | Q(pauses__ended_by_id=wrong)
        | Q(extensions__line_id=wrong)
    )
    found = Deadline.objects.filter(rested).distinct().select_related("rule").order_by("pk")
    moved = list(found)
    for deadline in moved:
        _move(deadline, wrong, moment)
        recompute(deadline)
    return moved


def _right_moment(line: JournalLine) -> datetime | None:
    text = line.data.get("acted_at")
    moment = parse_datetime(text) if isinstance(text, str) else None
    return local(moment) if moment else None


def _move(deadline: Deadline, wrong: int | None, moment: datetime) -> None:
    day = day_of(moment)
    if deadline.started_by_id == wrong and not deadline.rule.starts_at:
        deadline.starts_at = moment
        choose_rule(deadline)
    if deadline.ended_by_id == wrong:
        deadline.done_at = moment
    for pause in deadline.pauses.all():
        if pause.started_by_id == wrong:
            pause.start_on = day
        if pause.ended_by_id == wrong and pause.end_on is not None:
            # A line that named both days is wrong about the first one: the last one stands.
            last = pause.end_on if pause.started_by_id == wrong else day
            pause.end_on = max(last, pause.start_on)
        pause.save()
    deadline.extensions.filter(line_id=wrong).update(granted_on=day)
