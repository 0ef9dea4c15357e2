"""Drafting a notice, and what the party answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import DatedForm, area
from workflow.forms.articles import CitingForm
from workflow.models import EvidenceFile, PartyAnswer


class NoticeForm(CitingForm):
    """行政处罚告知书: facts, reasons, basis, and whether a hearing may be asked for."""

    facts = area(_("Facts"), max_length=20000, rows=8)
    reasons = area(_("Reasons"), max_length=8000)
    basis = area(
        _("Legal basis"), required=False, help_text=_("Left empty, what is cited makes it.")
    )
    hearing_right = forms.BooleanField(
        label=_("The party may ask for a hearing"),
        required=False,
        help_text=_("Compulsory for the heavy penalties (Administrative Penalty Law art. 63)."),
    )
    field_order = (
        "facts", "reasons", "usual", "breached", "discretion", "procedure", "basis",
        "hearing_right",
    )  # fmt: skip


class AnswerForm(DatedForm):
    """Waived with proof, stated, or asked for a hearing."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=PartyAnswer.Kind.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "It stands beside what is recorded already. A waiver withdraws a request for a hearing."
        ),
    )
    text = area(
        _("What the party said"),
        max_length=8000,
        required=False,
        help_text=_("Left empty with a statement: how those before were considered."),
    )
    considered = area(
        _("How it was considered"),
        max_length=8000,
        required=False,
        help_text=_("Facts, reasons and evidence the party gave are checked; what came of it."),
    )
    proof = forms.ModelChoiceField(
        label=_("File that shows it"),
        queryset=EvidenceFile.objects.none(),
        required=False,
        help_text=_("A waiver needs it. Add the file under “Documents and evidence” first."),
    )
    field_order = ("answer", "acted_at", "text", "considered", "proof", "late_reason")

    def prepare(self) -> None:
        case = self.subject.case_party.case
        self.fields["proof"].queryset = case.evidence.order_by("-pk")  # type: ignore[attr-defined]  # declared above

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        silent = data.get("answer") == PartyAnswer.Kind.STATED and not data.get("text")
        if silent and not (data.get("considered") and self.subject.has_statement):
            self.add_error("text", _("Write down what the party stated."))
        return data
