"""`manage.py catalogue`: keep the Chinese catalogue complete, without gettext's binaries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.management.catalogue import compile_stale, extract, problems, update


class Command(BaseCommand):
    help = "Update, check or compile locale/zh_Hans/LC_MESSAGES/django.po."
    requires_system_checks = ()  # `make run` compiles before the database exists

    def add_arguments(self, parser: CommandParser) -> None:
        action = parser.add_mutually_exclusive_group(required=True)
        action.add_argument("--update", action="store_true", help="add new texts, drop gone ones")
        action.add_argument("--check", action="store_true", help="fail while a text has no Chinese")
        action.add_argument("--compile", action="store_true", help="write the stale .mo files")

    def handle(self, *args: Any, **options: Any) -> None:
        locale = Path(settings.LOCALE_PATHS[0])
        po_path = locale / "zh_Hans" / "LC_MESSAGES" / "django.po"
        if options["compile"]:
            self.stdout.write(f"{len(compile_stale(locale))} catalogues compiled.")
            return
        extraction = extract(settings.BASE_DIR)
        if options["update"]:
            missing = update(po_path, extraction)
            self.stdout.write(f"{len(extraction.by_key())} texts, {missing} without a translation.")
            return
        if found := problems(po_path, extraction):
            raise CommandError("The catalogue is not complete:\n  " + "\n  ".join(found))
        self.stdout.write(f"The catalogue is complete: {len(extraction.by_key())} texts.")
