"""Reminders, the court, and surcharges that were paid."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.clock import today
from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.refusals import TransitionRefused
from workflow.guards.execution import Account, court_refusals
from workflow.models import (
    CourtApplication,
    Decision,
    Document,
    Payment,
    Penalty,
    Refund,
    Reminder,
    Service,
)
from workflow.numbering import issue_number
from workflow.plugin import Refusal
from workflow.states import CaseState as S

CARRIED_OUT_IN = (S.DECIDED, S.ENFORCING)
SUSPENDED = gettext_lazy(
    "Administrative Reconsideration Law art. 42; Administrative Litigation Law art. 56"
)


def remind(
    decision: Decision,
    *,
    actor: User,
    served_at: datetime,
    receiver: str,
    method: str = Service.Method.DIRECT,
    answer: str = "",
    paper: Document | None = None,
    late_reason: str = "",
) -> Reminder:
    """催告: numbered, with what is owed on its day, and served; ten working days run.

    ``paper`` is the reminder made here, whose number it bears; without it a number is issued.
    Refused while nothing is overdue. 行政强制法 art. 54.
    """
    row = decision.case_party
    with transaction.atomic():
        case = begin(
            row.case, actor=actor, permission="serve_documents", acted_at=served_at,
            late_reason=late_reason, states=CARRIED_OUT_IN,
        )  # fmt: skip
        account, day = _account(decision), timezone.localdate(served_at)
        _require_overdue(account, day)
        _require_issued(paper, day, field="acted_at")
        reminder = Reminder.objects.create(
            decision=decision, fine_fen=account.owed, surcharge_fen=account.surcharge(day),
            number=paper.number if paper else issue_number("reminder", on=day, unit=case.unit),
            served_at=served_at, receiver=receiver, answer=answer, recorded_by=actor,
        )  # fmt: skip
        Service.objects.create(
            case_party=row, paper=paper, method=method,
            document=str(paper or f"履行催告书 {reminder.number}"),
            served_at=served_at, receiver=receiver, recorded_by=actor,
            witness=receiver if method == Service.Method.LEFT else "",
        )  # fmt: skip
        may_ask = account.court_from is not None and account.court_from <= today()
        data = {"party": row.pk, "court_from": account.court_from if may_ask else None}
        record_act(
            case, "reminder.served", actor=actor, acted_at=served_at, late_reason=late_reason,
            data=data,
        )  # fmt: skip
        return reminder


def _require_overdue(account: Account, day: date) -> None:
    if account.is_suspended:
        message = _("Execution is suspended while the challenge is open.")
        raise TransitionRefused([Refusal("suspended", message, SUSPENDED)])
    if not account.owed or not any(due < day for due, _fen in account.due):
        message = _("Nothing is overdue: the party is reminded after the last day to pay.")
        raise TransitionRefused([Refusal("not_overdue", message)])


def _require_issued(paper: Document | None, on: date, *, field: str) -> None:
    if paper is not None and (paper.issued_at is None or on < timezone.localdate(paper.issued_at)):
        message = _("A document is not served before it was issued.")
        raise TransitionRefused([Refusal("not_issued", message, field=field)])


def apply_to_court(
    decision: Decision, *, actor: User, court: str, applied_on: date, paper: Document | None = None
) -> CourtApplication:
    """申请人民法院强制执行: after reminder and challenge period, within three months.

    ``paper`` is the application made here, whose number it bears; without it a number is issued.
    """
    row = decision.case_party
    with transaction.atomic():
        case = begin(row.case, actor=actor, permission="propose_case_act", states=CARRIED_OUT_IN)
        account = _account(decision)
        wrong = list(court_refusals(account, applied_on))
        if applied_on > today():
            message = _("An act cannot lie in the future.")
            wrong.append(Refusal("in_the_future", message, field="applied_on"))
        open_ones = decision.court_applications.exclude(outcome__in=CourtApplication.FINAL)
        if open_ones.exists():
            wrong.append(Refusal("applied_already", _("The court has been asked already.")))
        if wrong:
            raise TransitionRefused(wrong)
        _require_issued(paper, applied_on, field="applied_on")
        application = CourtApplication.objects.create(
            decision=decision, court=court, applied_on=applied_on, fine_fen=account.owed,
            surcharge_fen=account.surcharge(applied_on), recorded_by=actor,
            number=paper.number if paper else issue_number("court", on=applied_on, unit=case.unit),
        )  # fmt: skip
        record_act(case, "court.applied", actor=actor, data={"party": row.pk, "on": applied_on})
        return application


def record_court_outcome(
    application: CourtApplication,
    *,
    actor: User,
    outcome: str,
    outcome_on: date,
    file_number: str = "",
    note: str = "",
) -> CourtApplication:
    """What the court said; that it ended the enforcement is a ground to close the case."""
    row = application.decision.case_party
    with transaction.atomic():
        case = begin(row.case, actor=actor, permission="propose_case_act")
        found = CourtApplication.objects.select_for_update().get(pk=application.pk)
        if found.outcome in CourtApplication.FINAL:
            message = _("The court's last word is recorded already.")
            raise TransitionRefused([Refusal("settled", message)])
        if outcome_on > today() or outcome_on < found.applied_on:
            message = _("The day lies between the application and today.")
            raise TransitionRefused([Refusal("wrong_day", message, field="outcome_on")])
        found.outcome, found.outcome_on = outcome, outcome_on
        found.file_number, found.note = file_number, note
        found.save()
        data = {"party": row.pk, "outcome": outcome, "on": outcome_on}
        record_act(case, "court.answered", actor=actor, data=data)
        return found


def record_surcharge(
    penalty: Penalty, *, actor: User, amount_fen: int, paid_on: date, voucher: str = ""
) -> Payment:
    """A surcharge that came in; more than had come up by that day is refused."""
    decision = penalty.decision
    if decision is None:
        message = _("Only a penalty of a decision that stands is carried out.")
        raise TransitionRefused([Refusal("not_issued", message)])
    row = decision.case_party
    with transaction.atomic():
        case = begin(row.case, actor=actor, permission="record_payment")
        account = _account(decision)
        if account.surcharge_paid + amount_fen > account.surcharge(paid_on):
            raise TransitionRefused([Refusal("overpaid", _("More than is owed."), field="amount")])
        payment = Payment.objects.create(
            penalty=penalty, amount_fen=amount_fen, paid_on=paid_on, voucher=voucher,
            for_surcharge=True, recorded_by=actor,
        )  # fmt: skip
        data = {"party": row.pk, "amount_fen": amount_fen, "on": paid_on}
        record_act(case, "surcharge.paid", actor=actor, data=data)
        return payment


def record_refund(
    decision: Decision, *, actor: User, amount_fen: int, refunded_on: date, voucher: str = ""
) -> Refund:
    """Money given back since the decision was changed or revoked; more than due is refused."""
    row = decision.case_party
    with transaction.atomic():
        case = begin(row.case, actor=actor, permission="record_payment")
        account = Account(decision)
        wrong = []
        if amount_fen > account.to_refund(today()):
            message = _("More than is to be given back.")
            wrong.append(Refusal("too_much", message, field="amount"))
        if refunded_on > today():
            message = _("An act cannot lie in the future.")
            wrong.append(Refusal("in_the_future", message, field="refunded_on"))
        if wrong:
            raise TransitionRefused(wrong)
        refund = Refund.objects.create(
            decision=decision, amount_fen=amount_fen, refunded_on=refunded_on, voucher=voucher,
            recorded_by=actor,
        )  # fmt: skip
        data = {"party": row.pk, "amount_fen": amount_fen, "on": refunded_on}
        record_act(case, "penalty.refunded", actor=actor, data=data)
        return refund


def _account(decision: Decision) -> Account:
    if decision.status != Decision.Status.ISSUED:
        message = _("Only a penalty of a decision that stands is carried out.")
        raise TransitionRefused([Refusal("not_issued", message)])
    return Account(decision)
