"""`manage.py prepare`: what `make run` needs between installing and serving, and the serving."""

from __future__ import annotations

import os
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Migrate, load the demo into an empty database, say where it is."
    requires_system_checks = ()  # some checks read tables that the migrations make first

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000", help="the port that will be served")
        parser.add_argument(
            "--serve", action="store_true", help="serve it afterwards, in the same process"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._migrate()
        fresh = not get_user_model()._default_manager.exists()
        if fresh and settings.DEBUG:
            call_command("demo", stdout=self.stdout)
        call_command("check", stdout=self.stdout)
        if settings.DEBUG:  # no timer runs here; a real installation has its own
            call_command("tick", stdout=StringIO())
        address = f"127.0.0.1:{options['port']}"
        if settings.DEBUG and not fresh:
            self._list_demo_accounts()
        self._say("")
        self._say(f"Public site  http://{address}/")
        self._say(f"Staff        http://{address}/admin/")
        self._say(f"Stop with Ctrl+C; the data stays in {settings.VAR}.")
        if options["serve"]:
            os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
            call_command("runserver", address, use_reloader=False, skip_checks=True)

    def _migrate(self) -> None:
        """Also where no migration waits: what follows one may have been broken off last time."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Setting up the database …")
        call_command("migrate", interactive=False, verbosity=0)

    def _list_demo_accounts(self) -> None:
        accounts = StringIO()
        call_command("demo", accounts=True, stdout=accounts)
        lines = accounts.getvalue().splitlines()
        if len(lines) > 1:  # a heading alone: these are real accounts, not the demo's
            self._say("")
            for line in lines:
                self._say(line)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
