"""``manage.py deadline``: when a limit ends and why, for one question or a file of them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from workflow.clocks import store
from workflow.clocks.ask import Desk, as_json, dump
from workflow.clocks.calendar import LIBRARY
from workflow.clocks.rule import Answer, ClockError, iso
from workflow.clocks.rules import shipped_rules


class Command(BaseCommand):
    """Prints the answer of the same function the screens use."""

    help = "When a statutory limit ends: C1…C38, T1…T9, or a plugin's clock."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="C1…C38 (C29a, C34b…), T1…T9")
        parser.add_argument("--from", dest="start", help="2021-04-28 or 2021-04-28T09:00")
        parser.add_argument(
            "--pause", action="append", default=[], metavar="START:END[:REASON]",
            help="both days included; START: is still running",
        )  # fmt: skip
        parser.add_argument(
            "--extend", action="append", default=[], metavar="N[@GRANTED-ON]",
            help="in the clock's own unit",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--batch", metavar="FILE", help="JSON lines; - reads standard input")

    def handle(self, **options: Any) -> None:
        one = [options[name] for name in ("code", "start", "pause", "extend")]
        if any(one) if options["batch"] else not all(one[:2]):
            raise CommandError(_("Say which clock and --from when, or --batch FILE."))
        desk = self._desk()
        if options["batch"]:
            return self._batch(desk, options["batch"])
        try:
            answer = desk.ask(
                options["code"],
                options["start"],
                pauses=options["pause"],
                extensions=options["extend"],
            )
        except ClockError as error:
            raise CommandError(str(error)) from error
        if options["as_json"]:
            self.stdout.write(dump(as_json(answer)))
        else:
            self._tell(answer)
        return None

    def _desk(self) -> Desk:
        """Rules and calendar of the database; before it is migrated, what is shipped."""
        try:
            if versions := store.rulebook().rules:
                return Desk(versions, store.work_calendar())
        except (OperationalError, ProgrammingError):
            self.stderr.write(_("No database: the shipped rules and calendar were used."))
        return Desk(shipped_rules(), LIBRARY)

    def _batch(self, desk: Desk, name: str) -> None:
        try:
            with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
                for line in desk.batch(file):
                    self.stdout.write(dump(line))
        except OSError as error:
            raise CommandError(_("Cannot read %(file)s: %(why)s") % {
                "file": name, "why": error.strerror or str(error)
            }) from error  # fmt: skip

    def _tell(self, answer: Answer) -> None:
        due = iso(answer.due) if answer.due is not None else _("no date")
        self.stdout.write(f"{answer.rule.code} {answer.rule.name}: {due}")
        for step in answer.steps:
            self.stdout.write(f"  {step.render()}")
        for skip in answer.skipped:
            self.stdout.write(f"  - {skip.date.isoformat()} {skip.reason}")
        for warning in answer.warnings:
            self.stdout.write(f"  ! {warning.render()}")
