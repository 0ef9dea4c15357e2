from __future__ import annotations

from django import forms

from workflow.api import StepForm


class SendForm(StepForm):
    lab = forms.CharField(label="检验机构", max_length=100)
