"""A case of the simple procedure opened and decided in one act; the cash that was taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import forget, has_act
from accounts.clock import now, today
from accounts.models import Unit, User
from workflow.effects.handlers import set_handlers
from workflow.effects.parties import find_or_create_party
from workflow.engine.acts import begin, record_act
from workflow.engine.perform import open_record, perform
from workflow.engine.refusals import TransitionRefused
from workflow.models import Case, CaseParty, OnTheSpot
from workflow.plugin import Refusal


def punish_on_the_spot(
    *,
    actor: User,
    unit: Unit,
    second: User,
    party: Mapping[str, Any],
    case: Mapping[str, Any],
    decision: Mapping[str, Any],
) -> Case:
    """A case without a lead: opened, and decided on the spot, or nothing at all.

    ``party`` has kind, name and what is known of it, ``case`` cause and category, ``decision`` what
    the step's form takes. Raises ``TransitionRefused`` with every reason.
    """
    with transaction.atomic():
        forget(actor)
        if not has_act(actor, "investigate_case", unit.pk):
            message = _("Your posting does not allow this in the unit of the record.")
            raise TransitionRefused([Refusal("no_permission", message, field="unit")])
        record = Case(
            title=f"{party['name']}{case['cause']}案"[:200], cause=case["cause"], unit=unit,
            category=case.get("category"), procedure=Case.Procedure.SIMPLE,
            place=str(decision.get("place", "")), filed_at=now(),
            violation_type=case["category"].violation_type if case.get("category") else None,
        )  # fmt: skip
        open_record(record, verb="case.open", number="simple", actor=actor, acted_at=now())
        details = {k: v for k, v in party.items() if v not in ("", None)}
        found = find_or_create_party(unit=unit, **details)
        CaseParty.objects.create(case=record, party=found, order=1)
        set_handlers(record, [actor, second], by=actor, on=now())
        perform(record, "case.decide_on_the_spot", actor=actor, data=decision)
        record.refresh_from_db()
        return record


def hand_in_cash(case: Case, *, actor: User, handed_in_on: date) -> OnTheSpot:
    """The fine that officers took came to the bureau (行政处罚法 art. 71: within two days)."""
    with transaction.atomic():
        locked = begin(case, actor=actor, permission="record_payment")
        spot = OnTheSpot.objects.select_for_update().filter(case=locked).exclude(collected="")
        found = spot.first()
        if found is None or found.handed_in_on is not None:
            message = _("No cash is waiting to be handed in.")
            raise TransitionRefused([Refusal("no_cash", message)])
        taken = locked.decided_at
        if handed_in_on > today() or (taken and handed_in_on < timezone.localdate(taken)):
            message = _("The day lies between the decision and today.")
            raise TransitionRefused([Refusal("wrong_day", message, field="handed_in_on")])
        found.handed_in_on = handed_in_on
        found.save(update_fields=["handed_in_on"])
        record_act(locked, "cash.handed_in", actor=actor, data={"on": handed_in_on})
        return found
