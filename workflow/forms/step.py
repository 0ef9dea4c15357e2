"""The form of a step: what every act asks, and what its subclasses add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.text import no_control_characters
from workflow.clocks.sane import EARLIEST, LATEST, day_of
from workflow.plugin import Attempt

LONGEST_TEXT = 20000
#: Before it nobody was born and no law made that a file speaks of.
FIRST_DAY = date(1900, 1, 1)
#: Digits of a key; more is no key of ours, and more than a database can compare.
LONGEST_KEY = 18


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time picker; minutes, in the bureau's time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A moment the clocks count from; takes what the browser sends and ISO text with an offset."""

    widget = MomentInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and (moment := _parsed(value.strip())):
            require_our_time(moment, EARLIEST)
            return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        found = super().to_python(value)
        require_our_time(found, EARLIEST)
        return found

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"min": f"{EARLIEST}T00:00", "max": f"{LATEST}T23:59"}


def require_our_time(when: date | None, earliest: date = FIRST_DAY) -> None:
    """Refuse a day or moment no file has; the edges of the calendar have no local time."""
    if when is None:
        return
    if not earliest.year <= when.year <= LATEST.year or not earliest <= day_of(when) <= LATEST:
        raise forms.ValidationError(
            _("The date lies before %(first)d or after %(last)d: correct it."),
            code="year",
            params={"first": earliest.year, "last": LATEST.year},
        )


def _parsed(value: str) -> Any:
    try:
        return parse_datetime(value)
    except ValueError:
        return None


class StepForm(forms.Form):
    """A transition's form. Subclasses add fields; ``summary`` is what signers read.

    Where the act is proposed for approval its date is the last signature's, so it is not asked.
    """

    acted_at = MomentField(
        label=_("When it happened"),
        required=False,
        help_text=_("Empty: now. Neither in the future nor before the act it follows."),
    )
    late_reason = forms.CharField(
        label=_("Why it is entered late"),
        required=False,
        max_length=500,
        help_text=_("Needed when more than one working day lies between the act and its entry."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    #: Fields that are not shown to signers, because they are not part of the act.
    unsaid = ("acted_at", "late_reason")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        attempt: Attempt,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.attempt = attempt
        self.record = attempt.record
        if attempt.transition.approval and attempt.approval is None and not _moved(attempt):
            del self.fields["acted_at"], self.fields["late_reason"]
        self.order_fields([n for n in self.fields if n not in StepForm.base_fields])
        self.prepare()
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(no_control_characters)

    def prepare(self) -> None:
        """Fill choices and initial values from the record; for subclasses."""

    def summary(self, data: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """(label, value) of every field that was filled in, as a person reads it."""
        for name, field in self.fields.items():
            value = data.get(name)
            if name in self.unsaid or value in (None, "", [], {}):
                continue
            yield str(field.label or name), _shown(field, value)


def _moved(attempt: Attempt) -> bool:
    return bool(attempt.memo.get("by_effect"))


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField) or isinstance(value, list | tuple):
        return "、".join(str(item) for item in value)
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(field, forms.DateTimeField):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(_flat(field.choices)).get(value, value))
    return str(value)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    return [(value, label) for value, label in choices if not isinstance(label, list | tuple)]


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows; a key that cannot be one is no choice, as one that is not there."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            for key in value:
                if len(str(key)) > LONGEST_KEY:
                    raise forms.ValidationError(
                        self.error_messages["invalid_choice"], code="invalid_choice",
                        params={"value": str(key)[:LONGEST_KEY]},
                    )  # fmt: skip
        return super().clean(value)


class PeopleField(SeveralField):
    """People, by name and unit-independent; the queryset is set by the form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", User.objects.none())
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        number = f"（{obj.qualification_no}）" if obj.qualification_no else ""
        return f"{obj.name}{number}"
