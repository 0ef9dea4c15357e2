"""Who handles a lead or a case from a moment on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from workflow.models import AccessGrant, Handler


def set_handlers(
    record: Any, users: Iterable[User], *, by: User | None, on: datetime
) -> list[Handler]:
    """Afterwards exactly ``users`` handle the record, the first one leading; rows are never lost.

    Handlers of a restricted record are among the people named to know.
    """
    day = timezone.localdate(on)
    chosen = list(dict.fromkeys(users))
    current = {handler.user_id: handler for handler in record.handlers.filter(ended_on=None)}
    for user_id, handler in current.items():
        if user_id not in {user.pk for user in chosen}:
            handler.ended_on = day
            handler.save(update_fields=["ended_on"])
    for position, user in enumerate(chosen):
        handler = current.get(user.pk) or Handler(**{record.machine: record}, user=user)
        handler.is_lead_handler = position == 0
        handler.qualification_no = user.qualification_no
        if handler.pk is None:
            handler.assigned_by, handler.assigned_on = by, day
        handler.save()
    if record.restricted:
        name_to_know(record, chosen, by=by, reason="办理")
    return list(record.handlers.filter(ended_on=None))


def name_to_know(record: Any, users: Iterable[User], *, by: User | None, reason: str) -> None:
    """Open a restricted record to people by name; who is named already stays as named."""
    named = set(record.grants.live().values_list("user_id", flat=True))
    for user in users:
        if user.pk not in named:
            AccessGrant.objects.create(
                **{record.machine: record}, user=user, kind=AccessGrant.Kind.NAMED, reason=reason,
                granted_by=by,
            )  # fmt: skip
