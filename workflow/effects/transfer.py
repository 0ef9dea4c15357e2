"""A whole criminal transfer takes its case out, and a refusal brings it back."""

from __future__ import annotations

from workflow.guards.transfer import moves_case
from workflow.models import JournalLine
from workflow.plugin import Attempt
from workflow.states import CaseState


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
