"""How the money of a decision stands, and when the court may be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.clocks.store import ask
from workflow.guards.surcharge import Money, surcharge
from workflow.models import Challenge, Decision, Instalment, Payment, Penalty, Reminder
from workflow.models.challenge import window_code
from workflow.plugin import Attempt, Refusal, guard

APL_66 = gettext_lazy("Administrative Penalty Law art. 66")
ACL_53 = gettext_lazy("Administrative Coercion Law art. 53; Administrative Penalty Law art. 72")
ACL_54 = gettext_lazy("Administrative Coercion Law arts. 54, 69")


class Account:
    """The fines of one issued decision: imposed, paid, due when, and what comes on top."""

    def __init__(self, decision: Decision, *, asking: Callable[..., Any] = ask) -> None:
        self.decision = decision
        self._ask = asking

    def _day(self, code: str, start: date) -> date | None:
        """The last day of a limit, by the clock's rules."""
        due = self._ask(code, start).due
        return due if isinstance(due, date) else None

    @cached_property
    def rounds(self) -> list[Decision]:
        """This decision and, where it was made by changing another in part, what it changed."""
        found = [self.decision]
        if self.decision.changed_by_id:
            rows = {row.pk: row for row in self.decision.case_party.decisions.all()}
            while found[-1].changed_by_id and found[-1].supersedes_id in rows:
                found.append(rows[found[-1].supersedes_id])
        return found

    @cached_property
    def fines(self) -> list[Penalty]:
        """Fines alone: confiscations carry no surcharge. None of a decision that was revoked."""
        if self.decision.status == Decision.Status.REVOKED:
            return []
        return [p for p in self.decision.penalties.all() if p.kind == Penalty.Kind.FINE]

    @cached_property
    def served_on(self) -> date | None:
        """When the party received it; what others changed in part was served before."""
        served = [service.served_at for service in self.rounds[-1].services.all()]
        return timezone.localdate(min(served)) if served else None

    @cached_property
    def imposed(self) -> int:
        return sum(penalty.amount_fen or 0 for penalty in self.fines)

    def _payments(self, kind: str, *, for_surcharge: bool = False) -> list[Payment]:
        """What came in on penalties of a kind, also on those struck out since."""
        return [
            payment
            for row in self.rounds
            for penalty in row.penalties.all()
            if penalty.kind == kind
            for payment in penalty.payments.all()
            if payment.for_surcharge == for_surcharge
        ]

    @cached_property
    def paid(self) -> list[Money]:
        return [(p.paid_on, p.amount_fen) for p in self._payments(Penalty.Kind.FINE)]

    @cached_property
    def surcharge_paid(self) -> int:
        payments = self._payments(Penalty.Kind.FINE, for_surcharge=True)
        return sum(p.amount_fen for p in payments)

    @property
    def owed(self) -> int:
        """What of the fines is not paid."""
        return max(self.imposed - sum(fen for _day, fen in self.paid), 0)

    def to_refund(self, on: date) -> int:
        """What came in above what is owed since the decision was changed or revoked, in fen."""
        fell = self.decision.status == Decision.Status.REVOKED
        gains = [p for p in self.decision.penalties.all() if p.kind == Penalty.Kind.GAINS]
        confiscated = 0 if fell else sum(p.amount_fen or 0 for p in gains)
        received = sum(p.amount_fen for p in self._payments(Penalty.Kind.GAINS))
        over = [
            sum(fen for _day, fen in self.paid) - self.imposed,
            received - confiscated,
            self.surcharge_paid - self.surcharge(on),
        ]
        given = sum(refund.amount_fen for row in self.rounds for refund in row.refunds.all())
        return max(sum(max(fen, 0) for fen in over) - given, 0)

    @cached_property
    def plan(self) -> list[Instalment]:
        """The instalments of the plan that stands, of every fine that has one."""
        found: list[Instalment] = []
        for penalty in self.fines:
            plans = list(penalty.plans.all())
            found += _within(plans[-1].instalments.all(), penalty.amount_fen or 0) if plans else []
        return sorted(found, key=lambda part: part.due_on)

    @cached_property
    def last_day(self) -> date | None:
        """The last day to pay without a plan: 15 days from service (行政处罚法 art. 67)."""
        if self.served_on is None:
            return None
        return self._day("C27", self.served_on)

    @cached_property
    def due(self) -> list[Money]:
        """What falls due when: by the plan where there is one, the rest on the last day."""
        if self.last_day is None:
            return []
        planned: list[Money] = []
        for penalty in self.fines:
            plans = list(penalty.plans.all())
            if plans:
                agreed = _within(plans[-1].instalments.all(), penalty.amount_fen or 0)
                parts = [(i.due_on, i.amount_fen) for i in agreed]
                rest = (penalty.amount_fen or 0) - sum(fen for _day, fen in parts)
                planned += [*parts, (self.last_day, rest)] if rest else parts
            else:
                planned.append((self.last_day, penalty.amount_fen or 0))
        return sorted(planned)

    @cached_property
    def challenges(self) -> list[Challenge]:
        """Every level of every challenge against it, in the order of filing."""
        found = [c for row in self.rounds for c in row.challenges.all()]
        return sorted(found, key=lambda c: (c.filed_on, c.pk))

    @property
    def stops(self) -> list[tuple[date, date | None]]:
        """Days of reconsideration and lawsuit, which do not count (行政处罚法 art. 73)."""
        return [(c.filed_on, c.effective_on) for c in self.challenges]

    @property
    def is_contested(self) -> bool:
        """A level is open: its outcome is out, or not in effect yet."""
        return any(c.is_open for c in self.challenges)

    @property
    def is_suspended(self) -> bool:
        """The authority or court has stopped the execution meanwhile."""
        return any(c.is_open and c.enforcement_suspended for c in self.challenges)

    def surcharge(self, on: date) -> int:
        """The surcharge up to a day, in fen, paid or not."""
        return surcharge(self.imposed, due=self.due, paid=self.paid, stops=self.stops, until=on)

    @cached_property
    def court_from(self) -> date | None:
        """The first day on which the court may be asked, apart from the reminder.

        After the time to challenge is over and any challenge is decided; with a plan, after its
        last day. A reconsideration leaves its own time to sue in place of the usual one.
        """
        if self.served_on is None or self.is_contested:
            return None
        last = self.challenges[-1] if self.challenges else None
        window = window_code(last, "party") if last else ""
        if last is None or (last.kind == last.Kind.REVIEW and not window):
            over = self._day("C29b", self.served_on)
        else:
            over = self._day(window, last.served_on) if window and last.served_on else None
        ends = [over] if over else []
        ends += [c.effective_on for c in self.challenges if c.effective_on]
        ends += [part.due_on for part in self.plan]
        return max(ends) if ends else None

    @cached_property
    def court_until(self) -> date | None:
        """The last day on which the court may be asked (行政强制法 art. 53)."""
        if self.court_from is None:
            return None
        return self._day("C31", self.court_from)

    @cached_property
    def reminder(self) -> Reminder | None:
        found = list(self.decision.reminders.all())
        return found[-1] if found else None

    @cached_property
    def reminder_until(self) -> date | None:
        """The last day the party has after the reminder (行政强制法 arts. 54, 69)."""
        if self.reminder is None:
            return None
        return self._day("C30", timezone.localdate(self.reminder.served_at))


