"""Thresholds, number patterns and days of the work calendar."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.text import no_control_characters
from workflow.engine.bind import catalogue, machines
from workflow.engine.papers import ABOUT
from workflow.forms.act import DayInput, MoneyField
from workflow.forms.step import require_our_time
from workflow.models import NumberPattern, RequiredDocument, Threshold, WorkDay

_PLACEHOLDER = re.compile(r"\{(?:year|n|unit)\}")


class SettingForm(forms.ModelForm):
    """Text without control characters, dates of our time and in their order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(no_control_characters)
            if isinstance(field, forms.DateField):
                field.validators.append(require_our_time)

    def is_multipart(self) -> bool:
        """Always: so Wagtail's templates tell the browser to send text as it is."""
        return True

    def clean(self) -> dict[str, Any]:
        """What ends ends on its first day or later."""
        data = super().clean() or {}
        start, end = data.get("effective_from"), data.get("effective_until")
        if start and end and end < start:
            self.add_error("effective_until", _("The last day lies before the first day."))
        return data


class ThresholdForm(SettingForm):
    amount_fen = MoneyField(label=_("Amount (yuan)"), min_value=0)

    class Meta:
        model = Threshold
        fields = (
            "code", "name", "amount_fen", "laws", "effective_from", "effective_until", "source",
            "is_verified",
        )  # fmt: skip
        widgets = {"effective_from": DayInput, "effective_until": DayInput}


class NumberPatternForm(SettingForm):
    class Meta:
        model = NumberPattern
        fields = ("kind", "name", "pattern", "per_unit")

    def clean_pattern(self) -> str:
        """A pattern makes a number: it names the year and the serial and nothing unknown."""
        pattern: str = self.cleaned_data["pattern"]
        # Bare names only: a width or a conversion could ask for gigabytes of blanks.
        if set("{}") & set(_PLACEHOLDER.sub("", pattern)):
            message = _("Only {year}, {n} and {unit} stand in braces.")
            raise forms.ValidationError(message, code="unknown")
        if "{n}" not in pattern or "{year}" not in pattern:
            message = _("A pattern needs {year} and {n}, or numbers would come again.")
            raise forms.ValidationError(message, code="missing")
        same = NumberPattern.objects.filter(pattern=pattern).exclude(pk=self.instance.pk).first()
        if same is not None:
            message = _("“%(name)s” counts by this pattern: two classes would meet in one number.")
            raise forms.ValidationError(message, code="taken", params={"name": same.name})
        return pattern

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("per_unit") and "{unit}" not in data.get("pattern", "{unit}"):
            self.add_error("pattern", _("Where every unit counts for itself, {unit} is needed."))
        return data


class WorkDayForm(SettingForm):
    class Meta:
        model = WorkDay
        fields = ("day", "is_working", "name", "source")
        widgets = {"day": DayInput}


class StepDocumentForm(SettingForm):
    """Which document goes with which step."""

    transition = forms.ChoiceField(label=_("Step"))

    class Meta:
        model = RequiredDocument
        fields = ("transition", "form", "mode", "per", "law", "is_active")
        labels: ClassVar[dict[str, Any]] = {"form": _("Document")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [
            bound.transition for bound in catalogue().values() if not bound.transition.internal
        ]
        self.fields["transition"].choices = [  # type: ignore[attr-defined]  # a choice field
            (step.name, f"{machines()[step.machine]._meta.verbose_name} · {step.label}")
            for step in steps
            if not step.internal
        ]

    def clean(self) -> dict[str, Any]:
        """A step waits only for what can be made on the page of its record."""
        data = super().clean() or {}
        form, machine = data.get("form"), data.get("transition", "").partition(".")[0]
        if form and machine and form.about not in ABOUT.get(machine, (machine,)):
            self.add_error("form", _("This document is not made in the file of that step."))
        if form and data.get("per") == "party" and form.about != "party":
            self.add_error("per", _("This document is not made for a party."))
        return data
