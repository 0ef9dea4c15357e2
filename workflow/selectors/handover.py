"""Who may hand over whose files to whom, as one head of unit may see it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.access import unit_ids, users_with
from accounts.models import Unit, User
from workflow.models import Case, Handler, Lead
from workflow.selectors.scope import reachable
from workflow.states import OPEN_LEAD, CaseState

#: Files of one person handed over at once at most.
MOST = 500
#: A closed case still has to be bound and archived by its handler.
ENDED = (CaseState.ARCHIVED,)


def open_files(actor: User, giver: User | None = None) -> list[QuerySet[Any]]:
    """Open leads and cases the actor may open and name handlers of; of ``giver`` when given."""
    units = unit_ids(actor, "assign_handlers")
    leads = reachable(Lead, actor).filter(unit_id__in=units, state__in=OPEN_LEAD)
    cases = reachable(Case, actor).filter(unit_id__in=units).exclude(state__in=ENDED)
    found = []
    for rows in (leads, cases):
        handling = Handler.objects.filter(ended_on=None, **{f"{rows.model.machine}__isnull": False})
        if giver is not None:
            handling = handling.filter(user=giver)
        pks = handling.order_by().values(rows.model.machine)
        found.append(rows.filter(pk__in=pks).select_related("unit").order_by("pk"))
    return found


def files_to_hand_over(actor: User, giver: User) -> list[Any]:
    """The open files of ``giver`` that the actor may hand over; others are not hinted at."""
    return [record for rows in open_files(actor, giver) for record in rows[:MOST]]


def givers(actor: User) -> QuerySet[User]:
    """People who handle open files the actor may hand over, whether or not still posted."""
    leads, cases = open_files(actor)
    handling = Handler.objects.filter(ended_on=None).order_by()
    in_leads = handling.filter(lead__in=leads.order_by().values("pk")).values("user")
    in_cases = handling.filter(case__in=cases.order_by().values("pk")).values("user")
    rows = User.objects.filter(pk__in=in_leads) | User.objects.filter(pk__in=in_cases)
    return rows.distinct().order_by("name", "pk")


def takers(actor: User) -> QuerySet[User]:
    """People who may handle files in a unit of the actor's."""
    rows = User.objects.none()
    for unit in Unit.objects.filter(pk__in=unit_ids(actor, "assign_handlers")):
        rows = rows | users_with("investigate_case", unit)
    return rows.distinct().order_by("name", "pk")
