"""How near a limit is at one moment: its traffic light, and the same questions asked of a list.

A limit of hours is over at its minute, every other one after its last day. "Soon" reaches over
rest days: what ends while nobody is there is near on the last working day before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Q

from accounts.clock import now
from workflow.clocks.sane import day_of
from workflow.clocks.store import work_calendar
from workflow.models.deadline import Deadline

SOON_DAYS = 3
"""Calendar days, at least, before the date from which a limit is near: shown and reminded of."""
LONGEST_REST = 14
"""Days no run of rest days is longer than (the longest so far, in early 2020, had ten): what ends
later is not near whatever the work calendar says, and it need not be read."""


@dataclass(frozen=True)
class Lights:
    """The lights of any number of limits at one moment; one query at most for all of them."""

    moment: datetime = field(default_factory=now)

    @cached_property
    def day(self) -> date:
        return day_of(self.moment)

    @cached_property
    def last_near(self) -> date:
        """The last day that is near: in three days, or the next working day if that is later."""
        calendar, following = work_calendar(), self.day + timedelta(days=1)
        last = self.day + timedelta(days=LONGEST_REST)
        while following < last and not calendar.is_working(following):
            following += timedelta(days=1)
        return max(self.day + timedelta(days=SOON_DAYS), following)

    def of(self, deadline: Deadline) -> str:
        """What the light shows: done, paused, overdue, lapsed, today, soon or running.

        A right that nobody used has lapsed; nobody is late with it.
        """
        if not deadline.is_open:
            return "done"
        if deadline.due_on is None:
            return "paused"
        if self.is_over(deadline):
            return "lapsed" if deadline.rule.lapses else "overdue"
        if deadline.due_on == self.day:
            return "today"
        return "soon" if self.is_near(deadline.due_on) else "running"

    def is_over(self, deadline: Deadline) -> bool:
        """Whether its date, or its minute, has passed; as ``over`` asks it of a list."""
        if deadline.due_on is None:
            return False
        passed = deadline.due_at is not None and deadline.due_at < self.moment
        return deadline.due_on < self.day or passed

    def is_near(self, due_on: date) -> bool:
        """Whether a limit that ends that day is near, or over."""
        days = (due_on - self.day).days
        return days <= SOON_DAYS or (days <= LONGEST_REST and due_on <= self.last_near)


def over(moment: datetime) -> Q:
    """Limits whose date, or whose minute, has passed."""
    day = day_of(moment)
    # The day stands before the rest so that an index on it is of use.
    return Q(due_on__lte=day) & (Q(due_on__lt=day) | Q(due_at__lt=moment))


def near(lights: Lights) -> Q:
    """Limits that are over or end soon."""
    return Q(due_on__lte=lights.last_near)