def _within(parts: Iterable[Instalment], total: int) -> list[Instalment]:
    """The instalments of a plan that a fine lowered since still fills, the last one cut."""
    found = []
    for part in sorted(parts, key=lambda part: part.due_on):
        if total > 0:
            part.amount_fen = min(part.amount_fen, total)
            found.append(part)
        total -= part.amount_fen
    return found


def court_refusals(account: Account, on: date) -> Iterator[Refusal]:
    """Why the court may not be asked on a day."""
    if not account.owed:
        yield Refusal("nothing_owed", _("The fine is paid."))
    if account.is_contested:
        message = _("A reconsideration or lawsuit is pending.")
        yield Refusal("challenge_pending", message, ACL_53)
        return
    if account.reminder_until is None:
        yield Refusal("no_reminder", _("First the party is reminded in writing."), ACL_54)
    elif on <= account.reminder_until:
        message = _("The party has until %(day)s after the reminder.")
        said = {"day": date_format(account.reminder_until)}
        yield Refusal("reminder_runs", message % said, ACL_54)
    if account.court_from is None or on <= account.court_from:
        message = _("The court is asked after the time to challenge and the plan: after %(day)s.")
        day = date_format(account.court_from) if account.court_from else "—"
        yield Refusal("too_early", message % {"day": day}, ACL_53)
    elif account.court_until is not None and on > account.court_until:
        message = _("The three months to ask the court ended on %(day)s.")
        said = {"day": date_format(account.court_until)}
        yield Refusal("too_late", message % said, ACL_53)


@guard(reads="data", law=APL_66)
def plan_adds_up(attempt: Attempt) -> Iterator[Refusal]:
    """Every day of the plan lies ahead and after the one before; the amounts are what is owed."""
    data = attempt.data or {}
    penalty, schedule = data.get("penalty"), data.get("schedule") or []
    if penalty is None or not schedule:
        return
    paid = sum(p.amount_fen for p in penalty.payments.all() if not p.for_surcharge)
    owed = (penalty.amount_fen or 0) - paid
    planned = sum(fen for _day, fen in schedule)
    if planned != owed:
        message = _("The instalments are %(planned)s fen together, %(owed)s fen are owed.")
        said = {"planned": planned, "owed": owed}
        yield Refusal("wrong_sum", message % said, field="schedule")
    days = [day for day, _fen in schedule]
    if days != sorted(set(days)):
        yield Refusal("wrong_order", _("Each day comes once, in order."), field="schedule")
    if attempt.approval is None and days and min(days) < timezone.localdate(attempt.now):
        yield Refusal("past_day", _("A day to pay lies in the past."), field="schedule")
