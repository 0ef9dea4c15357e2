"""Reminders of limits that end soon, today, or have ended; rights that lapse are dropped.

Each limit is looked at under its own row lock, and a notice has a key, so that any number of ticks
at once, or one that dies half way, say everything once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.access import users_with
from accounts.models import User
from workflow.clocks.lights import Lights, near, over
from workflow.clocks.sane import day_of
from workflow.clocks.wording import due_shown, shown
from workflow.models.case import Case
from workflow.models.clock import ClockRule
from workflow.models.deadline import Deadline
from workflow.models.lead import Lead
from workflow.models.outbox import UserNotice
from workflow.models.scope import AccessGrant, sees

ESCALATE_DAYS = 3
"""Calendar days after the date from which the leader is told as well."""
Stage = Deadline.Stage


def lapse_rights(moment: datetime) -> int:
    """Drop the rights whose time is over (an answer, a request); return how many."""
    ended = Deadline.objects.filter(state=Deadline.State.RUNNING, rule__lapses=True)
    ended = ended.filter(due_on__lt=day_of(moment)).annotate(
        last=Coalesce("later_due_on", "due_on")
    )
    pks = list(ended.filter(last__lt=day_of(moment)).values_list("pk", flat=True))
    still = Deadline.objects.filter(pk__in=pks, state=Deadline.State.RUNNING)
    return still.update(state=Deadline.State.CANCELLED, done_at=moment)


def remind(moment: datetime) -> int:
    """Write the notices that are owed by now; return how many limits were reminded of."""
    lights = Lights(moment)
    owed = _owed(lights).order_by("due_on", "pk").values_list("pk", flat=True)
    return sum(_remind_once(pk, lights) for pk in list(owed))


def _owed(lights: Lights) -> QuerySet[Deadline]:
    day = lights.day
    bureau = Q(obliged=ClockRule.Obliged.BUREAU)
    long_over = Q(due_on__lt=day - timedelta(days=ESCALATE_DAYS))
    stages = (
        bureau & Q(reminded_stage__lt=Stage.SOON)
        | bureau & Q(due_on__lte=day, reminded_stage__lt=Stage.TODAY)
        | over(lights.moment) & Q(reminded_stage__lt=Stage.OVERDUE)
        | bureau & long_over & Q(reminded_stage__lt=Stage.ESCALATED)
    )
    return Deadline.objects.filter(near(lights), stages, state=Deadline.State.RUNNING)


def stage_of(deadline: Deadline, lights: Lights) -> int:
    """How far a running limit has come, for its reminders."""
    if deadline.due_on is None:
        return Stage.NONE
    if lights.is_over(deadline):
        bureau = deadline.obliged == ClockRule.Obliged.BUREAU
        late = (lights.day - deadline.due_on).days
        return Stage.ESCALATED if bureau and late > ESCALATE_DAYS else Stage.OVERDUE
    if deadline.obliged != ClockRule.Obliged.BUREAU:
        return Stage.NONE
    if deadline.due_on == lights.day:
        return Stage.TODAY
    return Stage.SOON if lights.is_near(deadline.due_on) else Stage.NONE


@transaction.atomic
def _remind_once(pk: int, lights: Lights) -> int:
    """Under the row's lock; a row another tick holds is left to that tick."""
    rows = Deadline.objects.select_for_update(skip_locked=True, of=("self",))
    rows = rows.filter(pk=pk, state=Deadline.State.RUNNING)
    deadline = rows.select_related("rule", "unit", "case", "lead").first()
    if deadline is None:
        return 0
    stage = stage_of(deadline, lights)
    if stage <= deadline.reminded_stage:
        return 0
    people = recipients(deadline, stage)
    if not people:  # the stage stays owed, and is told once somebody sees the file
        return 0
    text = _text(deadline, stage)
    notices = [
        UserNotice(
            user=person,
            key=f"deadline:{deadline.pk}:{deadline.due_at or deadline.due_on}:{stage}",
            text=text,
            case=deadline.case,
            lead=None if deadline.case else deadline.lead,
            created_at=lights.moment,
        )
        for person in people
    ]
    UserNotice.objects.bulk_create(notices, ignore_conflicts=True)
    deadline.reminded_stage = stage
    deadline.save(update_fields=["reminded_stage"])
    return 1


def recipients(deadline: Deadline, stage: int) -> list[User]:
    """Who is told, all of whom see the file: its handlers, and whoever answers for them.

    The head of the unit as well once it is late, the leader once it is long late; either of them
    also when nobody before them sees it, and in the end the people a restricted file is open to.
    Empty only when nobody at all sees it.
    """
    record = deadline.case or deadline.lead
    if record is None:
        return []
    late = deadline.obliged == ClockRule.Obliged.BUREAU and stage >= Stage.OVERDUE
    people = _seeing(record, _handling(record))
    if late or not people:
        people |= _seeing(record, _who_may("sign_unit_head", deadline))
    if stage >= Stage.ESCALATED or not people:
        people |= _seeing(record, _who_may("sign_leader", deadline))
    if not people:
        people = _seeing(record, _named(record))
    return list(people.values())


def _seeing(record: Case | Lead, people: Iterable[User]) -> dict[int, User]:
    return {person.pk: person for person in people if sees(person, record)}


def _handling(record: Case | Lead) -> list[User]:
    handlers = record.handlers.filter(ended_on=None, recused_on=None, user__is_active=True)
    return [handler.user for handler in handlers.select_related("user")]


def _who_may(act: str, deadline: Deadline) -> Iterable[User]:
    return users_with(act, deadline.unit) if deadline.unit is not None else ()


def _named(record: Case | Lead) -> list[User]:
    """The people whom a live grant opens the record to."""
    grants = AccessGrant.objects.live().filter(**{record.machine: record}, user__is_active=True)
    return [grant.user for grant in grants.select_related("user") if grant.user is not None]


def _text(deadline: Deadline, stage: int) -> str:
    record = deadline.case or deadline.lead
    params = {
        "number": record.number if record is not None else "",
        "name": deadline.rule.name,
        "due": due_shown(deadline) or shown(day_of(deadline.starts_at)),
    }
    if stage >= Stage.OVERDUE:
        return _("%(number)s: %(name)s ended on %(due)s.") % params
    if stage == Stage.TODAY:
        return _("%(number)s: %(name)s ends today, %(due)s.") % params
    return _("%(number)s: %(name)s ends on %(due)s.") % params


def overdue(*, on: datetime) -> QuerySet[Deadline]:
    """Running limits of the bureau that have ended, whatever the reminders."""
    bureau = Q(obliged=ClockRule.Obliged.BUREAU)
    return Deadline.objects.filter(over(on), bureau, state=Deadline.State.RUNNING).order_by(
        F("due_on").asc(), "pk"
    )
