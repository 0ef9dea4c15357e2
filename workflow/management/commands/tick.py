"""``manage.py tick``: do what is due now. Safe to repeat, and to run beside itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.clock import now
from workflow.tick import tick


class Command(BaseCommand):
    """Reminders, lapsed rights, grants of new and ended postings, lost announcements, the seal."""

    help = "Do everything that is due now (call it every five minutes)."

    def handle(self, **options: Any) -> None:
        done = tick(now())
        for job in done:
            if job.count and not job.error:
                self.stdout.write(f"{job.name}: {job.count}")
        failed = [f"{job.name}: {job.error}" for job in done if job.error]
        if failed:
            raise CommandError(_("Failed: %(jobs)s") % {"jobs": "; ".join(failed)})
