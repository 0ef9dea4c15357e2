"""Loads units and outside authorities from a file; repeating it changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.organisation import DONGZHI, load_organisation


class Command(BaseCommand):
    help = "Load the bureau's units and the outside authorities (default: Dongzhi county, 2021)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=DONGZHI)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_organisation(options["file"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"{loaded.created} created, {loaded.changed} changed, {loaded.unchanged} unchanged."
        )
