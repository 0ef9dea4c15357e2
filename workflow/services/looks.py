"""Who looked at what belongs to a restricted record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.clock import now
from accounts.models import User
from workflow.engine import journal


def note_look(
    record: Any, verb: str, *, actor: User, data: Mapping[str, Any] | None = None, on: Any = None
) -> None:
    """A line in the journal when the record is restricted, else nothing.

    ``on`` names the record whose journal tells of it where that is another.
    """
    if not record.restricted:
        return
    with transaction.atomic():
        journal.append(on or record, verb=verb, actor=actor, acted_at=now(), data=data)
