"""A whole file: every row checked, then all of them written, or the good ones, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.access import forget, may, roles_on
from accounts.models import User
from workflow.clocks.rule import ClockError
from workflow.engine.refusals import TransitionRefused
from workflow.engine.take_over import Source, taken_over_as
from workflow.models import Case, Lead
from workflow.services.import_running.columns import titled
from workflow.services.import_running.numbers import taken_errors
from workflow.services.import_running.reading import read_rows
from workflow.services.import_running.reference import Reference
from workflow.services.import_running.rows import RowError, RunningFile, check_row
from workflow.services.import_running.write_case import write_file

CHUNK = 200
Progress = Callable[[str, int], None]


def _silent(doing: str, row: int) -> None:
    """Nobody watches."""


@dataclass
class Report:
    """What became of a file's rows. ``already``: (row, number, whether it says something else)."""

    name: str
    rows: int = 0
    good: list[RunningFile] = field(default_factory=list)
    already: list[tuple[int, str, bool]] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    written: int = 0

    @property
    def wrong_rows(self) -> int:
        return len({error.row for error in self.errors})


def import_running(
    file: BinaryIO,
    name: str,
    *,
    actor: User,
    commit: bool = False,
    keep_good: bool = False,
    progress: Progress = _silent,
) -> Report:
    """Check every row; with ``commit`` write them: all or, with ``keep_good``, those without error.

    Without ``keep_good`` one wrong row keeps the whole file out. A row whose number was taken over
    before is left as it is, so the same file may come twice. Raises ``PermissionDenied``, and
    ``UnreadableFileError`` for a file that is no table.
    """
    forget(actor)
    if not may(actor, "import_running"):
        raise PermissionDenied(_("Your posting does not allow this."))
    report = Report(name[:100])
    known = Reference(actor)
    seen: dict[str, int] = {}
    for number, row in read_rows(file):
        report.rows += 1
        progress("check", number)
        found = check_row(number, row, known)
        if isinstance(found, RunningFile):
            _sort_in(found, known, seen, report)
        else:
            report.errors += found
    if commit and report.good and (keep_good or not report.errors):
        with translation.override(settings.LANGUAGE_CODE):
            _write(report, actor, keep_good=keep_good, progress=progress)
    return report


def _sort_in(found: RunningFile, known: Reference, seen: dict[str, int], report: Report) -> None:
    """New, there already, or in another's way."""
    model: type[models.Model] = Case if found.is_case else Lead
    kind, pk = known.issued.get(found.number, ("", None))
    if kind == model._meta.label_lower and found.number not in seen:
        record = model._base_manager.filter(pk=pk).first()
        digest = taken_over_as(record) if record is not None else None
        if digest is not None:
            seen[found.number] = found.row
            report.already.append((found.row, found.number, digest != found.digest))
            return
    wrong = list(taken_errors(found.values, found.row, known, seen))
    if wrong:
        report.errors += [RowError(found.row, titled(name), text) for name, text in wrong]
    else:
        report.good.append(found)


def _write(report: Report, actor: User, *, keep_good: bool, progress: Progress) -> None:
    """One transaction; with ``keep_good`` one per chunk, so that a long file may be taken up."""
    rows = iter(report.good)
    chunks = iter(lambda: list(islice(rows, CHUNK if keep_good else len(report.good))), [])
    for chunk in chunks:
        with transaction.atomic():
            written = _write_chunk(report, chunk, actor, keep_good=keep_good, progress=progress)
        report.written += written


def _write_chunk(
    report: Report, chunk: Sequence[RunningFile], actor: User, *, keep_good: bool,
    progress: Progress,
) -> int:  # fmt: skip
    written = 0
    for found in chunk:
        progress("write", found.row)
        try:
            with transaction.atomic():
                write_file(found, by=_source(found, report.name, actor))
                written += 1
        except (TransitionRefused, ValidationError, ClockError, DatabaseError) as error:
            message = _("This row could not be written: %(why)s")
            report.errors.append(RowError(found.row, "", message % {"why": error}))
            if not keep_good:
                transaction.set_rollback(True)
                return 0
    return written


def _source(found: RunningFile, name: str, actor: User) -> Source:
    role = "、".join(str(role.label) for role in roles_on(actor, found.values["unit"]))
    return Source(actor, role[:300], name, found.row, found.digest)
