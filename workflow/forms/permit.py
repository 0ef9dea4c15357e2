"""What of a measure's goods may leave before it ends, as the leader signs it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.lead import ReasonForm
from workflow.models import ItemMove
from workflow.templatetags.casework import quantity

SMALLEST = Decimal("0.001")


class PermitForm(ReasonForm):
    """处理财物: of which items how much, how it leaves, and what allows that.

    Clean data adds ``quantities``, pairs of item and quantity, and ``goods``, the same in words.
    """

    kind = forms.ChoiceField(
        label=_("What becomes of it"), choices=[(kind, kind.label) for kind in ItemMove.SIGNED]
    )
    basis = forms.CharField(
        label=_("What allows it"), max_length=200, required=False,
        help_text=_(
            "To destroy: the article that demands it. To dispose of early: the party’s consent or "
            "the public notice."
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        self.items = list(self.record.items.filter(held__gt=0)) if self.record.pk else []
        for item in self.items:
            held = quantity(item.held, item.unit_name)
            self.fields[_name(item)] = forms.DecimalField(
                label=_("%(item)s (held: %(held)s)") % {"item": item.name, "held": held},
                required=False, min_value=SMALLEST, max_value=item.held, max_digits=14,
                decimal_places=3,
            )  # fmt: skip
        self.order_fields(["kind", *map(_name, self.items), "basis", "reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [(item, data[_name(item)]) for item in self.items if data.get(_name(item))]
        if not chosen and not any(_name(item) in self.errors for item in self.items):
            raise forms.ValidationError(_("Say of at least one item how much."), code="nothing")
        if data.get("kind") not in (None, ItemMove.Kind.RELEASED) and not data.get("basis"):
            self.add_error("basis", _("Name what allows it."))
        data["quantities"] = chosen
        words = [f"{item.name} {quantity(much, item.unit_name)}" for item, much in chosen]
        data["goods"] = "、".join(words)
        return data


def _name(item: Any) -> str:
    return f"item_{item.pk}"
