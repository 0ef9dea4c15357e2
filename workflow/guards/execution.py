"""How the money of a decision stands, and when the court may be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.clocks.store import ask
from workflow.guards.surcharge import Money, surcharge
from workflow.models import Challenge, Decision, Instalment, Penalty, Reminder
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
    def fines(self) -> list[Penalty]:
        """Fines alone: confiscations carry no surcharge."""
        return [p for p in self.decision.penalties.all() if p.kind == Penalty.Kind.FINE]

    @cached_property
    def served_on(self) -> date | None:
        served = [service.served_at for service in self.decision.services.all()]
        return timezone.localdate(min(served)) if served else None

    @cached_property
    def imposed(self) -> int:
        return sum(penalty.amount_fen or 0 for penalty in self.fines)

    @cached_property
    def paid(self) -> list[Money]:
        return [
            (p.paid_on, p.amount_fen)
            for penalty in self.fines
            for p in penalty.payments.all()
            if not p.for_surcharge
        ]

    @cached_property
    def surcharge_paid(self) -> int:
        payments = [p for penalty in self.fines for p in penalty.payments.all()]
        return sum(p.amount_fen for p in payments if p.for_surcharge)

    @property
    def owed(self) -> int:
        """What of the fines is not paid."""
        return self.imposed - sum(fen for _day, fen in self.paid)

    @cached_property
    def plan(self) -> list[Instalment]:
        """The instalments of the plan that stands, of every fine that has one."""
        found: list[Instalment] = []
        for penalty in self.fines:
            plans = list(penalty.plans.all())
            found += plans[-1].instalments.all() if plans else []
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
                parts = [(i.due_on, i.amount_fen) for i in plans[-1].instalments.all()]
                rest = (penalty.amount_fen or 0) - sum(fen for _day, fen in parts)
                planned += [*parts, (self.last_day, rest)] if rest else parts
            else:
                planned.append((self.last_day, penalty.amount_fen or 0))
        return sorted(planned)

    @property
    def stops(self) -> list[tuple[date, date | None]]:
        """Days of reconsideration and lawsuit, which do not count (行政处罚法 art. 73)."""
        return [(c.filed_on, c.outcome_on) for c in self.decision.challenges.all()]

    @property
    def is_contested(self) -> bool:
        pending = Challenge.Outcome.PENDING
        return any(c.outcome == pending for c in self.decision.challenges.all())

    def surcharge(self, on: date) -> int:
        """The surcharge up to a day, in fen, paid or not."""
        return surcharge(self.imposed, due=self.due, paid=self.paid, stops=self.stops, until=on)

    @cached_property
    def court_from(self) -> date | None:
        """The first day on which the court may be asked, apart from the reminder.

        After the time to challenge is over and any challenge is decided; with a plan, after its
        last day.
        """
        if self.served_on is None or self.is_contested:
            return None
        over = self._day("C29b", self.served_on)
        ends = [over] if over else []
        ends += [c.outcome_on for c in self.decision.challenges.all() if c.outcome_on]
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
