"""One act on many records: tried first, then done to all or to those that can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from workflow.engine.refusals import TransitionRefused
from workflow.models import Lead
from workflow.plugin import Refusal
from workflow.services.leads import route_lead


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became, or would become, of one record; no refusals: it moved."""

    record: Lead
    before: Unit
    refusals: Sequence[Refusal]


def route_leads(
    leads: Iterable[Lead],
    *,
    actor: User,
    unit: Unit,
    reason: str,
    apply: bool,
    partly: bool = False,
) -> list[Outcome]:
    """Hand the leads to ``unit``. Without ``apply`` everything is tried and nothing kept.

    With ``apply`` nothing is kept either when one is refused, unless ``partly``: then the others
    are. The outcomes say which.
    """
    with transaction.atomic():
        found = [_route(lead, actor=actor, unit=unit, reason=reason) for lead in leads]
        if not apply or (not partly and any(outcome.refusals for outcome in found)):
            transaction.set_rollback(True)
    return found


def _route(lead: Lead, *, actor: User, unit: Unit, reason: str) -> Outcome:
    before = lead.unit
    if before == unit:
        message = _("It is handled by this unit already.")
        return Outcome(lead, before, [Refusal("same_unit", message)])
    try:
        with transaction.atomic():
            route_lead(lead, actor=actor, unit=unit, reason=reason)
    except TransitionRefused as refused:
        return Outcome(lead, before, list(refused.refusals))
    return Outcome(lead, before, [])
