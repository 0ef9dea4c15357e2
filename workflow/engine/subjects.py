"""What a document is about: the record it lies in, its party, transfer or measure, its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from workflow.guards.links import case_link
from workflow.models import CaseParty, Decision, Document, DocumentForm, Notice, Transfer
from workflow.plugin import Refusal


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
    return lack_of(form, subject) is None


def lack_of(
    form: DocumentForm, subject: Subject, *, find: Callable[[str, Subject], Any] | None = None
) -> Refusal | None:
    """What a form waits for before it fits the subject, with the way there; None once it fits.

    ``find`` spares reading the papers of every party anew.
    """
    search = find or related
    if form.is_for(lambda part: search(part, subject)):
        return None
    part, field, _wanted = form.condition
    found = search(part, subject)
    if found is None or part not in ("decision", "measure"):
        return _missing(form, part, subject.record)
    message = _("“%(form)s” is not for this one, which is “%(kind)s”.")
    kind = getattr(found, f"get_{field}_display", lambda: getattr(found, field, ""))()
    link = _place(part, subject.record)
    return Refusal("form_unfit", message % {"form": form.name, "kind": kind}, link=link)


def none_of(form: DocumentForm, record: Any) -> Refusal:
    """What a form waits for in a record that has nothing it could be about."""
    return _missing(form, form.condition[0] or str(form.about), record)


def _missing(form: DocumentForm, part: str, record: Any) -> Refusal:
    said = {
        "decision": _("“%(form)s” tells a decision: draft it first, at the party."),
        "notice": _("“%(form)s” tells a notice: draft it first, at the party."),
        "measure": _("“%(form)s” is about a measure: the case has none yet."),
        "party": _("“%(form)s” is about a party: the case has none."),
    }
    message = said.get(part) or _("“%(form)s” does not fit what stands in the file.")
    return Refusal("form_unfit", message % {"form": form.name}, link=_place(part, record))


def _place(part: str, record: Any) -> str:
    """The tab of the case where what is missing is made."""
    tab = {"measure": "measures"}.get(part, "parties")
    return case_link(record.pk, tab) if record.machine == "case" else ""


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
