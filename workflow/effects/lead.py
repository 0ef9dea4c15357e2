"""What happens to the lead's own rows, and the case it becomes."""

from __future__ import annotations

from django.utils import timezone

from workflow.effects.handlers import set_handlers
from workflow.effects.parties import find_or_create_party
from workflow.models import Case, CaseParty, Handler, JournalLine, Lead
from workflow.plugin import Attempt
from workflow.states import LeadState


def name_handlers(attempt: Attempt, line: JournalLine) -> None:
    """The people named verify the lead; who was named before and is not now, ends."""
    data = attempt.data or {}
    set_handlers(attempt.record, data["handlers"], by=attempt.actor, on=attempt.acted_at)


def open_case(attempt: Attempt, line: JournalLine) -> None:
    """A case with number, party and the lead's handlers; 立案 date is the act's date."""
    lead, data = attempt.record, attempt.data or {}
    simple = attempt.transition.name == "lead.file_simple"
    case = Case(
        procedure=Case.Procedure.SIMPLE if simple else Case.Procedure.ORDINARY,
        title=data["title"],
        cause=data["cause"],
        lead=lead,
        unit=lead.unit,
        category=data["category"],
        violation_type=data["category"].violation_type if data["category"] else None,
        restricted=lead.restricted,
        filed_at=attempt.acted_at,
        place=lead.address or lead.place,
        created_by=attempt.actor,
    )
    party = data.get("party") or find_or_create_party(
        unit=lead.unit, kind=data["party_kind"], name=lead.subject_name, uscc=lead.subject_uscc,
        phone=lead.subject_phone,
    )  # fmt: skip
    number = "simple" if simple else "filing"
    attempt.open(case, verb="case.open", number=number, data={"lead": lead.pk})
    CaseParty.objects.create(case=case, party=party, order=1)
    lead.party, lead.party_match = party, data.get("party_match") or Lead.PartyMatch.NEW
    lead.save(update_fields=["party", "party_match"])
    _hand_on(lead, case, attempt)
    attempt.memo["case"] = case


def _hand_on(lead: Lead, case: Case, attempt: Attempt) -> None:
    """The lead's handlers and, where it is restricted, the people named to know go on."""
    for handler in Handler.objects.filter(lead=lead, ended_on=None, recused_on=None):
        Handler.objects.create(
            case=case, user=handler.user, is_lead_handler=handler.is_lead_handler,
            qualification_no=handler.qualification_no, assigned_by=attempt.signer,
            assigned_on=timezone.localdate(attempt.acted_at),
        )  # fmt: skip
    for grant in lead.grants.live():
        grant.pk, grant.lead, grant.case = None, None, case
        grant._state.adding = True
        grant.save()


def answer_merged(attempt: Attempt, line: JournalLine) -> None:
    """Who reported a lead that follows this one is owed the outcome as well (own clock)."""
    data = {"lead": attempt.record.pk}
    following = [attempt.record.pk]
    while following:
        merged = Lead.objects.select_for_update(of=("self",)).select_related("unit")
        rows = list(merged.filter(merged_into__in=following, state=LeadState.MERGED).order_by("pk"))
        for lead in rows:
            attempt.note(lead, "lead.answered", data=data)
        following = [lead.pk for lead in rows]
