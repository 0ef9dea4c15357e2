"""The tab 执行: per party what was imposed, paid and is due, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import today
from workflow.clocks import store
from workflow.guards.execution import Account
from workflow.models import Case, CourtApplication, Decision, PaymentPlan, Penalty


@dataclass(frozen=True, slots=True)
class Standing:
    """One decision's account as of today."""

    account: Account
    surcharge: int
    to_refund: int
    next_step: str
    may_remind: bool
    may_apply: bool

    @property
    def decision(self) -> Decision:
        return self.account.decision

    @property
    def surcharge_left(self) -> int:
        return max(self.surcharge - self.account.surcharge_paid, 0)


def standings_of(case: Case) -> list[Standing]:
    """Every decision with a fine that stands, or on which money may have to be given back.

    The number of queries does not grow with them.
    """
    plans = Prefetch("plans", PaymentPlan.objects.prefetch_related("instalments"))
    penalties = Prefetch("penalties", Penalty.objects.prefetch_related("payments", plans))
    read = (penalties, "services", "challenges", "refunds")
    issued = Q(status=Decision.Status.ISSUED)
    decisions = Decision.objects.filter(
        issued & (Q(penalties__kind=Penalty.Kind.FINE) | Q(changed_by__isnull=False))
        | Q(status=Decision.Status.REVOKED, penalties__payments__isnull=False),
        case_party__case=case,
    ).distinct()  # fmt: skip
    earlier = Decision.objects.filter(superseded_by__changed_by__isnull=False)
    rows = decisions.select_related("case_party__party").prefetch_related(
        *read, "reminders", "court_applications",
        Prefetch("case_party__decisions", earlier.prefetch_related(*read)),
    )  # fmt: skip
    found = list(rows.order_by("case_party__order", "pk"))
    if not found:
        return []
    rules, calendar = store.rulebook().rules, store.work_calendar()
    asking = partial(store.ask, versions=rules, calendar=calendar)
    return [_standing(Account(row, asking=asking), today()) for row in found]


def _standing(account: Account, on: date) -> Standing:
    overdue = any(day < on for day, _fen in account.due) and bool(account.owed)
    reminded = account.reminder_until is not None and on > account.reminder_until
    window = account.court_from is not None and account.court_from < on
    in_time = account.court_until is None or on <= account.court_until
    asked = [a for a in account.decision.court_applications.all()
             if a.outcome not in CourtApplication.FINAL]  # fmt: skip
    return Standing(
        account,
        account.surcharge(on),
        account.to_refund(on),
        _next_step(account, on, overdue=overdue, asked=bool(asked)),
        may_remind=overdue and not account.is_suspended,
        may_apply=overdue and reminded and window and in_time and not asked,
    )


def _next_step(account: Account, on: date, *, overdue: bool, asked: bool) -> str:
    """One sentence: what the bureau may lawfully do next, or waits for."""
    if said := _nothing_to_do(account):
        return said
    if not overdue:
        day = next((day for day, _fen in account.due if day >= on), on)
        return _("The party has until %(day)s.") % {"day": date_format(day)}
    if asked:
        return _("The court has been asked: wait for it.")
    if account.reminder_until is None:
        return _("Overdue: remind the party in writing.")
    if account.is_contested:
        return _("Reminded; a challenge is pending: the court is asked after it.")
    if on <= account.reminder_until:
        said = date_format(account.reminder_until)
        return _("Reminded: the party has until %(day)s.") % {"day": said}
    if account.court_from is None or account.court_from >= on:
        said = date_format(account.court_from) if account.court_from else "—"
        return _("Reminded: the court may be asked after %(day)s.") % {"day": said}
    if account.court_until is not None and on > account.court_until:
        said = date_format(account.court_until)
        return _("The three months to ask the court ended on %(day)s.") % {"day": said}
    said = date_format(account.court_until) if account.court_until else "—"
    return _("Ask the court for enforcement, until %(day)s.") % {"day": said}


def _nothing_to_do(account: Account) -> str:
    """Why nothing is enforced on the decision now; "" where something may be."""
    if account.decision.status == Decision.Status.REVOKED:
        return _("The decision was revoked: what was paid on it is given back.")
    if account.served_on is None:
        return _("The decision is not served yet: serve it.")
    if not account.owed:
        return _("The fine is paid.")
    if account.is_suspended:
        return _("Execution is suspended while the challenge is open.")
    return ""


def get_court_application(case: Case, pk: int) -> CourtApplication:
    """An application about a decision of this case; else ``Http404``."""
    rows = CourtApplication.objects.select_related("decision__case_party__party")
    return get_object_or_404(rows, decision__case_party__case=case, pk=pk)
