"""A whole transfer takes its case out, one to the police its parties; refused, they come back."""

from __future__ import annotations

from django.db.models import Q

from workflow.guards.transfer import moves_case
from workflow.models import CaseParty, JournalLine, Transfer
from workflow.models.party import CasePartyQuerySet
from workflow.plugin import Attempt
from workflow.states import CaseState, TransferState


def move_case_out(attempt: Attempt, line: JournalLine) -> None:
    """The case leaves when handed over (or when a refusal is overcome); a part moves nothing."""
    transfer = attempt.record
    if not moves_case(transfer) or transfer.case.state == CaseState.TRANSFERRED:
        return
    attempt.move(transfer.case, "case.transfer", actor=attempt.actor)


def bring_case_back(attempt: Attempt, line: JournalLine) -> None:
    """The case stands again where it stood before it left."""
    transfer = attempt.record
    if not moves_case(transfer) or transfer.case.state != CaseState.TRANSFERRED:
        return
    attempt.move(transfer.case, "case.take_back", actor=attempt.actor)


def settle_parties(attempt: Attempt, line: JournalLine) -> None:
    """Open parties somebody else took up are transferred; who was decided here stays so."""
    _named(attempt.record, CaseParty.Outcome.OPEN).update(outcome=CaseParty.Outcome.TRANSFERRED)


def open_parties_again(attempt: Attempt, line: JournalLine) -> None:
    """Parties that were let go are open here again, unless another filed transfer has them."""
    transfer = attempt.record
    filed = Transfer.objects.filter(case=transfer.case_id, state=TransferState.ACCEPTED)
    takes = Q(kind=Transfer.Kind.CRIMINAL) | Q(kind__in=Transfer.TAKING, whole=True)
    filed = filed.filter(takes).exclude(pk=transfer.pk)
    if transfer.case_id is None or filed.filter(whole=True).exists():
        return
    rows = _named(transfer, CaseParty.Outcome.TRANSFERRED).exclude(transfers__in=filed)
    rows.update(outcome=CaseParty.Outcome.OPEN)


def _named(transfer: Transfer, outcome: str) -> CasePartyQuerySet:
    """Parties with this outcome that go along: with a whole case all, with a crime those named."""
    rows = CaseParty.objects.standing().filter(case=transfer.case_id, outcome=outcome)
    if transfer.case_id and transfer.whole and transfer.kind in Transfer.TAKING:
        return rows
    if transfer.case_id is None or transfer.kind != Transfer.Kind.CRIMINAL:
        return rows.none()
    return rows.filter(transfers=transfer)
