"""Proves the journal, or names the first line that was altered, removed or inserted."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow.engine.journal_proof import Problem, Tally, verify, verify_record


def record_key(text: str) -> tuple[str, int]:
    """``workflow.case:17`` as type and number."""
    kind, colon, number = text.rpartition(":")
    if not colon or not kind or not (number.isascii() and number.isdigit()):
        raise ArgumentTypeError("write it as workflow.case:17")
    return kind.lower(), int(number)


class Command(BaseCommand):
    help = (
        "Verify every chain of the journal and the daily seals. Exit status 1 when one is broken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--record", type=record_key, help="one record, as workflow.case:17")
        parser.add_argument("--all", action="store_true", help="go on after the first problem")

    def handle(self, *args: Any, **options: Any) -> None:
        tally = Tally(report=self._progress)
        problems: Iterable[Problem]
        if options["record"]:
            problems = verify_record(*options["record"], tally=tally)
            if not problems and not tally.lines:
                raise CommandError("The journal has no line of this record.")
        else:
            problems = verify(tally=tally)
        found = 0
        for problem in problems:
            found += 1
            self.stdout.write(f"BROKEN {problem}")
            if not options["all"]:
                break
        if found:
            raise CommandError("The journal is not as it was written.")
        self.stdout.write(f"ok {tally.lines} lines, {tally.records} records, {tally.seals} seals")

    def _progress(self, tally: Tally) -> None:
        self.stderr.write(f"… {tally.lines} lines, {tally.records} records", ending="\n")
