"""What falls due by itself: one function for ``manage.py tick``, the timer and Celery's beat."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts import throttle
from accounts.grants import recompute_grants
from workflow.clocks.remind import lapse_rights, remind
from workflow.clocks.sane import day_of
from workflow.engine import registry
from workflow.engine.announce import resend_announcements
from workflow.engine.journal_seal import seal
from workflow.models.journal import JournalLine, JournalSeal
from workflow.plugin import Job
from workflow.services.court_window import open_court_windows
from workflow.services.digest import digests
from workflow.services.document_making import make_overdue
from workflow.services.dossiers import bind_overdue
from workflow.services.measures import lapse_measures
from workflow.services.uploads import sweep_uploads

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What became of one job: how much it did, or the error that stopped it."""

    name: str
    count: int = 0
    error: str = ""


def tick(now: datetime) -> list[Done]:
    """Do everything that is due at ``now``; a job that fails is named and stops no other.

    Every job works in transactions of its own and may run twice or beside itself, so ticks need no
    lock among themselves and one that dies is made good by the next.
    """
    return [_run(job, now) for job in jobs()]


def jobs() -> Iterator[Job]:
    """The core's jobs, then each plugin's in the order of the settings."""
    yield from CORE
    for label, declared, error in registry.ask("periodic_jobs"):
        if error is not None:
            yield Job(name=label, run=_failing(error))
        for job in declared:
            yield Job(name=f"{label}.{job.name}", run=job.run)


def _run(job: Job, now: datetime) -> Done:
    try:
        return Done(job.name, job.run(now))
    except Exception as error:  # one job's fault is logged and told, and the others still run
        logger.exception("tick: %s failed", job.name)
        return Done(job.name, error=repr(error))


def _failing(error: Exception) -> Callable[[datetime], int]:
    def run(now: datetime) -> int:
        raise error

    return run


def _grants(now: datetime) -> int:
    recompute_grants()
    return 0


def _sign_in_counts(now: datetime) -> int:
    return throttle.sweep()


def _seal_yesterday(now: datetime) -> int:
    """Once a day: everything written before the day's first tick is under one seal."""
    yesterday = day_of(now) - timedelta(days=1)
    if JournalSeal.objects.filter(day__gte=yesterday).exists():
        return 0
    return seal(yesterday, now=now).count if JournalLine.objects.exists() else 0


CORE = (
    Job(name="grants", run=_grants),
    Job(name="sign_in_counts", run=_sign_in_counts),
    Job(name="lapsed_rights", run=lapse_rights),
    Job(name="lapsed_measures", run=lapse_measures),
    Job(name="court_windows", run=open_court_windows),
    Job(name="reminders", run=remind),
    Job(name="given_up_uploads", run=sweep_uploads),
    Job(name="digests", run=digests),
    Job(name="announcements", run=resend_announcements),
    Job(name="documents", run=make_overdue),
    Job(name="dossiers", run=bind_overdue),
    Job(name="journal_seal", run=_seal_yesterday),
)
