"""What the steps of a measure do to the goods."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workflow.models import CustodyStep, ItemMove, ItemPermit, JournalLine
from workflow.plugin import Attempt


def take_over(attempt: Attempt, line: JournalLine) -> None:
    """Custody begins: from the party to the keeper, at the place named."""
    measure = attempt.record
    CustodyStep.objects.create(
        measure=measure, from_keeper=measure.case_party.party.name[:100],
        to_keeper=measure.keeper, place=measure.place, at=attempt.acted_at,
        recorded_by=attempt.person,
    )  # fmt: skip


def give_back(attempt: Attempt, line: JournalLine) -> None:
    """What is still held goes back; the reason of the step is the reason of the move."""
    measure, data = attempt.record, attempt.data or {}
    party = measure.case_party.party.name[:100]
    reason = str(data.get("reason") or _("Lapsed by itself after 7 working days."))
    for item in measure.items.filter(held__gt=0).select_for_update():
        ItemMove.objects.create(
            item=item, kind=ItemMove.Kind.RELEASED, quantity=item.held, moved_at=attempt.acted_at,
            document=measure.number, receiver=data.get("receiver") or party, reason=reason[:500],
            recorded_by=attempt.actor,
        )  # fmt: skip
        item.held = 0
        item.save(update_fields=["held"])


def permit(attempt: Attempt, line: JournalLine) -> None:
    """What was signed may leave, of each item so much; the moves follow one by one."""
    data = attempt.data or {}
    for item, quantity in data["quantities"]:
        ItemPermit.objects.create(
            item=item, kind=data["kind"], quantity=quantity, basis=data["basis"],
            granted_at=attempt.acted_at, approval=attempt.approval,
        )  # fmt: skip
