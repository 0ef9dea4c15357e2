"""Who looked at a record, and at the files that belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.clock import now, today
from accounts.models import User
from workflow.engine import journal
from workflow.models import JournalLine


def note_look(
    record: Any, verb: str, *, actor: User, data: Mapping[str, Any] | None = None, on: Any = None
) -> None:
    """A line in the journal, once a day and person for the same thing.

    ``on`` names the record whose journal tells of it where that is another.
    """
    own, told = on or record, dict(data or {})
    today_s = JournalLine.objects.filter(
        record_type=own._meta.label_lower, record_id=own.pk, verb=verb, actor=actor,
        recorded_at__date=today(),
    )  # fmt: skip
    if any(line.data == told for line in today_s):
        return
    with transaction.atomic():
        journal.append(own, verb=verb, actor=actor, acted_at=now(), data=told)
