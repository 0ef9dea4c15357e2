"""Leads: registered, corrected, routed; who reported them, kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import forget, has_act
from accounts.clock import now
from accounts.models import Unit, User
from workflow.clocks.follow import rehome
from workflow.effects.handlers import name_to_know
from workflow.engine.acts import begin, record_act
from workflow.engine.dates import SKEW, is_late
from workflow.engine.perform import open_record
from workflow.engine.refusals import TransitionRefused
from workflow.models import JournalLine, Lead, Party, Reporter
from workflow.plugin import Refusal

EDITABLE = (
    "channel", "source_number", "title", "content", "category", "place", "address",
    "subject_name", "subject_uscc", "subject_phone",
)  # fmt: skip


def register_lead(
    *,
    actor: User,
    unit: Unit,
    received_at: datetime,
    fields: Mapping[str, Any],
    reporter: Mapping[str, Any] | None = None,
    restricted: bool = False,
    late_reason: str = "",
    party: Party | None = None,
    party_match: str = "",
) -> Lead:
    """A new lead with its number and first line; the 15 working days run from ``received_at``.

    Who reported goes into a table of its own. ``party`` is the one a person confirmed; without it
    only the same credit code links the lead, to a party its unit knows. Raises
    ``TransitionRefused`` when the posting does not allow registering in ``unit``.
    """
    with transaction.atomic():
        forget(actor)
        if not has_act(actor, "register_lead", unit.pk):
            message = _("Your posting does not allow registering leads for this unit.")
            raise TransitionRefused([Refusal("no_permission", message, field="unit")])
        lead = Lead(unit=unit, received_at=received_at, restricted=restricted, **fields)
        lead.party, lead.party_match = party, party_match
        if party is None:
            by_code(lead)
        if wrong := _wrong_receipt(received_at, late_reason):
            raise TransitionRefused(wrong)
        open_record(
            lead, verb="lead.register", number="lead", actor=actor, acted_at=received_at,
            data={"channel": lead.channel, "subject": lead.party_id, "match": lead.party_match},
            late_reason=late_reason,
        )  # fmt: skip
        if restricted:
            name_to_know(lead, [actor], by=actor, reason=_("Registered the lead"))
        if reporter:
            Reporter.objects.create(lead=lead, created_by=actor, **reporter)
        return lead


def _wrong_receipt(received_at: datetime, late_reason: str) -> list[Refusal]:
    """A receipt does not lie ahead; one entered late says why (the fifteen days run from it)."""
    if received_at > now() + SKEW:
        message = _("A lead is not received in the future.")
        return [Refusal("in_the_future", message, field="received_at")]
    if is_late(received_at, now()) and not late_reason.strip():
        message = _("Entered more than one working day after the act: give the reason.")
        return [Refusal("late", message, field="late_reason")]
    return []


def edit_lead(lead: Lead, *, actor: User, fields: Mapping[str, Any]) -> JournalLine:
    """Change what is written of an open lead; the journal names the fields, not their contents."""
    with transaction.atomic():
        locked = begin(
            lead, actor=actor, permission="edit_lead", states=("registered", "verifying")
        )
        changed = [n for n in EDITABLE if n in fields and getattr(locked, n) != fields[n]]
        for name in changed:
            setattr(locked, name, fields[name])
        if not {"subject_name", "subject_uscc", "subject_phone"}.isdisjoint(changed):
            by_code(locked)
        locked.save(update_fields=[*changed, "party", "party_match"])
        return record_act(locked, "lead.edited", actor=actor, data={"fields": changed})


def by_code(lead: Lead) -> None:
    """The lead is about the party its unit knows by the code, or about none. Not saved."""
    known = Party.objects.standing().known_in(lead.unit).filter(uscc=lead.subject_uscc)
    lead.party = known.order_by("pk").first() if lead.subject_uscc else None
    lead.party_match = Lead.PartyMatch.CODE if lead.party else ""


def route_lead(lead: Lead, *, actor: User, unit: Unit, reason: str) -> JournalLine:
    """Hand an open lead to another unit; its clocks go on there."""
    with transaction.atomic():
        locked = begin(
            lead, actor=actor, permission="route_lead", states=("registered", "verifying")
        )
        before = locked.unit
        locked.unit = unit
        locked.save(update_fields=["unit"])
        line = record_act(
            locked, "lead.routed", actor=actor, reason=reason,
            data={"from": before.pk, "to": unit.pk},
        )  # fmt: skip
        rehome(locked)
        return line


def reveal_reporter(lead: Lead, *, actor: User, reason: str) -> list[Reporter]:
    """Who reported, for a reason that is kept. 投诉举报处理办法 art. 33."""
    if not reason.strip():
        message = _("Say why you need to know who reported.")
        raise TransitionRefused([Refusal("reason_missing", message, field="reason")])
    with transaction.atomic():
        locked = begin(lead, actor=actor, permission="reveal_reporter")
        record_act(locked, "reporter.revealed", actor=actor, reason=reason)
        return list(locked.reporters.order_by("pk"))


def inform_reporter(
    lead: Lead, *, actor: User, acted_at: datetime, how: str, late_reason: str = ""
) -> JournalLine:
    """The named reporter was told the outcome (within 5 working days of it)."""
    with transaction.atomic():
        locked = begin(
            lead, actor=actor, permission="edit_lead", acted_at=acted_at,
            late_reason=late_reason, states=("filed", "declined", "referred", "merged"),
        )  # fmt: skip
        return record_act(
            locked, "reporter.informed", actor=actor, acted_at=acted_at, data={"how": how},
            late_reason=late_reason,
        )  # fmt: skip
