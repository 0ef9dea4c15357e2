"""Refuses what Django's command of this name would do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError


class Command(createsuperuser.Command):
    help = "There are no superusers here; see create_admin."

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "There are no superusers: use manage.py create_admin --role system|security|audit."
        )
