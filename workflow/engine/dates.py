"""Two dates: when an act happened and when it was typed; what the first one may be."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import now as clock_now
from accounts.prepared import Prepared
from workflow.clocks.calendar import working_days_between
from workflow.models import Approval, ApprovalStep, JournalLine
from workflow.plugin import Refusal

#: A page's minutes are not its seconds: an act "now" may lie this far ahead of the server.
SKEW = timedelta(minutes=1)


def date_refusals(
    record: Any, acted_at: datetime, late_reason: str, *, now: datetime
) -> list[Refusal]:
    """Why an act may not be dated ``acted_at``: in the future, before the act it follows, late.

    More than one working day between the act and its entry asks for a reason.
    """
    if acted_at > now + SKEW:
        return [Refusal("in_the_future", _("An act cannot lie in the future."), field="acted_at")]
    found = []
    if (before := last_moved_at(record)) and acted_at < minute_of(before):
        moment = date_format(timezone.localtime(before), "DATETIME_FORMAT")
        message = _("This act follows the one of %(moment)s and cannot lie before it.")
        found.append(Refusal("before_previous", message % {"moment": moment}, field="acted_at"))
    if not late_reason and is_late(acted_at, now):
        message = _("Entered more than one working day after the act: give the reason.")
        found.append(Refusal("late", message, field="late_reason"))
    return found


def signature_refusals(
    approval: Approval, record: Any, signed_at: datetime, late_reason: str
) -> list[Refusal]:
    """Why a signature may not be dated ``signed_at``: as an act, and after the one before it."""
    found = date_refusals(record, signed_at, late_reason, now=clock_now())
    signed = approval.steps.filter(outcome=ApprovalStep.Outcome.SIGNED).order_by("-order").first()
    is_told = any(refusal.code == "before_previous" for refusal in found)
    if signed and not is_told and signed.signed_at and signed_at < minute_of(signed.signed_at):
        moment = date_format(timezone.localtime(signed.signed_at), "DATETIME_FORMAT")
        message = _("The signature before this one is of %(moment)s; yours cannot lie before it.")
        said = message % {"moment": moment}
        found.append(Refusal("before_signature", said, field="acted_at"))
    return found


_LAST_MOVE = Prepared(
    lambda kind, pk: JournalLine.objects.filter(record_type=kind, record_id=pk)
    .exclude(target="")
    .order_by("-seq")
    .values_list("acted_at", flat=True)[:1],
    str, int,
)  # fmt: skip


def last_moved_at(record: Any) -> datetime | None:
    """When the last act that moved this record (or opened it) happened."""
    moment: datetime | None = _LAST_MOVE.first(record._meta.label_lower, record.pk)
    return moment


def is_late(acted_at: datetime, now: datetime) -> bool:
    if now - acted_at < timedelta(days=1):
        return False
    first, last = timezone.localdate(acted_at), timezone.localdate(now)
    return working_days_between(first, last) > 1


def minute_of(moment: datetime) -> datetime:
    """The minute of a moment: forms give minutes, and an act of the same minute follows."""
    return moment.replace(second=0, microsecond=0)
