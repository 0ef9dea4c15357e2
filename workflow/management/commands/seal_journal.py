"""Seals the journal's new lines under today's date and prints the seal, to be kept elsewhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts import clock
from workflow.engine.journal_seal import seal


class Command(BaseCommand):
    help = "Seal the journal for today (tick does it daily) and print the seal on one line."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(seal(clock.today(), now=clock.now())))
