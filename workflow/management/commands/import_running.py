"""``manage.py import_running``: take over files under way from a spreadsheet; first only tries."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.services.import_running import Report, import_running
from workflow.services.import_running.reading import UnreadableFileError
from workflow.services.import_running.template import template

_EVERY = 500


class Command(BaseCommand):
    """Exit status 1 when a row is wrong, so that a script notices."""

    help = "Take over leads and cases that are under way from an xlsx or csv file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="xlsx, or csv in UTF-8 or GBK")
        parser.add_argument("--by", help="username of a member of the campaign office")
        parser.add_argument("--commit", action="store_true", help="write; without it only try")
        parser.add_argument(
            "--keep-good", action="store_true", help="write the good rows, leave out the wrong ones"
        )
        parser.add_argument("--template", metavar="OUT.xlsx", help="write the empty template")

    def handle(self, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if options["template"]:
                self._write_template(Path(options["template"]))
            elif not options["file"] or not options["by"]:
                raise CommandError(_("Name the file and, with --by, who takes it over."))
            else:
                self._tell(self._import(options), commit=options["commit"])

    def _write_template(self, path: Path) -> None:
        try:
            path.write_bytes(template())
        except OSError as error:
            message = _("Cannot write %(file)s: %(why)s")
            why = error.strerror or str(error)
            raise CommandError(message % {"file": path, "why": why}) from error
        self.stdout.write(_("Written: %(file)s.") % {"file": path})

    def _import(self, options: dict[str, Any]) -> Report:
        actor = User.objects.filter(username=options["by"], is_active=True).first()
        if actor is None:
            raise CommandError(
                _("There is no active account “%(name)s”.") % {"name": options["by"]}
            )
        path = Path(options["file"])
        try:
            with path.open("rb") as file:
                return import_running(
                    file, path.name, actor=actor, commit=options["commit"],
                    keep_good=options["keep_good"], progress=self._progress,
                )  # fmt: skip
        except OSError as error:
            message = _("Cannot read %(file)s: %(why)s")
            why = error.strerror or str(error)
            raise CommandError(message % {"file": path, "why": why}) from error
        except UnreadableFileError as error:
            raise CommandError("\n".join(error.messages)) from error
        except PermissionDenied as error:
            raise CommandError(str(error)) from error

    def _progress(self, doing: str, row: int) -> None:
        if row % _EVERY == 0:
            said = _("… row %(row)d checked") if doing == "check" else _("… row %(row)d written")
            self.stderr.write(said % {"row": row})

    def _tell(self, report: Report, *, commit: bool) -> None:
        for row, number, differs in report.already:
            text = _("Row %(row)d: %(number)s is there already.")
            if differs:
                text = _(
                    "Row %(row)d: %(number)s is there already and says something else; it was left "
                    "as it is. Correct it in the system."
                )
            self.stdout.write(text % {"row": row, "number": number})
        for error in report.errors:
            where = _("Row %(row)d") % {"row": error.row}
            column = f" {error.column}" if error.column else ""
            self.stdout.write(f"{where}{column}: {error.message}")
        summary = _(
            "%(rows)d rows: %(good)d good, %(already)d there already, %(wrong)d wrong; "
            "%(written)d written."
        )
        self.stdout.write(
            summary
            % {
                "rows": report.rows, "good": len(report.good), "already": len(report.already),
                "wrong": report.wrong_rows, "written": report.written,
            }
        )  # fmt: skip
        if not commit:
            self.stdout.write(_("Nothing was written: add --commit to write."))
        if report.errors:
            raise CommandError(_("Some rows are wrong."))
