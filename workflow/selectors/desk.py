"""The desk: what must be done today and what will bite this week. As many queries for any load."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from accounts.access import live_roles, may, unit_ids
from accounts.clock import now, today
from accounts.models import Unit, User
from workflow.clocks.lights import over
from workflow.clocks.store import work_calendar
from workflow.models import Case, Deadline, Lead
from workflow.selectors import due, waiting
from workflow.selectors.scope import has_anything_to_read
from workflow.states import ENDED_CASE, OPEN_LEAD

ROWS = 8
_UNITS_READERS = frozenset({"head", "acting_head", "leader", "campaign_office"})
_OWN_WORK = "handler"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in the leaders' table."""

    unit: Unit
    leads: int
    cases: int
    due: int
    overdue: int


@dataclass(slots=True)
class Desk:
    """Everything the desk of one person shows."""

    day: date
    is_working_day: bool
    week: int
    overdue: int
    near: list[due.DueRow]
    tasks: list[waiting.Waiting]
    waiting: list[waiting.Waiting]
    new: list[Lead]
    opened: list[Any]
    scope: str
    units: list[UnitLine] = field(default_factory=list)


def has_casework(user: User) -> bool:
    """Whether the person reads any lead or case at all; administrators do not."""
    return has_anything_to_read(Case, user, "view_case") or has_anything_to_read(
        Lead, user, "view_lead"
    )


def scope_of(user: User) -> str:
    """Whose limits stand on the desk: a handler's own, else those of the units."""
    return "mine" if live_roles(user) == {_OWN_WORK} else "unit"


def limits_for(user: User, scope: str) -> QuerySet[Deadline]:
    return due.limits_of_mine(user) if scope == "mine" else due.limits_in_units(user)


def desk_of(user: User) -> Desk:
    """The person's desk today."""
    day, scope = today(), scope_of(user)
    limits = due.owed(limits_for(user, scope))
    counts = limits.aggregate(week=_due_this_week(), overdue=_overdue())
    return Desk(
        day=day,
        is_working_day=work_calendar().is_working(day),
        week=counts["week"],
        overdue=counts["overdue"],
        near=due.due_rows(due.near(limits)[:ROWS]),
        waiting=_waiting(user),
        tasks=waiting.tasks_of(user, ROWS) if _OWN_WORK in live_roles(user) else [],
        new=list(waiting.new_leads(user)[:ROWS]),
        opened=waiting.opened_to(user, ROWS),
        scope=scope,
        units=units_of(user) if live_roles(user) & _UNITS_READERS else [],
    )


def _due_this_week() -> Count:
    return Count("pk", filter=due.this_week())


def _overdue() -> Count:
    return Count("pk", filter=over(now()))


def _waiting(user: User) -> list[waiting.Waiting]:
    rows = waiting.approval_rows(waiting.approvals_waiting_for(user)[:ROWS])
    if may(user, "review_case"):
        cases = waiting.reviews_open_to(user)[:ROWS]
        rows += waiting.review_rows(cases, _("Give an opinion"))
    return sorted(rows, key=lambda row: row.since)[:ROWS]


def units_of(user: User) -> list[UnitLine]:
    """The units the person leads, in their order: what is open, due and overdue. Four queries."""
    ids = unit_ids(user, "view_case")
    cases = Case.objects.in_units_of(user).exclude(state__in=ENDED_CASE)
    leads = Lead.objects.in_units_of(user).filter(state__in=OPEN_LEAD)
    open_cases, open_leads = _per_unit(cases), _per_unit(leads)
    limits = due.owed(due.limits_in_units(user)).order_by().values("unit")
    near: dict[int, Any] = {
        row["unit"]: row for row in limits.annotate(week=_due_this_week(), overdue=_overdue())
    }
    return [
        UnitLine(
            unit, open_leads[unit.pk], open_cases[unit.pk],
            near.get(unit.pk, {}).get("week", 0), near.get(unit.pk, {}).get("overdue", 0),
        )
        for unit in Unit.objects.filter(pk__in=ids)
        if open_leads[unit.pk] or open_cases[unit.pk] or unit.pk in near
    ]  # fmt: skip


def _per_unit(rows: QuerySet[Any]) -> Counter[int]:
    counted = rows.order_by().values_list("unit").annotate(number=Count("pk"))
    return Counter(dict(counted))
