"""Documents a step makes: owed in the step's own transaction, written after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from celery import current_app
from django.db import transaction

from accounts.prepared import Prepared
from workflow.engine.subjects import Subject, about_record, borne_number, fits
from workflow.guards.file import CaseFile
from workflow.models import Document, DocumentForm, JournalLine, RequiredDocument
from workflow.plugin import Attempt

#: What documents in the file of a record may be about, by its machine.
ABOUT = {"lead": ("lead",), "case": ("case", "party", "measure"), "transfer": ("transfer",)}
#: Writes what is owed for a line; registered by ``workflow.tasks``.
TASK = "workflow.tasks.make_documents"


def owe_documents(attempt: Attempt, line: JournalLine) -> None:
    """A pending document for each one the step makes; its file is written once this is committed.

    What goes wrong with a document never touches the step.
    """
    owed = [
        Document(
            form=row.form, status=Document.Status.PENDING, made_by=line.actor, made_for=line,
            made_at=line.recorded_at, written=_typed(row.form, attempt.data or {}),
            **subject.columns,
        )
        for row, subject in made_by(attempt.record, attempt.transition.name)
        if not row.form.number_of or borne_number(row.form, subject)
    ]  # fmt: skip
    if owed:
        Document.objects.bulk_create(owed)
        transaction.on_commit(lambda: _send(line.pk), robust=True)


_MADE_BY = Prepared(
    lambda transition: RequiredDocument.objects.filter(
        transition=transition, mode=RequiredDocument.Mode.MADE_BY, is_active=True,
        form__is_active=True, form__templates__is_current=True,
    ).select_related("form"),
    str,
)  # fmt: skip


def made_by(record: Any, transition: str) -> Iterator[tuple[RequiredDocument, Subject]]:
    """What the step makes of the record as it stands, and about whom. One query when nothing."""
    for row in _MADE_BY.rows(transition):
        for subject in _subjects(row.form, record):
            if fits(row.form, subject):
                yield row, subject


def _subjects(form: DocumentForm, record: Any) -> list[Subject]:
    if form.about == record.machine and record.machine in ("lead", "case", "transfer"):
        return [about_record(record)]
    if form.about == DocumentForm.About.PARTY and record.machine == "case":
        parties = CaseFile(record).open_parties
        return [about_record(record, case_party=party.row) for party in parties]
    if form.about == DocumentForm.About.MEASURE and record.machine == "measure":
        return [Subject(case=record.case, case_party=record.case_party, measure=record)]
    return []


def _typed(form: DocumentForm, data: Mapping[str, Any]) -> dict[str, str]:
    """What the step's own form already says for the fields of the document."""
    named = {field["name"]: field.get("source", "") for field in form.fields}
    return {name: str(data[key]) for name, key in named.items() if key and data.get(key)}


def _send(line_id: int) -> None:
    current_app.tasks[TASK].delay(line_id=line_id)
