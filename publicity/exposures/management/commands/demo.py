"""``manage.py demo``: an invented county, its cases in every state, twelve of them exposed."""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.clock import today
from accounts.models import User
from accounts.published import PASSWORD
from publicity.exposures.demo import announce_categories, released_of, schedule_exposures
from publicity.pages.tree import ensure_tree
from workflow.api import Case
from workflow.demo import loader
from workflow.demo.texts import read


class Command(BaseCommand):
    help = "Load the demonstration into an empty database; only while TIEQUAN_DEBUG is on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are records already"
        )
        parser.add_argument(
            "--accounts", action="store_true", help="only list the accounts of a loaded demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            self._require_debug()
            self._list_accounts()
            return
        if loader.has_records():
            if options["if_empty"]:
                return
            raise CommandError(
                "There are leads or cases in this database: the demo would mix with them. "
                "Point TIEQUAN_DATABASE_URL at an empty database."
            )
        self._require_debug()
        if User.objects.exists():
            raise CommandError(
                "There are accounts in this database: the demo loads into an empty one only."
            )
        self._load()
        self._list_accounts()

    def _require_debug(self) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo's passwords are public, so it loads and lists its accounts only with "
                "TIEQUAN_DEBUG=1; they open nothing while that is off."
            )

    def _load(self) -> None:
        """Everything or nothing."""
        logging.getLogger("celery").setLevel(logging.WARNING)
        started = time.monotonic()
        with transaction.atomic():
            ensure_tree()
            rows = read("exposures", today=today())
            demo = loader.load(self._progress, also=partial(schedule_exposures, rows))
            announce_categories()
            released = released_of(list(demo.cases.values()))
        seconds = time.monotonic() - started
        self.stdout.write(
            f"\r{Case.objects.count()} cases, {released} of them exposed, in {seconds:.0f} s."
        )

    def _progress(self, done: int, total: int) -> None:
        if done % 20 == 0 or done == total:
            self.stdout.write(f"\rLoading the demo: {done * 100 // total} %", ending="")
            self.stdout.flush()

    def _list_accounts(self) -> None:
        about = {row["username"]: row["about"] for row in read_users()}
        self.stdout.write(f"Accounts of the demo (password {PASSWORD}):")
        for user in User.objects.filter(username__in=about).order_by("pk"):
            self.stdout.write(f"  {user.username:<14}{user.name}  {about[user.username]}")


def read_users() -> list[dict[str, Any]]:
    from accounts.clock import today

    rows: list[dict[str, Any]] = read("users", today=today())
    return rows
