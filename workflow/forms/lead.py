"""Forms of the steps of a lead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import users_with
from accounts.models import Authority
from workflow.forms.known_party import KnownPartyField
from workflow.forms.step import PeopleField, StepForm
from workflow.guards.content import evidence_since_decline
from workflow.models import Category, EvidenceFile, Lead, Party
from workflow.selectors.recognise import about_lead

LONG = 4000


def long_text(label: Any, *, max_length: int = LONG, required: bool = True, rows: int = 4) -> Any:
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReasonForm(StepForm):
    """A step that asks for its reason and nothing else."""

    reason = long_text(_("Reason"))


class HandlersField(PeopleField):
    """At least two people who may handle records of the unit."""

    def clean(self, value: Any) -> Any:
        people = super().clean(value)
        if people is not None and len(people) < 2:
            raise forms.ValidationError(
                _("Name at least two handlers (Administrative Penalty Law art. 42)."), code="two"
            )
        return people


class AcceptForm(StepForm):
    handlers = HandlersField(label=_("Handlers"))

    def prepare(self) -> None:
        people = users_with("investigate_case", self.record.unit)
        self.fields["handlers"].queryset = people  # type: ignore[attr-defined]  # declared above


class FileSimpleForm(StepForm):
    """What a case is called, and who it is about."""

    title = forms.CharField(label=_("Case name"), max_length=200)
    cause = forms.CharField(label=_("Cause of action"), max_length=200)
    category = forms.ModelChoiceField(
        label=_("Focus category"), queryset=Category.objects.none(), required=False
    )
    party = KnownPartyField()
    party_kind = forms.ChoiceField(label=_("Kind of party"), choices=Party.Kind.choices)

    def prepare(self) -> None:
        lead = self.record
        if self.attempt.actor is not None:
            known = about_lead(lead, self.attempt.actor)
            self.fields["party"].offer(known)  # type: ignore[attr-defined]  # declared above
            self.initial.setdefault("party", lead.party_id)
        self.fields["category"].queryset = Category.objects.select_related(  # type: ignore[attr-defined]  # declared above
            "campaign", "violation_type"
        )
        self.initial.setdefault("title", f"{lead.subject_name}{lead.title}案"[:200])
        self.initial.setdefault("cause", lead.title)
        self.initial.setdefault("category", lead.category_id)
        person = not lead.subject_uscc and 2 <= len(lead.subject_name) <= 4
        kind = lead.party.kind if lead.party else None
        guess = Party.Kind.PERSON if person else Party.Kind.ENTERPRISE
        self.initial.setdefault("party_kind", kind or guess)

    def clean(self) -> dict[str, Any]:
        """Without an answer about the party the lead keeps the one it has."""
        data = super().clean() or {}
        if "party" not in self.data:
            data["party"] = self.record.party
        chosen = data.get("party")
        field: Any = self.fields["party"]
        data["party_match"] = field.match_of(chosen) if chosen else ""
        return data


class FileForm(FileSimpleForm):
    """立案审批表: the four conditions of 程序规定 art. 19, case name and cause."""

    breach_shown = forms.BooleanField(label=_("First evidence shows a breach of the law"))
    penalty_due = forms.BooleanField(label=_("A penalty is due under market supervision law"))
    own_jurisdiction = forms.BooleanField(label=_("It is our jurisdiction"))
    in_time = forms.BooleanField(label=_("The time to punish has not run out"))
    reason = long_text(_("Facts and reasons"))
    field_order = (
        "breach_shown", "penalty_due", "own_jurisdiction", "in_time", "title", "cause",
        "category", "party", "party_kind", "reason",
    )  # fmt: skip


class ReopenForm(StepForm):
    """New evidence on a declined lead: which files, and what they change."""

    evidence = forms.ModelMultipleChoiceField(
        label=_("New evidence"),
        queryset=EvidenceFile.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = long_text(_("What the new evidence changes"))

    def prepare(self) -> None:
        self.fields["evidence"].queryset = evidence_since_decline(self.record)  # type: ignore[attr-defined]  # declared above


class DeclineForm(StepForm):
    """不予立案审批表: one of the four grounds of art. 20, and why."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Lead.DeclineGround.choices)
    reason = long_text(_("Facts and reasons"))


class ReferForm(StepForm):
    authority = forms.ModelChoiceField(label=_("Receiver"), queryset=Authority.objects.none())
    reason = long_text(_("Reason"))

    def prepare(self) -> None:
        self.fields["authority"].queryset = Authority.objects.all()  # type: ignore[attr-defined]  # declared above


class LeadNumberField(forms.CharField):
    """A lead given by its number; one the person may not see does not exist."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.reachable = Lead.objects.none()

    def clean(self, value: Any) -> Any:
        if isinstance(value, Lead):
            value = value.number
        number = super().clean(value)
        lead = self.reachable.filter(number=number).first()
        if lead is None:
            raise forms.ValidationError(
                _("There is no lead with this number. Copy it from the other lead's page."),
                code="unknown_lead",
            )
        return lead


class MergeForm(StepForm):
    merged_into = LeadNumberField(label=_("Number of the lead it joins"))
    reason = long_text(_("Why they belong together"))

    def prepare(self) -> None:
        if self.attempt.actor is not None:
            reachable = Lead.objects.reachable_by(self.attempt.actor)
            self.fields["merged_into"].reachable = reachable  # type: ignore[attr-defined]  # declared above
