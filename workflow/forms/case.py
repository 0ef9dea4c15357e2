"""Forms of the steps of a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import users_with
from accounts.models import User
from workflow.forms.lead import ReasonForm, long_text
from workflow.forms.step import MomentField, StepForm
from workflow.models import Case, Review

#: 程序规定: what a review looks at.
REVIEW_POINTS = (
    ("jurisdiction", _("Jurisdiction")),
    ("party", _("The party and its basic facts")),
    ("facts", _("Facts clear, evidence sufficient")),
    ("characterisation", _("Characterisation correct")),
    ("basis", _("Law applied correctly")),
    ("procedure", _("Procedure lawful")),
    ("proportion", _("Treatment proportionate")),
)


class ConcludeForm(StepForm):
    """案件调查终结报告, and what decides on the kind of review and discussion."""

    report = long_text(_("Investigation report"), max_length=20000, rows=10)
    proposal = long_text(_("Proposed treatment"))
    major_public_interest = forms.BooleanField(label=_("Major public interest"), required=False)
    complex_relations = forms.BooleanField(
        label=_("Complex, several legal relations"), required=False
    )
    review_by_statute = forms.BooleanField(
        label=_("Legal review demanded by another statute"), required=False
    )
    complex_or_major = forms.BooleanField(label=_("Complex or major violation"), required=False)

    def prepare(self) -> None:
        for name in ("report", "proposal", "major_public_interest", "complex_relations",
                     "review_by_statute", "complex_or_major"):  # fmt: skip
            self.initial.setdefault(name, getattr(self.record, name))


class OpinionForm(StepForm):
    """案件审核/法制审核表: seven points, an opinion, and it in words."""

    points = forms.MultipleChoiceField(
        label=_("Points found in order"),
        choices=REVIEW_POINTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    opinion = forms.ChoiceField(
        label=_("Opinion"), choices=Review.Opinion.choices, widget=forms.RadioSelect
    )
    text = long_text(_("Opinion in words"), max_length=8000, rows=5)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        found = set(data.get("points") or ())
        data["checklist"] = {code: code in found for code, _label in REVIEW_POINTS}
        if data.get("opinion") == Review.Opinion.AGREE and not all(data["checklist"].values()):
            self.add_error("points", _("You agree, but not every point is in order."))
        return data


class HearingForm(StepForm):
    chair = forms.ModelChoiceField(label=_("Chair"), queryset=User.objects.none())
    notified_at = MomentField(label=_("Parties told at"))
    scheduled_at = MomentField(label=_("Hearing at"))
    place = forms.CharField(label=_("Place"), max_length=200)
    closed_reason = forms.CharField(
        label=_("Why it is not public"),
        max_length=200,
        required=False,
        help_text=_("Empty: the hearing is public (Administrative Penalty Law art. 64)."),
    )

    def prepare(self) -> None:
        chairs = users_with("arrange_hearing", self.record.unit)
        self.fields["chair"].queryset = chairs  # type: ignore[attr-defined]  # declared above


class HearingHeldForm(StepForm):
    held_at = MomentField(label=_("Held at"))
    record = long_text(_("Record of the hearing"), max_length=20000, rows=8)
    report = long_text(_("Report of the chair"), max_length=20000, rows=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = self.attempt.record

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        hearing = self.case.hearings.filter(held_at=None).order_by("-pk").first()
        held = data.get("held_at")
        if hearing is None:
            raise forms.ValidationError(_("No hearing is open."), code="no_hearing")
        if held and held < hearing.notified_at:
            self.add_error("held_at", _("The hearing lies before the parties were told."))
        if held and held > self.attempt.now:
            self.add_error("held_at", _("The hearing lies in the future."))
        return data


class SuspendForm(ReasonForm):
    GROUNDS = (
        ("other_case", _("Waits for the outcome of another case")),
        ("interpretation", _("A legal question was sent for interpretation")),
        ("force_majeure", _("Force majeure")),
        ("party_missing", _("The party cannot be found")),
        ("other", _("Another lawful ground")),
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS)
    field_order = ("ground", "reason")


class TerminateForm(ReasonForm):
    GROUNDS = (
        ("died", _("The person died")),
        ("ended", _("The entity ended without a successor")),
        ("other", _("Another lawful ground")),
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS)


class CloseForm(StepForm):
    ground = forms.ChoiceField(label=_("Ground of closure"), choices=Case.ClosureGround.choices)
    reason = long_text(_("How it was carried out"))


class ArchiveForm(StepForm):
    """归档号: year of handling and four digits."""

    archive_number = forms.RegexField(
        label=_("Archive number"),
        regex=r"^\d{8}$",
        help_text=_("Four digits of the year and four of the volume, e.g. 20210012."),
        error_messages={"invalid": _("Eight digits: the year and the volume.")},
    )

    def clean_archive_number(self) -> str:
        number: str = self.cleaned_data["archive_number"]
        if Case.objects.filter(archive_number=number).exclude(pk=self.record.pk).exists():
            raise forms.ValidationError(_("This archive number is taken."), code="taken")
        return number
