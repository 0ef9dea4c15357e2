"""Handing leads to another unit, one or many."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from workflow.forms.act import ActForm, line


class RouteForm(ActForm):
    """The unit that goes on with it, and why. ``subject``: the lead, or None for many."""

    unit = forms.ModelChoiceField(label=_("New unit"), queryset=Unit.objects.none())
    reason = line(_("Reason"), max_length=500)

    def prepare(self) -> None:
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.valid()
        if self.subject is not None:
            units.queryset = units.queryset.exclude(pk=self.subject.unit_id)
