"""What a document is about: the record it lies in, its party, transfer or measure, its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps

from workflow.models import CaseParty, Decision, Document, DocumentForm, Notice, Transfer


@dataclass(frozen=True, slots=True)
class Subject:
    """A lead, case, party, transfer or measure, as a document names it."""

    lead: Any = None
    case: Any = None
    case_party: CaseParty | None = None
    transfer: Transfer | None = None
    measure: Any = None

    @property
    def record(self) -> Any:
        """The lead or case the document lies in."""
        return self.case or self.lead

    @property
    def acts_on(self) -> Any:
        """The record whose journal tells of it: a discipline transfer's file stays with it."""
        return self.transfer or self.record

    @property
    def model(self) -> Any:
        """The row a template's context is made of."""
        return self.measure or self.case_party or self.transfer or self.record

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a ``Document`` about it."""
        columns: dict[str, Any] = {
            "lead": self.lead, "case": self.case, "case_party": self.case_party,
            "transfer": self.transfer,
        }  # fmt: skip
        if self.measure is not None:
            columns["subject_type"] = self.measure._meta.label_lower
            columns["subject_id"] = self.measure.pk
        return columns


def subject_of(document: Document) -> Subject:
    """What a stored document is about."""
    measure = None
    if document.subject_type:
        measure = apps.get_model(document.subject_type)._base_manager.get(pk=document.subject_id)
    return Subject(
        lead=document.lead, case=document.case, case_party=document.case_party,
        transfer=document.transfer, measure=measure,
    )  # fmt: skip


def about_record(record: Any, **part: Any) -> Subject:
    """A lead, case or transfer, and a part of a case."""
    if record.machine == "transfer":
        return Subject(lead=record.lead, case=record.case, transfer=record)
    return Subject(**{record.machine: record}, **part)


def fits(form: DocumentForm, subject: Subject) -> bool:
    """Whether a form is for a subject of this kind: a decision of penalty, a criminal transfer."""
    if not form.fits:
        return True
    name, _sep, wanted = form.fits.partition("=")
    part, _dot, field = name.partition(".")
    found = related(part, subject)
    return found is not None and str(getattr(found, field, "")) in wanted.split("|")


def related(part: str, subject: Subject) -> Any:
    """The record a form speaks of by name: the last notice or decision of the party, …"""
    if part == "notice" and subject.case_party:
        rows = Notice.objects.filter(case_party=subject.case_party, superseded_at=None)
        return rows.order_by("-round").first()
    if part == "decision" and subject.case_party:
        return Decision.objects.filter(case_party=subject.case_party).order_by("-round").first()
    return getattr(subject, part, None)


def borne_number(form: DocumentForm, subject: Subject) -> str:
    """The number of the record whose number the form bears; "" while it has none."""
    if not form.number_of:
        return ""
    found = related(form.number_of, subject)
    return str(getattr(found, "number", "") or "")
