"""What helps to register a lead: which unit, and whether it is known already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import unit_ids
from accounts.models import Unit, User
from workflow.identity import normalize_name
from workflow.models import Case, Category, Lead
from workflow.services.campaigns import propose_unit

MOST = 10


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


@dataclass(frozen=True, slots=True)
class Known:
    """A lead or case the person may open that looks like the same matter."""

    record: Any
    url: str
    why: str


def known_about(user: User, *, name: str = "", uscc: str = "", phone: str = "") -> list[Known]:
    """Leads and cases about the same party within the person's scope, at most ``MOST``.

    What lies outside the scope is not hinted at.
    """
    found: dict[tuple[str, int], Known] = {}
    for why, rows in _alike(user, normalize_name(name), name.strip(), uscc, _digits(phone)):
        for record in rows.order_by("-updated_at", "-pk")[:MOST]:
            key = (record.machine, record.pk)
            url = reverse(f"workflow_{record.machine}:inspect", args=[record.pk])
            found.setdefault(key, Known(record, url, why))
    return list(found.values())[:MOST]


def _alike(
    user: User, normalized: str, name: str, uscc: str, phone: str
) -> Iterator[tuple[str, QuerySet[Any]]]:
    leads, cases = Lead.objects.reachable_by(user), Case.objects.reachable_by(user)
    if uscc:
        yield _("same credit code"), leads.filter(subject_uscc=uscc)
        yield _("same credit code"), cases.filter(parties__party__uscc=uscc).distinct()
    if normalized:
        yield _("same name"), leads.filter(subject_name__in={name, normalized})
        yield _("same name"), leads.filter(party__normalized_name=normalized)
        named = cases.filter(parties__party__normalized_name=normalized)
        yield _("same name"), named.distinct()
    if len(phone) >= 7:
        yield _("same phone"), leads.filter(subject_phone=phone)


def _digits(phone: str) -> str:
    return phone.strip()
