"""Limits that run against the bureau: a person's, their units', and what is near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from accounts.access import unit_ids
from accounts.clock import now, today
from accounts.models import User
from workflow.clocks import lights
from workflow.models import Case, ClockRule, Deadline, Handler, Lead, Transfer

_WITH = ("rule", "case", "lead", "unit", "party__party")


def limits_in_units(user: User) -> QuerySet[Deadline]:
    """本单位: limits of records of the units ``user`` may read, without the restricted ones."""
    units = unit_ids(user, "view_case") & unit_ids(user, "view_lead")
    rows = Deadline.objects.filter(unit_id__in=units)
    rows = rows.exclude(case__restricted=True).exclude(case=None, lead__restricted=True)
    return _without_discipline(rows, user)


def limits_of_mine(user: User) -> QuerySet[Deadline]:
    """我的: limits of the leads and cases ``user`` handles and may see."""
    cases = list(Case.objects.handled_by(user).values_list("pk", flat=True))
    leads = list(Lead.objects.handled_by(user).values_list("pk", flat=True))
    rows = Deadline.objects.filter(Q(case_id__in=cases) | Q(case=None, lead_id__in=leads))
    return _without_discipline(rows, user)


def _without_discipline(rows: QuerySet[Deadline], user: User) -> QuerySet[Deadline]:
    """A discipline transfer is unseen by the handling unit, and so are its limits."""
    kind = Transfer.Kind.DISCIPLINE
    hidden = Transfer.objects.filter(kind=kind).exclude(
        pk__in=Transfer.objects.reachable_by(user).filter(kind=kind).values("pk")
    )
    return rows.exclude(record_type="workflow.transfer", record_id__in=hidden.values("pk"))


def owed(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Those that run and that the bureau must meet."""
    return rows.filter(state=Deadline.State.RUNNING, obliged=ClockRule.Obliged.BUREAU)


def near(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Overdue or due soon, the oldest first."""
    return owed(rows).filter(lights.near(lights.Lights())).order_by("due_on", "pk")


def this_week() -> Q:
    """Due from today to Sunday."""
    return Q(due_on__range=(today(), today() + timedelta(days=6 - today().weekday())))


@dataclass(frozen=True, slots=True)
class DueRow:
    """A limit as a row: days as a number, its colour, what it is of, and where that is."""

    deadline: Deadline
    days: int | None
    light: str
    record: Any
    url: str

    @property
    def over(self) -> int:
        return -self.days if self.days is not None else 0


def due_rows(rows: QuerySet[Deadline]) -> list[DueRow]:
    """The limits in order, with their records; two queries."""
    shown = lights.Lights()
    return [_row(deadline, shown) for deadline in rows.select_related(*_WITH)]


def _row(deadline: Deadline, shown: lights.Lights) -> DueRow:
    days = None
    if deadline.is_open and deadline.due_on is not None:
        days = (deadline.due_on - today()).days
    record = deadline.case or deadline.lead
    url = address(deadline.record_type, deadline.record_id, record)
    return DueRow(deadline, days, shown.of(deadline), record, url)


def address(record_type: str, record_id: int, subject: Any) -> str:
    """The page of a record; of one without a page the case or lead it belongs to."""
    app, _dot, machine = record_type.partition(".")
    try:
        if app == "workflow":
            return reverse(f"workflow_{machine}:inspect", args=[record_id])
    except NoReverseMatch:
        pass
    if subject is None:
        return ""
    return reverse(f"workflow_{subject.machine}:inspect", args=[subject.pk])


def rule_names() -> list[tuple[str, str]]:
    """(code, name) of every clock in use, as its newest version calls it."""
    rows = ClockRule.objects.filter(active=True).order_by("code", "effective_from")
    return list(dict(rows.values_list("code", "name")).items())


def asked_for(rows: QuerySet[Deadline], asked: dict[str, Any]) -> QuerySet[Deadline]:
    """The limits that the cleaned filters of the list leave, the first due first."""
    if not asked.get("everybody"):
        rows = rows.filter(obliged=ClockRule.Obliged.BUREAU)
    for name in ("code", "unit"):
        if value := asked.get(name):
            rows = rows.filter(**{name: value})
    if person := asked.get("person"):
        mine = Handler.objects.filter(user=person, ended_on=None)
        cases, leads = mine.exclude(case=None), mine.exclude(lead=None)
        of_a_case = Q(case_id__in=cases.values("case"))
        rows = rows.filter(of_a_case | Q(case=None, lead_id__in=leads.values("lead")))
    state = asked.get("state") or ""
    if state == "overdue":
        rows = rows.filter(lights.over(now()), state=Deadline.State.RUNNING)
    elif state == "near":
        rows = rows.filter(lights.near(lights.Lights()), state=Deadline.State.RUNNING)
    elif state == "week":
        rows = rows.filter(this_week(), state=Deadline.State.RUNNING)
    else:
        rows = rows.filter(state__in=[state] if state else Deadline.OPEN)
    ended = state in (Deadline.State.MET, Deadline.State.LATE_MET, Deadline.State.CANCELLED)
    if ended:
        return rows.order_by("-done_at", "-pk")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")
