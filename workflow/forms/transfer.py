"""Forms of the steps of a transfer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.checklists import TRANSFER_MATERIALS
from workflow.forms.lead import ReasonForm
from workflow.forms.step import StepForm


class HandOverForm(StepForm):
    materials = forms.MultipleChoiceField(
        label=_("What goes with it"),
        choices=TRANSFER_MATERIALS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ReceiptForm(StepForm):
    receipt_number = forms.CharField(label=_("Number of the receipt"), max_length=80)


class OutcomeForm(StepForm):
    outcome_number = forms.CharField(label=_("Number of the answer"), max_length=80)


class RefusalForm(ReasonForm):
    outcome_number = forms.CharField(label=_("Number of the answer"), max_length=80)


class SupervisionForm(ReasonForm):
    document = forms.CharField(label=_("Number of the letter"), max_length=80)
