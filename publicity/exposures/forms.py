"""Forms of the steps of an exposure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clock import now, today
from accounts.text import no_control_characters
from publicity.exposures.models import Exposure
from publicity.pages.models import WithdrawalKind
from workflow.api import MomentField, StepForm

#: Grounds a person chooses; the end of the period is the clock's.
BY_HAND = [choice for choice in WithdrawalKind.choices if choice[0] != WithdrawalKind.EXPIRED]


def long_text(label: Any, *, longest: int = 2000, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class NominateForm(forms.Form):
    """Why, as what, and the agreement of the police where they have the case."""

    reason = long_text(_("Why it is exposed"))
    kind = forms.ChoiceField(label=_("Kind of exposure"), choices=Exposure.Kind.choices)
    police_agreement = forms.CharField(
        label=_("Written agreement of the police"), max_length=120, required=False,
        help_text=_("Needed while the police have the case or a part of it: number and date."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reason", "police_agreement"):
            self.fields[name].validators.append(no_control_characters)


class ReasonForm(StepForm):
    """A step that asks for its reason and nothing else."""

    reason = long_text(_("Reason"))


class SubmitForm(StepForm):
    police_agreement = forms.CharField(
        label=_("Written agreement of the police"), max_length=120, required=False,
        help_text=_("Needed while the police have the case or a part of it: number and date."),
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["police_agreement"].initial = self.record.police_agreement

    def clean_police_agreement(self) -> str:
        return str(self.cleaned_data["police_agreement"] or self.record.police_agreement)


class ScheduleForm(StepForm):
    scheduled_at = MomentField(label=_("Release at"))
    expires_on = forms.DateField(
        label=_("Public until"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day in public. Empty: until it is withdrawn."),
    )  # fmt: skip

    def clean_scheduled_at(self) -> Any:
        moment = self.cleaned_data["scheduled_at"]
        if moment <= now():
            raise forms.ValidationError(
                _("This moment has passed: release now, or choose a later one."), code="past"
            )
        return moment

    def clean_expires_on(self) -> Any:
        return _in_future(self.cleaned_data["expires_on"])


class ReleaseForm(StepForm):
    expires_on = forms.DateField(
        label=_("Public until"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day in public. Empty: until it is withdrawn."),
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["expires_on"].initial = self.record.expires_on

    def clean_expires_on(self) -> Any:
        return _in_future(self.cleaned_data["expires_on"])


class CorrectForm(StepForm):
    """Exact words and what replaces them; the public note says what was corrected."""

    wrong = long_text(_("Words that are wrong, exactly as they stand"), longest=1000)
    right = long_text(_("Words that replace them"), longest=1000)
    public_note = forms.CharField(
        label=_("Public note"), max_length=300,
        help_text=_("Shown with today's date under the case: what was corrected."),
    )  # fmt: skip


class WithdrawForm(StepForm):
    kind = forms.ChoiceField(
        label=_("Ground"), choices=BY_HAND, help_text=_("Shown on the notice at the same address.")
    )
    reason = long_text(_("Reason for the file"), help_text=_("Not shown to the public."))


class ForcedForm(StepForm):
    kind = forms.ChoiceField(choices=WithdrawalKind.choices)
    reason = forms.CharField(max_length=2000, required=False)


def _in_future(day: Any) -> Any:
    if day is not None and day <= today():
        raise forms.ValidationError(_("This day has passed: choose a later one."), code="past")
    return day
