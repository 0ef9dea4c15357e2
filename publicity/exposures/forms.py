"""Forms of the steps of an exposure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clock import now, today
from accounts.text import no_control_characters
from publicity.exposures.files import LARGEST, file_refusal, sniffed
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


class PartOfPage(forms.Form):
    """A form that stands on a page beside others: its ids are its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "tx-%s")
        super().__init__(*args, **kwargs)


class OpinionForm(PartOfPage):
    """What goes with a signature; why, where the proposal is returned or taken back."""

    opinion = forms.CharField(
        label=_("Opinion (a reason when you return it)"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), validators=[no_control_characters],
    )  # fmt: skip


class KeepForm(PartOfPage):
    """Why one hit may stay in the text; many of these stand on one page."""

    reason = forms.CharField(
        label=_("Why it may stay"), max_length=300, validators=[no_control_characters]
    )

    def __init__(self, *args: Any, hit: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"tx-hit-{hit}-%s", **kwargs)
        self.hit = hit


class AddFileForm(PartOfPage):
    """A picture or PDF that goes out with the text."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "JPEG, PNG, WebP or PDF, at most 20 MB. What goes out is a clean copy without author, "
            "place and device."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    caption = forms.CharField(
        label=_("What is to be seen"), max_length=200, validators=[no_control_characters]
    )

    def clean_file(self) -> Any:
        """Another type is refused together with what else is wrong."""
        upload = self.cleaned_data["file"]
        content = upload.read(LARGEST + 1)
        if (refusal := file_refusal(content, sniffed(content))) is not None:
            raise forms.ValidationError(refusal.message, code=refusal.code)
        upload.seek(0)
        return upload


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
