"""Joint discussions, proposals of transfer, reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import users_with
from accounts.models import Authority, User
from workflow.forms.act import ActForm, DatedForm, area, line
from workflow.forms.articles import LIST
from workflow.forms.step import MomentField, PeopleField, SeveralField
from workflow.models import CaseParty, Transfer


class InformForm(DatedForm):
    """How a named reporter was told the outcome; who it was stays in its own table."""

    how = line(_("How the reporter was told"), help_text=_("Telephone, letter… No name here."))
    field_order = ("acted_at", "how", "late_reason")


class DiscussionForm(DatedForm):
    """集体讨论: who took part, what was said, what was concluded."""

    chair = forms.ModelChoiceField(label=_("Chair"), queryset=User.objects.none())
    participants = PeopleField(label=_("Participants"))
    minutes = area(_("Minutes"), max_length=20000, rows=8)
    conclusion = area(_("Conclusion"))
    field_order = (
        "acted_at", "chair", "participants", "minutes", "conclusion", "late_reason",
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["acted_at"].label = _("Held at")
        leaders = users_with("sign_leader", self.subject.unit)
        others = users_with("record_discussion", self.subject.unit)
        self.fields["chair"].queryset = leaders  # type: ignore[attr-defined]  # declared above
        self.fields["participants"].queryset = leaders | others  # type: ignore[attr-defined]  # declared above


class TransferForm(DatedForm):
    """The report that asks for a transfer. ``subject`` is a lead or a case."""

    field_order = (
        "kind", "authority", "extent", "part", "parties", "facts", "crime_articles", "team",
        "acted_at", "late_reason",
    )  # fmt: skip

    kind = forms.ChoiceField(label=_("Kind of transfer"), choices=Transfer.Kind.choices)
    authority = forms.ModelChoiceField(label=_("Receiver"), queryset=Authority.objects.none())
    extent = forms.ChoiceField(
        label=_("How much goes"),
        choices=(("whole", _("The whole")), ("part", _("A part; the rest goes on here"))),
        initial="whole",
        widget=forms.RadioSelect,
    )
    part = area(_("Which part"), max_length=2000, rows=2, required=False)
    parties = SeveralField(
        label=_("Parties it concerns"),
        queryset=CaseParty.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Who is named here gets no penalty of ours for a suspected crime until the police"
            " refuse or return it. Name nobody where only some acts go and the rest is ours."
        ),
    )
    facts = area(_("Facts and evidence"), max_length=8000, rows=6)
    crime_articles = line(
        _("Articles of the criminal law"), required=False,
        widget=forms.TextInput(attrs={"list": LIST, "autocomplete": "off"}),
    )  # fmt: skip
    team = PeopleField(
        label=_("Special team"), help_text=_("At least two (Transfer Regulation art. 5).")
    )
    acted_at = MomentField(
        label=_("When it was reported"), required=False, help_text=_("Empty: now.")
    )

    def prepare(self) -> None:
        self.fields["authority"].queryset = Authority.objects.order_by("level", "name")  # type: ignore[attr-defined]  # declared above
        people = users_with("investigate_case", self.subject.unit)
        self.fields["team"].queryset = people  # type: ignore[attr-defined]  # declared above
        if self.subject.machine == "case":
            parties = self.subject.parties.standing().select_related("party")
            self.fields["parties"].queryset = parties  # type: ignore[attr-defined]  # declared above
        else:
            del self.fields["parties"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("extent") == "part" and not data.get("part"):
            self.add_error("part", _("Say which part is transferred."))
        if data.get("kind") == Transfer.Kind.CRIMINAL and not data.get("crime_articles"):
            self.add_error("crime_articles", _("Name the article of the criminal law."))
        return data


class RevealForm(ActForm):
    reason = area(_("Why you need to know who reported"), max_length=500, rows=2)
