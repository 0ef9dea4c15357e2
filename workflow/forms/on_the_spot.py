"""当场行政处罚决定书 as one form, and the short steps after it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import unit_ids, users_with
from accounts.clock import today
from accounts.models import Unit, User
from workflow.forms.act import ActForm, DayField, MoneyField, area, line
from workflow.forms.articles import ArticleField
from workflow.forms.identity import CreditCodeField, IdNumberField
from workflow.forms.lead import ReasonForm
from workflow.forms.lists import CategoryField, all_categories
from workflow.forms.step import StepForm
from workflow.models import Case, OnTheSpot, Party, Penalty

KINDS = (
    (Penalty.Kind.WARNING, Penalty.Kind.WARNING.label),
    (Penalty.Kind.FINE, Penalty.Kind.FINE.label),
)
SPOT = (
    "place", "facts", "breached", "basis", "kind", "amount_fen", "cards_shown", "statement",
    "collected", "collected_reason", "receipt",
)  # fmt: skip


class SpotFields(forms.Form):
    """What a decision on the spot says; shared by the step and by the page that opens the case."""

    place = line(_("Place of the decision"), max_length=300)
    facts = area(_("Facts found"), rows=4)
    breached = ArticleField(label=_("Article breached"))
    basis = ArticleField(label=_("Article it rests on"))
    kind = forms.ChoiceField(label=_("Penalty"), choices=KINDS, widget=forms.RadioSelect)
    amount_fen = MoneyField(label=_("Fine (yuan)"), required=False, min_value=Decimal("0.01"))
    cards_shown = forms.BooleanField(
        label=_("Two officers showed their certificates and told facts, reasons, basis and rights")
    )
    statement = area(
        _("What the party said in its defence"), max_length=2000, rows=2,
        help_text=_("Nothing to say? Write that."),
    )  # fmt: skip
    collected = forms.ChoiceField(
        label=_("Fine taken on the spot"), choices=OnTheSpot.Collected.choices, required=False
    )
    collected_reason = line(_("Why it was taken"), required=False)
    receipt = line(_("Number of the cash receipt"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_fine = data.get("kind") == Penalty.Kind.FINE
        if is_fine and not data.get("amount_fen") and "amount_fen" not in self.errors:
            self.add_error("amount_fen", _("This penalty needs its amount."))
        if not is_fine and data.get("amount_fen"):
            self.add_error("amount_fen", _("Only a fine has an amount."))
        return data


class SpotForm(SpotFields, StepForm):
    """The step of a case that is open already."""

    def prepare(self) -> None:
        case = self.record
        self.initial.setdefault("place", case.place)
        self.initial.setdefault("facts", case.facts)
        for name in ("breached", "basis"):
            field: Any = self.fields[name]
            field.days = [day for day in (case.violated_on, today()) if day]


class CloseSimpleForm(StepForm):
    """Nothing to choose: the penalty was carried out."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["ground"] = Case.ClosureGround.PERFORMED
        return data


class ConvertForm(ReasonForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["procedure"] = Case.Procedure.ORDINARY
        return data


class SpotCaseForm(SpotFields, ActForm):
    """Party, case and decision at once. ``subject`` is None: nothing is there yet."""

    unit = forms.ModelChoiceField(label=_("Handling unit"), queryset=Unit.objects.none())
    second = forms.ModelChoiceField(
        label=_("Second officer"), queryset=User.objects.none(),
        help_text=_("At least two officers (Administrative Penalty Law art. 42)."),
    )  # fmt: skip
    party_kind = forms.ChoiceField(label=_("Kind of party"), choices=Party.Kind.choices)
    name = line(_("Name of the party"))
    uscc = CreditCodeField(label=_("Unified social credit code"), required=False)
    id_number = IdNumberField(label=_("ID number"), required=False)
    cause = line(_("Cause of action"))
    category = CategoryField(label=_("Focus category"), required=False, empty_label=_("None"))
    field_order = (
        "unit", "second", "party_kind", "name", "uscc", "id_number", "cause", "category", *SPOT,
    )  # fmt: skip

    def prepare(self) -> None:
        units: Any = self.fields["unit"]
        allowed = unit_ids(self.actor, "investigate_case")
        units.queryset = Unit.objects.valid().filter(pk__in=allowed)
        if len(units.queryset) == 1:
            self.initial.setdefault("unit", units.queryset[0].pk)
        second: Any = self.fields["second"]
        people = User.objects.none()
        for unit in units.queryset:
            people = people | users_with("investigate_case", unit)
        second.queryset = people.exclude(pk=self.actor.pk).distinct()
        categories: Any = self.fields["category"]
        categories.queryset = all_categories()
        for name in ("breached", "basis"):
            field: Any = self.fields[name]
            field.days = [today()]


class CashForm(ActForm):
    handed_in_on = DayField(label=_("Handed in on"))
