"""Forms of the steps of a measure."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.lead import ReasonForm
from workflow.forms.step import StepForm
from workflow.models import Measure

LONGEST_EXTENSION = 30


class CarryOutForm(StepForm):
    """现场实施: where the goods are, who keeps them, who was there."""

    place = forms.CharField(label=_("Where it is kept"), max_length=300)
    keeper = forms.CharField(
        label=_("Kept by"),
        max_length=100,
        help_text=_("An officer, the party itself or a third person (a letter of custody)."),
    )
    witness = forms.CharField(
        label=_("Present"),
        max_length=100,
        help_text=_("The party; when it is absent or does not sign, a witness."),
    )

    def prepare(self) -> None:
        self.initial.setdefault("witness", self.record.case_party.party.name)


class ExtendForm(ReasonForm):
    days = forms.IntegerField(
        label=_("Days more"),
        min_value=1,
        max_value=LONGEST_EXTENSION,
        initial=LONGEST_EXTENSION,
        help_text=_("At most 30 calendar days."),
    )


class _Ending(StepForm):
    """A step that ends the measure; ``outcome`` is said by which step it is."""

    outcome: ClassVar[str]

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), "outcome": self.outcome}


class RevokeForm(_Ending, ReasonForm):
    outcome = Measure.Outcome.REVOKED


class LiftForm(_Ending, ReasonForm):
    outcome = Measure.Outcome.LIFTED

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=(
            ("no_breach", _("The party broke no law")),
            ("unrelated", _("The goods have nothing to do with the breach")),
            ("decided", _("Decided, and not needed any more")),
            ("expired", _("The limit is over")),
            ("converted", _("Replaced by sealing or seizure")),
            ("other", _("Not needed any more for another reason")),
        ),
    )
    receiver = forms.CharField(label=_("Who receives it"), max_length=100)

    def prepare(self) -> None:
        self.initial.setdefault("receiver", self.record.case_party.party.name)
        self.order_fields(["ground", "reason", "receiver"])


class DisposedForm(_Ending):
    outcome = Measure.Outcome.DISPOSED


class LapsedForm(_Ending):
    outcome = Measure.Outcome.LAPSED
