"""New versions of clock rules, and years of the work calendar entered whole."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.clocks.reasons import REASON_LABELS
from workflow.clocks.rules import DEFAULTS
from workflow.forms.act import DayInput
from workflow.forms.settings import SettingForm
from workflow.models import ClockRule, WorkDay, WorkYear

_OWN = (
    "effective_from", "effective_until", "unit", "amount", "roll", "stop_reasons", "steps",
    "source", "confidence", "note",
)  # fmt: skip
#: Who grants an extension: the rule's word, and the form's.
_APPROVERS = {"leader": "负责人", "collective": "集体讨论"}
_STEP = re.compile(
    rf"([A-Za-z0-9_]{{1,10}})\s+([0-9]{{1,4}}|-)\s+([0-9]{{1,4}}|-)\s+({'|'.join(_APPROVERS.values())})"
)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*[~至]\s*(\d{4}-\d{2}-\d{2}))?\s+([休班])\s*(.*)")


def is_locked(row: ClockRule) -> bool:
    """A version that was shipped, or that a limit was counted by, is never rewritten."""
    return row.pk is not None and (bool(row.shipped) or row.deadlines.exists())


class ClockRuleForm(SettingForm):
    """A new version of a known clock; what starts and ends it is taken from the version before."""

    code = forms.ChoiceField(label=_("Clock"))
    stop_reasons = forms.MultipleChoiceField(
        label=_("Reasons to pause"),
        choices=list(REASON_LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    steps = forms.CharField(
        label=_("Extensions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One a line: code, usual length, ceiling, approver (负责人 or 集体讨论); - for none,"
            " as “C13 30 30 负责人”."
        ),
    )

    class Meta:
        model = ClockRule
        fields = ("code", *_OWN)
        widgets = {"effective_from": DayInput, "effective_until": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ClockRule.objects.order_by("code", "-effective_from").values_list("code", "name")
        codes: Any = self.fields["code"]
        codes.choices = [(code, f"{code} {name}") for code, name in dict(names).items()]
        self.locked = is_locked(self.instance)
        if self.instance.pk is not None:
            self.initial["steps"] = steps_text(self.instance.steps)
            self.fields["code"].disabled = True
        if self.locked:
            for field in self.fields.values():
                field.disabled = True

    def clean_steps(self) -> list[dict[str, Any]]:
        text = self.cleaned_data["steps"]
        if isinstance(text, list):
            return text
        steps = []
        for line in filter(None, map(str.strip, text.splitlines())):
            found = _STEP.fullmatch(line)
            if found is None:
                raise forms.ValidationError(_("“%(line)s” is no step.") % {"line": line[:60]})
            amount, ceiling = (None if n == "-" else int(n) for n in found.group(2, 3))
            approver = next(word for word, said in _APPROVERS.items() if said == found[4])
            steps.append(
                {"code": found[1], "amount": amount, "ceiling": ceiling, "approver": approver}
            )
        return steps

    def clean(self) -> dict[str, Any]:
        if self.locked:
            message = _("This version was shipped or is in use: add a new version instead.")
            raise forms.ValidationError(message, code="in_use")
        return super().clean() or {}

    def save(self, commit: bool = True) -> ClockRule:
        row: ClockRule = self.instance
        if row.pk is None:
            same = ClockRule.objects.filter(code=row.code)
            earlier = same.filter(effective_from__lt=row.effective_from)
            model = earlier.order_by("effective_from").last() or same.order_by("pk").first()
            if model is not None:
                for name in ("name", *set(DEFAULTS) - set(_OWN)):
                    setattr(row, name, getattr(model, name))
        return super().save(commit)


def steps_text(steps: list[dict[str, Any]]) -> str:
    """The steps as the form takes them."""
    return "\n".join(
        f"{s.get('code')} {s.get('amount') or '-'} {s.get('ceiling') or '-'}"
        f" {_APPROVERS.get(s.get('approver', ''), '-')}"
        for s in steps
    )


class WorkYearForm(SettingForm):
    """A year's whole notice: every day off that is no weekend, and every make-up day."""

    days = forms.CharField(
        label=_("Days off and make-up days"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "One a line: 2027-02-05至2027-02-11 休 春节, or 2027-02-14 班. Other days go by the"
            " weekday."
        ),
    )

    class Meta:
        model = WorkYear
        fields = ("year", "source")

    def clean_days(self) -> list[WorkDay]:
        """The days as rows not yet saved; a day named twice, or wrongly, is refused."""
        found: dict[date, WorkDay] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["days"].splitlines())):
            for day, works, name in _days_of(line):
                if day in found:
                    raise forms.ValidationError(_("%(day)s stands twice.") % {"day": day})
                found[day] = WorkDay(day=day, is_working=works, name=name)
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        year = data.get("year")
        if any(abs(row.day.year - year) > 1 for row in data.get("days", []) if year):
            self.add_error("days", _("A day lies in another year."))
        return data


def _days_of(line: str) -> list[tuple[date, bool, str]]:
    wrong = forms.ValidationError(_("“%(line)s” is no day of a notice.") % {"line": line[:60]})
    found = _DAY.fullmatch(line)
    if found is None:
        raise wrong
    try:
        first = date.fromisoformat(found[1])
        last = date.fromisoformat(found[2]) if found[2] else first
    except ValueError:
        raise wrong from None
    length = (last - first).days
    if not 0 <= length <= 31:
        raise wrong
    works, name = found[3] == "班", found[4].strip()[:60]
    return [(first + timedelta(days=n), works, name) for n in range(length + 1)]
