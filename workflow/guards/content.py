"""What must be written down before a record moves on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.guards.file import case_file
from workflow.guards.links import case_link, page
from workflow.plugin import Attempt, Refusal, guard

APL_40 = gettext_lazy("Administrative Penalty Law art. 40")
APL_76 = gettext_lazy("Administrative Penalty Law art. 76")
APL_46 = gettext_lazy("Administrative Penalty Law art. 46")
PROCEDURE_19 = gettext_lazy("Procedure Rules art. 19")


@guard(reads="record", law=APL_40)
def facts_are_written(attempt: Attempt) -> Iterator[Refusal]:
    """The facts found and the laws they break are in the file."""
    link = page("workflow_case:edit", attempt.record.pk)
    if not attempt.record.facts.strip():
        yield Refusal("facts_missing", _("Write down the facts found."), link=link)
    if not attempt.record.legal_basis.strip():
        yield Refusal("basis_missing", _("Name the laws that were broken."), link=link)


@guard(reads="record", law=APL_40)
def a_party_is_named(attempt: Attempt) -> Refusal | None:
    if any(party.row.stands for party in case_file(attempt).parties):
        return None
    link = case_link(attempt.record.pk, "parties")
    return Refusal("party_missing", _("No party is named."), link=link)


@guard(reads="record", law=APL_46)
def evidence_is_there(attempt: Attempt) -> Refusal | None:
    if case_file(attempt).evidence_count:
        return None
    link = case_link(attempt.record.pk, "documents")
    return Refusal("evidence_missing", _("No evidence is in the file."), link=link)


@guard(reads="record", law=PROCEDURE_19)
def subject_is_known(attempt: Attempt) -> Refusal | None:
    """A case is filed against somebody."""
    if attempt.record.subject_name.strip():
        return None
    link = page("workflow_lead:edit", attempt.record.pk)
    return Refusal("subject_missing", _("Write down whom the lead is about."), link=link)


def evidence_since_decline(lead: Any) -> QuerySet[Any]:
    """Files that came into the declined lead after it was declined."""
    return lead.evidence.filter(uploaded_at__gte=lead.state_since)


@guard(reads="record", law=APL_76)
def new_evidence_is_there(attempt: Attempt) -> Refusal | None:
    """A declined lead is taken up again on evidence that was not there when it was declined."""
    if evidence_since_decline(attempt.record).exists():
        return None
    link = page("workflow_lead:add_evidence", attempt.record.pk)
    message = _("Add the new evidence first: what was known already was decided on.")
    return Refusal("no_new_evidence", message, link=link)


@guard(reads="data")
def merge_target_is_open(attempt: Attempt) -> Refusal | None:
    """A lead is merged into another one that is not itself merged or ended elsewhere."""
    target = (attempt.data or {}).get("merged_into")
    if target is None:
        return None
    if target.pk == attempt.record.pk:
        return Refusal("same_lead", _("A lead is not merged into itself."), field="merged_into")
    if target.state not in {"registered", "verifying", "filed"}:
        message = _("Lead %(number)s is not open any more.")
        return Refusal("target_ended", message % {"number": target.number}, field="merged_into")
    return None
