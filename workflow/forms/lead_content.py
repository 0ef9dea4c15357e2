"""Registering and changing what is written of a lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.models import Unit
from workflow.channels import channel_choices
from workflow.engine.dates import SKEW, is_late
from workflow.forms.act import ActForm, area, line
from workflow.forms.identity import CreditCodeField, PhoneField
from workflow.forms.known_party import KnownPartyField
from workflow.forms.lists import CategoryField, all_categories
from workflow.forms.step import MomentField
from workflow.models import Reporter
from workflow.selectors.intake import units_to_register_for
from workflow.selectors.recognise import Recognised

CONTENT = (
    "channel", "source_number", "title", "content", "category", "place", "address",
    "subject_name", "subject_uscc", "subject_phone",
)  # fmt: skip


class LeadContentForm(ActForm):
    """What is written of a lead, in the words of the person who heard it."""

    channel = forms.ChoiceField(label=_("Source"))
    source_number = line(_("Number at the source"), max_length=80, required=False)
    subject_name = line(_("Whom it is about"), required=False)
    subject_uscc = CreditCodeField(label=_("Unified social credit code"), required=False)
    subject_phone = PhoneField(label=_("Phone of the subject"), required=False, strict=False)
    title = line(_("What, in one line"))
    content = area(_("What was heard"), max_length=8000, rows=6)
    category = CategoryField(label=_("Focus category"), required=False, empty_label=_("None"))
    place = line(_("Place (town or township)"), max_length=60, required=False)
    address = line(_("Address"), max_length=300, required=False)

    def prepare(self) -> None:
        channels: Any = self.fields["channel"]
        channels.choices = [("", "—"), *channel_choices()]
        categories: Any = self.fields["category"]
        categories.queryset = all_categories()

    @property
    def content_data(self) -> dict[str, Any]:
        """The fields of the lead itself."""
        return {name: self.cleaned_data[name] for name in CONTENT}


class LeadEditForm(LeadContentForm):
    """The same for a lead that is there."""

    def prepare(self) -> None:
        super().prepare()
        for name in CONTENT:
            self.initial.setdefault(name, getattr(self.subject, name))


class LeadIntakeForm(LeadContentForm):
    """A new lead: when it came, who reported, which unit. ``subject`` is None: none is there."""

    received_at = MomentField(label=_("Found or received at"))
    late_reason = line(
        _("Why it is entered late"),
        max_length=500,
        required=False,
        help_text=_("Needed when more than one working day lies between receipt and entry."),
    )
    reporter_kind = forms.ChoiceField(
        label=_("Who reported"),
        choices=[("", _("Nobody: found by ourselves")), *Reporter.Kind.choices],
        required=False,
    )
    reporter_name = line(_("Name of the reporter"), max_length=100, required=False)
    reporter_phone = PhoneField(label=_("Phone of the reporter"), required=False, strict=False)
    reporter_id_number = line(_("ID number of the reporter"), max_length=18, required=False)
    reporter_address = line(_("Address of the reporter"), max_length=300, required=False)
    reporter_note = area(_("Note on the reporter"), max_length=2000, rows=2, required=False)
    unit = forms.ModelChoiceField(
        label=_("Handling unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("As category and place say"),
    )
    restricted = forms.BooleanField(label=_("Only people named to know may see it"), required=False)
    party = KnownPartyField(
        error_messages={"invalid_choice": _("It fits no longer what is typed: choose again.")}
    )
    known = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args: Any, recognised: Sequence[Recognised] = (), **kwargs: Any) -> None:
        self.recognised = recognised
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        super().prepare()
        party: Any = self.fields["party"]
        party.offer(self.recognised)
        self.initial.setdefault("received_at", now())
        units: Any = self.fields["unit"]
        units.queryset = units_to_register_for(self.actor)

    def clean_received_at(self) -> Any:
        received = self.cleaned_data["received_at"]
        if received > now() + SKEW:
            raise forms.ValidationError(
                _("A lead cannot be received in the future."), code="future"
            )
        if received.year < 2000:
            raise forms.ValidationError(_("Look at the year."), code="year")
        return received

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        received = data.get("received_at")
        late = received and is_late(received, now()) and not data.get("late_reason")
        if late and "late_reason" not in self.errors:
            self.add_error("late_reason", _("Entered more than one working day late: say why."))
        self._check_reporter(data)
        return data

    def _check_reporter(self, data: Mapping[str, Any]) -> None:
        kind = data.get("reporter_kind")
        told = any(data.get(f"reporter_{name}") for name in ("name", "phone", "id_number", "note"))
        if kind == Reporter.Kind.REAL_NAME and not data.get("reporter_name"):
            self.add_error("reporter_name", _("A named reporter has a name."))
        if not kind and told and "reporter_kind" not in self.errors:
            self.add_error("reporter_kind", _("Say what kind of reporter this is."))

    @property
    def party_match(self) -> str:
        """By what the party that was chosen was recognised."""
        field: Any = self.fields["party"]
        chosen = self.cleaned_data["party"]
        return str(field.match_of(chosen)) if chosen else ""

    @property
    def reporter_data(self) -> dict[str, Any] | None:
        """What goes into the reporters' own table; None when nobody reported."""
        data = self.cleaned_data
        if not data.get("reporter_kind"):
            return None
        names = ("kind", "name", "phone", "id_number", "address", "note")
        return {name: data.get(f"reporter_{name}", "") for name in names}
