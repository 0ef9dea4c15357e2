"""Acts of all records in the order of time, so that numbers and journal run as they would have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts import clock

OPENING = time(9, 0)
STEP = timedelta(minutes=4)


@dataclass(slots=True)
class Schedule:
    """Acts by moment. One thread's acts on one day follow each other by a few minutes."""

    start: datetime
    acts: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _last: dict[str, datetime] = field(default_factory=dict)

    def add(self, thread: str, days_ago: int, act: Callable[[], None]) -> None:
        """``act`` of a record's ``thread``, so many days before the load; never before the last."""
        day = timezone.localdate(self.start) - timedelta(days=days_ago)
        moment = timezone.make_aware(datetime.combine(day, OPENING))
        if thread in self._last:
            moment = max(moment, self._last[thread] + STEP)
        moment = min(moment, self.start)
        self._last[thread] = moment
        self.acts.append((moment, len(self.acts), act))

    def run(
        self, progress: Callable[[int, int], None], *, after: Callable[[], None] = lambda: None
    ) -> None:
        """Do everything, each act and what comes ``after`` it with the clock at its moment."""
        self.acts.sort(key=lambda entry: entry[:2])
        for done, (moment, _order, act) in enumerate(self.acts, start=1):
            with clock.at(moment):
                act()
                after()
            progress(done, len(self.acts))
