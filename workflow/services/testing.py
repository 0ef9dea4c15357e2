"""One test, every limit it stops: the measure's 30 days, the days to decide, those to verify."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.clocks.follow import PAUSE
from workflow.clocks.rule import VERIFIED
from workflow.clocks.store import rulebook
from workflow.engine.acts import begin, record_act
from workflow.engine.refusals import TransitionRefused
from workflow.models import Deadline, JournalLine
from workflow.plugin import Refusal
from workflow.services.limits import pause_limit
from workflow.services.recompute import record_of

TESTING = "testing"
#: The rule that leaves the days of a test out of a limit.
_LEFT_OUT_BY = {"C1": "C3", "C12": "C15", "C18": "C20"}


def stopped_too(deadline: Deadline) -> list[Deadline]:
    """Other open limits of the same file that the law stops for a reason this one knows too.

    The limits of C3, C15 and C20: days to verify or decide, and those of a sealing or seizure.
    """
    if deadline.case_id is None:
        rows = Deadline.objects.filter(lead=deadline.lead_id, case=None)
    else:
        rows = Deadline.objects.filter(case=deadline.case_id)
    mine = set(deadline.rule.stop_reasons)
    others = rows.filter(state__in=Deadline.OPEN).exclude(pk=deadline.pk).select_related("rule")
    return [row for row in others.order_by("pk") if mine & set(row.rule.stop_reasons)]


def leaves_out_for_sure(deadline: Deadline) -> bool:
    """Whether the article that leaves a test out of this limit has been read, not only heard of.

    Where it has not, the careful date counts the days; the bureau may confirm the rule.
    """
    code = _LEFT_OUT_BY.get(deadline.code)
    if code is None:
        return False
    row = rulebook().row(code, timezone.localdate(deadline.starts_at))
    return row.confidence == VERIFIED


def pause_together(
    deadline: Deadline, *, actor: User, also: Sequence[Deadline] = (), **pause: Any
) -> JournalLine:
    """``pause_limit`` for the limit and for those of ``stopped_too`` that are named.

    Each has a line on its own record; all or none. Raises ``TransitionRefused``.
    """
    with transaction.atomic():
        _refuse_unfit(also, offered=stopped_too(deadline), reason=pause["reason"])
        line = pause_limit(deadline, actor=actor, **pause)
        for other in also:
            pause_limit(other, actor=actor, **pause)
        return line


def stop_for_test(
    limits: Sequence[Deadline], *, actor: User, of: Deadline, days: tuple[date, date], document: str
) -> None:
    """The days of a test of goods stop these limits too. Part of the caller's transaction."""
    _refuse_unfit(limits, offered=stopped_too(of), reason=TESTING)
    for limit in limits:
        record = begin(record_of(limit), actor=actor, permission="manage_limits")
        data = {
            "deadline": limit.pk, "code": limit.code, "reason": TESTING, "from": days[0],
            "until": days[1], "document": document,
        }  # fmt: skip
        record_act(record, PAUSE, actor=actor, data=data)


def _refuse_unfit(limits: Iterable[Deadline], *, offered: Sequence[Deadline], reason: str) -> None:
    known = {limit.pk for limit in offered}
    for limit in limits:
        message = ""
        if limit.pk not in known or reason not in limit.rule.stop_reasons:
            message = _("%(limit)s does not stand still for this reason.")
        elif limit.pauses.filter(reason=reason, end_on=None).exists():
            message = _("%(limit)s: a pause for this reason is running already: end it first.")
        if message:
            refusal = Refusal(
                "not_stopped", message % {"limit": limit.rule.name}, limit.rule.source, field="also"
            )
            raise TransitionRefused([refusal])
