"""Forms of acts beside the machines: parties, documents, services, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.text import no_control_characters
from workflow.clocks.sane import EARLIEST, LATEST
from workflow.engine.refusals import TransitionRefused
from workflow.forms.step import MomentField, require_our_time

FEN = 100


class MoneyField(forms.DecimalField):
    """An amount typed in yuan; clean and initial values are whole fen, no float in between."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", Decimal("0.01"))
        super().__init__(max_digits=15, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> int | None:
        amount = super().clean(value.replace(",", "") if isinstance(value, str) else value)
        return None if amount is None else int(amount * FEN)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        amount = Decimal(value) / FEN
        return amount.quantize(Decimal(1) if value % FEN == 0 else Decimal("0.01"))


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day the clocks can count from, unless ``earliest`` says otherwise."""

    widget = DayInput

    def __init__(self, *, earliest: date = EARLIEST, **kwargs: Any) -> None:
        self.earliest = earliest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        require_our_time(found, self.earliest)
        return found

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"min": self.earliest.isoformat(), "max": LATEST.isoformat()}


class ActForm(forms.Form):
    """The form of an act on ``subject`` (a record, a party, a document) by ``actor``."""

    def __init__(self, *args: Any, subject: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.actor = actor
        self.prepare()
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(no_control_characters)

    def prepare(self) -> None:
        """Fill choices and initial values from the subject; for subclasses."""


@contextmanager
def said_of_field() -> Iterator[None]:
    """A refusal of the service's is what a ``clean_…`` method says."""
    try:
        yield
    except TransitionRefused as refused:
        raise forms.ValidationError(
            [forms.ValidationError(r.message, code=r.code) for r in refused.refusals]
        ) from refused


class DatedForm(ActForm):
    """An act with a date of its own: when it happened, and why it is entered late."""

    acted_at = MomentField(label=_("When it happened"), help_text=_("Not in the future."))
    late_reason = forms.CharField(
        label=_("Why it is entered late"),
        required=False,
        max_length=500,
        help_text=_("Needed when more than one working day lies between the act and its entry."),
    )


def area(label: Any, *, max_length: int = 4000, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """Several lines of text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=max_length, widget=widget, **kwargs)


def line(label: Any, *, max_length: int = 200, **kwargs: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=max_length, **kwargs)
