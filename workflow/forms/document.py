"""What an officer types into a document, as its form describes it; issuing and voiding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.engine.subjects import Subject, about_record
from workflow.forms.act import ActForm, DatedForm, DayField, area, line
from workflow.forms.step import MomentField
from workflow.models import CaseParty, Document, DocumentForm, EvidenceFile

#: How a moment is kept: in the bureau's time, to the minute.
_MOMENT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page of a document is about: the form, the record, and who it may concern."""

    form: DocumentForm
    record: Any
    parties: Sequence[CaseParty] = ()
    measures: Sequence[Any] = ()

    def subject(self, party: Any = "", measure: Any = "") -> Subject | None:
        """The subject once it is chosen; None while a choice is open."""
        if self.form.about == DocumentForm.About.PARTY:
            row = _chosen(self.parties, party)
            return about_record(self.record, case_party=row) if row else None
        if self.form.about == DocumentForm.About.MEASURE:
            row = _chosen(self.measures, measure)
            if row is None:
                return None
            return about_record(self.record, case_party=row.case_party, measure=row)
        return about_record(self.record)


class WrittenForm(ActForm):
    """The fields of a document's form, by their order: ``f0``, ``f1``, … ``subject``: a ``Draft``.

    Nothing is required of a draft; what is missing is said when it is issued.
    """

    subject: Draft

    def prepare(self) -> None:
        for number, said in enumerate(self.subject.form.fields):
            self.fields[f"f{number}"] = _field(said)

    def written(self) -> dict[str, Any]:
        """What was typed, by the fields' own names; what was left empty is absent."""
        typed = {}
        for number, said in enumerate(self.subject.form.fields):
            value = _plain(self.cleaned_data.get(f"f{number}"))
            if value not in (None, ""):
                typed[said["name"]] = value
        return typed


class MakeForm(WrittenForm):
    """A new document: whom or what it is about comes first."""

    party = forms.ChoiceField(label=_("Party"))
    measure = forms.ChoiceField(label=_("Measure"))

    def prepare(self) -> None:
        super().prepare()
        self._offer("party", DocumentForm.About.PARTY, self.subject.parties)
        self._offer("measure", DocumentForm.About.MEASURE, self.subject.measures)

    def _offer(self, name: str, about: str, rows: Sequence[Any]) -> None:
        if self.subject.form.about != about:
            del self.fields[name]
            return
        self.fields[name].choices = [(str(row.pk), str(row)) for row in rows]  # type: ignore[attr-defined]  # a choice field

    def about(self) -> Subject | None:
        """What was chosen."""
        chosen = self.cleaned_data
        return self.subject.subject(chosen.get("party"), chosen.get("measure"))


class IssueForm(DatedForm):
    """When the document was issued."""

    def prepare(self) -> None:
        self.fields["acted_at"].label = _("Issued at")


class VoidForm(ActForm):
    reason = line(_("Why it is voided"), help_text=_("The register of numbers shows it."))


class SignedForm(ActForm):
    """The scan of the signed paper, out of the record's evidence. ``subject``: the document."""

    subject: Document
    copy = forms.ModelChoiceField(
        label=_("Signed copy"),
        queryset=EvidenceFile.objects.none(),
        help_text=_("Add the scan to the evidence first, as a document of the procedure."),
    )

    def prepare(self) -> None:
        self.fields["copy"].queryset = self.subject.record.evidence.order_by("-pk")  # type: ignore[attr-defined]  # a model choice


def initial_of(form: DocumentForm, written: dict[str, Any]) -> dict[str, Any]:
    """What the fields of a written form show of a kept draft."""
    return {
        f"f{number}": written[said["name"]]
        for number, said in enumerate(form.fields)
        if said["name"] in written
    }


def _field(said: dict[str, Any]) -> forms.Field:
    kind, label = said["kind"], said["name"]
    if said.get("required"):
        label = _("%(field)s (needed)") % {"field": label}
    more: dict[str, Any] = {"required": False, "help_text": said.get("help", "")}
    if kind == "text":
        return area(label, max_length=20000, rows=5, **more)
    if kind == "date":
        return DayField(label=label, **more)
    if kind == "moment":
        return MomentField(label=label, **more)
    if kind == "yes_no":
        return forms.BooleanField(label=label, **more)
    return line(label, max_length=500, **more)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if hasattr(value, "hour"):
        return timezone.localtime(value).strftime(_MOMENT)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _chosen(rows: Sequence[Any], pk: Any) -> Any:
    return next((row for row in rows if str(row.pk) == str(pk or "")), None)
