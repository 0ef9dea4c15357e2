"""Acts of which somebody enters the day, not the moment."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from accounts.clock import now, today
from accounts.models import User
from workflow.engine.acts import begin
from workflow.engine.refusals import TransitionRefused
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
