"""Announcements: owed in the database, sent after commit, sent again by ``tick`` when lost."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction

from accounts.clock import now
from workflow.models import Announcement, JournalLine

logger = logging.getLogger(__name__)
RETRY_AFTER = timedelta(minutes=10)
MAX_ATTEMPTS = 20
#: Runs one announcement; by name, because tasks lie above the engine.
TASK = "workflow.tasks.run_announcement"


def announce(line: JournalLine, task: Any, owner: str) -> None:
    """Owe ``task(line_id=…)`` for the line; it is sent when the transaction commits.

    The task must be safe to repeat. One that fails is logged with its owner and tried again.
    """
    owed = Announcement.objects.create(line=line, task=task.name)
    transaction.on_commit(lambda: _send(owed.pk, task, owner), robust=True)


def resend_announcements(at: datetime | None = None) -> int:
    """Send again what is still owed after ten minutes; returns how many were tried."""
    moment = at or now()
    owed = Announcement.objects.filter(
        done_at=None, created_at__lt=moment - RETRY_AFTER, attempts__lt=MAX_ATTEMPTS
    ).order_by("created_at")
    tried = 0
    for announcement in owed[:500]:
        if task := current_app.tasks.get(announcement.task):
            _send(announcement.pk, task, announcement.task)
            tried += 1
    return tried


def _send(announcement_id: int, task: Any, owner: str) -> None:
    current_app.tasks[TASK].delay(announcement_id=announcement_id, task=task.name, owner=owner)
