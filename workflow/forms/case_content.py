"""Changing what is written of a case."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import ActForm, DayField, MoneyField, area, line
from workflow.forms.lists import CategoryField, all_categories
from workflow.models import ViolationType

_NONE = _("None")


class CaseEditForm(ActForm):
    """Content of a case that is not decided. Amounts are typed in yuan and kept in fen."""

    title = line(_("Case name"))
    cause = line(_("Cause of action"))
    category = CategoryField(label=_("Focus category"), required=False, empty_label=_NONE)
    violation_type = forms.ModelChoiceField(
        label=_("Violation type"),
        queryset=ViolationType.objects.none(),
        required=False,
        empty_label=_NONE,
    )
    place = line(_("Place of the violation"), max_length=300, required=False)
    violated_on = DayField(
        label=_("Last day of the violation"), required=False,
        help_text=_("The law of that day applies, or a milder later one."),
    )  # fmt: skip
    goods_value_fen = MoneyField(
        label=_("Value of the goods (yuan)"), min_value=Decimal(0), required=False
    )
    illegal_gains_fen = MoneyField(
        label=_("Illegal gains (yuan)"), min_value=Decimal(0), required=False
    )
    facts = area(_("Facts found"), max_length=20000, rows=10, required=False)
    legal_basis = area(_("Laws cited"), rows=4, required=False)

    def prepare(self) -> None:
        categories: Any = self.fields["category"]
        categories.queryset = all_categories()
        kinds: Any = self.fields["violation_type"]
        kinds.queryset = ViolationType.objects.all()
        for name in self.fields:
            self.initial.setdefault(name, getattr(self.subject, name))
        for name in ("category", "violation_type"):
            self.initial[name] = getattr(self.subject, f"{name}_id")
