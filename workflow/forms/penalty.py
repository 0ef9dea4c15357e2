"""The penalties of a notice or a decision: a few rows, empty ones left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.text import no_control_characters
from workflow.forms.act import MoneyField, line
from workflow.forms.articles import ArticleField, named
from workflow.models import Penalty

MOST = 12
EMPTY_ROWS = 2


class PenaltyForm(forms.Form):
    """One penalty; the amount is typed in yuan and kept in fen."""

    kind = forms.ChoiceField(
        label=_("Kind of penalty"), choices=[("", "—"), *Penalty.Kind.choices], required=False
    )
    amount_fen = MoneyField(label=_("Amount (yuan)"), required=False)
    goods = line(_("Goods"), max_length=4000, required=False)
    goods_value_fen = MoneyField(label=_("Value of the goods (yuan)"), required=False)
    tier = forms.ChoiceField(label=_("Discretion"), choices=Penalty.Tier.choices, required=False)
    article = ArticleField(label=_("Article it rests on"), required=False)
    base_fen = MoneyField(
        label=_("Amount it is counted from (yuan)"), required=False,
        help_text=_("Advertising fee, turnover …, where the article counts from it."),
    )  # fmt: skip
    reason = line(
        _("Reason for the amount"), max_length=500, required=False,
        help_text=_("Needed below the range, and where it is unlike what was imposed before."),
    )  # fmt: skip
    note = line(_("Note"), required=False)

    def __init__(self, *args: Any, days: Sequence[date] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        article: Any = self.fields["article"]
        article.days = days
        for name in ("goods", "note", "reason"):
            self.fields[name].validators.append(no_control_characters)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        if not kind and any(data.get(name) for name in ("amount_fen", "goods", "note")):
            self.add_error("kind", _("Choose the kind of this penalty."))
        if kind in Penalty.WITH_AMOUNT and not data.get("amount_fen") and not self.errors:
            self.add_error("amount_fen", _("This penalty needs its amount."))
        if kind and kind not in Penalty.WITH_AMOUNT and data.get("amount_fen"):
            self.add_error("amount_fen", _("Only a fine and confiscated gains have an amount."))
        if kind == Penalty.Kind.GOODS and not data.get("goods"):
            self.add_error("goods", _("Say which goods."))
        return data


class _Rows(forms.BaseFormSet):
    @property
    def penalties(self) -> list[dict[str, Any]]:
        """Values of the filled rows, as the services take them."""
        return [dict(form.cleaned_data) for form in self.forms if form.cleaned_data.get("kind")]


PenaltyRows = forms.formset_factory(
    PenaltyForm, formset=_Rows, extra=EMPTY_ROWS, max_num=MOST, validate_max=True, absolute_max=MOST
)


def rows_of(penalties: Iterable[Penalty]) -> list[dict[str, Any]]:
    """What a draft already names, as initial rows."""
    names = (
        "kind", "amount_fen", "goods", "goods_value_fen", "tier", "base_fen", "reason", "note",
    )  # fmt: skip
    return [
        {name: getattr(penalty, name) for name in names}
        | {"article": "".join(named(c.article) for c in list(penalty.citations.all())[:1])}
        for penalty in penalties
    ]
