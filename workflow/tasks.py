"""Celery tasks of the core: they fetch, call one function and note what came of it."""

from __future__ import annotations

import logging

from celery import current_app, shared_task
from django.db import transaction
from django.db.models import F

from accounts.clock import now
from workflow.models import Announcement
from workflow.services import dossiers
from workflow.services.document_making import make_owed

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def run_announcement(*, announcement_id: int, task: str, owner: str) -> None:
    """Run one owed announcement unless it is done. A failure is noted and left for ``tick``."""
    with transaction.atomic():
        owed = Announcement.objects.select_for_update().filter(pk=announcement_id).first()
        if owed is None or owed.done_at is not None:
            return
        Announcement.objects.filter(pk=owed.pk).update(attempts=F("attempts") + 1)
        try:
            with transaction.atomic():
                current_app.tasks[task](line_id=owed.line_id)
        except Exception as error:
            logger.exception("Announcement %s of %s failed", task, owner)
            Announcement.objects.filter(pk=owed.pk).update(error=repr(error)[:500])
            return
        Announcement.objects.filter(pk=owed.pk).update(done_at=now(), error="")


@shared_task(ignore_result=True)
def make_documents(*, line_id: int) -> None:
    """Write the documents a step made; what fails says why and is made again by ``tick``."""
    make_owed(line_id)


@shared_task(ignore_result=True)
def bind_dossier(*, dossier_id: int) -> None:
    """Bind a dossier somebody asked for; what goes wrong stands in its row."""
    dossiers.bind_dossier(dossier_id)
