from __future__ import annotations

from celery import shared_task

from accounts.clock import now


@shared_task
def tell_lab(*, line_id: int) -> None:
    from lab_test.models import Sample
    from workflow.api import JournalLine

    line = JournalLine.objects.get(pk=line_id)
    Sample.objects.filter(case_id=line.case_id, told_at=None).update(told_at=now())
