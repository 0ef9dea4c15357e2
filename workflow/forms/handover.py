"""Handing files over: from whom, to whom, which ones, since when, why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.models import User
from workflow.forms.act import DatedForm, line
from workflow.selectors.handover import givers, takers


class HandoverForm(DatedForm):
    """``subject`` is None: the files are chosen beside the form."""

    giver = forms.ModelChoiceField(label=_("Handed over by"), queryset=User.objects.none())
    taker = forms.ModelChoiceField(
        label=_("Handed over to"),
        queryset=User.objects.none(),
        help_text=_("With an enforcement certificate, in the unit of the files, not recused."),
    )
    reason = line(_("Reason"), max_length=500)
    field_order = ("giver", "taker", "acted_at", "reason", "late_reason")

    def prepare(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["giver"].queryset = givers(self.actor)
        fields["taker"].queryset = takers(self.actor)
        self.initial.setdefault("acted_at", now())
