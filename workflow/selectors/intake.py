"""Which unit a lead is registered for, and which one it points to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.access import unit_ids
from accounts.models import Unit, User
from workflow.models import Category
from workflow.services.campaigns import propose_unit


@dataclass(frozen=True, slots=True)
class Proposal:
    """The unit that should look into a lead, and why."""

    unit: Unit
    why: str


def proposal(category: Category | None, place: str) -> Proposal | None:
    """By category and place; None when neither says anything."""
    unit = propose_unit(category, place)
    if unit is None:
        return None
    if category is not None and unit.pk == category.lead_unit_id:
        why = _("It leads “%(category)s” in %(campaign)s.")
        return Proposal(unit, why % {"category": category, "campaign": category.campaign})
    why = _("“%(place)s” belongs to its territory.")
    return Proposal(unit, why % {"place": place})


def units_to_register_for(user: User) -> QuerySet[Unit]:
    return Unit.objects.valid().filter(pk__in=unit_ids(user, "register_lead"))
