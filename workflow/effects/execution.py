"""What a granted payment plan leaves behind."""

from __future__ import annotations

from django.utils import timezone

from workflow.guards.execution import Account
from workflow.models import Instalment, JournalLine, PaymentPlan
from workflow.numbering import issue_number
from workflow.plugin import Attempt


def grant_plan(attempt: Attempt, line: JournalLine) -> None:
    """The plan with its number and instalments; the limit to pay ends with the last of them."""
    data = attempt.data or {}
    penalty, schedule = data["penalty"], data["schedule"]
    before = Account(penalty.decision)
    was = max((day for day, _fen in before.due), default=None)
    plan = PaymentPlan.objects.create(
        penalty=penalty, reason=data["reason"], granted_at=attempt.acted_at,
        granted_by=attempt.signer or attempt.person,
        number=issue_number(
            "payment_plan", on=timezone.localdate(attempt.acted_at), unit=attempt.record.unit
        ),
    )  # fmt: skip
    for day, fen in schedule:
        Instalment.objects.create(plan=plan, due_on=day, amount_fen=fen)
    last = schedule[-1][0]
    if was is not None and last > was:
        row = penalty.decision.case_party_id
        told = {"party": row, "days": (last - was).days}
        attempt.note(attempt.record, "payment.plan_granted", data=told)
