"""Rules the bureau may change: thresholds, number patterns, days of the work calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.access import forget, live_roles, may
from accounts.clock import now, today
from accounts.models import User
from accounts.roles import ROLES
from workflow.engine import journal
from workflow.models import Threshold, WorkDay


def save_setting(row: models.Model, *, by: User, changed: list[str]) -> Any:
    """The row is saved and the journal keeps which fields were set, and to what.

    Raises ``PermissionDenied`` without the act ``manage_settings``, and ``ValidationError`` for a
    threshold that has been in force.
    """
    with transaction.atomic():
        forget(by)
        if not may(by, "manage_settings"):
            raise PermissionDenied(_("Your posting does not allow this."))
        if isinstance(row, Threshold):
            _require_unused(row)
        row.full_clean()
        row.save()
        roles = "、".join(str(ROLES[code].label) for code in ROLES if code in live_roles(by))
        values = {name: _plain(getattr(row, name)) for name in changed}
        journal.append(
            row, verb="setting.changed", actor=by, acted_at=now(), actor_role=roles[:100],
            data={"values": values},
        )  # fmt: skip
    return row


def save_days(days: Sequence[WorkDay], *, by: User, source: str) -> None:
    """The days of a notice, each over what was entered for it before; part of the caller's act."""
    known = {row.day: row for row in WorkDay.objects.filter(day__in=[row.day for row in days])}
    for day in days:
        row = known.get(day.day, day)
        row.is_working, row.name, row.source = day.is_working, day.name, source
        save_setting(row, by=by, changed=["day", "is_working", "name", "source"])


def _require_unused(row: Threshold) -> None:
    """A threshold that was in force keeps its amount: another one begins on a later day."""
    stored = Threshold.objects.filter(pk=row.pk).first()
    if stored is None or stored.effective_from > today():
        return
    for name in ("code", "amount_fen", "effective_from"):
        if getattr(stored, name) != getattr(row, name):
            message = _("This one has been in force: add another that begins on a later day.")
            raise ValidationError({name: message})


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int) or value is None else str(value)
