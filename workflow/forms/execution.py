"""Payment plans, reminders, the court, surcharges."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import ActForm, DatedForm, DayField, MoneyField, area, line
from workflow.forms.lead import long_text
from workflow.forms.step import StepForm
from workflow.models import CourtApplication, Decision, Document, Penalty, Service
from workflow.templatetags.casework import yuan

MOST = 36


class Part(tuple[date, int]):
    """One instalment: day and fen; says itself as signers read it."""

    def __str__(self) -> str:
        return f"{date_format(self[0])} {yuan(self[1])}"


class ScheduleField(forms.CharField):
    """Lines of day and yuan; clean value is a list of ``Part``."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 5, "placeholder": "2022-05-01 1000"})
        super().__init__(max_length=2000, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [text.strip() for text in super().clean(value).splitlines() if text.strip()]
        if len(lines) > MOST:
            message = _("A plan has at most %(n)d instalments.")
            raise forms.ValidationError(message, code="many", params={"n": MOST})
        return [_part(text) for text in lines]


def _part(text: str) -> Part:
    day, _space, amount = text.replace(",", "").partition(" ")
    try:
        when, yuan_ = parse_date(day), Decimal(amount.strip())
        fen = yuan_ * 100
        if when and 0 < fen < 10**14 and fen == fen.to_integral_value():
            return Part((when, int(fen)))
    except (ValueError, InvalidOperation):
        pass
    message = _("“%(text)s” is no instalment: write 2022-05-01 1000.00")
    raise forms.ValidationError(message, code="part", params={"text": text[:60]})


class PlanForm(StepForm):
    """延期/分期缴纳罚款: which fine, the days and amounts, and why."""

    penalty = forms.ModelChoiceField(label=_("Fine"), queryset=Penalty.objects.none())
    schedule = ScheduleField(
        label=_("Days and amounts (yuan)"),
        help_text=_("One instalment a line; one line alone is a deferral."),
    )
    reason = long_text(_("Economic difficulty and reasons"))

    def prepare(self) -> None:
        fines = Penalty.objects.filter(
            decision__case_party__case=self.record, kind=Penalty.Kind.FINE,
            decision__status=Decision.Status.ISSUED,
        )  # fmt: skip
        field: Any = self.fields["penalty"]
        field.queryset = fines.select_related("decision__case_party__party")
        field.label_from_instance = lambda penalty: (
            f"{penalty.decision.case_party} {penalty.decision.number} {yuan(penalty.amount_fen)}"
        )
        if len(field.queryset) == 1:
            self.initial.setdefault("penalty", field.queryset[0].pk)


class PaperField(forms.ModelChoiceField):
    """The paper made here; the record bears its number."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Document made here"), queryset=Document.objects.none(), required=False,
            empty_label=_("None: a number is issued"),
        )  # fmt: skip

    def offer(self, form: str, decision: Decision, taken: Iterable[str]) -> None:
        """Issued papers of that form for the party of the decision whose number is free."""
        rows = decision.case_party.made_documents.filter(form__code=form, status="issued")
        self.queryset = rows.exclude(number__in=list(taken)).select_related("form")


class ReminderForm(DatedForm):
    """履行催告书 and its service. ``subject`` is the decision."""

    paper = PaperField()
    method = forms.ChoiceField(label=_("Way of service"), choices=Service.Method.choices)
    receiver = line(_("Received by"), max_length=100)
    answer = area(_("What the party said"), required=False)
    field_order = ("paper", "acted_at", "method", "receiver", "answer", "late_reason")

    def prepare(self) -> None:
        taken = self.subject.reminders.values_list("number", flat=True)
        self.fields["paper"].offer("F48", self.subject, taken)  # type: ignore[attr-defined]  # declared above


class CourtForm(ActForm):
    """强制执行申请书. ``subject`` is the decision."""

    paper = PaperField()
    court = line(_("Court"), max_length=100)
    applied_on = DayField(label=_("Applied on"))

    def prepare(self) -> None:
        taken = self.subject.court_applications.values_list("number", flat=True)
        self.fields["paper"].offer("F49", self.subject, taken)  # type: ignore[attr-defined]  # declared above


class CourtOutcomeForm(ActForm):
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[c for c in CourtApplication.Outcome.choices if c[0]]
    )
    outcome_on = DayField(label=_("Outcome on"))
    file_number = line(_("File number"), max_length=80, required=False)
    note = area(_("Note"), max_length=2000, required=False)


class SurchargeForm(ActForm):
    amount = MoneyField(label=_("Amount (yuan)"))
    paid_on = DayField(label=_("Paid on"))
    voucher = line(_("Voucher number"), max_length=60, required=False)
