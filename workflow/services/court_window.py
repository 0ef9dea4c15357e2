"""The time to ask the court begins by itself, whether a reminder was sent or not."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from workflow.clocks import store
from workflow.clocks.sane import day_of
from workflow.engine.lines import follow_line, write_line
from workflow.engine.locking import lock
from workflow.guards.execution import Account
from workflow.models import Case, Deadline, Decision

PAYING, ASKING = "C27", "C31"


def open_court_windows(moment: datetime) -> int:
    """Start the three months of every unpaid fine that may be taken to court; return how many.

    They run from the end of the time to challenge, of a challenge or of the plan (行政强制法 53,
    行政处罚法 72). What was opened once is not opened again.
    """
    opened = 0
    asking = partial(store.ask, versions=store.rulebook().rules, calendar=store.work_calendar())
    for decision in _unpaid(day_of(moment)):
        start = Account(decision, asking=asking).court_from
        if start is not None and start < day_of(moment):
            opened += _open(decision, start, moment)
    return opened


def _unpaid(day: date) -> QuerySet[Decision]:
    """Issued decisions whose time to pay is over while no time to ask the court ran."""
    same = {"party_id": OuterRef("case_party_id")}
    late = Deadline.objects.filter(code=PAYING, state=Deadline.State.RUNNING, due_on__lt=day)
    asked = Deadline.objects.filter(code=ASKING).exclude(state=Deadline.State.CANCELLED)
    rows = Decision.objects.filter(
        Exists(late.filter(**same)), ~Exists(asked.filter(**same)), status=Decision.Status.ISSUED
    )
    return rows.select_related("case_party").prefetch_related(
        "services", "challenges", "penalties__payments", "penalties__plans__instalments"
    )


@transaction.atomic
def _open(decision: Decision, start: date, moment: datetime) -> bool:
    """Under the case's lock, and only where another tick has not done it."""
    row = decision.case_party
    case = lock(Case(pk=row.case_id))
    running = Deadline.objects.filter(code=ASKING, party=row)
    if running.exclude(state=Deadline.State.CANCELLED).exists():
        return False
    line = write_line(
        case, verb="court.window_opened", actor=None, acted_at=moment,
        data={"party": row.pk, "court_from": start},
    )  # fmt: skip
    follow_line(line)
    return True
