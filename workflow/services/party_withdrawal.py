"""A party that was entered by mistake leaves its case, and comes back when that was wrong."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.refusals import TransitionRefused
from workflow.models import Case, CaseParty, Decision
from workflow.plugin import Refusal
from workflow.services.splitting import STATES, leaving_refusals


def withdraw_party(row: CaseParty, *, actor: User, reason: str) -> CaseParty:
    """The row stays, marked; no notice, decision, document or public text names it any more.

    Only before review. Raises ``TransitionRefused`` when nobody would stay, a paper for this
    party stands, or a measure or a transfer of it is under way.
    """
    with transaction.atomic():
        case, row = _begin(row, actor)
        wrong = list(leaving_refusals(case, row))
        issued = row.notices.filter(superseded_at=None, issued_at__isnull=False).exists()
        if issued or row.decisions.filter(status=Decision.Status.ISSUED).exists():
            wrong.append(Refusal("paper_stands", _("A notice or decision for this party stands.")))
        if wrong:
            raise TransitionRefused(wrong)
        return _marked(case, row, CaseParty.Outcome.WITHDRAWN, "party.withdrawn", actor, reason)


def restore_party(row: CaseParty, *, actor: User, reason: str) -> CaseParty:
    """The party is open in the case again. Raises ``TransitionRefused``."""
    with transaction.atomic():
        case, row = _begin(row, actor)
        if row.outcome != CaseParty.Outcome.WITHDRAWN:
            message = _("This party was not taken out of the case.")
            raise TransitionRefused([Refusal("not_withdrawn", message)])
        return _marked(case, row, CaseParty.Outcome.OPEN, "party.restored", actor, reason)


def _begin(row: CaseParty, actor: User) -> tuple[Case, CaseParty]:
    case = begin(row.case, actor=actor, permission="investigate_case", states=STATES)
    return case, CaseParty.objects.select_for_update().get(pk=row.pk)


def _marked(
    case: Case, row: CaseParty, outcome: str, verb: str, actor: User, reason: str
) -> CaseParty:
    row.outcome = outcome
    row.save(update_fields=["outcome"])
    record_act(case, verb, actor=actor, reason=reason, data={"party": row.pk})
    return row
