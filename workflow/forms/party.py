"""A party added to a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc

from workflow.forms.act import ActForm, DayField, area, line
from workflow.models import Party


class PartyForm(ActForm):
    """Who it is; the code or the number finds a party that is known already."""

    kind = forms.ChoiceField(label=_("Kind of party"), choices=Party.Kind.choices)
    name = line(_("Name"))
    uscc = line(
        _("Unified social credit code"),
        max_length=18,
        required=False,
        help_text=_("18 characters; of enterprises and sole traders."),
    )
    legal_representative = line(_("Legal representative"), max_length=100, required=False)
    address = line(_("Registered address"), max_length=300, required=False)
    id_number = line(_("ID number"), max_length=18, required=False)
    phone = line(_("Phone"), max_length=40, required=False)
    residence = line(_("Residence"), max_length=300, required=False)
    born_on = DayField(label=_("Born on"), required=False)
    violation = area(_("What this party did"), required=False)

    def clean_uscc(self) -> str:
        code: str = self.cleaned_data["uscc"].strip().upper()
        if code and not uscc.is_valid(code):
            raise ValidationError(_("This is no valid code: compare it with the licence."))
        return code

    def clean_id_number(self) -> str:
        number: str = self.cleaned_data["id_number"].strip().upper()
        if number and not ric.is_valid(number):
            raise ValidationError(_("This is no valid ID number: compare it with the card."))
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Party.Kind.PERSON and data.get("uscc"):
            self.add_error("uscc", _("A natural person has no code; choose “sole trader”."))
        return data
