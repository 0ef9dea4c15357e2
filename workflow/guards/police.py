"""What is with the police, or goes elsewhere as a whole, is not punished here instead.

移送规定 10-13; 行政处罚法 35; 程序规定 14, 17, 60.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.guards.file import case_file
from workflow.guards.links import case_link
from workflow.models import Case, CaseParty, Decision, Transfer
from workflow.plugin import Attempt, Refusal, guard
from workflow.states import CaseState, TransferState

TR_11 = gettext_lazy("Transfer Regulation art. 11")


@guard(reads="record", law=gettext_lazy("Transfer Regulation art. 11; Procedure Rules art. 60"))
def no_whole_transfer_is_open(attempt: Attempt) -> Refusal | None:
    """No penalty instead of a transfer: what goes to the police or to whom it belongs is theirs."""
    rows = _whole_transfers(attempt.record).filter(state__in=Transfer.UNDER_WAY)
    kinds = set(rows.values_list("kind", flat=True))
    if not kinds:
        return None
    message = _("The whole case is on its way to another authority; it is not decided meanwhile.")
    if Transfer.Kind.CRIMINAL in kinds:
        message = _("The whole case is on its way to the police; it is not decided meanwhile.")
    return Refusal("transfer_open", message, link=case_link(attempt.record.pk, "transfers"))


@guard(reads="record", law=TR_11)
def somebody_is_ours(attempt: Attempt) -> Refusal | None:
    """Not every party is with the police, part by part: somebody is left to be decided here."""
    parties = case_file(attempt).parties
    standing = [party for party in parties if party.row.stands]
    if any(party.is_open for party in standing):
        return None
    if not any(party.row.is_with_police for party in standing):
        return None
    message = _(
        "Every party of this case is with the police: propose the transfer of the whole case, or"
        " wait until they refuse or return one."
    )
    link = case_link(attempt.record.pk, "transfers")
    return Refusal("all_with_police", message, link=link)


@guard(reads="record", law=gettext_lazy("Transfer Regulation art. 12; Procedure Rules art. 77"))
def what_left_was_filed(attempt: Attempt) -> Iterator[Refusal]:
    """A case is closed when what left it was taken up, not while it may be sent back."""
    case = attempt.record
    link = case_link(case.pk, "transfers")
    if case.state == CaseState.TRANSFERRED:
        if not _whole_transfers(case).filter(state=TransferState.ACCEPTED).exists():
            message = _(
                "The receiver has not taken up the transferred case yet: record its answer."
            )
            yield Refusal("not_accepted", message, link=link)
        return
    for party in case_file(attempt).parties:
        if party.row.is_with_police and party.row.outcome != CaseParty.Outcome.TRANSFERRED:
            message = _("%(party)s: the police have not filed its part yet: record their answer.")
            yield Refusal("not_accepted", message % {"party": party.name}, link=link)


def police_refusal(row: CaseParty) -> Refusal | None:
    """Why no notice or decision is drawn up for the party now, or None."""
    if not row.is_with_police:
        return None
    message = _(
        "%(party)s is with the police, no penalty takes the place of that: wait until they refuse"
        " or return its part."
    )
    link = case_link(row.case_id, "transfers")
    return Refusal("transfer_open", message % {"party": row.party.name}, TR_11, link)


def police_gave_back(attempt: Attempt) -> bool:
    """Whether the closed whole came back, or a party did after the others were decided."""
    case = attempt.record
    returned = _whole_transfers(case).filter(state=TransferState.RETURNED)
    if case.closure_ground == Case.ClosureGround.NO_PENALTY and returned.exists():
        return True
    return any(
        not party.row.outcome
        and party.row.was_sent  # type: ignore[attr-defined]  # told by ``with_police``
        and (party.decision is None or party.decision.status == Decision.Status.DRAFT)
        for party in case_file(attempt).open_parties
    )


def _whole_transfers(case: Any) -> Any:
    """Transfers that take the whole case away."""
    return case.transfers.filter(kind__in=Transfer.TAKING, whole=True)
