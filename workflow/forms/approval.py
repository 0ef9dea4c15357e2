"""Signing, returning or taking back a proposal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import ActForm, area, line
from workflow.forms.step import MomentField


class SignForm(ActForm):
    opinion = area(_("Opinion"), max_length=500, rows=3, initial=_("Agreed."))
    acted_at = MomentField(
        label=_("Signed at"), required=False, help_text=_("Empty: now. Not in the future.")
    )
    late_reason = line(
        _("Why it is entered late"),
        max_length=500,
        required=False,
        help_text=_("Needed when more than one working day lies between the act and its entry."),
    )


class ReturnForm(ActForm):
    reason = area(_("Reason to return it"), max_length=500, rows=3)


class WithdrawForm(ActForm):
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)
