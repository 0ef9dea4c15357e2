"""When a decision falls or a case is reopened, what was published of it comes down by itself."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from publicity.exposures.models import Exposure
from publicity.exposures.states import PUBLIC
from publicity.pages.models import WithdrawalKind
from workflow.api import Attempt, JournalLine, move_by_system

GROUNDS = {
    "changed": WithdrawalKind.DECISION_CHANGED,
    "partly": WithdrawalKind.DECISION_CHANGED,
    "settled": WithdrawalKind.DECISION_CHANGED,
    "revoked": WithdrawalKind.DECISION_REVOKED,
    "redo": WithdrawalKind.DECISION_REVOKED,
    "unlawful": WithdrawalKind.DECISION_UNLAWFUL,
    "void": WithdrawalKind.DECISION_UNLAWFUL,
}
#: The decision is another one now, or (an outcome of ``GROUNDS``) a court has said it shall be.
FELL = ("decision.overturned", "decision.changed", "decision.unlawful")


def connect() -> None:
    """Follow the journal: that a decision falls is an act that moves no record."""
    post_save.connect(_told, sender=JournalLine, dispatch_uid="exposures.overturned")


def on_reopen(attempt: Attempt, line: JournalLine) -> None:
    """Effect of ``case.reopen``: nothing of the case stays public, nothing goes on towards it."""
    _take_down(attempt.record.pk, WithdrawalKind.DECISION_CHANGED, attempt.signer or attempt.actor)


def _told(sender: Any, instance: JournalLine, created: bool = False, **kwargs: Any) -> None:
    if not (created and instance.case_id):
        return
    outcome = instance.data.get("outcome", "")
    said = instance.verb == "challenge.settled" and outcome in GROUNDS and outcome != "settled"
    if instance.verb in FELL or said:
        ground = GROUNDS.get(outcome, WithdrawalKind.DECISION_REVOKED)
        _take_down(instance.case_id, ground, instance.actor)


def _locked(case_id: int) -> list[Exposure]:
    rows = Exposure.objects.open().filter(case=case_id).select_for_update(of=("self",))
    return list(rows.order_by("pk"))


def _take_down(case_id: int, kind: str, actor: Any) -> None:
    """In the caller's transaction: act and withdrawal happen together or not at all."""
    for exposure in _locked(case_id):
        name = "exposure.force_withdraw" if exposure.state in PUBLIC else "exposure.force_drop"
        move_by_system(exposure, name, actor=actor, data={"kind": kind})
