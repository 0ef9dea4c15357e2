"""Acts of which somebody enters the day, not the moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from accounts.clock import now, today
from accounts.models import User
from workflow.clocks.rule import ClockError
from workflow.engine.acts import begin, record_act
from workflow.engine.refusals import TransitionRefused
from workflow.models import JournalLine
from workflow.plugin import Refusal


def moment_of(day: date) -> datetime:
    """The first minute of a day; of today the present moment."""
    if day == today():
        return now()
    return timezone.make_aware(datetime.combine(day, time()))


def begin_on(
    day: date, record: Any, *, actor: User, permission: str, late_reason: str, field: str
) -> Any:
    """The record locked for an act of that day; a wrong day is said beside ``field``."""
    try:
        return begin(
            record, actor=actor, permission=permission, acted_at=moment_of(day),
            late_reason=late_reason.strip(),
        )  # fmt: skip
    except TransitionRefused as refused:
        raise TransitionRefused([
            Refusal(r.code, r.message, r.law, r.link, field if r.field == "acted_at" else r.field)
            for r in refused.refusals
        ]) from refused  # fmt: skip


def record_on(
    day: date, record: Any, verb: str, *, actor: User, data: Mapping[str, Any], late_reason: str,
    reason: str = "", field: str = "",
) -> JournalLine:  # fmt: skip
    """The line of an act of that day; what the clocks refuse is said beside ``field``."""
    try:
        return record_act(
            record, verb, actor=actor, acted_at=moment_of(day), reason=reason,
            late_reason=late_reason.strip(), data=data,
        )  # fmt: skip
    except ClockError as error:
        raise TransitionRefused([Refusal("clock", str(error), field=field)]) from error
