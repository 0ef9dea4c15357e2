"""What the page of a lead reads beside the lead itself."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import User
from workflow.models import Case, Lead, Reporter
from workflow.selectors.scope import reachable
from workflow.states import LeadState

#: Similar leads shown at most.
MOST = 5


def masked_reporters(lead: Lead) -> list[Reporter]:
    """Reporters by kind alone: no name, phone or address leaves the table."""
    return list(lead.reporters.only("pk", "kind", "lead_id").order_by("pk"))


def owes_answer(lead: Lead) -> bool:
    """Whether a reporter who gave a name still has to be told what became of the lead."""
    return bool(lead.deadlines.filter(code="C4", done_at=None).exists())


def cases_of(lead: Lead, user: User) -> list[Case]:
    """Cases the lead became, those ``user`` may open."""
    return list(reachable(Case, user).filter(lead=lead).order_by("pk"))


def merged_into_it(lead: Lead, user: User) -> list[Lead]:
    """Leads that joined this one, those ``user`` may open."""
    return list(reachable(Lead, user).filter(merged_into=lead).order_by("pk"))


def looks_like(lead: Lead, user: User) -> list[Lead]:
    """Open or filed leads about the same subject, or with the same number at the source."""
    same = Q()
    if lead.subject_uscc:
        same |= Q(subject_uscc=lead.subject_uscc)
    if len(lead.subject_name) > 3:  # a short name is a person's, shared by many
        same |= Q(subject_name=lead.subject_name)
    if lead.source_number:
        same |= Q(channel=lead.channel, source_number=lead.source_number)
    if not same:
        return []
    others = reachable(Lead, user).filter(same).exclude(pk=lead.pk)
    return list(others.exclude(state=LeadState.MERGED).order_by("-received_at")[:MOST])
