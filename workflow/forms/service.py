"""Service of documents, payments, penalties carried out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import ActForm, DatedForm, DayField, MoneyField, line
from workflow.models import Document, EvidenceFile, Service


class ServiceForm(DatedForm):
    """送达回证. ``subject`` is the party; the document is one of its issued ones or named."""

    paper = forms.ChoiceField(label=_("Document"))
    document = line(
        _("Name of another document"), required=False, help_text=_("When it is not in the list.")
    )
    method = forms.ChoiceField(label=_("Way of service"), choices=Service.Method.choices)
    announced_on = DayField(
        label=_("Announced on"), required=False,
        help_text=_("By announcement only: it is served when the time since that day is over."),
    )  # fmt: skip
    receiver = line(_("Received by"), max_length=100)
    place = line(_("Place"), max_length=300, required=False)
    witness = line(
        _("Witness"), max_length=100, required=False,
        help_text=_("Left with witnesses: their names, or a file that shows it."),
    )  # fmt: skip
    proof = forms.ModelChoiceField(
        label=_("Receipt of service"), queryset=EvidenceFile.objects.none(), required=False
    )
    publication_told = forms.BooleanField(
        label=_("The party was told that the decision will be published"), required=False
    )
    field_order = (
        "paper", "document", "method", "announced_on", "acted_at", "receiver", "place", "witness",
        "proof", "publication_told", "late_reason",
    )  # fmt: skip

    def prepare(self) -> None:
        case = self.subject.case
        self.fields["proof"].queryset = case.evidence.order_by("-pk")  # type: ignore[attr-defined]  # declared above
        issued: list[tuple[str, Any]] = []
        for notice in self.subject.notices.filter(issued_at__isnull=False).order_by("-round"):
            issued.append((f"notice-{notice.pk}", f"{_('Notice')} {notice.number}"))
        for decision in self.subject.decisions.filter(decided_at__isnull=False).order_by("-round"):
            issued.append((f"decision-{decision.pk}", f"{_('Decision')} {decision.number}"))
        for made in self._made():
            issued.append((f"made-{made.pk}", str(made)))
        self.fields["paper"].choices = [*issued, ("other", _("Another document"))]  # type: ignore[attr-defined]  # declared above

    def _made(self) -> QuerySet[Document]:
        """Other issued documents of the case, for this party or for all."""
        rows = self.subject.case.made_documents.filter(
            Q(case_party=self.subject) | Q(case_party=None), status="issued", transfer=None
        )
        found: QuerySet[Document] = rows.exclude(form__number_of__in=("notice", "decision"))
        return found.select_related("form").order_by("-issued_at")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        paper = data.get("paper", "")
        kind, _sep, number = paper.partition("-")
        data["notice"] = self.subject.notices.get(pk=number) if kind == "notice" else None
        data["decision"] = self.subject.decisions.get(pk=number) if kind == "decision" else None
        if paper == "other" and not data.get("document"):
            self.add_error("document", _("Say which document was served."))
        if paper != "other":
            data["document"] = ""
        data["paper"] = self._made().get(pk=number) if kind == "made" else None
        if data["paper"]:
            data["document"] = str(data["paper"])
        left = data.get("method") == Service.Method.LEFT
        if left and not data.get("witness") and not data.get("proof"):
            self.add_error("witness", _("A document left behind needs a witness or a recording."))
        return data


class PaymentForm(ActForm):
    amount = MoneyField(label=_("Amount (yuan)"))
    paid_on = DayField(label=_("Paid on"))
    voucher = line(_("Voucher number"), max_length=60, required=False)


class PerformedForm(ActForm):
    performed_on = DayField(label=_("Carried out on"))
