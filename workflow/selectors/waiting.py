"""What waits for one person: signatures, reviews, new leads, what was opened to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise

from accounts.access import unit_ids
from accounts.acts import acts
from accounts.models import User
from accounts.roles import ROLES
from workflow.models import Approval, ApprovalStep, Case, Handler, Lead, Transfer
from workflow.selectors.due import address
from workflow.selectors.tabs import GRANTED, page_of
from workflow.selectors.timeline import verb_label
from workflow.states import ENDED_CASE, OPEN_LEAD, CaseState, LeadState

_SIGN = "sign_"
_STEPS = ApprovalStep.objects.filter(approval=OuterRef("pk"), outcome="").order_by("order")


def approvals_waiting_for(user: User) -> QuerySet[Approval]:
    """Pending acts whose next signature ``user`` may give: not their own, not signed before."""
    rows = Approval.objects.filter(outcome="")
    rows = rows.annotate(next_role=Subquery(_STEPS.values("role")[:1]))
    mine = Q(pk__in=[])
    for codename in acts():
        if codename.startswith(_SIGN) and (units := unit_ids(user, codename)):
            mine |= Q(next_role=codename.removeprefix(_SIGN), unit_id__in=units)
    rows = rows.filter(mine).exclude(proposer=user).exclude(steps__signer=user)
    return _seen_by(rows, user).order_by("proposed_at", "pk")


def approvals_proposed_by(user: User) -> QuerySet[Approval]:
    """What ``user`` proposed and may still see, the pending first, then the newest."""
    rows = Approval.objects.filter(proposer=user)
    rows = rows.annotate(next_role=Subquery(_STEPS.values("role")[:1]))
    return _seen_by(rows, user).order_by("outcome", "-proposed_at", "-pk")


def _seen_by(rows: QuerySet[Approval], user: User) -> QuerySet[Approval]:
    """Approvals are few while they wait, so each is held against the scope of its record."""
    kind = Transfer.Kind.DISCIPLINE
    hidden = Transfer.objects.filter(kind=kind).exclude(
        pk__in=Transfer.objects.reachable_by(user).filter(kind=kind).values("pk")
    )
    in_scope = Q(case__in=Case.objects.reachable_by(user)) | Q(
        case=None, lead__in=Lead.objects.reachable_by(user)
    )
    rows = rows.filter(in_scope)
    return rows.exclude(record_type="workflow.transfer", record_id__in=hidden.values("pk"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something one person is asked for: what, of which record, since when, where."""

    what: str | Promise
    record: Any
    url: str
    since: datetime
    who: str = ""
    role: str | Promise = ""
    outcome: str | Promise = ""
    reason: str = ""
    is_pending: bool = True


def approval_rows(rows: QuerySet[Approval]) -> list[Waiting]:
    """Approvals as rows; one query."""
    found = []
    for approval in rows.select_related("case", "lead", "proposer"):
        record = approval.case or approval.lead
        role = ROLES.get(getattr(approval, "next_role", None) or "")
        found.append(Waiting(
            what=verb_label(approval.transition), record=record, since=approval.proposed_at,
            url=_page_of(approval),
            who=approval.proposer.name, role=role.label if role else "",
            outcome=approval.get_outcome_display(), reason=approval.outcome_reason,
            is_pending=approval.is_pending,
        ))  # fmt: skip
    return found


def _page_of(approval: Approval) -> str:
    """Where the proposal is read and signed; a plugin's record has its own place for that."""
    app, _dot, machine = approval.record_type.partition(".")
    record = approval.case or approval.lead
    if app != "workflow":
        return address(approval.record_type, approval.record_id, record)
    return reverse(f"workflow_{machine}:approval", args=[approval.record_id, approval.pk])


def reviews_open_to(user: User) -> QuerySet[Case]:
    """Cases under review whose opinion ``user`` may give: in scope and not handled by them."""
    handled = Handler.objects.filter(case__isnull=False, user=user, ended_on=None).values("case_id")
    rows = Case.objects.filter(unit_id__in=unit_ids(user, "review_case"), state=CaseState.REVIEWING)
    return rows.reachable_by(user).exclude(pk__in=handled).order_by("state_since", "pk")


def review_rows(cases: Iterable[Case], what: str | Promise) -> list[Waiting]:
    return [
        Waiting(what, case, reverse("workflow_case:inspect", args=[case.pk]), case.state_since)
        for case in cases
    ]


def returned_to(user: User, limit: int) -> list[Waiting]:
    """What a signer sent back to ``user``, while its file stands as it stood, the newest first."""
    later = Approval.objects.filter(
        record_type=OuterRef("record_type"), record_id=OuterRef("record_id"), pk__gt=OuterRef("pk")
    )
    rows = Approval.objects.filter(proposer=user, outcome=Approval.Outcome.RETURNED)
    unmoved = Q(case__state_since__lte=F("ended_at")) | Q(
        case=None, lead__state_since__lte=F("ended_at")
    )
    rows = _seen_by(rows.filter(unmoved).exclude(Exists(later)), user)
    return approval_rows(rows.order_by("-ended_at", "-pk")[:limit])


def tasks_of(user: User, limit: int) -> list[Waiting]:
    """What ``user`` has to go on with: proposals sent back, then the open files, oldest first."""
    cases = Case.objects.handled_by(user).exclude(state__in=ENDED_CASE)
    leads = Lead.objects.handled_by(user).filter(state__in=OPEN_LEAD)
    returned = returned_to(user, limit)
    said = {row.record for row in returned}
    records: list[Any] = []
    for rows in (cases, leads):
        records += [row for row in rows.order_by("state_since", "pk")[:limit] if row not in said]
    open_files = [
        Waiting(
            record.get_state_display(), record,
            reverse(f"workflow_{record.machine}:inspect", args=[record.pk]), record.state_since,
        )
        for record in sorted(records, key=lambda record: record.state_since)
    ]  # fmt: skip
    return [*returned, *open_files][:limit]


def new_leads(user: User) -> QuerySet[Lead]:
    """Leads of the person's units that nobody has taken up yet, the newest first."""
    rows = Lead.objects.in_units_of(user).filter(state=LeadState.REGISTERED)
    return rows.select_related("unit").order_by("-updated_at", "-pk")


def opened_to(user: User, limit: int) -> list[Any]:
    """Cases and leads opened to the person or one of their units, the newest change first."""
    found: list[Any] = []
    for model in (Case, Lead):
        newest = page_of(model, user, GRANTED, bottom=0, top=limit)
        found += model.objects.reachable_by(user).filter(pk__in=newest).select_related("unit")
    return sorted(found, key=lambda record: record.updated_at, reverse=True)[:limit]
