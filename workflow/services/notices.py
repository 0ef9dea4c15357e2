"""Notices to one person, read."""

from __future__ import annotations

from accounts.clock import now
from accounts.models import User
from workflow.models import UserNotice


def mark_read(user: User, *, notice: int | None = None) -> int:
    """The person's notice, or all of them, count as read; returns how many were new."""
    rows = UserNotice.objects.filter(user=user, read_at=None)
    if notice is not None:
        rows = rows.filter(pk=notice)
    return rows.update(read_at=now())
