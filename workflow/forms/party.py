"""What is known of a party: entered for a case, or mended in the registry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from accounts.access import has_act
from workflow.forms.act import ActForm, DayField, area, line
from workflow.forms.identity import CreditCodeField, IdNumberField, PhoneField
from workflow.forms.registry import FileForm
from workflow.forms.step import FIRST_DAY
from workflow.models import Party
from workflow.services.parties import EDITABLE, editing
from workflow.templatetags.masking import masked


class PartyFields(forms.Form):
    """Who it is, with the check digits of its numbers."""

    kind = forms.ChoiceField(label=_("Kind of party"), choices=Party.Kind.choices)
    name = line(_("Name"))
    uscc = CreditCodeField(
        label=_("Unified social credit code"),
        required=False,
        help_text=_("18 characters; of enterprises and sole traders."),
    )
    legal_representative = line(_("Legal representative"), max_length=100, required=False)
    address = line(_("Registered address"), max_length=300, required=False)
    id_number = IdNumberField(label=_("ID number"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    residence = line(_("Residence"), max_length=300, required=False)
    born_on = DayField(label=_("Born on"), required=False, earliest=FIRST_DAY)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Party.Kind.PERSON and data.get("uscc"):
            self.add_error("uscc", _("A natural person has no code; choose “sole trader”."))
        number, born = data.get("id_number"), data.get("born_on")
        if number and born and ric.get_birth_date(number) != born:
            self.add_error("born_on", _("The ID number says another day: compare both."))
        return data


class PartyForm(PartyFields, ActForm):
    """A party added to a case; the code or the number finds one that is known already."""

    violation = area(_("What this party did"), required=False)


class EditPartyForm(PartyFields, FileForm):
    """What is known, mended. ``subject``: the party.

    Personal information stays masked: left empty it is kept, a tick deletes it.
    """

    keep_former = forms.BooleanField(
        label=_("The old name goes on as a former name"),
        required=False,
        initial=True,
        help_text=_("Untick when it was only mistyped."),
    )
    reason = area(_("Reason"), max_length=500, rows=2)

    def prepare(self) -> None:
        super().prepare()
        for name in EDITABLE:
            stored = getattr(self.subject, name)
            if name not in Party.PERSONAL:
                self.initial.setdefault(name, stored)
            elif stored:
                known = _("Known: %(masked)s. Left empty it stays.")
                self.fields[name].help_text = known % {"masked": masked(stored, name)}
                label = _("Delete: %(field)s") % {"field": self.fields[name].label}
                self.fields[f"clear_{name}"] = forms.BooleanField(label=label, required=False)
        order = [part for name in EDITABLE for part in (name, f"clear_{name}")]
        self.order_fields([*order, "keep_former", "file", "reason"])

    def may_serve(self, record: Any) -> bool:
        return has_act(self.actor, editing(record), record.scope_unit_id)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in Party.PERSONAL:
            if data.get(f"clear_{name}") and data.get(name):
                message = _("Either write a new one or delete it.")
                self.add_error(f"clear_{name}", ValidationError(message, code="both"))
        return data

    @property
    def known(self) -> dict[str, Any]:
        """All that is known from now on, what was left masked included."""
        data = {name: self.cleaned_data[name] for name in EDITABLE}
        for name in Party.PERSONAL:
            if not data[name] and not self.cleaned_data.get(f"clear_{name}"):
                data[name] = getattr(self.subject, name)
        return data
