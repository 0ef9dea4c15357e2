"""A penalty on the spot: decided, served, and paid or to be paid, in one act."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from workflow.guards.file import CaseFile
from workflow.models import (
    ArticleCitation,
    CaseParty,
    Decision,
    JournalLine,
    OnTheSpot,
    Payment,
    Penalty,
    Service,
)
from workflow.numbering import issue_number
from workflow.plugin import Attempt

#: Phrases of the form (当场行政处罚决定书), in Chinese in every language of the screens.
PERFORMANCE = "自收到本决定书之日起十五日内，到指定银行或者通过电子支付系统缴纳罚款。"
TAKEN = "罚款已当场收缴，并出具专用票据。"
REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，"
    "也可以在六个月内依法向人民法院提起行政诉讼。"
)


def decide_on_the_spot(attempt: Attempt, line: JournalLine) -> None:
    """Decision with its own number, penalty, citations, service, what was taken."""
    case, data = attempt.record, attempt.data or {}
    row = CaseFile(case).open_parties[0].row
    decision = _decision(attempt, row)
    is_fine = data["kind"] == Penalty.Kind.FINE
    penalty = Penalty.objects.create(
        decision=decision, kind=data["kind"],
        amount_fen=data["amount_fen"] if is_fine else None,
        performed_on=None if is_fine else timezone.localdate(attempt.acted_at),
    )  # fmt: skip
    ArticleCitation.objects.create(decision=decision, article=data["breached"], role="breached")
    ArticleCitation.objects.create(penalty=penalty, article=data["basis"], role="penalty")
    Service.objects.create(
        case_party=row, decision=decision, method=Service.Method.DIRECT,
        served_at=attempt.acted_at, receiver=row.party.name[:100], place=data["place"],
        recorded_by=attempt.person,
    )  # fmt: skip
    OnTheSpot.objects.create(
        case=case,
        **{name: data[name] for name in
           ("place", "statement", "collected", "collected_reason", "receipt")},
    )  # fmt: skip
    row.outcome = CaseParty.Outcome.PENALTY
    row.save(update_fields=["outcome"])
    case.facts = data["facts"]
    case.save(update_fields=["facts"])
    attempt.note(case, "decision.served", data={"party": row.pk, "method": "direct"})
    _carry_out(attempt, penalty, row)


def _decision(attempt: Attempt, row: CaseParty) -> Decision:
    data, party = attempt.data or {}, row.party
    identity = [party.name, party.uscc, party.id_number if party.is_person else ""]
    decision = Decision(
        case_party=row, round=row.decisions.count() + 1, kind=Decision.Kind.PENALTY,
        status=Decision.Status.ISSUED, decided_at=attempt.acted_at,
        party_identity="\n".join(part for part in identity if part), facts=data["facts"],
        basis=f"违反了{data['breached']}的规定，依据{data['basis']}的规定给予处罚。",
        performance=TAKEN if data["collected"] else PERFORMANCE, remedies=REMEDIES,
        authority=attempt.record.unit.get_root().name, drafted_by=attempt.person,
    )  # fmt: skip
    day = timezone.localdate(attempt.acted_at)
    decision.number = issue_number("on_the_spot", on=day, unit=attempt.record.unit)
    decision.save()
    return decision


def _carry_out(attempt: Attempt, penalty: Penalty, row: CaseParty) -> None:
    case, data = attempt.record, attempt.data or {}
    about: dict[str, Any] = {"party": row.pk, "penalty": penalty.pk}
    if penalty.kind != Penalty.Kind.FINE:
        attempt.note(case, "penalty.performed", data=about)
    elif data["collected"]:
        Payment.objects.create(
            penalty=penalty, amount_fen=data["amount_fen"],
            paid_on=timezone.localdate(attempt.acted_at), voucher=data["receipt"],
            recorded_by=attempt.person,
        )  # fmt: skip
        attempt.note(case, "penalty.paid", data=about)
        attempt.note(case, "cash.collected", data=about)


def register(attempt: Attempt, line: JournalLine) -> None:
    """备案: when the bureau took the decision to its files."""
    OnTheSpot.objects.filter(case=attempt.record).update(registered_at=attempt.acted_at)
