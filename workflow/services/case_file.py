"""What handlers write into a case: its content, parties, notices, answers, decisions, services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.clock import now, today
from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.dates import minute_of
from workflow.engine.refusals import TransitionRefused
from workflow.models import (
    Case,
    CaseParty,
    Decision,
    Document,
    Notice,
    Party,
    Payment,
    Penalty,
    Service,
)
from workflow.plugin import Refusal
from workflow.services.announced import require_announced
from workflow.services.citing import Cited, write_draft
from workflow.services.standing import require_ours
from workflow.states import CaseState as S

EDITABLE = (
    "title", "cause", "category", "violation_type", "place", "violated_on", "facts", "legal_basis",
    "goods_value_fen", "illegal_gains_fen",
)  # fmt: skip
BEFORE_DECISION = (S.INVESTIGATING, S.CONCLUDED, S.REVIEWING, S.NOTICED, S.DELIBERATING)
DRAFTING = (S.INVESTIGATING, S.CONCLUDED, S.REVIEWING)


def edit_case(case: Case, *, actor: User, fields: Mapping[str, Any]) -> Case:
    """Change what is written of a case that is not decided; approvals resting on it are void."""
    with transaction.atomic():
        locked = begin(case, actor=actor, permission="investigate_case", states=BEFORE_DECISION)
        changed = [n for n in EDITABLE if n in fields and getattr(locked, n) != fields[n]]
        for name in changed:
            setattr(locked, name, fields[name])
        locked.save(update_fields=changed)
        record_act(locked, "case.edited", actor=actor, data={"fields": changed})
        return locked


def add_party(case: Case, *, actor: User, party: Party, violation: str = "") -> CaseParty:
    """One more party; the same one twice is refused."""
    with transaction.atomic():
        locked = begin(
            case, actor=actor, permission="investigate_case", states=(S.INVESTIGATING, S.CONCLUDED)
        )
        if locked.parties.filter(party=party).exists():
            message = _("This party is in the case already.")
            raise TransitionRefused([Refusal("party_twice", message, field="name")])
        last = locked.parties.aggregate(last=Max("order"))["last"] or 0
        row = CaseParty.objects.create(
            case=locked, party=party, order=last + 1, violation=violation
        )
        record_act(locked, "party.added", actor=actor, data={"party": row.pk})
        return row


def draft_notice(
    row: CaseParty,
    *,
    actor: User,
    facts: str,
    reasons: str,
    basis: str,
    hearing_right: bool,
    penalties: Sequence[Mapping[str, Any]],
    citations: Sequence[Cited] = (),
) -> Notice:
    """The notice of one party for this round, with what is intended; written anew until issued.

    An article that does not apply and a fine outside its range are refused (``write_draft``).
    """
    with transaction.atomic():
        case = begin(row.case, actor=actor, permission="investigate_case", states=DRAFTING)
        require_ours(row)
        notice = row.notices.filter(superseded_at=None).order_by("-round").first()
        if notice is not None and notice.issued_at:
            message = _("This notice is issued; return the case to investigation for a new one.")
            raise TransitionRefused([Refusal("notice_issued", message)])
        if notice is None:
            last = row.notices.aggregate(last=Max("round"))["last"] or 0
            notice = Notice(case_party=row, round=last + 1)
        notice.facts, notice.reasons, notice.basis = facts, reasons, basis
        notice.hearing_right, notice.drafted_by, notice.drafted_at = hearing_right, actor, now()
        write_draft(notice, row, penalties=penalties, citations=citations)
        record_act(case, "notice.drafted", actor=actor, data={"party": row.pk})
        return notice


def draft_decision(
    row: CaseParty,
    *,
    actor: User,
    fields: Mapping[str, Any],
    penalties: Sequence[Mapping[str, Any]],
    citations: Sequence[Cited] = (),
) -> Decision:
    """The draft decision of one party, with its penalties; written anew until issued.

    An article that does not apply and a fine outside its range are refused (``write_draft``).
    """
    with transaction.atomic():
        case = begin(row.case, actor=actor, permission="investigate_case", states=BEFORE_DECISION)
        require_ours(row)
        decision = row.decisions.filter(status=Decision.Status.DRAFT).first()
        if decision is None:
            last = row.decisions.order_by("-round").first()
            decision = Decision(
                case_party=row, round=last.round + 1 if last else 1, supersedes=last
            )
        for name, value in fields.items():
            setattr(decision, name, value)
        decision.drafted_by, decision.drafted_at = actor, now()
        write_draft(decision, row, penalties=penalties, citations=citations)
        record_act(case, "decision.drafted", actor=actor, data={"party": row.pk})
        return decision


def record_service(
    row: CaseParty,
    *,
    actor: User,
    method: str,
    served_at: datetime,
    receiver: str,
    notice: Notice | None = None,
    decision: Decision | None = None,
    paper: Document | None = None,
    announced_on: date | None = None,
    late_reason: str = "",
    **more: Any,
) -> Service:
    """送达: one document reached one party; its windows run from here (行政处罚法 art. 61).

    ``paper`` is the document made here; for a notice or decision it is found by its number. By
    announcement it is served when the time since ``announced_on`` is over.
    """
    issued: datetime | None = None
    if notice is not None or decision is not None:
        issued = notice.issued_at if notice else decision.decided_at if decision else None
        paper = _paper_of(row, notice or decision)
    elif paper is not None:
        issued = paper.issued_at
    with transaction.atomic():
        case = begin(
            row.case, actor=actor, permission="serve_documents", acted_at=served_at,
            late_reason=late_reason,
        )  # fmt: skip
        if (notice or decision or paper) and (issued is None or served_at < minute_of(issued)):
            message = _("A document is not served before it was issued.")
            raise TransitionRefused([Refusal("not_issued", message, field="acted_at")])
        require_announced(method, announced_on, issued=issued, served_at=served_at)
        service = Service.objects.create(
            case_party=row, notice=notice, decision=decision, paper=paper, method=method,
            served_at=served_at, receiver=receiver, recorded_by=actor, **more,
        )  # fmt: skip
        verb = "notice.served" if notice else "decision.served" if decision else "document.served"
        record_act(
            case, verb, actor=actor, acted_at=served_at, late_reason=late_reason,
            data={"party": row.pk, "method": method}
            | ({"announced_on": announced_on} if announced_on else {}),
        )  # fmt: skip
        return service


def _paper_of(row: CaseParty, issued: Any) -> Document | None:
    """The document of a notice or decision, if it was made here."""
    rows = Document.objects.filter(case_party=row, status=Document.Status.ISSUED)
    return rows.filter(number=issued.number).first() if issued.number else None


def record_payment(
    penalty: Penalty, *, actor: User, amount_fen: int, paid_on: date, voucher: str = ""
) -> Payment:
    """Money that came in; more than is owed is refused."""
    row = _imposed(penalty)
    with transaction.atomic():
        case = begin(row.case, actor=actor, permission="record_payment")
        _require_day(penalty, paid_on, "paid_on")
        paid = sum(p.amount_fen for p in penalty.payments.filter(for_surcharge=False))
        if paid + amount_fen > (penalty.amount_fen or 0):
            raise TransitionRefused([Refusal("overpaid", _("More than is owed."), field="amount")])
        payment = Payment.objects.create(
            penalty=penalty, amount_fen=amount_fen, paid_on=paid_on, voucher=voucher,
            recorded_by=actor,
        )  # fmt: skip
        owed = [p for p in row.decisions.latest("round").penalties.all() if p.amount_fen]
        settled = all(
            sum(q.amount_fen for q in p.payments.all() if not q.for_surcharge)
            >= (p.amount_fen or 0)
            for p in owed
        )
        verb = "penalty.paid" if settled else "penalty.part_paid"
        data = {"party": row.pk, "amount_fen": amount_fen, "on": paid_on}
        record_act(case, verb, actor=actor, data=data)
        return payment


def record_performed(penalty: Penalty, *, actor: User, performed_on: date) -> None:
    """A penalty that is not money was carried out."""
    row = _imposed(penalty)
    with transaction.atomic():
        case = begin(row.case, actor=actor, permission="record_payment")
        _require_day(penalty, performed_on, "performed_on")
        penalty.performed_on = performed_on
        penalty.save(update_fields=["performed_on"])
        data = {"party": row.pk, "penalty": penalty.pk, "on": performed_on}
        record_act(case, "penalty.performed", actor=actor, data=data)


def _require_day(penalty: Penalty, day: date, field: str) -> None:
    """Its decision stands, also under the lock; the day lies between the first one and today."""
    row = _imposed(Penalty.objects.select_related("decision__case_party").get(pk=penalty.pk))
    if day > today():
        message = _("An act cannot lie in the future.")
        raise TransitionRefused([Refusal("in_the_future", message, field=field)])
    decided = row.decisions.filter(decided_at__isnull=False).earliest("round").decided_at
    if decided and day < timezone.localdate(decided):
        message = _("A penalty is not carried out before it is imposed.")
        raise TransitionRefused([Refusal("before_decision", message, field=field)])


def _imposed(penalty: Penalty) -> CaseParty:
    """The party a standing decision imposed it on; a notice's intention is not paid."""
    if penalty.decision is None or penalty.decision.status != Decision.Status.ISSUED:
        message = _("Only a penalty of a decision that stands is carried out.")
        raise TransitionRefused([Refusal("not_issued", message)])
    return penalty.decision.case_party
