"""Build the shipped forms from their descriptions (``docs/forms.md``)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow.documents.builder.shipping import outdated, ship


class Command(BaseCommand):
    help = "Build the shipped document forms from workflow/documents/sources."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if outdated")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        if not check:
            self.stdout.write(f"{len(ship())} written.")
        elif names := outdated():
            raise CommandError(f"Not built from their descriptions: {', '.join(names)}.")
